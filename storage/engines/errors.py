"""Errors of a database, with a sentence for people."""

from __future__ import annotations


class SchemaError(Exception):
    """The database cannot be used as it is: not there, not reachable, without tables, or of another version."""


class AwayError(SchemaError):
    """The server of the database does not answer for the moment."""
