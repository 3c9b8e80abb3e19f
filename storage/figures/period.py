"""A period: from a day to a day, both included, and which months it takes only a part of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta


def month_of(day: date) -> date:
    """Return the first day of a month."""
    return day.replace(day=1)


def end_of(day: date) -> date:
    """Return the last day of a month."""
    return month_of(month_of(day) + timedelta(days=31)) - timedelta(days=1)


def months(first: date, last: date) -> list[date]:
    """Return the months from one to another, by their first days, both included."""
    numbers = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return [date(n // 12, n % 12 + 1, 1) for n in numbers]


@dataclass(frozen=True, slots=True)
class Period:
    """From `first` to `last`, both included. Until today, the running month is whole: no more of it has been."""

    first: date
    last: date

    @classmethod
    def of(cls, first: date, last: date, today: date) -> Period:
        """Return whole months, from that of `first` to that of `last`, as far as they have been."""
        return cls(month_of(first), min(end_of(last), today))

    def months(self) -> list[date]:
        """Return every month of which there are days in it."""
        return months(self.first, self.last)

    def cut(self, today: date) -> list[date]:
        """Return the months, at most two, of which days that have been lie outside it."""
        began_late = self.first != month_of(self.first)
        ended_early = self.last < min(end_of(self.last), today)
        found = [month_of(self.first)] if began_late else []
        return sorted({*found, *([month_of(self.last)] if ended_early else [])})

    def whole(self, today: date) -> list[date]:
        """Return the months that lie in it as far as they have been."""
        cut = self.cut(today)
        return [month for month in self.months() if month not in cut]

    def within(self, month: date) -> Period:
        """Return the days of a month that lie in it."""
        return Period(max(self.first, month), min(self.last, end_of(month)))
