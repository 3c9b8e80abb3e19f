"""A server on a free port, a clock that is set, and a bare caller of its Bot API."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import aiohttp
import pytest

from bot.webchat.phone import Phone
from bot.webchat.server import Server
from storage.clock import SetClock
from tests.webchat.caller import Caller
from tests.webchat.endpoint import Endpoint, serve


@pytest.fixture
def clock() -> SetClock:
    return SetClock(datetime(2026, 11, 24, 9, 0, tzinfo=UTC))


@pytest.fixture
async def server(clock: SetClock) -> AsyncIterator[Server]:
    async with Server(clock=clock, first_update_id=1000) as server:
        yield server


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def call(session: aiohttp.ClientSession, server: Server) -> Caller:
    return Caller(session, server)


@pytest.fixture
def sam(server: Server) -> Phone:
    """Somebody who has started the bot."""
    phone = server.world.phone("Sam")
    phone.start()
    return phone


@pytest.fixture
async def endpoint() -> AsyncIterator[Endpoint]:
    """An address of the bot's own, on this machine."""
    endpoint = Endpoint()
    runner = await serve(endpoint)
    yield endpoint
    await runner.cleanup()
