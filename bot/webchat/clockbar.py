"""The clock above the phones: the time in Dutch words, and the buttons that let it pass."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import format_date

from storage.clock import Clock, instant, wall

ZONE = ZoneInfo("Europe/Amsterdam")
MORNING = time(10)


class ClockBar:
    """What the page shows of the server's clock; asks the one who owns it to move it."""

    def __init__(self, clock: Clock, on_clock: Callable[[datetime], Awaitable[None]] | None) -> None:
        self.clock = clock
        self.on_clock = on_clock

    def view(self) -> dict[str, str] | None:
        """Return the time for the page, None when nobody can move it."""
        if self.on_clock is None:
            return None
        now = wall(self.clock.now(), ZONE)
        return {"now": now.isoformat(timespec="minutes"), "day": day(now), "time": f"{now:%H:%M} uur"}

    async def move(self, to: str) -> None:
        """Let the time pass to the next "morning", to the morning of a "week" later (at 10:00), or by an "hour".

        Raises KeyError for another word.
        """
        now = self.clock.now()
        here = wall(now, ZONE)
        targets = {
            "morning": instant(here.date() + timedelta(days=1), MORNING, ZONE),
            "week": instant(here.date() + timedelta(days=7), MORNING, ZONE),
            "hour": now + timedelta(hours=1),
        }
        if self.on_clock is not None:
            await self.on_clock(targets[to])


def day(moment: datetime) -> str:
    """Return the day of an aware `moment` in Dutch words, as it is in Amsterdam."""
    return _words(wall(moment, ZONE).date())


@lru_cache(maxsize=64)
def _words(local: date) -> str:
    return format_date(local, "EEEE d MMMM y", locale="nl")
