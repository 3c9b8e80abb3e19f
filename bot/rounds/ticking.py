"""Ticks: what is due is looked at each second, by a clock that nobody sets, and somebody notices when that stops."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from bot import logs

# Seconds without the end of a tick, after which it is said; and between two looks whether it is so.
SILENCE, LOOK = 60.0, 10.0


class Ticks:
    """Ticks until its task ends. `alarm` is called once for each time that no tick has ended for a minute."""

    def __init__(
        self,
        tick: Callable[[], Awaitable[None]],
        alarm: Callable[[], Awaitable[None]],
        every: float,
        timer: Callable[[], float] | None = None,
    ) -> None:
        self._tick = tick
        self._alarm = alarm
        self._every = every
        self._timer = timer or asyncio.get_running_loop().time
        self.ended = self._timer()
        self._said = False

    async def run(self) -> None:
        """Tick, wait, and so on: a machine's clock that is set back or forward changes nothing."""
        while True:
            await asyncio.sleep(self._every)
            await self._tick()
            self.ended = self._timer()

    async def watch(self) -> None:
        """Notice when it has stopped."""
        while True:
            await asyncio.sleep(LOOK)
            await self.look()

    async def look(self) -> None:
        """Say it, once, when no tick has ended for a minute; and again when one has."""
        silent = self._timer() - self.ended
        if silent < SILENCE:
            if self._said:
                logs.get().warning("ticks end again")
            self._said = False
            return
        if not self._said:
            logs.get().error("no tick has ended: nothing that falls due leaves", seconds=round(silent))
            self._said = True
            await self._alarm()
