"""The lists of a worker: which cases of their scope, how many, and what they themselves have to do."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from rapidfuzz import fuzz
from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from conversations.shared.lists import Filter, Found, OwnActions
from storage.case.cases import Cases
from storage.people.names import looks
from storage.queues.pressing import Waiting, page
from storage.schema import actions, cases, decisions, flags, pending
from storage.scope import Scope

# Days until the reporting date that are "near the date".
NEAR = timedelta(days=14)
# Until an action of their own is due, of those that a worker's morning shows.
OWN = timedelta(days=7)
# Names opened at most for one search, and how alike a name must be, of 100.
SEARCHED, ALIKE = 2_000, 85

_OPEN = cases.c.phase != "closed"
_NOBODYS = cases.c.worker.is_(None)
_WAITS = select(pending.c.reason).where(pending.c.case_id == cases.c.id).correlate(cases).exists()
_STANDS = (flags.c.case_id == cases.c.id, flags.c.lowered_at.is_(None), flags.c.overruled_at.is_(None))
_FLAGGED = select(flags.c.id).where(*_STANDS, flags.c.level.in_(("high", "urgent"))).correlate(cases).exists()
_URGENT = select(flags.c.id).where(*_STANDS, flags.c.level == "urgent").correlate(cases).exists()


def conditions(scope: Scope, of: Filter, today: date, place: str | None = None) -> Sequence[ColumnElement[bool]]:
    """Return what a case of this filter meets, within a scope."""
    match of:
        case "today":
            return (_OPEN, _WAITS, or_(scope.mine(), *scope.visible_apart("take", _NOBODYS)))
        case "mine":
            return (_OPEN, scope.mine())
        case "free":
            return (_OPEN, or_(*scope.visible_apart("take", _NOBODYS)))
        case "flag":
            return (_OPEN, _FLAGGED, scope.mine())
        case "near":
            # Who was arrested before the day is inside: the day is nobody's any more.
            near = cases.c.reporting_date.between(today, today + NEAR)
            return (cases.c.phase == "coming", scope.mine(), near)
        case "place":
            return (_OPEN, scope.visible("index"), cases.c.municipality == place)


class Lists:
    """What a scope holds on a day."""

    def __init__(self, connection: AsyncConnection, scope: Scope, today: date, store: Cases | None = None) -> None:
        """Take what the actor may do, and the store that opens names; without it lists have none."""
        self._connection = connection
        self._scope = scope
        self._today = today
        self._store = store

    async def page(self, of: Filter, first: int, most: int, place: str | None = None) -> list[Waiting]:
        """Return lines of a list, most pressing first."""
        lines = await page(self._connection, conditions(self._scope, of, self._today, place), first, most)
        return await named(self._connection, self._store, self._scope, lines) if self._store else lines

    async def count(self, of: Filter, place: str | None = None) -> int:
        """Return how many cases a list has."""
        wanted = conditions(self._scope, of, self._today, place)
        statement = select(func.count()).select_from(cases).where(*wanted)
        return int((await self._connection.execute(statement)).scalar_one())

    async def places(self) -> list[tuple[str, int]]:
        """Return the municipalities of the scope's open cases, with how many each has."""
        statement = (
            select(cases.c.municipality, func.count())
            .where(_OPEN, self._scope.visible("index"))
            .group_by(cases.c.municipality)
            .order_by(cases.c.municipality)
        )
        return [(name, number) for name, number in await self._connection.execute(statement)]

    def _own(self) -> tuple[ColumnElement[bool], ...]:
        """Return what an action of the worker's own meets that is due within a week."""
        due = actions.c.due <= self._today + OWN
        return (_OPEN, self._scope.mine(), actions.c.owner == "worker", actions.c.status == "agreed", due)

    async def own_waiting(self) -> int:
        """Return how many of the cases that wait are theirs to look after; the others of that list are nobody's."""
        statement = select(func.count()).select_from(cases).where(_OPEN, _WAITS, self._scope.mine())
        return int((await self._connection.execute(statement)).scalar_one())

    async def own_actions(self) -> OwnActions:
        """Return how many agreed actions are the worker's own, as far as within seven days."""
        by_day = select(actions.c.due, func.count().label("number")).select_from(actions.join(cases))
        found = await self._connection.execute(by_day.where(*self._own()).group_by(actions.c.due))
        days = {row.due: int(row.number) for row in found}
        sunday = self._today + timedelta(days=6 - self._today.weekday())
        coming = [day for day in days if day >= self._today]
        week = sum(days[day] for day in coming if day <= sunday)
        overdue = sum(number for day, number in days.items() if day < self._today)
        return OwnActions(overdue, week, sum(days.values()) - overdue - week, min(coming, default=None))

    async def own_due(self, most: int) -> list[str]:
        """Return the references of the cases with those actions, the first due first."""
        first = func.min(actions.c.due)
        statement = select(cases.c.ref).select_from(actions.join(cases)).where(*self._own()).group_by(cases.c.ref)
        return list((await self._connection.execute(statement.order_by(first, cases.c.ref).limit(most))).scalars())

    async def asked(self) -> list[tuple[str, str, date]]:
        """Return what one is asked to decide: reference, measure, and the day by which; the first day first."""
        statement = (
            select(cases.c.ref, decisions.c.measure, decisions.c.decide_by)
            .join(cases, cases.c.id == decisions.c.case_id)
            .where(decisions.c.asked_of == self._scope.actor.id, decisions.c.answer.is_(None))
            .order_by(decisions.c.decide_by, decisions.c.id)
        )
        return [(row.ref, row.measure, row.decide_by) for row in await self._connection.execute(statement)]

    async def shared(self) -> list[str]:
        """Return the references of the cases that let this prison see something, the nearest reporting day first."""
        day = cases.c.reporting_date
        statement = (
            select(cases.c.ref).where(_OPEN, self._scope.visible("items")).order_by(day.is_(None), day, cases.c.ref)
        )
        return list((await self._connection.execute(statement)).scalars())

    async def arriving(self, first: date, last: date) -> list[str]:
        """Return the references of those cases whose person comes from one day to another, the first to come first.

        TwoWeeks.hold in SQL (conversations/rules/arrivals.py).
        """
        day = cases.c.reporting_date
        comes = or_(
            and_(cases.c.phase == "coming", cases.c.outcome.is_(None)),
            and_(cases.c.phase == "held", cases.c.arrived_on == day),
        )
        known = and_(cases.c.date_confirmed_by.is_not(None), day.between(first, last))
        statement = select(cases.c.ref).where(self._scope.visible("items"), known, comes).order_by(day, cases.c.ref)
        return list((await self._connection.execute(statement)).scalars())

    async def flagged(self, first: int, most: int) -> list[str]:
        """Return the references of the cases with a high or urgent flag that stands, from the `first` on.

        Those with an urgent one come first, then most pressing first.
        """
        wanted = conditions(self._scope, "flag", self._today)
        return [line.ref for line in await page(self._connection, wanted, first, most, [~_URGENT])]


async def named(connection: AsyncConnection, store: Cases, scope: Scope, lines: list[Waiting]) -> list[Waiting]:
    """Put names on the lines of a list, of those cases whose names the actor may see."""
    seen = scope.visible("names")
    if lines:
        names = dict(await store.identities(connection, cases.c.ref.in_([line.ref for line in lines]), seen))
        for line in lines:
            if (who := names.get(line.ref)) is not None:
                line.name = who.name
    return lines


async def find(connection: AsyncConnection, store: Cases, scope: Scope, text: str) -> Found:
    """Search the names of a scope's cases, as far as names may be seen: opened in memory, most pressing first."""
    wanted = looks(text)
    condition = scope.visible("names")
    count = select(func.count()).select_from(cases).where(condition)
    if int((await connection.execute(count)).scalar_one()) > SEARCHED:
        return Found([], everything=False)
    known = await store.identities(connection, condition)
    names = {ref: who.name for ref, who in known}
    refs = [ref for ref, who in known if fuzz.partial_ratio(wanted, looks(who.name)) >= ALIKE]
    lines = await page(connection, (cases.c.ref.in_(refs),), 0, SEARCHED) if refs else []
    for line in lines:
        line.name = names[line.ref]
    return Found(lines, everything=True)
