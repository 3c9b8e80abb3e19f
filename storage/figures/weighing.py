"""Weighing: how measures were, and what was kept where one was used beside where it was weighed and not used.

Of each measure of the catalogue the same is counted (domain.md, sections 4 and 5), written as
storage/figures/indicators.py writes counts: a fact of the case that is named after the measure holds "considered",
"used" or "not_used/" with why; "~measure_x=used" is yes where it holds something else. What was weighed and not decided
is "considered": it was not used either. Counts beside each other; they show no cause.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, case, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.figures.cubes import Cube
from storage.figures.indicators import INDICATORS, Indicator
from storage.figures.partitions import Partition
from storage.figures.small_cells import YEAR
from storage.schema import monitoring

# Why a measure was not used (domain.md, section 4).
REASONS = ("policy", "law", "too_late", "not_wanted", "not_needed")
KEPT = tuple(one for one in INDICATORS if one.group == "kept")


def fact(code: str) -> str:
    """Return what the fact is called that holds how a measure was weighed."""
    return f"measure_{code}"


@cache
def indicators_of(code: str) -> tuple[Indicator, ...]:
    """Return the rates of one measure: how it was decided, and what was kept with it and without it."""
    it = fact(code)
    weighed, used = f"?{it}", f"{it}=used"
    unused = f"{weighed} & ~{used}"
    return (
        Indicator("used", used, weighed),
        Indicator("considered", f"{it}=considered", weighed),
        *(Indicator(f"not_used_{reason}", f"{it}=not_used/{reason}", weighed) for reason in REASONS),
        Indicator("not_used_unexplained", f"{it}=not_used", weighed),
        *(
            Indicator(
                f"{one.id}_{name}",
                f"{one.numerator} & {holds}",
                f"{one.denominator} & {holds}",
                f"{one.unknown} & {holds}",
            )
            for one in KEPT
            for name, holds in (("used", used), ("not_used", unused))
        ),
    )


@cache
def counts_of(code: str) -> tuple[str, ...]:
    """Return all counts of one measure, how often it was weighed first."""
    found = [c for one in indicators_of(code) for c in (one.denominator, one.numerator, one.unknown) if c is not None]
    return tuple(dict.fromkeys(found))


@cache
def partition_of(code: str) -> Partition:
    """Return how often a measure was weighed, and the decisions that this is the sum of."""
    decisions = indicators_of(code)[: len(REASONS) + 3]
    return decisions[0].denominator, tuple(one.numerator for one in decisions)


def decided(measures: str) -> dict[str, str]:
    """Return how each measure of a row was weighed: considered, used, not_used, or not_used/reason."""
    return dict(word.partition("=")[::2] for word in measures.split())


@cache
def _in(code: str, decision: str) -> tuple[tuple[int, str], ...]:
    """Return which counts of a measure hold for a decision: the place of each, and what else it is a count of."""
    it, found = fact(code), []
    for at, count in enumerate(counts_of(code)):
        terms = count.split(" & ")
        about = [term for term in terms if term.lstrip("~?!").partition("=")[0] == it]
        values = [(term[0], term.partition("=")[2]) for term in about]
        if all(sign == "?" or (decision == value) != (sign == "~") for sign, value in values):
            found.append((at, " & ".join(term for term in terms if term not in about)))
    return tuple(found)


def _sum(count: str) -> ColumnElement[Any]:
    """Return how many rows a count of facts without values counts."""
    terms = []
    for term in count.split(" & "):
        column = monitoring.c[term.lstrip("?!")]
        terms.append({"?": column.is_not(None), "!": column.is_(None)}.get(term[0], column == 1))
    return func.sum(case((and_(*terms), 1), else_=0))


_SUMMED = tuple(dict.fromkeys(c for one in KEPT for c in (one.numerator, one.denominator, one.unknown) if c))
_WEIGHED = (
    select(
        monitoring.c.municipality,
        monitoring.c.month,
        monitoring.c.measures,
        func.min(monitoring.c.province),
        func.count(),
        *(_sum(count).label(f"sum_{at}") for at, count in enumerate(_SUMMED)),
    )
    .where(monitoring.c.month.between(bindparam("first"), bindparam("last")), monitoring.c.measures != "")
    .group_by(monitoring.c.municipality, monitoring.c.month, monitoring.c.measures)
)


async def weighed_cubes(
    connection: AsyncConnection, catalogue: Iterable[str], first: date, last: date
) -> dict[str, Cube]:
    """Count, of every measure of the catalogue and every other that was weighed, the months from `first` to `last`."""
    cells: dict[str, dict[tuple[str, date], list[int]]] = {code: {} for code in catalogue}
    provinces: dict[str, str] = {}
    rows = await connection.execute(_WEIGHED, {"first": first, "last": last})
    for municipality, month, measures, province, number, *sums in rows:
        provinces[municipality] = province
        known = {"": number} | dict(zip(_SUMMED, map(int, sums), strict=True))
        for code, decision in decided(measures).items():
            counts = cells.setdefault(code, {}).setdefault((municipality, month), [0] * len(counts_of(code)))
            for at, of in _in(code, decision):
                counts[at] += known[of]
    return {
        code: Cube(
            {key: tuple(n) for key, n in found.items()},
            provinces=provinces,
            counts=counts_of(code),
            partitions=(partition_of(code),),
            parts_by=YEAR,
        )
        for code, found in cells.items()
    }
