"""The lists of a scope: cases that wait, what is one's own to do, and how much everybody has."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, Protocol

from storage.queues.pressing import Waiting
from storage.scope import PROVINCE

Filter = Literal["today", "mine", "free", "flag", "near", "place"]


@dataclass(frozen=True, slots=True)
class OwnActions:
    """A worker's own agreed actions: past their day, still this week, and after that within seven days.

    `first`: the first day of one that is not past.
    """

    overdue: int
    week: int
    later: int
    first: date | None

    @property
    def number(self) -> int:
        """All of them."""
        return self.overdue + self.week + self.later


@dataclass(frozen=True, slots=True, repr=False)
class Found:
    """What a search came to; `everything`: names were looked at too, there were not too many."""

    lines: list[Waiting]
    everything: bool


@dataclass(frozen=True, slots=True, repr=False)
class Load:
    """How much a colleague has: open cases, those that wait, those within 14 days; and who stands in while away."""

    member_id: str
    name: str
    area: str
    open: int
    waiting: int
    near: int
    away: bool
    stand_in: str | None


@dataclass(frozen=True, slots=True, repr=False)
class Workload:
    """What everybody has, and the municipalities where nobody works, each with its open cases."""

    loads: list[Load]
    without: list[tuple[str, int]]

    def of(self, municipality: str, province: str) -> list[Load]:
        """Return who can take a case of a place, who is there first, and of those who has the least."""
        areas = (municipality, PROVINCE + province, "all")
        able = [load for load in self.loads if load.area in areas]
        return sorted(able, key=lambda load: (load.away, areas.index(load.area), load.open, load.name))


class Lists(Protocol):
    """The lists of cases of a scope."""

    async def page(self, of: Filter, first: int, most: int, place: str | None = None) -> list[Waiting]:
        """Return lines of a list, most pressing first."""
        ...

    async def count(self, of: Filter, place: str | None = None) -> int:
        """Return how many cases a list has."""
        ...

    async def places(self) -> list[tuple[str, int]]:
        """Return the municipalities of the scope's open cases, with how many each has."""
        ...

    async def own_waiting(self) -> int:
        """Return how many of the cases that wait are theirs to look after; the others of that list are nobody's."""
        ...

    async def own_actions(self) -> OwnActions:
        """Return how many agreed actions are the worker's own, as far as within seven days."""
        ...

    async def own_due(self, most: int) -> list[str]:
        """Return the references of the cases with those actions, the first due first."""
        ...

    async def asked(self) -> list[tuple[str, str, date]]:
        """Return what one is asked to decide: reference, measure, and the day by which; the first day first."""
        ...

    async def shared(self) -> list[str]:
        """Return the references of the cases that let this prison see something, the nearest reporting day first."""
        ...

    async def arriving(self, first: date, last: date) -> list[str]:
        """Return the references of those cases whose person comes from one day to another, the first to come first.

        What a list says counts for nothing here: the letter confirmed the day (conversations/rules/arrivals.py).
        """
        ...

    async def flagged(self, first: int, most: int) -> list[str]:
        """Return the references of the cases with a high or urgent flag that stands, from the `first` on.

        Those with an urgent one come first, then most pressing first.
        """
        ...
