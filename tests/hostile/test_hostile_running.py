"""What ends the program: a second poller, a token that is no longer ours. It says so, and loses nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from bot.cli.running import set_up
from bot.webchat.phone import Phone
from bot.webchat.server import Server
from bot.webchat.telegram import faults
from storage.clock import SystemClock
from tests.house import TOKEN, settings_for
from tests.processes import start

HELLO = "Hallo, ik ben Voorzorg"
NO_CODE = "Dat lees ik niet als een code"
REVOKED = faults.error(401, "Unauthorized")

Ending = Callable[["Running"], Awaitable[None]]
ENDINGS: dict[int, Ending] = {}


def hostile(number: int) -> Callable[[Ending], Ending]:
    def register(ending: Ending) -> Ending:
        ENDINGS[number] = ending
        return ending

    return register


class Running:
    """A process, the server that it speaks to, and somebody who writes to it."""

    def __init__(self, folder: Path, server: Server) -> None:
        self.folder = folder
        self.server = server
        self.phone: Phone = server.world.phone(first_name="Kanariepiet", user_id=7_598_765_432)

    async def begin(self) -> asyncio.subprocess.Process:
        """Start it, and wait until it polls."""
        process = await start(self.folder, self.server.url)
        await asyncio.wait_for(self.server.world.updates.listening(), 20)
        return process

    async def ends(self, process: asyncio.subprocess.Process, saying: str) -> None:
        """See that it ends by itself, with the reason and an error status, and gives nothing away."""
        printed, said = await asyncio.wait_for(process.communicate(), 20)
        assert process.returncode == 1, said
        assert saying in said.decode()
        assert "cannot go on" in said.decode()
        for secret in (TOKEN, TOKEN.partition(":")[2], "Kanariepiet", str(self.phone.id), "Traceback", "Unclosed"):
            assert secret not in (printed + said).decode()

    async def goes_on(self, waits: str) -> None:
        """See that what came in meanwhile is handled by the next process."""
        self.server.faults.clear()
        process = await start(self.folder, self.server.url)
        await self.phone.wait_for(waits, timeout=20, fresh=True)
        process.terminate()
        await process.communicate()
        assert process.returncode == 0
        assert self.server.world.updates.pending == 0


@hostile(13)
async def a_second_poller(running: Running) -> None:
    process = await running.begin()
    conflict = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
    running.server.faults.add("getUpdates", faults.error(409, conflict))
    running.server.world.updates.release()
    await running.ends(process, "Another process polls Telegram with this token. Stop it, then start again.")
    running.phone.start()
    await running.goes_on(HELLO)


@hostile(14)
async def a_token_that_was_revoked(running: Running) -> None:
    process = await running.begin()
    running.phone.start()
    await running.phone.wait_for(HELLO, timeout=20)
    # Found out by what goes out: the answer waits.
    for method in ("sendMessage", "editMessageText"):
        running.server.faults.add(method, REVOKED, times=None)
    running.phone.say("wie is dit?")
    await running.ends(process, "Telegram does not know this token. Set VOORZORG_BOT_TOKEN to a valid one.")
    await running.goes_on(NO_CODE)
    # Found out by what comes in: what is written waits at Telegram.
    process = await start(running.folder, running.server.url)
    running.phone.start()
    await running.phone.wait_for(HELLO, timeout=20, fresh=True)
    running.server.faults.add("*", REVOKED, times=None)
    running.server.world.updates.release()
    await running.ends(process, "Telegram no longer knows this token. Set VOORZORG_BOT_TOKEN.")
    running.phone.start()
    await running.goes_on(HELLO)
    assert running.phone.last is not None
    assert HELLO in running.phone.last.text
    # A start with it says the same.
    running.server.faults.add("*", REVOKED, times=None)
    process = await start(running.folder, running.server.url)
    _, said = await asyncio.wait_for(process.communicate(), 20)
    assert process.returncode == 1
    assert "does not know this token" in said.decode()
    assert "Unclosed" not in said.decode()
    assert TOKEN not in said.decode()


@pytest.mark.parametrize("ending", [pytest.param(e, id=f"hostile[{n}]") for n, e in ENDINGS.items()])
async def test_what_it_cannot_go_on_with_ends_it_loudly_and_loses_nothing(tmp_path: Path, ending: Ending) -> None:
    async with Server(token=TOKEN, clock=SystemClock()) as server:
        await set_up(settings_for(tmp_path, server.url))
        await ending(Running(tmp_path, server))
