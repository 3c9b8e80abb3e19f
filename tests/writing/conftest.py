"""A database of each kind and what is kept in it, as tests of storage have them."""

from __future__ import annotations

from tests.storage.conftest import database, records, sqlite_template, url

__all__ = ["database", "records", "sqlite_template", "url"]
