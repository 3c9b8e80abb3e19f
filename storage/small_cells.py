"""Which counts may be shown, so that none of one to four can be read or worked out from all that is shown.

Nobody is counted by a nought: it gives nobody away and hides nothing else. (A municipality's own noughts are not shown
either, see bot/figures/reading.py: "none of twelve" says something of twelve.)

The rule, for each count and each year by itself:

1. A place is *open* for years, quarters or months. It is open for months when no month of the year so far has one to
   four, and it is open for quarters; for quarters when no quarter has, and it is open for the year. So within a place
   either all parts of a year are shown or none, and nothing can be worked out by subtracting in time.
2. Among the places under one total (municipalities of a province, provinces of the region), those that are not open are
   at least two, and together count at least five in each part; otherwise the smallest open one closes too. A total that
   is closed has at least one part that is closed. So nothing can be worked out by subtracting in space: two closed
   places and two parts of the year can always exchange a case without any change in what is shown.
3. A period is made of whole years so far, of whole quarters, or of months: it is shown where the place is open for
   them. Nothing is counted by days.

`tests/figures/test_small_cells.py` tries to work out a closed count from all that is open.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

SMALLEST = 5
REGION = "all"
# What a place is open for.
CLOSED, YEAR, QUARTER, MONTH = range(4)

Tree = Mapping[str, Sequence[str]]


def month_of(day: date) -> date:
    """Return the first day of a month."""
    return day.replace(day=1)


def months(first: date, last: date) -> list[date]:
    """Return the months from one to another, by their first days, both included."""
    numbers = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return [date(n // 12, n % 12 + 1, 1) for n in numbers]


def _parts(level: int, elapsed: int) -> list[range]:
    """Return the parts of a year of which so many months have begun, as ranges of months from 0."""
    size = {YEAR: 12, QUARTER: 3, MONTH: 1}[level]
    return [range(at, min(at + size, elapsed)) for at in range(0, elapsed, size)]


def openness(cells: Mapping[str, Sequence[int]], tree: Tree, finest: int = MONTH) -> dict[str, int]:
    """Return what each place is open for, of one count in one year; at most for `finest`.

    `cells`: a count for each month of the year so far, of every place; `tree`: the parts of each total, REGION first.
    """
    found = dict.fromkeys(cells, CLOSED)
    shown = set(cells)
    before = 0
    for level in range(YEAR, finest + 1):
        parts = _parts(level, len(cells[REGION]))
        if len(parts) != before:
            sums = {place: [sum(of[part.start : part.stop]) for part in parts] for place, of in cells.items()}
            candidates = {place for place in shown if not any(0 < n < SMALLEST for n in sums[place])}
            for place, children in tree.items():
                _close(place, children, candidates, sums)
            shown = candidates
        before = len(parts)
        for place in shown:
            found[place] = level
    return found


def _close(place: str, children: Sequence[str], shown: set[str], sums: Mapping[str, Sequence[int]]) -> None:
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


def needed(first: date, last: date, now: date) -> dict[int, int]:
    """Return for what a place must be open in each year, for a period of whole months; `now`: the running month."""
    found: dict[int, int] = {}
    period = months(first, last)
    for year in sorted({month.year for month in period}):
        elapsed = 12 if year < now.year else now.month
        inside = {month.month - 1 for month in period if month.year == year}
        for level in (YEAR, QUARTER, MONTH):
            if all(not inside.intersection(part) or inside.issuperset(part) for part in _parts(level, elapsed)):
                found[year] = level
                break
    return found


def line(values: Mapping[str, int], of: int | None) -> set[str]:
    """Return which names of one line under a shown or hidden total may be shown, by the same rule."""
    cells = {REGION: [of if of is not None else 0], **{name: [value] for name, value in values.items()}}
    shown = {name for name, value in values.items() if not 0 < value < SMALLEST}
    if of is not None:
        shown.add(REGION)
    _close(REGION, sorted(values), shown, cells)
    return shown - {REGION}
