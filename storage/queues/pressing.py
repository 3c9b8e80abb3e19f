"""The order of lists of cases: most pressing first (design.md, Commands), as a statement that is a page at a time.

By how pressing it is at one look (red, orange, yellow; last, what waits for nothing). Among those of one colour: urgent
flags by age, unanswered messages by age, then days left, then how worrying it is and the age of what waits.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, func, literal, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.case.waiting import REASONS
from storage.schema import Instant, cases, pending

# How pressing a reason is at one look, the most pressing first; what stands in none is less so.
RED = frozenset({"urgent_flag"})
ORANGE = frozenset(
    {
        *("new_phone", "unread_message", "not_reachable", "not_opened", "hand_delivery"),
        *("date_differs", "outcome_unknown", "perhaps_free", "postponement_open", "risk_near"),
    }
)
_YELLOW, _NOTHING = 2, 3
_PLACE = {reason: at for at, reason in enumerate(REASONS)}
_COLUMNS = (cases.c.id, cases.c.ref, cases.c.municipality, cases.c.reporting_date, cases.c.worker, cases.c.attend_by)
_REASONS = select(pending).where(pending.c.case_id.in_(bindparam("ids", expanding=True)))
# Later than anything that waits.
NEVER = datetime(9999, 1, 1, tzinfo=UTC)
# Ids in one statement: SQLite takes 32,766 values, PostgreSQL 32,767.
CHUNK = 10_000


@dataclass(slots=True, repr=False)
class Waiting:
    """A line of a list: a case with what it waits for, the most pressing reason first, each since when.

    `attend_by`: by when somebody must have seen to it. `name`: who it is about, for who may see that; else nothing.
    """

    ref: str
    municipality: str
    reporting_date: date | None
    worker: str | None
    attend_by: datetime | None
    reasons: tuple[tuple[str, datetime], ...]
    name: str = ""


def colour(reason: str) -> int:
    """Return how pressing a reason is at one look: 0 red, 1 orange, 2 yellow."""
    return 0 if reason in RED else 1 if reason in ORANGE else _YELLOW


def in_order(statement: Select[Any], *first: ColumnElement[Any]) -> Select[Any]:
    """Return a select on `cases` with each case once, most pressing first; `first`: what goes before that order."""
    # One row each by their key, so nothing is grouped: grouping would walk all cases on SQLite.
    urgent, unread = pending.alias("urgent"), pending.alias("unread")
    joined = statement.outerjoin(urgent, and_(urgent.c.case_id == cases.c.id, urgent.c.reason == "urgent_flag"))
    joined = joined.outerjoin(unread, and_(unread.c.case_id == cases.c.id, unread.c.reason == "unread_message"))
    waits = pending.c.case_id == cases.c.id
    oldest = select(func.min(pending.c.since)).where(waits).correlate(cases)
    age = func.coalesce(oldest.scalar_subquery(), literal(NEVER, Instant))
    shown = case((pending.c.reason.in_(RED), 0), (pending.c.reason.in_(ORANGE), 1), else_=_YELLOW)
    worst = func.coalesce(select(func.min(shown)).where(waits).correlate(cases).scalar_subquery(), _NOTHING)
    day = case((func.coalesce(urgent.c.since, unread.c.since).is_(None), cases.c.reporting_date))
    keys: list[ColumnElement[Any]] = []
    for key in (urgent.c.since, unread.c.since):
        keys += [key.is_(None), key]
    return joined.order_by(*first, worst, *keys, day.is_(None), day, cases.c.pressing.desc(), age, cases.c.ref)


async def reasons_of(connection: AsyncConnection, ids: list[str]) -> dict[str, list[tuple[str, datetime]]]:
    """Return what each of these cases waits for, the most pressing first."""
    found: dict[str, list[tuple[str, datetime]]] = {case_id: [] for case_id in ids}
    for at in range(0, len(ids), CHUNK):
        for row in await connection.execute(_REASONS, {"ids": ids[at : at + CHUNK]}):
            found[row.case_id].append((row.reason, row.since))
    for reasons in found.values():
        reasons.sort(key=lambda reason: (colour(reason[0]), _PLACE[reason[0]], reason[1]))
    return found


async def page(
    connection: AsyncConnection,
    conditions: Iterable[ColumnElement[bool]],
    first: int,
    most: int,
    before: Iterable[ColumnElement[Any]] = (),
) -> list[Waiting]:
    """Return at most so many cases that meet all conditions, from the `first` on (0 is the most pressing).

    `before`: what goes before the usual order.
    """
    statement = in_order(select(*_COLUMNS).where(*conditions), *before).offset(first).limit(most)
    rows = list(await connection.execute(statement))
    reasons = await reasons_of(connection, [row.id for row in rows])
    return [
        Waiting(row.ref, row.municipality, row.reporting_date, row.worker, row.attend_by, tuple(reasons[row.id]))
        for row in rows
    ]
