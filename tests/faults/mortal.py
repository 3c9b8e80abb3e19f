"""The program's lives as the test sees them: begun, killed, waited for."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from collections.abc import Mapping
from pathlib import Path

from bot.settings import Settings
from tests.faults.recorder import Recorder

ROOT = Path(__file__).parents[2]


class Cradle:
    """The process that makes lives (tests/faults/child.py). `async with` begins it, and ends it with all that lives."""

    async def __aenter__(self) -> Cradle:
        theirs, self._lifeline = os.pipe()
        self._process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.faults.child", str(theirs)),
            cwd=ROOT,
            env={name: value for name, value in os.environ.items() if not name.startswith("VOORZORG_")},
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            pass_fds=(theirs,),
        )
        os.close(theirs)
        assert await self.number() == self._process.pid, "it could not be begun"
        return self

    async def __aexit__(self, *_error: object) -> None:
        os.close(self._lifeline)
        assert self._process.stdin is not None
        self._process.stdin.close()
        await self._process.wait()

    def ask(self, life: Mapping[str, object]) -> None:
        """Ask for a life."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(life).encode() + b"\n")

    async def number(self) -> int:
        """Return the next number it tells: of a life that has begun, then how that ended."""
        assert self._process.stdout is not None
        return int(await self._process.stdout.readline())


class Mortal:
    """One life after the other, on the same data. `async with` ends the one that still lives."""

    def __init__(self, cradle: Cradle, settings: Settings, recorder: Recorder, folder: Path) -> None:
        """Live on these settings; the logs go to a file in `folder`."""
        self.recorder = recorder
        self._cradle = cradle
        self._log = folder / "lives.log"
        self._life = {"recorder": str(recorder.path), "log": str(self._log), "environment": _environment(settings)}
        self._number = 0
        self._end: asyncio.Task[int] | None = None

    async def __aenter__(self) -> Mortal:
        return self

    async def __aexit__(self, *_error: object) -> None:
        if self._end is not None and not self._end.done():
            await self.kill()

    async def begin(self, step: str | None = None, on_pass: int = 1) -> None:
        """Begin a life; with `step` it ends by its own hand there."""
        assert self._end is None or self._end.done(), "one life at a time"
        self.recorder.begin(step, on_pass)
        self._cradle.ask(self._life)
        self._number = await self._cradle.number()
        self._end = asyncio.create_task(self._cradle.number())

    async def lives(self, seconds: float) -> bool:
        """Wait for the end of this life, so many seconds at the most; tell whether it still lives then."""
        assert self._end is not None
        await asyncio.wait({self._end}, timeout=seconds)
        return not self._end.done()

    def is_dead(self) -> bool:
        """Tell whether this life has ended."""
        return self._end is None or self._end.done()

    async def kill(self) -> None:
        """SIGKILL: no handler runs, nothing is flushed."""
        self._signal(signal.SIGKILL)
        await self.ended()

    async def stop(self) -> int:
        """SIGTERM: what is under way is ended first. Returns the exit status."""
        self._signal(signal.SIGTERM)
        return await self.ended()

    async def ended(self) -> int:
        """Wait for the end of this life and return its exit status; a signal is its negative number."""
        assert self._end is not None
        return await self._end

    def _signal(self, signal_: signal.Signals) -> None:
        assert self._number > 0, "there is no life"
        os.kill(self._number, signal_)

    def log(self) -> list[str]:
        """Return what all lives logged: lines of warnings and errors."""
        return self._log.read_text().splitlines() if self._log.exists() else []


def _environment(settings: Settings) -> dict[str, str]:
    """Return the environment from which these settings are read."""
    environment = {}
    for name, value in settings.model_dump().items():
        if value is not None:
            secret = getattr(value, "get_secret_value", None)
            environment[f"VOORZORG_{name.upper()}"] = str(secret() if secret else value)
    return environment
