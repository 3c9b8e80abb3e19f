"""Nobody works out a small count from a whole and its other parts: of every place, over years, quarters and months."""

from __future__ import annotations

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from storage.figures.partitions import bridges, keep_apart
from storage.figures.small_cells import MONTH, QUARTER, REGION, SMALLEST, YEAR, openness
from tests.figures.test_small_cells import LEAVES, SIZES, TREE, members, with_totals, worked_out

PARTS = ("used", "policy", "law")
WHOLE = "weighed"

counts = st.one_of(st.just(0), st.integers(0, 6), st.integers(0, 40))


@st.composite
def years(draw: st.DrawFn) -> dict[str, dict[str, list[int]]]:
    """Draw the months of a year so far of every part in every municipality."""
    elapsed = draw(st.sampled_from([1, 2, 4, 7]))
    months = st.lists(counts, min_size=elapsed, max_size=elapsed)
    return {part: {leaf: draw(months) for leaf in LEAVES} for part in PARTS}


Summed = list[tuple[str, int]]


def told(leaves: dict[str, dict[str, list[int]]], finest: int) -> tuple[list[tuple[Summed, int]], list[Summed]]:
    """Return all sums that are shown, parts for nothing finer than `finest`, and those of one to four that are not."""
    of_parts = {part: with_totals(of) for part, of in leaves.items()}
    places = of_parts[PARTS[0]]
    whole = {place: [sum(of) for of in zip(*(of_parts[p][place] for p in PARTS), strict=True)] for place in places}
    cells = {WHOLE: whole, **of_parts}
    elapsed = len(whole[REGION])
    levels = {count: openness(of, TREE) for count, of in cells.items()}
    keep_apart((WHOLE, PARTS), levels, cells, TREE)
    shown, small = [], []
    for count, place, level in product(cells, places, (YEAR, QUARTER, MONTH)):
        for begin in range(0, elapsed, SIZES[level]):
            months = range(begin, min(begin + SIZES[level], elapsed))
            parts = PARTS if count == WHOLE else (count,)
            # Unknowns: the months of the parts in municipalities.
            summed = [(f"{part} {leaf}", m) for part in parts for leaf in members(place) for m in months]
            value = sum(cells[count][place][m] for m in months)
            if levels[count][place] >= level and (count == WHOLE or level <= finest):
                assert value == 0 or value >= SMALLEST
                shown.append((summed, value))
            elif 0 < value < SMALLEST:
                small.append(summed)
    return shown, small


@settings(max_examples=100)
@given(years())
def test_no_small_part_follows_from_its_whole_and_the_other_parts(leaves: dict[str, dict[str, list[int]]]) -> None:
    shown, small = told(leaves, YEAR)
    # Where a nought is shown, all that it is made of are noughts.
    nobody = {cell for summed, value in shown if value == 0 for cell in summed}
    known = [([cell for cell in summed if cell not in nobody], value) for summed, value in shown]
    assert not any(worked_out(known, [[cell for cell in summed if cell not in nobody] for summed in small]))


@settings(max_examples=60)
@given(years())
def test_no_small_part_of_a_month_follows_from_the_sums(leaves: dict[str, dict[str, list[int]]]) -> None:
    shown, small = told(leaves, MONTH)
    assert not any(worked_out(shown, small))


def test_a_part_is_shown_where_at_least_two_others_are_many_together() -> None:
    places = {"one": [20], "other": [30], REGION: [50]}
    cells = {
        "used": places,
        "policy": {"one": [9], "other": [8], REGION: [17]},
        "law": {"one": [2], "other": [6], REGION: [8]},
        WHOLE: {"one": [31], "other": [44], REGION: [75]},
    }
    tree = {REGION: ["one", "other"]}
    levels = {count: openness(of, tree) for count, of in cells.items()}
    keep_apart((WHOLE, PARTS), levels, cells, tree)
    shown = {(count, place) for count, of in levels.items() for place, level in of.items() if level >= YEAR}
    assert ("law", "one") not in shown
    # Used is known of both: it is the largest, and policy hides what law has.
    assert {("used", "one"), ("used", "other"), (WHOLE, "one"), ("law", REGION)} <= shown
    assert ("policy", "one") not in shown
    assert ("policy", "other") not in shown


def test_a_bridge_is_what_lies_on_no_circle() -> None:
    def edge(one: str, other: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        return (one,), (other,)

    ways = {
        ("ab", ""): edge("a", "b"),
        ("bc", ""): edge("b", "c"),
        ("ca", ""): edge("c", "a"),
        ("cd", ""): edge("c", "d"),
        ("de", ""): edge("d", "e"),
        ("de", "again"): edge("d", "e"),
        ("xy", ""): edge("x", "y"),
    }
    assert bridges(ways) == {("cd", ""), ("xy", "")}


@settings(max_examples=200)
@given(years(), years())
def test_parts_that_do_not_add_up_to_their_whole_come_to_an_end_and_show_nothing_small(
    leaves: dict[str, dict[str, list[int]]], others: dict[str, dict[str, list[int]]]
) -> None:
    cells = {part: with_totals(of) for part, of in leaves.items()}
    elapsed = len(cells[PARTS[0]][REGION])
    # A whole of other cases altogether: as many months of it.
    cells[WHOLE] = with_totals({leaf: (of * 7)[:elapsed] for leaf, of in others[PARTS[0]].items()})
    before = {count: openness(of, TREE) for count, of in cells.items()}
    levels = {count: dict(of) for count, of in before.items()}
    keep_apart((WHOLE, PARTS), levels, cells, TREE)
    assert all(level <= before[count][place] for count, of in levels.items() for place, level in of.items())
