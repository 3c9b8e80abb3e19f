"""`voorzorg run` as a process: it starts, holds its data for itself, and ends cleanly."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.cli.running import set_up
from bot.webchat.server import Server
from bot.webchat.telegram import faults
from storage.clock import SystemClock
from tests.house import TOKEN, settings_for
from tests.processes import start


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[Server]:
    """A Bot API server, and an installation beside it that has been set up."""
    async with Server(token=TOKEN, clock=SystemClock()) as server:
        await set_up(settings_for(tmp_path, server.url))
        yield server


async def test_sigterm_ends_it_with_zero_after_what_is_under_way(tmp_path: Path, server: Server) -> None:
    process = await start(tmp_path, server.url)
    phone = server.world.phone(first_name="Sam")
    phone.start()
    await phone.wait_for("Hallo, ik ben Voorzorg")
    server.faults.add("sendMessage", faults.slow(0.5))
    phone.say("wie is dit?")
    await server.world.updates.confirmed()
    process.send_signal(signal.SIGTERM)
    _, said = await asyncio.wait_for(process.communicate(), 20)
    assert process.returncode == 0, said
    assert "Dat lees ik niet als een code" in (phone.last.text if not phone.last.mine else "")
    assert TOKEN.encode() not in said


async def test_a_second_process_on_the_same_data_is_refused(tmp_path: Path, server: Server) -> None:
    first = await start(tmp_path, server.url)
    try:
        await asyncio.wait_for(server.world.updates.listening(), 20)
        second = await start(tmp_path, server.url)
        _, said = await asyncio.wait_for(second.communicate(), 20)
        assert second.returncode == 1
        assert b"running already" in said
    finally:
        first.terminate()
        await first.communicate()


async def test_a_token_that_telegram_does_not_know_is_said_without_showing_it(tmp_path: Path, server: Server) -> None:
    process = await start(tmp_path, server.url, token="4242:another-token-altogether")
    _, said = await asyncio.wait_for(process.communicate(), 20)
    assert process.returncode == 1
    assert b"does not know this token" in said
    assert b"another-token" not in said


async def test_without_a_token_the_way_to_one_is_named(tmp_path: Path, server: Server) -> None:
    process = await start(tmp_path, server.url, token="")
    _, said = await asyncio.wait_for(process.communicate(), 20)
    assert process.returncode == 1
    assert b"VOORZORG_BOT_TOKEN is not set" in said
