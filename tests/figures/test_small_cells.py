"""Nobody works out a small count from all that is shown: of every place, and every year, quarter and month."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from storage.small_cells import MONTH, QUARTER, REGION, SMALLEST, YEAR, needed, openness

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


def with_totals(leaves: dict[str, list[int]]) -> dict[str, list[int]]:
    cells = dict(leaves)
    for province in PROVINCES:
        cells[province] = [sum(of) for of in zip(*(leaves[leaf] for leaf in TREE[province]), strict=True)]
    cells[REGION] = [sum(of) for of in zip(*(cells[p] for p in PROVINCES), strict=True)]
    return cells


def members(place: str) -> list[str]:
    return LEAVES if place == REGION else TREE.get(place, [place])


def worked_out(shown: list[tuple[list[tuple[str, int]], int]], wanted: list[list[tuple[str, int]]]) -> list[bool]:
    """Tell of each wanted sum of unknowns whether it follows from the shown sums: linear algebra, in fractions."""
    basis: dict[tuple[str, int], dict[tuple[str, int], Fraction]] = {}

    def reduced(row: dict[tuple[str, int], Fraction]) -> dict[tuple[str, int], Fraction]:
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
            pivot = min(row)
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


@settings(max_examples=150, deadline=None)
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


def test_a_period_needs_what_it_is_made_of() -> None:
    from datetime import date

    now = date(2026, 11, 1)
    assert needed(date(2026, 1, 1), date(2026, 11, 1), now) == {2026: YEAR}
    assert needed(date(2026, 4, 1), date(2026, 9, 1), now) == {2026: QUARTER}
    assert needed(date(2026, 10, 1), date(2026, 11, 1), now) == {2026: QUARTER}
    assert needed(date(2026, 10, 1), date(2026, 10, 1), now) == {2026: MONTH}
    assert needed(date(2025, 1, 1), date(2026, 3, 1), now) == {2025: YEAR, 2026: QUARTER}
