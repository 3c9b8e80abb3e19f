"""The clock: the one source of the present moment: everything that asks for the time asks it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """Return the present moment, aware, in UTC."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """Return the present moment, aware, in UTC."""
        return datetime.now(UTC)


class ShiftedClock:
    """The machine's clock moved forward: for the demo, where a week may pass at a tap."""

    def __init__(self, start: datetime | None = None) -> None:
        self.shift = timedelta() if start is None else start - datetime.now(UTC)

    def now(self) -> datetime:
        """Return the shifted moment, aware, in UTC."""
        return datetime.now(UTC) + self.shift

    def forward_to(self, moment: datetime) -> None:
        """Move to `moment`; raises ValueError when it lies in the past: nothing happens twice."""
        if moment < self.now():
            raise ValueError("A clock only moves forward.")
        self.shift = moment - datetime.now(UTC)


class SetClock:
    """A clock that stands still until it is set: for tests."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def now(self) -> datetime:
        """Return the moment it was set to."""
        return self.moment

    def forward(self, **amount: float) -> None:
        """Move on by a `timedelta` given in its own words (hours=2, days=1)."""
        self.moment += timedelta(**amount)

    def forward_to(self, moment: datetime) -> None:
        """Move to `moment`; raises ValueError when it lies in the past."""
        if moment < self.moment:
            raise ValueError("A clock only moves forward.")
        self.moment = moment


def wall(moment: datetime, zone: ZoneInfo) -> datetime:
    """Return `moment` as people in `zone` read it off the wall."""
    return moment.astimezone(zone)


def instant(day: date, at: time, zone: ZoneInfo) -> datetime:
    """Return the UTC instant of a local rule.

    A wall time that the spring change skips becomes the next one that exists; one that the autumn change repeats
    is taken once, the first time.
    """
    return datetime.combine(day, at, tzinfo=zone).astimezone(UTC)
