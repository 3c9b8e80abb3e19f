"""What is measured of a bot, and how: its size, a timed part, a whole run."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Coroutine
from dataclasses import dataclass, field
from typing import Any

from bot.webchat.server import Server
from tests.bench.program import Program, busy, family_cpu

# Seconds without a call after which a bot has nothing left to do.
QUIET = 0.2


@dataclass(frozen=True, slots=True)
class Size:
    """How much is asked of a bot.

    People, updates of each of them in a part, updates at `rate` a second for the delay, reminders at one moment, rows
    of an import, letters of a batch, and cases among which a worker's list is made (0: none).
    """

    people: int = 200
    each: int = 11
    paced: int = 300
    rate: float = 30.0
    reminders: int = 600
    rows: int = 10_000
    letters: int = 1_000
    cases: int = 100_000


@dataclass(frozen=True, slots=True)
class Part:
    """What a timed part came to.

    `cpu`: seconds of the bot, with those of a database server of its own. `calls`: of the Bot API. `server`, `others`:
    cores that the Bot API server with the people, and other programs, kept busy meanwhile.
    """

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

    def __init__(self, server: Server, program: Program, size: Size, postmaster: int | None = None) -> None:
        """Measure `program`, with the database server that is process `postmaster` and its children."""
        self._server = server
        self._program = program
        self._size = size
        self._postmaster = postmaster
        self.run = Run(program.startup)

    @property
    def _calls(self) -> int:
        return self._server.api.calls.total()

    @property
    def _cpu(self) -> float:
        return self._program.cpu + (family_cpu(self._postmaster) if self._postmaster else 0.0)

    async def part(self, name: str, work: Coroutine[Any, Any, None]) -> None:
        """Time what everybody does."""
        await self.quiet()
        everything, calls, began = busy(), self._calls, time.perf_counter()
        cpu, own = self._cpu, time.process_time()
        await work
        seconds, calls = time.perf_counter() - began, self._calls - calls
        cpu, own = self._cpu - cpu, time.process_time() - own
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
