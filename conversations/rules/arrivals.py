"""Arrivals: the two weeks of which a prison sees who comes, and who comes in them by what is a fact."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from storage.case.case import Case

_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class TwoWeeks:
    """A week from its Monday on, and the next one."""

    first: date

    @classmethod
    def around(cls, day: date) -> TwoWeeks:
        """Return the week of a day, and the next one."""
        return cls(day - timedelta(days=day.weekday()))

    @property
    def last(self) -> date:
        """The Sunday on which they end."""
        return self.first + 2 * _WEEK - timedelta(days=1)

    def is_next(self, day: date) -> bool:
        """Tell whether a day lies in the second week."""
        return day >= self.first + _WEEK

    def hold(self, case: Case) -> bool:
        """Tell whether somebody comes in them, or came on their day: the letter confirmed it, and nothing undid it.

        Lists.arriving says the same in SQL (bot/lookups/lists.py). Who was arrested before it does not come any more.
        """
        day = case.confirmed_date
        if day is None or not self.first <= day <= self.last:
            return False
        return (case.phase == "coming" and case.outcome is None) or (case.phase == "held" and case.arrived_on == day)
