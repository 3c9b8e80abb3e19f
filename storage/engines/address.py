"""The address of a database, as people write it."""

from __future__ import annotations

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from storage.engines import postgresql
from storage.engines.errors import SchemaError

_DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "postgresql": "postgresql+asyncpg",
    "postgres": "postgresql+asyncpg",
}


def address(url: str) -> URL:
    """Return the address of a database with its driver, as people write it; raises SchemaError when it is none."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        parsed = URL.create("nothing")
    driver = _DRIVERS.get(parsed.drivername, parsed.drivername)
    if driver not in _DRIVERS.values():
        raise SchemaError(
            "This is not the address of a database that Voorzorg knows. Write sqlite+aiosqlite:///folder/file.db or "
            "postgresql+asyncpg://user:password@host/database."
        )
    return postgresql.with_libpq_words(parsed.set(drivername=driver))
