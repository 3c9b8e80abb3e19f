"""Figures as they are shown: rates with numerator and denominator, hidden where they are too small, beside a target."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from storage.figures.indicators import INDICATORS, Indicator, indicator
from storage.figures.weighing import indicators_of


@dataclass(frozen=True, slots=True)
class Rate:
    """A rate as it may be shown: None where a count is under five or would give one away."""

    numerator: int | None
    denominator: int | None
    unknown: int | None = None
    # Whether of some it is not known at all; without, `unknown` is always None.
    has_unknown: bool = False

    @property
    def percent(self) -> int | None:
        """The rate in whole percents, a half rounded up."""
        if self.numerator is None or not self.denominator:
            return None
        return (200 * self.numerator + self.denominator) // (2 * self.denominator)

    @property
    def unsure(self) -> bool:
        """Whether there is something to say of those who are not known: how many, or that it may not be shown."""
        return self.has_unknown and self.unknown != 0

    @property
    def hidden(self) -> bool:
        """Whether something is not shown."""
        return self.numerator is None or self.denominator is None


@dataclass(frozen=True, slots=True)
class Row:
    """The counts of a place, a prison or a period."""

    name: str
    counts: dict[str, int | None]

    def rate(self, of: Indicator | str) -> Rate:
        """Return an indicator of this row."""
        one = indicator(of) if isinstance(of, str) else of
        counts = self.counts
        unknown = counts[one.unknown] if one.unknown else None
        return Rate(counts[one.numerator], counts[one.denominator], unknown, one.unknown is not None)


@dataclass(frozen=True, slots=True)
class Weighed:
    """How one measure of the catalogue was weighed, and what was kept with it and without it."""

    code: str
    row: Row

    @property
    def times(self) -> int | None:
        """How many cases it was weighed for, as far as that may be shown."""
        return self.rate("used").denominator

    def rate(self, indicator_id: str) -> Rate:
        """Return one of its rates."""
        return self.row.rate(next(one for one in indicators_of(self.code) if one.id == indicator_id))

    def as_json(self) -> dict[str, Any]:
        """Return its part of the document that `monitor --json` prints."""
        rates = {one.id: _rate(one, self.row) for one in indicators_of(self.code)}
        return {"code": self.code, "weighed": self.times, "figures": rates}


@dataclass(frozen=True, slots=True)
class Figures:
    """All figures of an area over a period. `closed`: as published at the close of that month; None: as of today.

    `cut`: the months of which the period takes a part: then they are not to be published
    (storage/figures/small_cells.py). `silent`: cases without contact for more than thirty days; `head_start`: median
    days from plan to reporting date. A cut period has its counts, and none of what stands beside them.
    """

    area: str
    first: date
    last: date
    closed: date | None
    total: Row
    provinces: tuple[Row, ...] = ()
    municipalities: tuple[Row, ...] = ()
    prisons: tuple[Row, ...] = ()
    sentences: tuple[Row, ...] = ()
    tracks: tuple[Row, ...] = ()
    trend: tuple[Row, ...] = ()
    trend_closed: date | None = None
    head_start: float | None = None
    silent: int | None = None
    measures: tuple[Weighed, ...] = ()
    targets: dict[str, int] = field(default_factory=dict)
    cut: tuple[date, ...] = ()

    @property
    def too_small(self) -> int:
        """How many municipalities with cases are only in the total."""
        return sum(row.counts["cases"] is None for row in self.municipalities)

    def met(self, indicator_id: str) -> bool | None:
        """Tell whether a target is met; None without one, or where the figure is not shown."""
        percent, target = self.total.rate(indicator_id).percent, self.targets.get(indicator_id)
        return None if percent is None or target is None else percent >= target

    def as_json(self) -> dict[str, Any]:
        """Return the document that `monitor --json` prints."""

        def told(row: Row) -> dict[str, Any]:
            return {
                "name": row.name,
                "cases": row.counts["cases"],
                "counts": {name: row.counts[name] for name in row.counts if "=" in name and not name.startswith("~")},
                "figures": {one.id: _rate(one, row) for one in INDICATORS},
            }

        total = told(self.total)
        for name, value in self.targets.items():
            total["figures"][name] |= {"target": value, "met": self.met(name)}
        return {
            "area": self.area,
            "from": self.first,
            "to": self.last,
            "closed": self.closed,
            "whole_months": not self.cut,
            **{name: total[name] for name in ("cases", "counts", "figures")},
            "head_start_days": self.head_start,
            "without_contact_over_30_days": self.silent,
            "measures": [measure.as_json() for measure in self.measures],
            "measures_note": "Counted today. These are counts: they show no cause.",
            "provinces": [told(row) for row in self.provinces],
            "municipalities": [told(row) for row in self.municipalities],
            "prisons": [told(row) for row in self.prisons],
            "sentences": [told(row) for row in self.sentences],
            "tracks": [told(row) for row in self.tracks],
            "trend": {"closed": self.trend_closed, "rows": [told(row) for row in self.trend]},
            "too_small": self.too_small,
        }


def _rate(one: Indicator, row: Row) -> dict[str, Any]:
    rate = row.rate(one)
    said: dict[str, Any] = {"numerator": rate.numerator, "denominator": rate.denominator, "percent": rate.percent}
    if one.unknown:
        said["unknown"] = rate.unknown
    return said | ({"hidden": True} if rate.hidden else {})
