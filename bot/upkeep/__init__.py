"""Upkeep of an installation: what is wrong with it, and what is swept out of its files."""
