"""Cubes of counts: per municipality and month in one pass, per other dimension, and as published."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, bindparam, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.engines.plain_json import dumps, loads
from storage.figures.indicators import COUNTS, PARTS, unpacked
from storage.figures.partitions import Partition
from storage.figures.period import Period
from storage.figures.small_cells import MONTH
from storage.schema import TALLIES, cases, monitoring, published

# Months before a closing month whose figures are published with it.
PUBLISHED = 24
_SUMS = [func.sum(monitoring.c[tally]).label(f"sum_{tally}") for tally in TALLIES]
_PERIOD = monitoring.c.month.between(bindparam("first"), bindparam("last"))
_CUBE = (
    select(monitoring.c.municipality, monitoring.c.month, func.min(monitoring.c.province), *_SUMS)
    .where(_PERIOD)
    .group_by(monitoring.c.municipality, monitoring.c.month)
)
# Of a month that is cut only those count whose day is known: what is left of an erased case has none.
# By the names of municipalities, the rows of a month lie together; without them all months are read.
_DAYS = (
    select(monitoring.c.municipality, *_SUMS)
    .where(
        monitoring.c.municipality.in_(bindparam("municipalities", expanding=True)),
        monitoring.c.month == bindparam("month"),
        monitoring.c.case_id == cases.c.id,
        cases.c.first_listed_on.between(bindparam("first"), bindparam("last")),
    )
    .group_by(monitoring.c.municipality)
)
_HEAD_START = (
    select(monitoring.c.municipality, monitoring.c.head_start, func.count())
    .where(_PERIOD, monitoring.c.head_start.is_not(None))
    .group_by(monitoring.c.municipality, monitoring.c.head_start)
)
_PUBLISH = insert(published)
_CLOSED = select(func.max(published.c.closed))
_AS_PUBLISHED = select(published).where(published.c.closed == bindparam("closed_on"))

Counts = tuple[int, ...]


def total(rows: Iterable[Sequence[int]], of: int = len(COUNTS)) -> Counts:
    """Return the sums of so many counts, one by one."""
    return tuple(map(sum, zip(*rows, strict=True))) or (0,) * of


@dataclass(slots=True)
class Cube:
    """Counts, in the order of `counts`, per municipality and month (its first day); provinces by municipality.

    `inside`: of a month that a period cuts, what lies in that period. `partitions`: which counts are the parts of
    another; `parts_by`: the finest parts of a year that those are shown for.
    """

    cells: dict[tuple[str, date], Counts] = field(default_factory=dict)
    inside: dict[tuple[str, date], Counts] = field(default_factory=dict)
    provinces: dict[str, str] = field(default_factory=dict)
    counts: tuple[str, ...] = COUNTS
    partitions: tuple[Partition, ...] = PARTS
    parts_by: int = MONTH


async def cube(connection: AsyncConnection, first: date, last: date) -> Cube:
    """Count everything of the months from `first` to `last`."""
    found = Cube()
    for municipality, month, province, *tallies in await connection.execute(_CUBE, {"first": first, "last": last}):
        found.cells[municipality, month] = unpacked(tallies)
        found.provinces[municipality] = province
    return found


async def cut(connection: AsyncConnection, cube: Cube, period: Period, month: date) -> None:
    """Count, into a cube that has this month, those who first stood on a list on days of it within a period."""
    days = period.within(month)
    wanted = {
        "municipalities": [municipality for municipality, of in cube.cells if of == month],
        "month": month,
        "first": days.first,
        "last": days.last,
    }
    for municipality, *tallies in await connection.execute(_DAYS, wanted):
        cube.inside[municipality, month] = unpacked(tallies)


def _column(dimension: str) -> ColumnElement[Any]:
    return monitoring.c[dimension]


async def by(
    connection: AsyncConnection, dimension: str, municipalities: Iterable[str], first: date, last: date
) -> Cube:
    """Count per prison, sentence class or track and month, over some municipalities: as a cube of those names."""
    column = _column(dimension)
    statement = (
        select(column, monitoring.c.month, *_SUMS)
        .where(_PERIOD, monitoring.c.municipality.in_(list(municipalities)))
        .group_by(column, monitoring.c.month)
    )
    found = Cube()
    for name, month, *tallies in await connection.execute(statement, {"first": first, "last": last}):
        found.cells[name or "", month] = unpacked(tallies)
        found.provinces[name or ""] = dimension
    return found


async def head_starts(connection: AsyncConnection, municipalities: set[str], first: date, last: date) -> Counter[int]:
    """Return how many had their plan so many days before the reporting date."""
    found: Counter[int] = Counter()
    for municipality, days, number in await connection.execute(_HEAD_START, {"first": first, "last": last}):
        if municipality in municipalities:
            found[days] += number
    return found


async def last_closed(connection: AsyncConnection) -> date | None:
    """Return the last month that was published, by its first day."""
    found: date | None = (await connection.execute(_CLOSED)).scalar()
    return found


def first_published(closed: date) -> date:
    """Return the first month of which figures are published at the close of a month."""
    months = closed.year * 12 + closed.month - PUBLISHED
    return date(months // 12, months % 12 + 1, 1)


async def publish(connection: AsyncConnection, closed: date) -> None:
    """Keep the figures as they are at the close of a month: they stay so, whatever happens to the cases.

    Before there is any case there is nothing to publish.
    """
    found = await cube(connection, first_published(closed), closed)
    rows = [
        {
            "closed": closed,
            "municipality": municipality,
            "month": month,
            "province": found.provinces[municipality],
            "counts": dumps({count: n for count, n in zip(COUNTS, counts, strict=True) if n}),
        }
        for (municipality, month), counts in found.cells.items()
    ]
    if rows:
        await connection.execute(_PUBLISH, rows)


async def as_published(connection: AsyncConnection, closed: date) -> Cube:
    """Return the figures as they were published at the close of a month."""
    found = Cube()
    for row in await connection.execute(_AS_PUBLISHED, {"closed_on": closed}):
        counts = loads(row.counts)
        found.cells[row.municipality, row.month] = tuple(int(counts.get(count, 0)) for count in COUNTS)
        found.provinces[row.municipality] = row.province
    return found
