"""One run of each bot: what is timed, in which order, and what was used meanwhile.

The echo bot runs with what pip installs for it, and once more with sniffio, which httpcore otherwise looks for in vain
several times a request: whoever knows that has a faster echo, so both stand in the table.
"""

from __future__ import annotations

import asyncio
import shutil
import sys
import sysconfig
import time
from collections.abc import Coroutine
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.webchat.phone import Phone
from bot.webchat.server import Server
from tests.bench import people
from tests.bench.cases import BIRTH_YEAR
from tests.bench.program import Program, busy, running

TOKEN = "4242:only-on-this-machine"
ECHO = Path(__file__).with_name("echo.py")
COMMANDS = ("/plan", "/vragen")
# Seconds without a call after which a bot has nothing left to do.
QUIET = 0.2


@dataclass(frozen=True, slots=True)
class Size:
    """How much is asked of a bot: people, updates of each in a part, and updates at `rate` a second for the delay."""

    people: int = 200
    each: int = 11
    paced: int = 300
    rate: float = 30.0


@dataclass(frozen=True, slots=True)
class Part:
    """What a timed part came to. `calls`: of the Bot API. `server`, `others`: cores that they kept busy meanwhile."""

    updates: int
    seconds: float
    cpu: float
    calls: int
    server: float
    others: float


@dataclass(slots=True)
class Run:
    """One run of one bot: start in seconds, its parts by name, delays in seconds, memory in MB."""

    startup: float
    parts: dict[str, Part] = field(default_factory=dict)
    delays: list[float] = field(default_factory=list)
    memory: float = 0.0


class Measure:
    """Times parts of a run."""

    def __init__(self, server: Server, program: Program, size: Size) -> None:
        self._server = server
        self._program = program
        self._size = size
        self.run = Run(program.startup)

    @property
    def _calls(self) -> int:
        return self._server.api.calls.total()

    async def part(self, name: str, work: Coroutine[Any, Any, None]) -> None:
        """Time what everybody does."""
        await self.quiet()
        everything, calls, began = busy(), self._calls, time.perf_counter()
        cpu, own = self._program.cpu, time.process_time()
        await work
        seconds, calls = time.perf_counter() - began, self._calls - calls
        cpu, own = self._program.cpu - cpu, time.process_time() - own
        others = max(0.0, busy() - everything - cpu - own)
        updates = self._size.people * self._size.each
        self.run.parts[name] = Part(updates, seconds, cpu, calls, own / seconds, others / seconds)

    async def quiet(self) -> None:
        """Wait until the bot has nothing left to do."""
        calls = -1
        while calls != self._calls:
            calls = self._calls
            await asyncio.sleep(QUIET)

    async def ended(self) -> Run:
        """Return the run with what is known at its end."""
        await self.quiet()
        self.run.memory = self._program.peak_memory
        return self.run


async def run_voorzorg(template: Path, codes: list[str], folder: Path, size: Size, core: int | None) -> Run:
    """Run the program itself on a copy of the prepared installation; everybody arrives before anything is timed."""
    shutil.copytree(template, folder)
    async with Server(TOKEN) as server:
        environment = {
            "VOORZORG_BOT_TOKEN": TOKEN,
            "VOORZORG_BOT_API_URL": server.url,
            "VOORZORG_DATABASE_URL": f"sqlite+aiosqlite:///{folder}/voorzorg.db",
            "VOORZORG_MASTER_KEY_FILE": str(folder / "master.keys"),
            "VOORZORG_MESSAGES_PER_SECOND": "100000",
            "VOORZORG_CHAT_MESSAGES_PER_SECOND": "100000",
        }
        async with running((sys.executable, "-m", "bot", "run"), environment, folder, server, core) as program:
            phones = _phones(server, size)
            await asyncio.gather(
                *(people.arrive(phone, code, BIRTH_YEAR) for phone, code in zip(phones, codes, strict=True))
            )
            measure = Measure(server, program, size)
            await measure.quiet()
            measure.run.delays = await people.paced(phones, people.tap, size.rate, size.paced)
            await measure.part("taps", people.taps(phones, size.each))
            await measure.part("texts", people.texts(phones, COMMANDS, size.each))
            await measure.part("all at once", people.all_at_once(phones, COMMANDS, size.each, people.screens))
            return await measure.ended()


async def run_echo(folder: Path, size: Size, core: int | None, sniffio: bool) -> Run:
    """Run python-telegram-bot's echo; everybody has said something before anything is timed."""
    folder.mkdir()
    packages = {"PYTHONPATH": str(_packages(folder / "packages", sniffio))}
    command = (sys.executable, "-S", str(ECHO))
    async with (
        Server(TOKEN) as server,
        running((*command, server.url, TOKEN), packages, folder, server, core) as program,
    ):
        phones = _phones(server, size)
        await people.texts(phones, ("goedemorgen",), 1)
        measure = Measure(server, program, size)
        await measure.quiet()
        measure.run.delays = await people.paced(phones, lambda phone: phone.say("dag"), size.rate, size.paced)
        await measure.part("texts", people.texts(phones, ("hallo", "tot ziens"), size.each))
        await measure.part(
            "all at once", people.all_at_once(phones, ("hallo", "tot ziens"), size.each, people.messages)
        )
        return await measure.ended()


def _packages(folder: Path, sniffio: bool) -> Path:
    """Return a folder with the packages that are installed here, with or without sniffio: for a path without others."""
    folder.mkdir()
    for place in {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}:
        for package in Path(place).iterdir():
            if sniffio or not package.name.startswith("sniffio"):
                (folder / package.name).symlink_to(package)
    return folder


def _phones(server: Server, size: Size) -> list[Phone]:
    return [server.world.phone(first_name="Samira") for _ in range(size.people)]
