"""Fixtures for all tests."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from tests.house import DATABASES, House, open_house
from tests.postgresql import NoServerError, Postgresql


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let all houses stand on another database."""
    parser.addoption("--on", choices=DATABASES, default="sqlite", help="what houses stand on unless a test says so")


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Postgresql]:
    """A PostgreSQL server; tests that need it are skipped where none can be had."""
    try:
        server = Postgresql()
    except NoServerError as error:
        pytest.skip(str(error))
    yield server
    server.stop()


@pytest.fixture
async def house(tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[House]:
    """A whole Voorzorg on an empty database: SQLite, or what `--on` or `on_both` says."""
    kind = getattr(request, "param", request.config.getoption("--on"))
    async with AsyncExitStack() as stack:
        settings = {}
        if kind == "postgresql":
            server: Postgresql = request.getfixturevalue("postgresql")
            settings["database_url"] = await stack.enter_async_context(server.database())
        yield await stack.enter_async_context(open_house(tmp_path, **settings))
