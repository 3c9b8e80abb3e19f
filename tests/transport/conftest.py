"""A Bot API server, and logs in which the token must not stand."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Iterator

import pytest

from bot.webchat.server import Server
from tests.transport.wire import SECRET, TOKEN


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    async with Server(token=TOKEN) as server:
        yield server


@pytest.fixture(autouse=True)
def nothing_shows(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """No log names the token, at any level; but python-telegram-bot's own, which the program keeps quiet, do."""
    caplog.set_level(logging.DEBUG)
    yield
    said = [logging.Formatter().format(r) for r in caplog.get_records("call") if r.name != "telegram.Bot"]
    assert not [line for line in said if SECRET in line]
