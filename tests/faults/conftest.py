"""One process that makes all the lives of these tests, and the database that they live on."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.faults.mortal import Cradle
from tests.house import DATABASES
from tests.postgresql import Postgresql


@pytest_asyncio.fixture(scope="package", loop_scope="session")
async def cradle() -> AsyncIterator[Cradle]:
    """The process that makes lives."""
    async with Cradle() as made:
        yield made


@pytest_asyncio.fixture(params=DATABASES, loop_scope="session")
async def elsewhere(request: pytest.FixtureRequest) -> AsyncIterator[str | None]:
    """The address of an empty PostgreSQL database, or None for a SQLite file in the test's own folder."""
    if request.param == "sqlite":
        yield None
        return
    server: Postgresql = request.getfixturevalue("postgresql")
    async with server.database() as url:
        yield url
