"""Figures read from the monitoring rows: within a scope, over a period, and nothing that gives a few away."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from statistics import median

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.lookups.figures.places import Places
from conversations.content.region import Region
from conversations.figures.figures import Figures, Row, Targets
from storage.figures import cubes
from storage.figures.indicators import INDICATORS
from storage.figures.period import Period, end_of, month_of
from storage.figures.small_cells import REGION, SMALLEST
from storage.schema import cases
from storage.scope import PROVINCE, NotYoursError, Scope

# Without contact for so long, somebody should look.
SILENT = timedelta(days=30)
DIMENSIONS = ("prison", "sentence", "track")


def silent(today: date) -> ColumnElement[bool]:
    """Return what open cases meet that nobody has spoken to for too long."""
    return cases.c.silent_since < today - SILENT


async def _silent(connection: AsyncConnection, municipalities: list[str], today: date) -> int:
    statement = select(func.count()).select_from(cases).where(cases.c.municipality.in_(municipalities), silent(today))
    return int((await connection.execute(statement)).scalar_one())


async def _published(
    connection: AsyncConnection, period: Period, closed: date | None, today: date, frozen: bool
) -> date | None:
    """Return the close of a month as of which figures are shown; None: as of today."""
    if closed is not None or not frozen or period.cut(today) or end_of(period.last) >= end_of(today):
        return closed
    last = await cubes.last_closed(connection)
    # The rule for small counts looks at whole years: of these nothing may be missing among what was published.
    there = last is not None and last >= month_of(period.last)
    return last if there and last and cubes.first_published(last) <= date(period.first.year, 1, 1) else None


async def read_figures(
    connection: AsyncConnection,
    scope: Scope,
    region: Region,
    targets: Targets,
    today: date,
    area: str | None = None,
    period: Period | None = None,
    closed: date | None = None,
    more: bool = True,
    frozen: bool = False,
) -> Figures:
    """Return the figures of an area over a period; by default those of the scope, over this year.

    `closed`: as they were published at the close of that month, over whole months. `frozen`: as they were published
    last, where that covers the period. `more`: also per prison, sentence class and track, and the trend.
    Raises NotYoursError for an area that is not within the scope.
    """
    area = area or scope.actor.area
    day = today if closed is None else end_of(closed)
    asked = period or Period(date(day.year, 1, 1), day)
    asked = Period(min(asked.first, day), min(asked.last, day))
    closed = await _published(connection, asked, closed, today, frozen)
    day = today if closed is None else end_of(closed)
    cut, whole = asked.cut(day), asked.whole(day)
    if closed is None:
        found = await cubes.cube(connection, date(asked.first.year, 1, 1), min(date(asked.last.year, 12, 1), day))
        for month in cut:
            await cubes.cut(connection, found, asked, month)
    else:
        found = await cubes.as_published(connection, closed)
    places = Places(found, region, day)
    if area != REGION and area not in places.tree and area not in places.members(REGION):
        raise NotYoursError
    members = places.members(area)
    provinces = {m: p.removeprefix(PROVINCE) for p in places.tree[REGION] for m in places.tree[p]}
    if not all(scope.may_in("figures", m, provinces[m]) for m in members):
        raise NotYoursError
    total = places.row(area, asked)
    with_cases = [m for m in members if places.sums(m, asked)[0]]
    own_areas = tuple(dict.fromkeys((area, *((PROVINCE + provinces[area],) if area in provinces else ()), REGION)))
    dimensions: dict[str, tuple[Row, ...]] = {}
    in_full = more and closed is None and not cut
    # Beside another total of the same cases these would give away what is hidden in one of them.
    if in_full and area == scope.actor.area and area in places.tree:
        since, until = date(asked.first.year, 1, 1), min(date(asked.last.year, 12, 1), day)
        for name in DIMENSIONS:
            counted = await cubes.by(connection, name, members, since, until)
            dimensions[name] = Places(counted, None, day, (places, area)).lines(asked)
    days: Counter[int] = Counter()
    if closed is None and not cut:
        days = await cubes.head_starts(connection, set(members), whole[0], whole[-1])
    published = closed if closed or not more else await cubes.last_closed(connection)
    then = places
    if published is not None and closed is None:
        then = Places(await cubes.as_published(connection, published), region, end_of(published))
    past = asked if published is None else Period(asked.first, min(asked.last, end_of(published)))
    set_beforehand = {one.id: targets.of(one.id, own_areas, asked.first) for one in INDICATORS}
    return Figures(
        area,
        asked.first,
        asked.last,
        closed,
        total,
        tuple(places.row(p, asked) for p in places.tree[REGION]) if area == REGION else (),
        tuple(places.row(m, asked) for m in with_cases) if area in places.tree else (),
        dimensions.get("prison", ()),
        dimensions.get("sentence", ()),
        dimensions.get("track", ()),
        then.trend(area, past) if more and past.first <= past.last else (),
        published,
        median(days.elements()) if days.total() >= SMALLEST else None,
        await _silent(connection, members, today) if asked.last == today and not cut else None,
        targets={name: value for name, value in set_beforehand.items() if value is not None},
        cut=tuple(cut),
    )
