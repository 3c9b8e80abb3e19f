"""Small cells: which counts may be shown, so that none of one to four can be read or worked out from what is shown.

Nobody is counted by a nought: it gives nobody away and hides nothing else. (A municipality's own noughts are not shown
either, see bot/lookups/figures/places.py: "none of twelve" says something of twelve.)

The rule, for each count and each year by itself:

1. A place is *open* for years, quarters, months or days. It is open for months when no month of the year so far has
   one to four, and it is open for quarters; for quarters when no quarter has, and it is open for the year. So within
   a place either all parts of a year are shown or none, and nothing can be worked out by subtracting in time.
2. Among the places under one total (municipalities of a province, provinces of the region), those that are not open are
   at least two, and together count at least five in each part; otherwise the smallest open one closes too. A total that
   is closed has at least one part that is closed. So nothing can be worked out by subtracting in space: two closed
   places and two parts of the year can always exchange a case without any change in what is shown.
3. A period is made of whole years so far, of whole quarters, of months, or of months and parts of one or two: it is
   shown where the place is open for them.
4. A period that cuts a month makes two more parts: the days of that month inside it, and those outside. Both follow
   from the period beside the whole months, so both count as cells. A place is open for the days of a period when it
   is open for months and neither part of any cut month has one to four; and for each cut month by itself, among the
   places under one total that have cases in it, rule 2 holds for its two parts. So the parts of the year stay nested
   (year, quarters, months, parts of a month), and what hides one cell hides it here too: two closed places exchange a
   case between the two parts of one month, and no whole month changes.

What rule 4 does not do: two periods that cut the same month differently, such as one that is a day longer, differ by
the cases of that day, and whoever asks for both sees them. Nothing that is reckoned for one period alone can know of
the other, and keeping what everybody asked would hide figures from one because of what another saw. So a period that
cuts a month is for one's own work: it is shown to coordinators, who may see each of these cases anyway, with a line
that says so. What leaves the house (the page for the alderman, the monthly report, the extract for research) takes
whole months.

`tests/figures/test_small_cells.py` tries to work out a closed count from all that is open.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date

SMALLEST = 5
REGION = "all"
# What a place is open for.
CLOSED, YEAR, QUARTER, MONTH, DAYS = range(5)

Tree = Mapping[str, Sequence[str]]
# Of a month that is cut, by its number from 0: the count of each place in the days inside the period.
Cuts = Mapping[int, Mapping[str, int]]


def parts_of_year(level: int, elapsed: int) -> list[range]:
    """Return the parts of a year of which so many months have begun, as ranges of months from 0."""
    size = {YEAR: 12, QUARTER: 3, MONTH: 1}[level]
    return [range(at, min(at + size, elapsed)) for at in range(0, elapsed, size)]


def openness(
    cells: Mapping[str, Sequence[int]],
    tree: Tree,
    finest: int = MONTH,
    cuts: Cuts | None = None,
    total: int = DAYS,
) -> dict[str, int]:
    """Return what each place is open for, of one count in one year; at most for `finest`.

    `cells`: a count for each month of the year so far, of every place; `tree`: the parts of each total, REGION first.
    `total`: what the whole is open for at most, where that is known from elsewhere.
    """
    found = dict.fromkeys(cells, CLOSED)
    shown = set(cells)
    before = 0
    for level in range(YEAR, min(finest, MONTH) + 1):
        if level > total and REGION in shown:
            # The parts must not give away a whole that is closed, also where this level has no parts of its own.
            shown -= {REGION}
            before = 0
        parts = parts_of_year(level, len(cells[REGION]))
        if len(parts) != before:
            sums = cells
            if level != MONTH:
                sums = {place: [sum(of[part.start : part.stop]) for part in parts] for place, of in cells.items()}
            shown = _open(shown, sums, tree)
        before = len(parts)
        for place in shown:
            found[place] = level
    if finest == DAYS:
        # Each cut month by itself: an exchange happens within one month.
        for at, inside in (cuts or {}).items():
            if inside[REGION] in (0, cells[REGION][at]):
                continue  # nobody on one side: what is shown are whole months
            halves = {place: [inside[place], of[at] - inside[place]] for place, of in cells.items()}
            shown &= _open({place for place in cells if found[place] == MONTH}, halves, tree)
        for place in shown:
            found[place] = DAYS
    return found


def _open(shown: set[str], sums: Mapping[str, Sequence[int]], tree: Tree) -> set[str]:
    """Return which of the places that are shown so far may be shown in these parts too."""
    candidates = {place for place in shown if not any(0 < n < SMALLEST for n in sums[place])}
    for place, children in tree.items():
        close(place, children, candidates, sums)
    return candidates


def close(place: str, children: Sequence[str], shown: set[str], sums: Mapping[str, Sequence[int]]) -> None:
    """Close more parts of a total until none of them can be worked out."""
    counted = sorted((c for c in children if any(sums[c])), key=lambda c: (sum(sums[c]), c))
    left = [child for child in counted if child in shown]
    closed = [child for child in counted if child not in shown]
    while left:
        if place not in shown:
            safe = bool(closed)
        else:
            together = [sum(values) for values in zip(*(sums[child] for child in closed), strict=True)]
            safe = not closed or (len(closed) > 1 and not any(0 < n < SMALLEST for n in together))
        if safe:
            return
        smallest = left.pop(0)
        shown.discard(smallest)
        closed.append(smallest)


def needed(period: Collection[date], cut: Collection[date], now: date) -> dict[int, int]:
    """Return for what a place must be open in each year, for a period.

    `period`: all of its months, by their first days; `cut`: those of which it takes a part; `now`: the running month.
    """
    found: dict[int, int] = {}
    for year in sorted({month.year for month in period}):
        if any(month.year == year for month in cut):
            found[year] = DAYS
            continue
        elapsed = 12 if year < now.year else now.month
        inside = {month.month - 1 for month in period if month.year == year}
        for level in (YEAR, QUARTER, MONTH):
            if all(not inside.intersection(part) or inside.issuperset(part) for part in parts_of_year(level, elapsed)):
                found[year] = level
                break
    return found


def line(values: Mapping[str, int], of: int | None) -> set[str]:
    """Return which names of one line under a shown or hidden total may be shown, by the same rule."""
    cells = {REGION: [of if of is not None else 0], **{name: [value] for name, value in values.items()}}
    shown = {name for name, value in values.items() if not 0 < value < SMALLEST}
    if of is not None:
        shown.add(REGION)
    close(REGION, sorted(values), shown, cells)
    return shown - {REGION}
