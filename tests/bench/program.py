"""A bot in a process of its own, on a processor core of its own, with what it has used so far. Linux only (/proc)."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from functools import partial
from pathlib import Path

from bot.webchat.server import Server

# Seconds that a bot may take until it polls, and to end.
PATIENCE = 30.0
_TICKS = os.sysconf("SC_CLK_TCK")


class BrokenError(Exception):
    """A bot ended too early, or with an error; its last words are in the message."""


def cores() -> tuple[int, int] | None:
    """Return the core of the bot and that of the server with its people; None when there is only one."""
    there = sorted(os.sched_getaffinity(0))
    return (there[0], there[1]) if len(there) > 1 else None


def busy() -> float:
    """Return the seconds that all cores together have worked since the machine was started, for whatever program."""
    user, nice, system, _idle, _disk, *interrupts = map(
        int, Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:8]
    )
    return (user + nice + system + sum(interrupts)) / _TICKS


def _times(process: int, *, children: bool) -> float:
    """Return the seconds of processor time of a process, with those of its children that have ended, if so asked."""
    # The name in the second field may hold spaces; utime, stime, cutime and cstime are the 12th to 15th after it (man
    # proc).
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11 : 15 if children else 13])) / _TICKS


def family_cpu(process: int) -> float:
    """Return the seconds of processor time so far of a process and all its children, ended or not."""
    seconds = _times(process, children=True)
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(FileNotFoundError, ProcessLookupError):
            if int(stat.read_text().rpartition(")")[2].split()[1]) == process:
                seconds += _times(int(stat.parent.name), children=True)
    return seconds


@contextmanager
def pinned(core: int | None) -> Iterator[None]:
    """Stay on one core for a while."""
    before = os.sched_getaffinity(0)
    if core is not None:
        os.sched_setaffinity(0, {core})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


class Program:
    """A running bot; `startup`: seconds from the start of its process to its first poll."""

    def __init__(self, process: asyncio.subprocess.Process, startup: float) -> None:
        self._process = process
        self.startup = startup

    @property
    def cpu(self) -> float:
        """Seconds of processor time so far, of all its threads."""
        return _times(self._process.pid, children=False)

    @property
    def peak_memory(self) -> float:
        """The most memory it has held so far, in MB; rusage would count what its parent held at the fork too."""
        status = Path(f"/proc/{self._process.pid}/status").read_text()
        line = next(line for line in status.splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) * 1024 / 1e6


@asynccontextmanager
async def running(
    command: Sequence[str], environment: Mapping[str, str], folder: Path, server: Server, core: int | None
) -> AsyncIterator[Program]:
    """Run a bot in `folder` from before its first poll until it has ended of itself; raises BrokenError."""
    log = folder / "bot.log"
    with log.open("wb") as words:
        began = time.monotonic()
        process = await asyncio.create_subprocess_exec(
            *command,
            cwd=folder,
            env={**os.environ, **environment},
            stdin=asyncio.subprocess.DEVNULL,
            stdout=words,
            stderr=words,
            preexec_fn=None if core is None else partial(os.sched_setaffinity, 0, {core}),
        )
    ended = asyncio.create_task(process.wait())
    polls = asyncio.create_task(server.world.updates.listening())
    try:
        await asyncio.wait({ended, polls}, timeout=PATIENCE, return_when=asyncio.FIRST_COMPLETED)
        if not polls.done():
            raise BrokenError(f"The bot never polled.\n{log.read_text()[-2000:]}")
        yield Program(process, time.monotonic() - began)
        process.terminate()
        if await asyncio.wait_for(ended, PATIENCE):
            raise BrokenError(f"The bot ended with an error.\n{log.read_text()[-2000:]}")
    finally:
        polls.cancel()
        if process.returncode is None:
            process.kill()
            await ended
