"""Shared things of several roles: lists, signals, a locked chat, the choice of a language, what an import came to."""
