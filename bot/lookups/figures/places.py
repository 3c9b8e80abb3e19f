"""The places of a region with their counts over a period, and which of those may be shown."""

from __future__ import annotations

from datetime import date

from conversations.content.region import Region
from conversations.figures.figures import Row
from storage.figures import cubes
from storage.figures.cubes import Counts, Cube
from storage.figures.partitions import keep_apart
from storage.figures.period import Period, month_of
from storage.figures.small_cells import CLOSED, DAYS, MONTH, QUARTER, REGION, YEAR, Cuts, line, needed, openness
from storage.scope import PROVINCE


class Places:
    """The places of a region with their counts, and what each is open for."""

    def __init__(self, cube: Cube, region: Region | None, today: date, under: tuple[Places, str] | None = None) -> None:
        """Take counts, and the last day that they reach to.

        `under`: the place whose cases these are, counted in another way: what is closed of it stays so here.
        """
        self._cube, self._under = cube, under
        self._at = {count: at for at, count in enumerate(cube.counts)}
        self._partition = {count: of for of in cube.partitions for count in (of[0], *of[1])}
        self._today = today
        self._now = month_of(today)
        self._began = min((month for _, month in cube.cells), default=None)
        self._levels: dict[tuple[str, int, int], dict[str, int]] = {}
        self._monthly: dict[int, dict[str, list[Counts]]] = {}
        self._inside: dict[int, dict[int, dict[str, Counts]]] = {}
        self.tree: dict[str, list[str]] = {REGION: []}
        for province in region.provinces if region else ():
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

    def sums(self, place: str, period: Period) -> Counts:
        """Return all counts of a place over a period, hidden or not."""
        period, members = self._counted(period), self.members(place)
        parts = ((self._cube.cells, period.whole(self._today)), (self._cube.inside, period.cut(self._today)))
        found = (cells[m, month] for cells, of in parts for m in members for month in of if (m, month) in cells)
        return cubes.total(found, len(self._at))

    def _of(self, year: int) -> dict[str, list[Counts]]:
        """Return the counts of every place in each month of a year so far."""
        if year not in self._monthly:
            elapsed = 12 if year < self._now.year else self._now.month
            nothing: Counts = (0,) * len(self._at)
            period = [date(year, month, 1) for month in range(1, elapsed + 1)]
            found = {m: [self._cube.cells.get((m, month), nothing) for month in period] for m in self.members(REGION)}
            for place in (*self.tree[REGION], REGION):
                parts = [found[child] for child in self.tree[place]]
                found[place] = [cubes.total(of) for of in zip(*parts, strict=True)]
            self._monthly[year] = found
        return self._monthly[year]

    def _cuts(self, year: int) -> dict[int, dict[str, Counts]]:
        """Return, of each month of a year that is cut, the counts of every place in the days inside the period."""
        if year not in self._inside:
            nothing: Counts = (0,) * len(self._at)
            self._inside[year] = {}
            for month in sorted({month for _, month in self._cube.inside if month.year == year}):
                found = {m: self._cube.inside.get((m, month), nothing) for m in self.members(REGION)}
                for place in (*self.tree[REGION], REGION):
                    found[place] = cubes.total((found[child] for child in self.tree[place]), len(self._at))
                self._inside[year][month.month - 1] = found
        return self._inside[year]

    def level(self, count: str, year: int, finest: int) -> dict[str, int]:
        """Return what each place is open for in a year, at most for `finest`, by one of the counts."""
        key = (count, year, finest)
        if key not in self._levels:
            whole, parts = self._partition.get(count, (count, ()))
            found = {one: self._level_alone(one, year, finest) for one in (whole, *parts)}
            if parts:
                self._keep_apart(whole, parts, found, year, finest)
            self._levels |= {(one, year, finest): levels for one, levels in found.items()}
        return self._levels[key]

    def _level_alone(self, count: str, year: int, finest: int) -> dict[str, int]:
        """Return what each place is open for by the rule for one count."""
        at = self._at[count]
        cells = {place: [counts[at] for counts in of] for place, of in self._of(year).items()}
        if not any(cells[REGION]):
            # Nobody at all is counted: nothing is hidden, and nothing hides.
            return dict.fromkeys(cells, finest)
        cuts: Cuts = {}
        if finest == DAYS:
            cuts = {month: {p: counts[at] for p, counts in of.items()} for month, of in self._cuts(year).items()}
        total = self._under[0].level(count, year, finest)[self._under[1]] if self._under else DAYS
        return openness(cells, self.tree, finest, cuts, total)

    def _keep_apart(
        self, whole: str, parts: tuple[str, ...], found: dict[str, dict[str, int]], year: int, finest: int
    ) -> None:
        """Close more, so that no part follows from its whole and the others."""
        monthly, total = self._of(year), {one: levels[REGION] for one, levels in found.items()}
        cells = {one: {p: [counts[self._at[one]] for counts in of] for p, of in monthly.items()} for one in found}
        keep_apart((whole, parts), found, cells, self.tree, finest)
        at_most = self._cube.parts_by
        if self._under and any(levels[REGION] < total[one] for one, levels in found.items()):
            at_most = CLOSED  # the whole is shown elsewhere: what would have to close it, is not shown here
        found |= {part: {p: min(level, at_most) for p, level in found[part].items()} for part in parts}

    def _counted(self, period: Period) -> Period:
        """Leave out the years before the first case anywhere: what came before is nothing, and hides nothing."""
        if self._began is None or self._began > period.last:
            return period
        return Period(max(period.first, date(self._began.year, 1, 1)), period.last)

    def row(self, place: str, period: Period, name: str | None = None) -> Row:
        """Return the counts of a place over a period, without those that are closed."""
        sums, period = self.sums(place, period), self._counted(period)
        levels = needed(period.months(), period.cut(self._today), self._now)
        # "None of twelve" says something of twelve people whom a colleague of their municipality may know.
        own_noughts = place in self.tree or self._under is not None
        shown: dict[str, int | None] = dict.fromkeys(self._at)
        for count, at in self._at.items():
            is_open = all(self.level(count, year, level)[place] >= level for year, level in levels.items())
            if is_open and (sums[at] or own_noughts):
                shown[count] = sums[at]
        self._hide_parts(shown, sums)
        return Row(name or place, shown)

    def lines(self, period: Period) -> tuple[Row, ...]:
        """Return the rows of all that have cases in a period, the most first."""
        sums = {name: self.sums(name, period)[0] for name in self.members(REGION)}
        return tuple(self.row(name, period) for name in sorted(sums, key=lambda n: (-sums[n], n)) if sums[name])

    def _hide_parts(self, shown: dict[str, int | None], sums: Counts) -> None:
        """Hide more of the parts of a count that follow from the others within this row: a cut month has no more."""
        for whole, parts in self._cube.partitions:
            if any(shown[part] is None for part in parts):
                left = line({part: sums[self._at[part]] for part in parts}, shown[whole])
                shown.update((part, None) for part in parts if part not in left)

    def finest(self, place: str, year: int) -> int:
        """Return for what a place is open in a year, by its number of cases."""
        return self.level("cases", year, MONTH)[place]

    def trend(self, place: str, period: Period) -> tuple[Row, ...]:
        """Return the parts of a period that a place is open for: months, else quarters, else years."""
        rows, whole = [], self._counted(period).whole(self._today)
        for year in sorted({month.year for month in whole}):
            level = self.finest(place, year)
            if level == CLOSED:
                continue
            size = {YEAR: 12, QUARTER: 3, MONTH: 1}[level]
            for at in range(1, 13, size):
                inside = [month for month in whole if month.year == year and at <= month.month < at + size]
                if inside and inside[0].month == at:
                    name = f"{year}" if size == 12 else f"{year}-K{at // 3 + 1}" if size == 3 else f"{inside[0]:%Y-%m}"
                    rows.append(self.row(place, Period.of(inside[0], inside[-1], self._today), name))
        return tuple(rows)
