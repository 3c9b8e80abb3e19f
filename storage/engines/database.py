"""The database: one writer at a time in short transactions, readers beside it, the same on SQLite and PostgreSQL.

What a writing transaction reads does not change before its end, whichever process writes beside it: on SQLite by
BEGIN IMMEDIATE, on PostgreSQL by an advisory lock of the transaction (`storage/engines/postgresql.py`). So nothing
above this file knows which database it is. A database that does not answer for the moment raises an OperationalError,
on both.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import event, inspect, select, text
from sqlalchemy.exc import DatabaseError, DBAPIError, OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from storage.engines import postgresql
from storage.engines.address import address
from storage.engines.errors import AwayError, SchemaError
from storage.schema import cases, metadata, subject_keys
from storage.schema.version import HEAD

# A command beside the running bot waits at most this long for the other's transaction, in milliseconds.
BUSY_TIMEOUT_MS = 5000
# While the log is cut off nobody else writes: not longer than this, in milliseconds.
SWEEP_TIMEOUT_MS = 200
_VERSION = text("SELECT version_num FROM alembic_version")
_A_KEY = select(subject_keys.c.subject).limit(1)

Fence = Callable[[AsyncConnection], Awaitable[None]]


def _set_up_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # the driver must not begin transactions by itself
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",  # an update is confirmed to Telegram right after its commit
        f"busy_timeout={BUSY_TIMEOUT_MS}",
        "foreign_keys=ON",
        "secure_delete=ON",
        "temp_store=MEMORY",  # what is sorted or set aside on the way is in no file
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
        """Take an address; raises SchemaError when it is none."""
        self.url = address(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        # Looked at inside each writing transaction; what it raises ends the transaction (storage/lease.py).
        self.fence: Fence | None = None
        # Values of a failing statement never reach a log: hide_parameters.
        if self.is_sqlite:
            self.engine = create_async_engine(self.url, hide_parameters=True)
            event.listen(self.engine.sync_engine, "connect", _set_up_sqlite)
            event.listen(self.engine.sync_engine, "begin", _begin_sqlite)
            self._readers = self.engine.execution_options(begin="DEFERRED")
            self._writers = self.engine
        else:
            self.engine = create_async_engine(self.url, hide_parameters=True, **postgresql.ENGINE)
            event.listen(self.engine.sync_engine, "handle_error", postgresql.tell)
            self._readers = self.engine.execution_options(**postgresql.READ)
            self._writers = self.engine.execution_options(**postgresql.WRITE)
        self._writer: AsyncConnection | None = None
        self._lock = asyncio.Lock()

    @property
    def name(self) -> str:
        """Where it is, for messages: a path, or host and database, without user and password."""
        if self.is_sqlite:
            return str(self.url.database)
        host = self.url.host or self.url.query.get("host") or "this machine"
        return f"{self.url.database} on {host}"

    async def open(self) -> None:
        """Connect, and make sure that the tables are there in this version; raises SchemaError otherwise."""
        if self.is_sqlite and not await self._has_file():
            raise SchemaError(f"There is no database at {self.name}. Run 'voorzorg init' first.")
        await self.check()
        if self.is_sqlite:
            self._writer = await self.engine.connect()

    async def check(self) -> None:
        """Raise SchemaError unless the tables are there in the version that this program works with."""
        version = await self.version()
        if version is None:
            raise SchemaError(f"There are no tables in {self.name} yet. Run 'voorzorg init' first.")
        if version > HEAD:
            raise SchemaError(
                f"The database is of version {version}, and this program of an older one ({HEAD}). Bring Voorzorg up "
                "to date."
            )
        if version != HEAD:
            raise SchemaError(
                f"The database is of version {version}, not {HEAD}. Run 'voorzorg init' to bring it up to date."
            )

    async def version(self) -> str | None:
        """Return the version of the tables, or None without any; raises SchemaError when it cannot be asked."""
        if self.is_sqlite and not await self._has_file():
            return None
        async with self._reached(), self.read() as connection:
            if not await connection.run_sync(lambda sync: inspect(sync).has_table("alembic_version")):
                return None
            version: str | None = (await connection.execute(_VERSION)).scalar()
            return version

    async def holds_keys(self) -> bool:
        """Tell whether something is sealed here already; raises SchemaError when the server cannot be asked."""
        if self.is_sqlite and not await self._has_file():
            return False
        async with self._reached(), self.read() as connection:
            if not await connection.run_sync(lambda sync: inspect(sync).has_table(subject_keys.name)):
                return False
            return (await connection.execute(_A_KEY)).scalar() is not None

    async def close(self) -> None:
        """Let go of all connections."""
        if self._writer is not None:
            await self._writer.close()
        await self.engine.dispose()

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """One transaction that may write: all of it is kept, or none. All other writers wait their turn."""
        async with self._lock, self._writing() as connection, connection.begin():
            if not self.is_sqlite:
                await connection.execute(postgresql.BEGIN_WRITE)
            if self.fence is not None:
                await self.fence(connection)
            yield connection

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """A view that does not change while it is read, and keeps nobody waiting."""
        async with self._connected(self._readers) as connection, connection.begin():
            yield connection

    @asynccontextmanager
    async def migrate(self) -> AsyncIterator[AsyncConnection]:
        """One transaction that may change the tables themselves; raises SchemaError when the server is not reached."""
        if not self.is_sqlite:
            async with self._reached(), self.write() as connection:
                yield connection
            return
        async with self._connected(self.engine) as connection:
            # SQLite changes a column by making the table anew and dropping the old one. With foreign keys on, that
            # would delete all that hangs from its rows; within a transaction they cannot be turned off.
            driver: Any = (await connection.get_raw_connection()).driver_connection
            await driver.execute("PRAGMA foreign_keys=OFF")
            try:
                async with connection.begin():
                    yield connection
                    if (await connection.exec_driver_sql("PRAGMA foreign_key_check")).first() is not None:
                        raise SchemaError("The new tables would not fit together. Nothing was changed.")
            finally:
                await driver.execute("PRAGMA foreign_keys=ON")

    async def swept(self, tables: Sequence[str]) -> list[str]:
        """Take what was deleted from these tables out of the files; returns those of which nothing is left.

        Whoever still reads an older state keeps it there. Nobody waits long for this: what is busy is left for later.
        """
        async with self._connected(self.engine) as connection:
            driver: Any = (await connection.get_raw_connection()).driver_connection
            if not self.is_sqlite:
                return [name for name in tables if await self._swept(driver, name)]
            async with self._lock:  # our own writers would keep it from succeeding
                await driver.execute(f"PRAGMA busy_timeout={SWEEP_TIMEOUT_MS}")
                try:
                    cursor = await driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                    (busy, left, _) = await cursor.fetchone()
                    await cursor.close()
                finally:
                    await driver.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
        return [] if busy or left else list(tables)

    @staticmethod
    async def _swept(driver: Any, name: str) -> bool:
        if name != cases.name:
            return await postgresql.rewritten(driver, name)
        # Large, and sealed under keys that are gone: their rooms are freed, and nobody waits.
        theirs = [table.name for table in metadata.tables.values() if table.c.get("case_id") is not None]
        for table in (name, *theirs):
            await driver.execute(f'VACUUM "{table}"', timeout=postgresql.REWRITE)
        return True

    async def _has_file(self) -> bool:
        return await asyncio.to_thread(Path(self.url.database or "").exists)

    @asynccontextmanager
    async def _writing(self) -> AsyncIterator[AsyncConnection]:
        if self.is_sqlite:
            assert self._writer is not None, "open() comes first"
            yield self._writer
            return
        async with self._connected(self._writers) as connection:
            yield connection

    @asynccontextmanager
    async def _connected(self, engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
        async with AsyncExitStack() as stack:
            try:
                connection = await stack.enter_async_context(engine.connect())
            except OSError as error:  # a timeout is one too
                raise OperationalError(None, None, error, hide_parameters=True) from None
            yield connection

    @asynccontextmanager
    async def _reached(self) -> AsyncIterator[None]:
        """Say what stands between this program and its database."""
        try:
            yield
        except DBAPIError as error:
            state = postgresql.state_of(error)
            if state == postgresql.NO_SUCH_DATABASE:
                raise SchemaError(
                    f"There is no database {self.name}. Make an empty one, then run 'voorzorg init'."
                ) from None
            if state.startswith(postgresql.NOT_LET_IN):
                raise SchemaError(
                    f"The server does not let {self.url.username!r} into {self.name}. Are the name and the password in "
                    "its address right?"
                ) from None
            if isinstance(error, OperationalError) and not self.is_sqlite:
                raise AwayError(
                    f"The server of the database {self.name} does not answer ({type(error.orig).__name__}). Does it "
                    "run, and is the address right?"
                ) from None
            if isinstance(error, DatabaseError) and self.is_sqlite and not isinstance(error, OperationalError):
                raise SchemaError(f"{self.name} is not a database.") from None
            raise
