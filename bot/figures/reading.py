"""Figures read from the monitoring rows: within a scope, over whole months, and nothing that gives a few away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from statistics import median

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from conversations.figures import Figures, Row, Targets
from conversations.region import Region
from storage import cubes
from storage.cubes import Counts, Cube
from storage.indicators import COUNTS, INDICATORS, PARTS
from storage.schema import cases, monitoring
from storage.scope import PROVINCE, NotYoursError, Scope
from storage.small_cells import CLOSED, MONTH, QUARTER, REGION, SMALLEST, YEAR, line, month_of, months, needed, openness

# Without contact for so long, somebody should look.
SILENT = timedelta(days=30)
DIMENSIONS = ("prison", "sentence", "track")
_AT = {count: at for at, count in enumerate(COUNTS)}


class Places:
    """The places of a region with their counts, and what each is open for."""

    def __init__(self, cube: Cube, region: Region, now: date) -> None:
        """Take counts and the running month."""
        self._cube = cube
        self._now = month_of(now)
        self._levels: dict[tuple[int, int, int], dict[str, int]] = {}
        self._monthly: dict[int, dict[str, list[Counts]]] = {}
        self.tree: dict[str, list[str]] = {REGION: []}
        for province in region.provinces:
            self.tree[PROVINCE + province.name] = [m.name for m in province.municipalities]
        for municipality, of in sorted(cube.provinces.items()):
            known = self.tree.setdefault(PROVINCE + of, [])
            if municipality not in known:
                known.append(municipality)
        self.tree[REGION] = [place for place in self.tree if place != REGION]

    def members(self, place: str) -> list[str]:
        """Return the municipalities of a place."""
        if place == REGION:
            return [m for province in self.tree[REGION] for m in self.tree[province]]
        return self.tree.get(place, [place])

    def sums(self, place: str, period: Sequence[date]) -> Counts:
        """Return all counts of a place over months, hidden or not."""
        cells = self._cube.cells
        return cubes.total(cells[m, month] for m in self.members(place) for month in period if (m, month) in cells)

    def _of(self, year: int) -> dict[str, list[Counts]]:
        """Return the counts of every place in each month of a year so far."""
        if year not in self._monthly:
            elapsed = 12 if year < self._now.year else self._now.month
            nothing: Counts = (0,) * len(COUNTS)
            period = [date(year, month, 1) for month in range(1, elapsed + 1)]
            found = {m: [self._cube.cells.get((m, month), nothing) for month in period] for m in self.members(REGION)}
            for place in (*self.tree[REGION], REGION):
                parts = [found[child] for child in self.tree[place]]
                found[place] = [cubes.total(of) for of in zip(*parts, strict=True)]
            self._monthly[year] = found
        return self._monthly[year]

    def _level(self, at: int, year: int, finest: int) -> dict[str, int]:
        key = (at, year, finest)
        if key not in self._levels:
            monthly = self._of(year)
            cells = {place: [counts[at] for counts in of] for place, of in monthly.items()}
            # Nobody at all is counted: nothing is hidden, and nothing hides.
            nobody = dict.fromkeys(cells, MONTH)
            self._levels[key] = openness(cells, self.tree, finest) if any(cells[REGION]) else nobody
        return self._levels[key]

    def began(self, first: date, last: date) -> date:
        """Return the first month with a case anywhere: what came before is nothing, and hides nothing."""
        return max(first, min((month for _, month in self._cube.cells if month <= last), default=first))

    def row(self, place: str, first: date, last: date, name: str | None = None) -> Row:
        """Return the counts of a place over a period, without those that are closed."""
        began = self.began(first, last)
        if began.year > first.year:
            first = date(began.year, 1, 1)
        levels, sums = needed(first, last, self._now), self.sums(place, months(first, last))
        # "None of twelve" says something of twelve people whom a colleague of their municipality may know.
        own_noughts = place in self.tree
        shown: dict[str, int | None] = dict.fromkeys(_AT)
        for count, at in _AT.items():
            is_open = all(self._level(at, year, level)[place] >= level for year, level in levels.items())
            if is_open and (sums[at] or own_noughts):
                shown[count] = sums[at]
        _hide_parts(shown, sums)
        return Row(name or place, shown)

    def finest(self, place: str, year: int) -> int:
        """Return for what a place is open in a year, by its number of cases."""
        return self._level(_AT["cases"], year, MONTH)[place]

    def trend(self, place: str, first: date, last: date) -> tuple[Row, ...]:
        """Return the parts of a period that a place is open for: months, else quarters, else years."""
        rows = []
        for year in range(first.year, last.year + 1):
            level = self.finest(place, year)
            if level == CLOSED:
                continue
            size = {YEAR: 12, QUARTER: 3, MONTH: 1}[level]
            for at in range(1, 13, size):
                begin, end = date(year, at, 1), min(date(year, at + size - 1, 1), last)
                if first <= begin <= end and begin <= self._now:
                    name = f"{year}" if size == 12 else f"{year}-K{at // 3 + 1}" if size == 3 else f"{begin:%Y-%m}"
                    rows.append(self.row(place, begin, end, name))
        return tuple(rows)


def _hide_parts(shown: dict[str, int | None], sums: Counts) -> None:
    """Hide more of the parts of a count, where one that is hidden would follow from the others."""
    for whole, parts in PARTS:
        if any(shown[part] is None for part in parts):
            left = line({part: sums[_AT[part]] for part in parts}, shown[whole])
            shown.update((part, None) for part in parts if part not in left)


def _lines(found: dict[str, Counts], total: Row) -> tuple[Row, ...]:
    """Return the rows of a dimension under its total, without what would give a small count away."""
    names = sorted(found, key=lambda name: (-found[name][0], name))
    open_for = {
        count: line({name: found[name][at] for name in names}, total.counts[count]) for count, at in _AT.items()
    }
    return tuple(
        Row(name, {count: found[name][at] if name in open_for[count] else None for count, at in _AT.items()})
        for name in names
    )


def silent(today: date) -> Sequence[ColumnElement[bool]]:
    """Return what open cases meet, of `monitoring` and `cases`, that nobody has spoken to for too long."""
    spoken_to = monitoring.c.contact == 0
    return (spoken_to, cases.c.phase.in_(("waiting", "called_up")), cases.c.first_listed_on < today - SILENT)


async def _silent(connection: AsyncConnection, municipalities: list[str], today: date) -> int:
    statement = (
        select(func.count())
        .select_from(monitoring.join(cases, cases.c.id == monitoring.c.case_id))
        .where(monitoring.c.municipality.in_(municipalities), *silent(today))
    )
    return int((await connection.execute(statement)).scalar_one())


async def read_figures(
    connection: AsyncConnection,
    scope: Scope,
    region: Region,
    targets: Targets,
    today: date,
    area: str | None = None,
    first: date | None = None,
    last: date | None = None,
    closed: date | None = None,
    more: bool = True,
) -> Figures:
    """Return the figures of an area over whole months; by default those of the scope, over this year.

    `closed`: as they were published at the close of that month. `more`: also per prison, sentence class and track, and
    the trend.
    Raises NotYoursError for an area that is not within the scope.
    """
    area = area or scope.actor.area
    now = month_of(closed or today)
    last = min(month_of(last), now) if last else now
    first = min(month_of(first), last) if first else date(last.year, 1, 1)
    counted_from, counted_to = date(first.year, 1, 1), min(date(last.year, 12, 1), now)
    if closed is None:
        found = await cubes.cube(connection, counted_from, counted_to)
    else:
        found = await cubes.as_published(connection, closed)
    places = Places(found, region, now)
    if area != REGION and area not in places.tree and area not in places.members(REGION):
        raise NotYoursError
    members = places.members(area)
    provinces = {m: p.removeprefix(PROVINCE) for p in places.tree[REGION] for m in places.tree[p]}
    if not all(scope.may_in("figures", m, provinces[m]) for m in members):
        raise NotYoursError
    total = places.row(area, first, last)
    with_cases = [m for m in members if places.sums(m, months(first, last))[0]]
    own_areas = tuple(dict.fromkeys((area, *((PROVINCE + provinces[area],) if area in provinces else ()), REGION)))
    dimensions: dict[str, tuple[Row, ...]] = {}
    # Beside another total of the same cases these would give away what is hidden in one of them.
    if more and closed is None and area == scope.actor.area and area in places.tree:
        for name in DIMENSIONS:
            dimensions[name] = _lines(await cubes.by(connection, name, members, first, last), total)
    days = await cubes.head_starts(connection, set(members), first, last) if closed is None else Counter[int]()
    plans = days.total()
    weighed = await cubes.measures(connection, set(members), first, last) if more and closed is None else {}
    published = closed if closed or not more else await cubes.last_closed(connection)
    frozen = (
        places
        if published is None or closed
        else Places(await cubes.as_published(connection, published), region, published)
    )
    set_beforehand = {one.id: targets.of(one.id, own_areas, first) for one in INDICATORS}
    return Figures(
        area,
        first,
        today if last == month_of(today) and closed is None else _end(last),
        closed,
        total,
        tuple(places.row(p, first, last) for p in places.tree[REGION]) if area == REGION else (),
        tuple(places.row(m, first, last) for m in with_cases) if area in places.tree else (),
        dimensions.get("prison", ()),
        dimensions.get("sentence", ()),
        dimensions.get("track", ()),
        frozen.trend(area, first, min(last, published or last)) if more else (),
        published,
        median(days.elements()) if plans >= SMALLEST else None,
        await _silent(connection, members, today) if closed is None else None,
        tuple((*key, number) for key, number in sorted(weighed.items()) if number >= SMALLEST),
        {name: value for name, value in set_beforehand.items() if value is not None},
    )


def _end(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1) - timedelta(days=1)
