"""A database of each kind, empty, and what is kept in it: every test that asks for them runs on both."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from storage.engines.database import Database
from storage.keys.vault import KeyRing
from storage.keys.wrapped_keys import make_system_keys, open_vault
from tests import template
from tests.house import DATABASES
from tests.postgresql import Postgresql, in_a_thread
from tests.storage.records import MASTERS, Records


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite database with our tables, to be copied."""
    if made := template.made():
        return made
    path = tmp_path_factory.mktemp("template") / "voorzorg.db"
    in_a_thread(lambda: template.make(path))
    return path


@pytest.fixture(params=DATABASES)
async def url(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    """The address of a database with our tables and nothing in them."""
    async with AsyncExitStack() as stack:
        if request.param == "sqlite":
            template: Path = request.getfixturevalue("sqlite_template")
            shutil.copy(template, tmp_path / "voorzorg.db")
            yield f"sqlite+aiosqlite:///{tmp_path}/voorzorg.db"
        else:
            server: Postgresql = request.getfixturevalue("postgresql")
            yield await stack.enter_async_context(server.database())


@pytest.fixture
async def database(url: str) -> AsyncIterator[Database]:
    """The database, opened."""
    opened = Database(url)
    await opened.open()
    yield opened
    await opened.close()


@pytest.fixture
async def beside(url: str, database: Database) -> AsyncIterator[Database]:
    """The same database as another process has it open."""
    opened = Database(url)
    await opened.open()
    yield opened
    await opened.close()


@pytest.fixture
async def records(database: Database) -> Records:
    """All repositories on the database."""
    ring = KeyRing(MASTERS)  # of its own: a ring remembers what it has met that does not open
    await make_system_keys(database, ring)
    return Records(database, await open_vault(database, ring))
