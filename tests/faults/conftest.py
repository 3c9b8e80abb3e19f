"""One process that makes all the lives of these tests: what it loads, it loads once."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest_asyncio

from tests.faults.mortal import Cradle


@pytest_asyncio.fixture(scope="package", loop_scope="session")
async def cradle() -> AsyncIterator[Cradle]:
    """The process that makes lives."""
    async with Cradle() as made:
        yield made
