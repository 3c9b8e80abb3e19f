"""Telegram: how its updates come in, how a screen looks there, and the client that carries both."""
