"""Two processes on one PostgreSQL database: one runs, the other waits, and takes over when the first goes silent."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.cli.running import set_up
from bot.webchat.phone import PATIENCE, Phone
from bot.webchat.server import Server
from storage.clock import SystemClock
from tests.house import TOKEN, settings_for
from tests.postgresql import Postgresql

# Seconds of the lease: as short as a busy machine allows.
LEASE = 4
WAITS, TAKES_OVER, RUNS = "standby:", "taking over", "running"


@dataclass
class Program:
    """`voorzorg run` as a process."""

    process: asyncio.subprocess.Process

    async def says(self, word: str) -> None:
        """Wait until it logs a word."""
        assert self.process.stderr is not None
        async with asyncio.timeout(PATIENCE):
            while word not in (line := (await self.process.stderr.readline()).decode()):
                assert line, f"it ended without saying {word!r}"

    async def ends(self) -> tuple[int | None, str]:
        """Wait for its end; returns the exit status and its last words."""
        _, said = await asyncio.wait_for(self.process.communicate(), PATIENCE)
        return self.process.returncode, said.decode()


@dataclass
class Place:
    """A server to speak to, and a database to share."""

    server: Server
    environment: dict[str, str]

    @asynccontextmanager
    async def program(self) -> AsyncIterator[Program]:
        """A process that is killed in the end if it still lives."""
        pipe = asyncio.subprocess.PIPE
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "run"), env=self.environment, stdout=pipe, stderr=pipe
        )
        try:
            yield Program(process)
        finally:
            if process.returncode is None:
                process.kill()
                await process.communicate()

    async def answers(self, phone: Phone) -> None:
        """Fail unless somebody answers, with another screen than the one before."""
        phone.start()
        await phone.wait_for("Hallo, ik ben Voorzorg", PATIENCE, fresh=True)
        phone.say("wie is dit?")
        assert "Dat lees ik niet als een code" in (await phone.answer(PATIENCE)).text


@pytest.fixture
async def place(tmp_path: Path, postgresql: Postgresql) -> AsyncIterator[Place]:
    """An installation on PostgreSQL that has been set up."""
    async with postgresql.database() as url, Server(token=TOKEN, clock=SystemClock()) as server:
        await set_up(settings_for(tmp_path, server.url, database_url=url))
        environment = {key: value for key, value in os.environ.items() if not key.startswith("VOORZORG_")} | {
            "VOORZORG_BOT_TOKEN": TOKEN,
            "VOORZORG_BOT_API_URL": server.url,
            "VOORZORG_DATABASE_URL": url,
            "VOORZORG_MASTER_KEY_FILE": str(tmp_path / "master.keys"),
            "VOORZORG_LEASE_SECONDS": str(LEASE),
        }
        yield Place(server, environment)


async def started(place: Place) -> Phone:
    """Return the phone of a stranger who has been greeted."""
    phone = place.server.world.phone(first_name="Sam")
    phone.start()
    await phone.wait_for("Hallo, ik ben Voorzorg", PATIENCE)
    return phone


async def test_when_the_first_is_killed_the_second_takes_over_and_answers_what_waited(place: Place) -> None:
    async with place.program() as first:
        await first.says(RUNS)
        phone = await started(place)
        async with place.program() as second:
            await second.says(WAITS)
            first.process.kill()
            await first.ends()
            phone.say("wie is dit?")  # nobody runs now
            await second.says(TAKES_OVER)
            assert "Dat lees ik niet als een code" in (await phone.answer(PATIENCE)).text
            second.process.send_signal(signal.SIGTERM)
            status, said = await second.ends()
            assert status == 0, said


async def test_a_standby_ends_in_peace_and_so_does_who_is_followed(place: Place) -> None:
    async with place.program() as first:
        await first.says(RUNS)
        async with place.program() as second:
            await second.says(WAITS)
            second.process.send_signal(signal.SIGTERM)
            assert (await second.ends())[0] == 0
        async with place.program() as third:
            await third.says(WAITS)
            first.process.send_signal(signal.SIGTERM)
            assert (await first.ends())[0] == 0
            await third.says(TAKES_OVER)
            await place.answers(await started(place))


async def test_who_stood_still_and_was_followed_ends_with_an_error_and_writes_nothing(place: Place) -> None:
    async with place.program() as first:
        await first.says(RUNS)
        phone = await started(place)
        async with place.program() as second:
            await second.says(WAITS)
            first.process.send_signal(signal.SIGSTOP)
            await second.says(TAKES_OVER)
            await place.answers(phone)
            first.process.send_signal(signal.SIGCONT)
            status, said = await first.ends()
            assert status == 1
            assert "Another process has taken over" in said
            assert "Traceback" not in said
            await place.answers(phone)
            second.process.send_signal(signal.SIGTERM)
            assert (await second.ends())[0] == 0
