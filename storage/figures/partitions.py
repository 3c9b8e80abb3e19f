"""Partitions: counts that are the parts of another: what is hidden of one must not follow from the others.

The rule of storage/figures/small_cells.py looks at one count. Parts add up to a whole as well: what is hidden of one
part in a place follows from the whole and the other parts there, and then from the sums over places. So all parts are
looked at together. What is hidden are unknowns; what is shown are sums of them: of one part over places, and of all
parts in one place. Each unknown stands in one sum of either kind, so they are the edges of a graph whose nodes are the
sums, and an unknown can be worked out exactly when its edge is a bridge: on a circle a case can be moved round without
any change in what is shown (and back in another part of the same year, so that no coarser part changes either). So,
beside the rules for each count by itself:

- of the parts of a whole that is shown, those that are hidden count together at least five, or nothing;
- whatever is hidden lies on a circle; otherwise another part or place closes too.

What this does not do: for quarters and months it reckons with sums, not with what a nought says of other parts in that
same month. How measures were decided is therefore shown for years only (storage/figures/weighing.py).
`tests/figures/test_partitions.py` tries to work out a closed part from all that is open.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from storage.figures.small_cells import MONTH, REGION, SMALLEST, YEAR, Tree, close, parts_of_year

# A whole, and the counts that it is the sum of.
Partition = tuple[str, tuple[str, ...]]
Cell = tuple[str, str]
Node = tuple[str, ...]
_GROUND: Node = ("ground",)


@dataclass(slots=True)
class _Level:
    """One level of openness in one year. `sums`: per count and place, in each part of the year."""

    level: int
    whole: str
    parts: tuple[str, ...]
    tree: Tree
    levels: Mapping[str, dict[str, int]]
    sums: Mapping[str, Mapping[str, Sequence[int]]]
    parents: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.parents = {child: total for total, children in self.tree.items() for child in children}

    def hidden(self, count: str, place: str) -> bool:
        return self.levels[count][place] < self.level

    def counted(self, count: str, place: str) -> int:
        return sum(self.sums[count][place])

    def edges(self) -> dict[Cell, tuple[Node, Node]]:
        """Return the unknowns, each between the two sums that it stands in."""
        found: dict[Cell, tuple[Node, Node]] = {}
        for place in self.levels[self.whole]:
            parent = self.parents.get(place)
            if self.hidden(self.whole, place) and self.counted(self.whole, place):
                found[self.whole, place] = ((place,), (parent,) if parent else _GROUND)
            for part in self.parts:
                if not self.hidden(part, place) or not self.counted(part, place):
                    continue
                above: Node = (part, parent) if parent else _GROUND
                found[part, place] = ((part, place) if place in self.tree else (place,), above)
        return found

    def hide(self, count: str, place: str) -> None:
        """Close a count in a place, and in as many others as its sums over places then need."""
        levels = self.levels[count]
        levels[place] = self.level - 1
        shown = {one for one, level in levels.items() if level >= self.level}
        kept = set(shown)
        for total, children in self.tree.items():
            close(total, children, kept, self.sums[count])
        for one in shown - kept:
            levels[one] = self.level - 1

    def shown_parts(self, place: str) -> list[str]:
        """Return the parts that are shown in a place and count somebody, the smallest first."""
        found = [part for part in self.parts if not self.hidden(part, place) and self.counted(part, place)]
        return sorted(found, key=lambda part: (self.counted(part, place), part))

    def hide_beside(self, cell: Cell) -> bool:
        """Close what lies nearest to a cell that can be worked out: a part, the same in a place beside, the total.

        Returns False when nothing near it is left to close: then all of this level is closed.
        """
        count, place = cell
        parent = self.parents.get(place)
        if count != self.whole and (parts := self.shown_parts(place)):
            self.hide(parts[0], place)
            return True
        beside = [one for one in self.tree.get(parent or "", ()) if self.counted(count, one)]
        beside = [one for one in beside if not self.hidden(count, one)]
        if beside:
            self.hide(count, min(beside, key=lambda one: (self.counted(count, one), one)))
            return True
        for one in (count, self.whole):
            if parent and not self.hidden(one, parent):
                self.hide(one, parent)
                return True
        for levels in self.levels.values():
            levels.update({one: min(level, self.level - 1) for one, level in levels.items()})
        return False

    def too_few_together(self) -> list[str]:
        """Return the places in which what is hidden of a whole that is shown is few together."""
        found = []
        for place in self.levels[self.whole]:
            if self.hidden(self.whole, place):
                continue
            hidden = [self.sums[part][place] for part in self.parts if self.hidden(part, place)]
            if any(0 < sum(values) < SMALLEST for values in zip(*hidden, strict=True)):
                found.append(place)
        return found

    def settle(self) -> None:
        """Close more until both rules hold."""
        while True:
            if few := self.too_few_together():
                # Without a part left to close, the whole is closed: the parts do not add up to it.
                self.hide(next(iter(self.shown_parts(few[0])), self.whole), few[0])
                continue
            edges = self.edges()
            cut = bridges(edges)
            if not cut or not self.hide_beside(next(cell for cell in edges if cell in cut)):
                return


def bridges(edges: Mapping[Cell, tuple[Node, Node]]) -> set[Cell]:
    """Return the edges that lie on no circle: each alone holds two sides together."""
    beside: dict[Node, list[tuple[Node, Cell]]] = {}
    for cell, (one, other) in edges.items():
        beside.setdefault(one, []).append((other, cell))
        beside.setdefault(other, []).append((one, cell))
    seen: dict[Node, int] = {}
    lowest: dict[Node, int] = {}
    found: set[Cell] = set()
    for root in beside:
        if root in seen:
            continue
        seen[root] = lowest[root] = len(seen)
        path: list[tuple[Node, Cell | None, Iterator[tuple[Node, Cell]]]] = [(root, None, iter(beside[root]))]
        while path:
            node, came_by, ways = path[-1]
            step = next(ways, None)
            if step is None:
                path.pop()
                if path and came_by is not None:
                    above = path[-1][0]
                    lowest[above] = min(lowest[above], lowest[node])
                    if lowest[node] > seen[above]:
                        found.add(came_by)
                continue
            other, cell = step
            if other not in seen:
                seen[other] = lowest[other] = len(seen)
                path.append((other, cell, iter(beside[other])))
            elif cell != came_by:
                lowest[node] = min(lowest[node], seen[other])
    return found


def keep_apart(
    partition: Partition,
    levels: Mapping[str, dict[str, int]],
    cells: Mapping[str, Mapping[str, Sequence[int]]],
    tree: Tree,
    finest: int = MONTH,
) -> None:
    """Lower, in one year, what places are open for, until nothing hidden of a partition follows from the rest.

    `levels`: of each count, what each place is open for by the rule for one count; `cells`: its months, see `openness`.
    """
    whole, parts = partition
    for level in range(YEAR, min(finest, MONTH) + 1):
        ranges = parts_of_year(level, len(cells[whole][REGION]))
        sums = {
            count: {place: [sum(of[r.start : r.stop]) for r in ranges] for place, of in cells[count].items()}
            for count in (whole, *parts)
        }
        _Level(level, whole, parts, tree, levels, sums).settle()
