"""The database: one writer at a time in short transactions, readers beside it, the same on SQLite and PostgreSQL."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import event, make_url, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

# A command beside the running bot waits at most this long for the other's transaction, in milliseconds.
BUSY_TIMEOUT_MS = 5000
_VERSION = text("SELECT version_num FROM alembic_version")


class SchemaError(Exception):
    """The tables are missing or of another version."""


def _set_up_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # the driver must not begin transactions by itself
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",  # an update is confirmed to Telegram right after its commit
        f"busy_timeout={BUSY_TIMEOUT_MS}",
        "foreign_keys=ON",
        "secure_delete=ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Any) -> None:
    # A transaction that reads first and writes later fails at once when another wrote in between; IMMEDIATE waits.
    mode = connection.get_execution_options().get("begin", "IMMEDIATE")
    connection.exec_driver_sql(f"BEGIN {mode}")


class Database:
    """A way to the tables. Open it, use `write()` and `read()`, close it."""

    def __init__(self, url: str) -> None:
        self.url = make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        # Values of a failing statement never reach a log: hide_parameters.
        self.engine = create_async_engine(self.url, hide_parameters=True)
        if self.is_sqlite:
            event.listen(self.engine.sync_engine, "connect", _set_up_sqlite)
            event.listen(self.engine.sync_engine, "begin", _begin_sqlite)
        self._writer: AsyncConnection | None = None
        self._lock = asyncio.Lock()

    async def open(self) -> None:
        """Connect, and make sure that the tables are there in this version; raises SchemaError otherwise."""
        if self.is_sqlite and not await asyncio.to_thread(Path(self.url.database or "").exists):
            raise SchemaError(f"There is no database at {self.url.database}. Run 'voorzorg init' first.")
        self._writer = await self.engine.connect()
        from storage.migrations import HEAD

        try:
            async with self.read() as connection:
                version = (await connection.execute(_VERSION)).scalar()
        except DatabaseError:
            version = None
        if version != HEAD:
            raise SchemaError("The database is of another version. Run 'voorzorg init' to bring it up to date.")

    async def close(self) -> None:
        """Let go of all connections."""
        if self._writer is not None:
            await self._writer.close()
        await self.engine.dispose()

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """One transaction that may write: all of it is kept, or none. Others of this process wait their turn."""
        assert self._writer is not None, "open() comes first"
        async with self._lock, self._writer.begin():
            yield self._writer

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """A view that does not change while it is read, and keeps nobody waiting."""
        async with self.engine.connect() as connection:
            await connection.execution_options(begin="DEFERRED")
            async with connection.begin():
                yield connection
