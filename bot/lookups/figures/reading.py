"""Figures read from the monitoring rows: within a scope, over a period, and nothing that gives a few away."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.lookups.figures.places import Places
from conversations.content.region import Region
from conversations.content.targets import Targets
from conversations.figures.figures import Figures, Row
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


@dataclass(frozen=True, slots=True)
class _View:
    """What is looked at: a period, as published at the `closed` of a month (None: as of today), up to a `day`."""

    period: Period
    closed: date | None
    day: date

    @property
    def cut(self) -> list[date]:
        return self.period.cut(self.day)

    @property
    def is_counted_whole(self) -> bool:
        """Whether cases can be counted anew, in whole months: what stands beside the counts is of those only."""
        return self.closed is None and not self.cut


async def _view(
    connection: AsyncConnection, today: date, period: Period | None, closed: date | None, frozen: bool
) -> _View:
    day = today if closed is None else end_of(closed)
    asked = period or Period(date(day.year, 1, 1), day)
    asked = Period(min(asked.first, day), min(asked.last, day))
    closed = await _published(connection, asked, closed, today, frozen)
    return _View(asked, closed, today if closed is None else end_of(closed))


async def _counts(connection: AsyncConnection, view: _View) -> cubes.Cube:
    """Return the counts of all municipalities, over whole years: the rule for small counts looks at those."""
    if view.closed is not None:
        return await cubes.as_published(connection, view.closed)
    first, last = view.period.first, view.period.last
    found = await cubes.cube(connection, date(first.year, 1, 1), min(date(last.year, 12, 1), view.day))
    for month in view.cut:
        await cubes.cut(connection, found, view.period, month)
    return found


def _provinces(places: Places) -> dict[str, str]:
    """Return the province of each municipality."""
    return {m: p.removeprefix(PROVINCE) for p in places.tree[REGION] for m in places.tree[p]}


def _check(scope: Scope, places: Places, area: str) -> None:
    """Raise NotYoursError for an area that is not there, or not within the scope."""
    if area != REGION and area not in places.tree and area not in places.members(REGION):
        raise NotYoursError
    provinces = _provinces(places)
    if not all(scope.may_in("figures", m, provinces[m]) for m in places.members(area)):
        raise NotYoursError


async def _by_dimension(
    connection: AsyncConnection, places: Places, area: str, view: _View
) -> dict[str, tuple[Row, ...]]:
    """Return the rows of each prison, class of sentence and track."""
    first, last = view.period.first, view.period.last
    since, until = date(first.year, 1, 1), min(date(last.year, 12, 1), view.day)
    rows: dict[str, tuple[Row, ...]] = {}
    for name in DIMENSIONS:
        counted = await cubes.by(connection, name, places.members(area), since, until)
        rows[name] = Places(counted, None, view.day, (places, area)).lines(view.period)
    return rows


async def _head_start(connection: AsyncConnection, members: list[str], view: _View) -> float | None:
    """Return the median of days from plan to reporting date; None where they are too few to be shown."""
    whole = view.period.whole(view.day)
    days: Counter[int] = await cubes.head_starts(connection, set(members), whole[0], whole[-1])
    return median(days.elements()) if days.total() >= SMALLEST else None


async def _trend(
    connection: AsyncConnection, region: Region, places: Places, area: str, view: _View
) -> tuple[tuple[Row, ...], date | None]:
    """Return the rows of the trend, and the close of a month as of which they are: as published wherever that is so."""
    published = view.closed or await cubes.last_closed(connection)
    if published is None:
        past = view.period
    else:
        past = Period(view.period.first, min(view.period.last, end_of(published)))
        if view.closed is None:
            places = Places(await cubes.as_published(connection, published), region, end_of(published))
    return places.trend(area, past) if past.first <= past.last else (), published


def _targets(targets: Targets, places: Places, area: str, first: date) -> dict[str, int]:
    """Return what was set beforehand for an area, or for one around it."""
    provinces = _provinces(places)
    around = tuple(dict.fromkeys((area, *((PROVINCE + provinces[area],) if area in provinces else ()), REGION)))
    found = {one.id: targets.of(one.id, around, first) for one in INDICATORS}
    return {name: value for name, value in found.items() if value is not None}


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
    view = await _view(connection, today, period, closed, frozen)
    asked = view.period
    places = Places(await _counts(connection, view), region, view.day)
    _check(scope, places, area)
    members = places.members(area)
    dimensions: dict[str, tuple[Row, ...]] = {}
    # Beside another total of the same cases these would give away what is hidden in one of them.
    if more and view.is_counted_whole and area == scope.actor.area and area in places.tree:
        dimensions = await _by_dimension(connection, places, area, view)
    head_start = await _head_start(connection, members, view) if view.is_counted_whole else None
    trend, published = await _trend(connection, region, places, area, view) if more else ((), view.closed)
    return Figures(
        area,
        asked.first,
        asked.last,
        view.closed,
        places.row(area, asked),
        tuple(places.row(p, asked) for p in places.tree[REGION]) if area == REGION else (),
        tuple(places.row(m, asked) for m in members if places.sums(m, asked)[0]) if area in places.tree else (),
        dimensions.get("prison", ()),
        dimensions.get("sentence", ()),
        dimensions.get("track", ()),
        trend,
        published,
        head_start,
        await _silent(connection, members, today) if asked.last == today and not view.cut else None,
        targets=_targets(targets, places, area, asked.first),
        cut=tuple(view.cut),
    )
