"""Nobody works out a small count from all that is shown: of every place, year, quarter and month, and some days."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from itertools import product
from typing import TypeVar

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.lookups.figures.places import Places
from conversations.content.region import Region
from storage.figures.cubes import Cube
from storage.figures.indicators import COUNTS
from storage.figures.period import Period, end_of, months
from storage.figures.small_cells import DAYS, MONTH, QUARTER, REGION, SMALLEST, YEAR, needed, openness
from storage.scope import PROVINCE

PROVINCES = {"A": 4, "B": 3, "C": 1}
TREE = {REGION: list(PROVINCES), **{p: [f"{p}{n}" for n in range(of)] for p, of in PROVINCES.items()}}
LEAVES = [leaf for province in PROVINCES for leaf in TREE[province]]
SIZES = {YEAR: 12, QUARTER: 3, MONTH: 1}

counts = st.one_of(st.integers(0, 6), st.integers(0, 40), st.just(0))
years = st.integers(1, 12).flatmap(
    lambda elapsed: st.fixed_dictionaries(
        {leaf: st.lists(counts, min_size=elapsed, max_size=elapsed) for leaf in LEAVES}
    )
)


# What nobody tells: of which cell there are how many.
U = TypeVar("U", bound=tuple[object, ...])


def with_totals(leaves: dict[str, list[int]]) -> dict[str, list[int]]:
    cells = dict(leaves)
    for province in PROVINCES:
        cells[province] = [sum(of) for of in zip(*(leaves[leaf] for leaf in TREE[province]), strict=True)]
    cells[REGION] = [sum(of) for of in zip(*(cells[p] for p in PROVINCES), strict=True)]
    return cells


def members(place: str) -> list[str]:
    return LEAVES if place == REGION else TREE.get(place, [place])


def worked_out(shown: list[tuple[list[U], int]], wanted: list[list[U]]) -> list[bool]:
    """Tell of each wanted sum of unknowns whether it follows from the shown sums: linear algebra, in fractions."""
    basis: dict[U, dict[U, Fraction]] = {}

    def reduced(row: dict[U, Fraction]) -> dict[U, Fraction]:
        while pivots := [cell for cell in row if cell in basis]:
            by, factor = basis[pivots[0]], row[pivots[0]]
            for cell, value in by.items():
                left = row.get(cell, Fraction(0)) - factor * value
                if left:
                    row[cell] = left
                else:
                    row.pop(cell, None)
        return row

    for cells, _ in shown:
        row = reduced({cell: Fraction(1) for cell in cells})
        if row:
            pivot = next(iter(row))
            row = {cell: value / row[pivot] for cell, value in row.items()}
            for other in list(basis):
                if factor := basis[other].get(pivot):
                    for cell, value in row.items():
                        left = basis[other].get(cell, Fraction(0)) - factor * value
                        if left:
                            basis[other][cell] = left
                        else:
                            basis[other].pop(cell, None)
            basis[pivot] = row
    return [not reduced({cell: Fraction(1) for cell in cells}) for cells in wanted]


@settings(max_examples=150)
@given(years)
def test_no_small_count_follows_from_all_that_is_shown(leaves: dict[str, list[int]]) -> None:
    cells = with_totals(leaves)
    elapsed = len(cells[REGION])
    is_open = openness(cells, TREE)
    # Unknowns: the months of municipalities; where a nought is shown, all that it is made of are noughts.
    nobody: set[tuple[str, int]] = set()
    shown, small = [], []
    for place, level in product(cells, (YEAR, QUARTER, MONTH)):
        for begin in range(0, elapsed, SIZES[level]):
            months = range(begin, min(begin + SIZES[level], elapsed))
            summed = [(leaf, m) for leaf in members(place) for m in months if (leaf, m) not in nobody]
            value = sum(cells[place][m] for m in months)
            if is_open[place] >= level:
                assert value == 0 or value >= SMALLEST
                shown.append((summed, value))
            elif 0 < value < SMALLEST:
                small.append(summed)
    known = [([cell for cell in summed if cell not in nobody], value) for summed, value in shown]
    assert not any(worked_out(known, [[cell for cell in summed if cell not in nobody] for summed in small]))


# A month that is cut is two unknowns: of each municipality the days inside the period, and those outside.
Unknown = tuple[str, date, str]
FIRST = date(2025, 1, 1)
NOWHERE = Region.load().model_copy(update={"provinces": ()})


@st.composite
def histories(draw: st.DrawFn) -> tuple[date, Period, dict[tuple[str, date], tuple[int, int]]]:
    """Draw a day, a period until then at most, and of each municipality and month how many are inside and outside."""
    today = date(2026, 1, 1) + draw(st.integers(0, 364)) * timedelta(days=1)
    since = draw(st.sampled_from([FIRST, date(2026, 1, 1)]))
    start, end = sorted(draw(st.tuples(*[st.integers(0, (today - since).days)] * 2)))
    period = Period(since + start * timedelta(days=1), since + end * timedelta(days=1))
    cut, inside = period.cut(today), set(period.whole(today))
    plenty = draw(st.booleans())
    amounts = st.sampled_from([0, 0, *range(5, 9), 30]) if plenty else counts
    parts = st.tuples(amounts, st.one_of(amounts, counts))
    found = {}
    for leaf, month in product(LEAVES, months(since, today)):
        one, other = draw(parts)
        found[leaf, month] = (one, other) if month in cut else (one, 0) if month in inside else (0, one)
    return today, period, found


def placed(today: date, found: dict[tuple[str, date], tuple[int, int]], cut: list[date]) -> Places:
    """Return the places of these counts, as the figures have them."""
    of = {leaf: province for province in PROVINCES for leaf in TREE[province]}

    def counted(number: int) -> tuple[int, ...]:
        return (number, *[0] * (len(COUNTS) - 1))

    cells = {cell: counted(sum(parts)) for cell, parts in found.items() if any(parts)}
    inside = {cell: counted(parts[0]) for cell, parts in found.items() if cell[1] in cut and parts[0]}
    places = Places(Cube(cells, inside, of), NOWHERE, today)
    assert COUNTS[0] == "cases"
    return places


def whole_periods(since: date, today: date) -> list[Period]:
    """Return every year, quarter and month, and every year up to each of its months, as far as they have been."""
    found = []
    for month in months(since, today):
        end = end_of(month.replace(month=(month.month + 2) // 3 * 3))
        found += [Period.of(month, month, today), Period.of(month.replace(month=1), month, today)]
        found += [Period.of(month, end, today)] if month.month % 3 == 1 else []
        found += [Period.of(month, month.replace(month=12), today)] if month.month == 1 else []
    return found


@settings(max_examples=100)
@given(histories())
def test_no_small_count_follows_from_a_period_of_days_beside_all_whole_months(
    drawn: tuple[date, Period, dict[tuple[str, date], tuple[int, int]]],
) -> None:
    today, asked, found = drawn
    cut = asked.cut(today)
    places = placed(today, found, cut)
    names = {REGION: LEAVES, **{PROVINCE + p: TREE[p] for p in PROVINCES}, **{leaf: [leaf] for leaf in LEAVES}}
    names = {name: of for name, of in names.items() if name in places.tree or name in places.members(REGION)}
    wanted = set(months(asked.first, asked.last))

    def sides(month: date, inside_only: bool) -> tuple[str, ...]:
        return ("in",) if inside_only and month in cut else ("in", "out")

    def summed(leaves: list[str], of: set[date], side: Callable[[date], tuple[str, ...]]) -> list[Unknown]:
        cells = [(leaf, m, s) for leaf in leaves for m in of for s in side(m)]
        return [cell for cell in cells if (cell[0], cell[1]) in found]

    def value(cells: list[Unknown]) -> int:
        return sum(found[leaf, m][("in", "out").index(s)] for leaf, m, s in cells)

    periods = [
        *((p, set(p.months()), False) for p in whole_periods(min(m for _, m in found), today)),
        (asked, wanted, True),
    ]
    shown: list[list[Unknown]] = []
    small: list[list[Unknown]] = []
    nobody: set[Unknown] = set()
    for place, leaves in names.items():
        for period, of, is_asked in periods:
            cells = summed(leaves, of, lambda m, asked=is_asked: sides(m, asked))  # type: ignore[misc]
            told = places.row(place, period).counts["cases"]
            if told is not None:
                assert told == value(cells)
                assert told == 0 or told >= SMALLEST
                shown.append(cells)
                nobody |= set(cells) if told == 0 else set()
            small.append(cells)
        small += [summed(leaves, {m}, lambda _, s=s: (s,)) for m in cut for s in ("in", "out")]  # type: ignore[misc]
    hidden = [cells for cells in small if 0 < value(cells) < SMALLEST]
    known = [([cell for cell in cells if cell not in nobody], value(cells)) for cells in shown]
    assert not any(worked_out(known, [[cell for cell in cells if cell not in nobody] for cells in hidden]))


NAMES = ("PI Veenhuizen", "PI Leeuwarden", "PI Zwolle", "PI Lelystad")
counted_so = st.tuples(
    st.integers(1, 12),
    st.lists(st.tuples(st.sampled_from(LEAVES), st.sampled_from(NAMES), st.integers(1, 12), counts), max_size=60),
    st.booleans(),
)


@settings(max_examples=100)
@given(counted_so)
def test_no_small_count_of_a_prison_follows_from_all_whole_months(
    drawn: tuple[int, list[tuple[str, str, int, int]], bool],
) -> None:
    elapsed, rows, of_region = drawn
    today = end_of(date(2026, elapsed, 1))
    area = REGION if of_region else PROVINCE + "A"
    leaves: dict[tuple[str, date], int] = {}
    names: dict[tuple[str, date], int] = {}
    for leaf, name, number, n in rows:
        month = date(2026, (number - 1) % elapsed + 1, 1)
        leaves[leaf, month] = leaves.get((leaf, month), 0) + n
        if of_region or leaf in TREE["A"]:
            names[name, month] = names.get((name, month), 0) + n
    over = placed(today, {cell: (n, 0) for cell, n in leaves.items()}, [])
    if area not in over.tree:
        return
    cells = {cell: (n, *[0] * (len(COUNTS) - 1)) for cell, n in names.items() if n}
    places = Places(Cube(cells, {}, dict.fromkeys(NAMES, "")), None, today, (over, area))
    there = sorted({name for name, _ in cells})
    nobody: set[tuple[str, date]] = set()
    shown, hidden = [], []
    for period in whole_periods(date(2026, 1, 1), today):
        told: list[tuple[list[str], int | None]] = [(there, over.row(area, period).counts["cases"])]
        told += [([name], places.row(name, period).counts["cases"]) for name in there]
        # What is hidden of the whole, for the sake of another place, is not the sum of what is shown here.
        counted = sum(names.get((name, month), 0) for name in there for month in period.months())
        assert told[0][1] is not None or not counted or any(said is None for _, said in told[1:])
        for of, said in told:
            summed = list(product(of, period.months()))
            value = sum(names.get(cell, 0) for cell in summed)
            if said is not None:
                assert said == value
                assert said == 0 or said >= SMALLEST
                shown.append((summed, value))
                nobody |= set(summed) if said == 0 else set()
            elif 0 < value < SMALLEST:
                hidden.append(summed)
    known = [([cell for cell in summed if cell not in nobody], value) for summed, value in shown]
    assert not any(worked_out(known, [[cell for cell in summed if cell not in nobody] for summed in hidden]))


def test_a_period_of_days_is_shown_where_no_part_of_a_month_that_it_cuts_is_small() -> None:
    today, cut = date(2026, 4, 30), Period(date(2026, 2, 10), date(2026, 3, 20))
    found = {(leaf, month): (10, 10) for leaf in LEAVES for month in months(date(2026, 1, 1), today)}
    assert placed(today, found, cut.cut(today)).row("A0", cut).counts["cases"] == 20
    # Three after 20 March: shown of the month, and not of a period that ends on that day.
    found["A0", date(2026, 3, 1)] = (10, 3)
    places = placed(today, found, cut.cut(today))
    assert places.row("A0", Period(date(2026, 3, 1), date(2026, 3, 31))).counts["cases"] == 13
    hidden = [leaf for leaf in TREE["A"] if places.row(leaf, cut).counts["cases"] is None]
    assert hidden == ["A0", "A1"]
    assert places.row(REGION, cut).counts["cases"] == 160


def test_a_period_needs_what_it_is_made_of() -> None:
    now = date(2026, 11, 1)

    def of(first: date, last: date, *cut: date) -> dict[int, int]:
        return needed(months(first, last), cut, now)

    assert of(date(2026, 1, 1), date(2026, 11, 1)) == {2026: YEAR}
    assert of(date(2026, 4, 1), date(2026, 9, 1)) == {2026: QUARTER}
    assert of(date(2026, 10, 1), date(2026, 11, 1)) == {2026: QUARTER}
    assert of(date(2026, 10, 1), date(2026, 10, 1)) == {2026: MONTH}
    assert of(date(2025, 1, 1), date(2026, 3, 1)) == {2025: YEAR, 2026: QUARTER}
    assert of(date(2025, 1, 1), date(2026, 3, 1), date(2026, 3, 1)) == {2025: YEAR, 2026: DAYS}
