"""A row of an overview: the call-up that it gives, or its rejection, with what was probably meant."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from conversations.words.reasons import Reason


@dataclass(frozen=True, slots=True)
class OverviewRow:
    """A call-up as the overview gives it; names and year of birth are left out of its `repr`, and so of logs."""

    row: int
    number: str
    first_name: str = field(repr=False)
    last_name: str = field(repr=False)
    birth_year: int = field(repr=False)
    municipality: str
    province: str
    prison: str | None
    reporting_date: date | None
    sentence_days: int | None
    listed_on: date | None
    known_to_care: bool | None
    language: str
    # Only says who takes the case (bot/errands/imports/weighing.py); it is not kept.
    district: str | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """A name of a place that was probably meant: `said` in the file, `name` in the region."""

    kind: str
    said: str
    name: str


@dataclass(frozen=True, slots=True)
class Rejection:
    """A row that is not taken; `reason` holds no person's name; `number` is its case number where it could be read.

    `meant`: the row as it would be, when nothing but the names of places in `offers` stands in its way.
    """

    row: int
    reason: Reason
    number: str = ""
    cells: tuple[str, ...] = field(default=(), repr=False)
    offers: tuple[Offer, ...] = ()
    meant: OverviewRow | None = field(default=None, repr=False)
    # Its municipality is none of the region: it may be for somebody elsewhere.
    elsewhere: bool = False
