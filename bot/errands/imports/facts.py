"""The facts of a row: what a list says of a case, and what of it is brought in beside somebody's own word."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.errands.imports.case_numbers import spellings
from bot.errands.overviews.row import OverviewRow
from conversations.shared.import_result import Change
from storage.case.case import Case
from storage.case.case_parts import Identity

# What a list says of a case, and a colleague may know better.
FACTS = ("municipality", "prison", "sentence_days", "known_to_care", "language")


def facts_of(row: OverviewRow) -> dict[str, Any]:
    """Return the facts of a row, by name."""
    return {name: getattr(row, name) for name in FACTS}


def as_listed(row: OverviewRow) -> tuple[str, ...]:
    """Return the cells of a row under the headings of FORWARDED, as any reader of overviews takes it."""
    reporting, listed = (f"{day:%d-%m-%Y}" if day else "" for day in (row.reporting_date, row.listed_on))
    known = "" if row.known_to_care is None else "ja" if row.known_to_care else "nee"
    who = (row.number, row.first_name, row.last_name, str(row.birth_year), row.municipality, row.prison or "")
    return (*who, reporting, str(row.sentence_days or ""), listed, known, row.language, row.district or "")


def bring_in(case: Case, row: OverviewRow, at: datetime, zone: ZoneInfo) -> tuple[list[Change], list[Change]]:
    """Bring the facts of an overview into a known case; returns what changed, and what somebody's own word kept."""
    changed: list[Change] = []
    kept: list[Change] = []
    identity = _identity(case, row)
    if case.identity != identity:
        changed.append(Change("identity", None, None))
        case.identity = identity
    for name, now in facts_of(row).items():
        here = getattr(case, name)
        before = case.listed.get(name, here)
        if now == here:
            continue
        if here == before:
            changed.append(Change(name, here, now))
            if name == "prison":
                case.shares.change_prison(now, at, zone)
            else:
                setattr(case, name, now)
            if name == "municipality":
                case.province = row.province
        elif now != before:
            kept.append(Change(name, here, now))
    if case.overview_date != row.reporting_date:
        changed.append(Change("reporting_date", case.overview_date, row.reporting_date))
        case.course.list_date(row.reporting_date)
    listed = (case.missing_since, case.listed_on, case.listed)
    if changed or kept or listed != (None, row.listed_on, facts_of(row)):
        case.missing_since, case.listed_on, case.listed = None, row.listed_on, facts_of(row)
        case.touch("cases")
    return changed, kept


def _identity(case: Case, row: OverviewRow) -> Identity:
    """Return who the person is, with the name that was known where a row has none."""
    who, number = case.identity, row.number
    first, last = (row.first_name, row.last_name) if row.last_name else (who.first_name, who.last_name)
    if who.number in spellings(number):  # the one that has its zeros still
        number = max(number, who.number or "", key=len)
    return Identity(first, last, row.birth_year, number)
