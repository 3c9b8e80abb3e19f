"""A server on a free port, a clock that is set, and a bare caller of its Bot API."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import aiohttp
import pytest

from bot.webchat.phone import Phone
from bot.webchat.server import Server
from storage.clock import SetClock


@dataclass
class Reply:
    """What the Bot API answered."""

    status: int
    body: dict[str, Any]
    headers: Any

    @property
    def result(self) -> Any:
        assert self.body["ok"], self.body
        return self.body["result"]

    @property
    def refusal(self) -> tuple[int, str]:
        assert not self.body["ok"], self.body
        assert self.body["error_code"] == self.status
        return self.status, self.body["description"]


class Caller:
    """Calls methods with JSON bodies."""

    def __init__(self, session: aiohttp.ClientSession, server: Server) -> None:
        self.session = session
        self.server = server

    async def __call__(self, method: str, **fields: Any) -> Reply:
        url = f"{self.server.url}/bot{self.server.token}/{method}"
        async with self.session.post(url, json=fields) as answer:
            return Reply(answer.status, await answer.json(), answer.headers)

    async def updates(self, **fields: Any) -> list[dict[str, Any]]:
        return (await self("getUpdates", **fields)).result


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
