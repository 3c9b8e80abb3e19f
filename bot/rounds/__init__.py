"""Rounds: what came in or fell due becomes turns, which are loaded, decided and written in one transaction."""
