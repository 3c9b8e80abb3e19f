"""Periods as people type and choose them: a month, a quarter, a year, or two days; "this month" moves along."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from conversations.words.dates import MONTHS
from conversations.words.wording import Words
from storage.figures.period import Period, end_of

# What is wrong with a period that was typed.
Wrong = Literal["unread", "no_such_day", "short_year", "one_day", "backwards", "future", "too_early"]
EARLIEST = 2000
# Characters that a period is typed in at most.
LONGEST = 60
# Periods that can be chosen without typing, in rows of a screen.
CHOICES = (("this_month", "last_month"), ("this_quarter", "last_quarter"), ("this_year", "last_year"))

_NAMES = {
    "deze maand": "this_month",
    "vorige maand": "last_month",
    "dit kwartaal": "this_quarter",
    "vorig kwartaal": "last_quarter",
    "dit jaar": "this_year",
    "vorig jaar": "last_year",
    **{name.replace("_", " "): name for row in CHOICES for name in row},
    **{name: name for row in CHOICES for name in row},
}
_NOW = ("vandaag", "nu", "today", "now")
_YEAR = r"(?P<year>\d{4}|'?\d{2})"
_NAME = rf"(?P<name>{'|'.join(sorted(MONTHS, key=len, reverse=True))})\.?"
_POINTS = [
    re.compile(form)
    for form in (
        r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})",
        rf"(?P<day>\d{{1,2}})[-/.](?P<month>\d{{1,2}})[-/.]{_YEAR}",
        rf"(?P<day>\d{{1,2}})(?:e|ste|de)?[- ]{_NAME}(?:[-, ]+{_YEAR})?",
        rf"(?:k|q|kwartaal|quarter)[- ]?(?P<quarter>\d)(?: van| of)?[-/ ]*{_YEAR}",
        r"(?P<year>\d{4})[- ]?(?:k|q|kwartaal|quarter)[- ]?(?P<quarter>\d)",
        rf"(?P<quarter>\d)(?:e|ste|de) kwartaal(?: van)? {_YEAR}",
        r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})",
        rf"(?P<month>\d{{1,2}})[-/.]{_YEAR}",
        rf"{_NAME}(?:[-, ]+{_YEAR})?",
        _YEAR,
    )
]
_BETWEEN = re.compile(r"\s*(?:\bt/?m\b|\btot(?: en met)?\b|\bto\b|\buntil\b|[–—]|\.{2,}|\s-\s|\|)\s*")


class PeriodError(ValueError):
    """It is no period that figures can be of; `wrong` says why, `days` and `said` what was read of it."""

    def __init__(self, wrong: Wrong, *days: date, said: str = "") -> None:
        super().__init__(wrong)
        self.wrong, self.days, self.said = wrong, days, said


@dataclass(frozen=True, slots=True)
class _Point:
    """A day, a month, a quarter or a year: its first and last day."""

    first: date
    last: date
    is_day: bool


def read_period(text: str, today: date) -> Period:
    """Return the period that a text means, until today at most; nothing at all is this year; raises PeriodError."""
    plain = " ".join(unicodedata.normalize("NFKC", text).casefold().split()).strip(" ,;!?")
    plain = re.sub(r"^(?:van(?:af)?|from|since) ", "", plain)
    if len(plain) > LONGEST:
        raise PeriodError("unread")
    if name := _NAMES.get(plain or "this_year"):
        return _named(name, today)
    if (point := _point(plain, today)) is not None:
        if point.is_day:
            raise PeriodError("one_day", point.first)
        return _until_today(point, point, today)
    for first, last in _halves(plain):
        ends = _point(last, today)
        begins = _point(first, today, ends.last.year if ends else None) if ends else None
        if begins and ends:
            return _until_today(begins, ends, today)
    raise PeriodError("unread")


def read_edge(text: str, today: date) -> Period:
    """Return the first and the last day of what is typed as one end of a period; raises PeriodError."""
    point = _point(" ".join(text.casefold().split()), today)
    if point is None:
        raise PeriodError("unread")
    return Period(point.first, point.last)


def between(first: date, last: date, today: date) -> Period:
    """Return a period; raises PeriodError where it is none, or none of it has been."""
    if first > last:
        raise PeriodError("backwards", first, last)
    if first > today:
        raise PeriodError("future")
    if first.year < EARLIEST:
        raise PeriodError("too_early")
    return Period(first, last)


def _until_today(begins: _Point, ends: _Point, today: date) -> Period:
    last = ends.last if ends.is_day else min(ends.last, max(today, ends.first))
    found = between(begins.first, last, today)
    if found.last > today:
        raise PeriodError("future")
    return found


def _named(name: str, today: date) -> Period:
    size = {"month": 1, "quarter": 3, "year": 12}[name.rpartition("_")[2]]
    first = date(today.year, (today.month - 1) // size * size + 1, 1)
    if name.startswith("this"):
        return Period(first, today)
    last = first - timedelta(days=1)
    return Period(date(last.year, (last.month - 1) // size * size + 1, 1), last)


def _halves(plain: str) -> list[tuple[str, str]]:
    """Return in which ways a text may be two points: around a word between them, else around each space."""
    parts = [part for part in _BETWEEN.split(plain) if part]
    if len(parts) == 2:
        return [(parts[0], parts[1])]
    spaces = [match.start() for match in re.finditer(r"[ /]", plain)]
    return [(plain[:at].strip(" ,-"), plain[at + 1 :].strip(" ,-")) for at in spaces]


def _point(plain: str, today: date, year: int | None = None) -> _Point | None:
    """Return what one end of a period says; without a year of its own it is in `year`."""
    if plain in _NOW:
        return _Point(today, today, True)
    match = next((found for form in _POINTS if (found := form.fullmatch(plain))), None)
    if match is None:
        return None
    said = match.groupdict()
    if said.get("year") and len(said["year"]) != 4:
        raise PeriodError("short_year")
    if said.get("year") is None and year is None:
        return None
    of = int(said["year"]) if said.get("year") else year or 0
    number = MONTHS[said["name"]] if said.get("name") else int(said.get("month") or 1)
    try:
        if said.get("day"):
            day = date(of, number, int(said["day"]))
            return _Point(day, day, True)
        if said.get("quarter"):
            number = 3 * int(said["quarter"]) - 2
            return _Point(date(of, number, 1), end_of(date(of, number + 2, 1)), False)
        if said.get("month") or said.get("name"):
            return _Point(date(of, number, 1), end_of(date(of, number, 1)), False)
        return _Point(date(of, 1, 1), date(of, 12, 31), False)
    except (ValueError, OverflowError):
        raise PeriodError("no_such_day", said=plain) from None


def typed(day: date) -> str:
    """Return a day as it may be typed: 1-2-2026."""
    return f"{day.day}-{day.month}-{day.year}"


def mend(words: Words, error: PeriodError, today: date, command: str = "/monitor") -> str:
    """Return the sentence that says what is wrong with a period, and what to type."""
    example = f"{command} 1-2-2026 14-3-2026"
    match error.wrong:
        case "no_such_day":
            return words.text("{said} does not exist: type for example {example}", said=error.said, example=example)
        case "short_year":
            return words.text("Type a year with four digits, such as {example}", example=example)
        case "one_day":
            example = f"{command} {typed(error.days[0])} {typed(today)}"
            return words.text("Type the last day as well, such as {example}", example=example)
        case "backwards":
            first, last = error.days
            return words.text(
                "The last day lies before the first: type {example}", example=f"{command} {typed(last)} {typed(first)}"
            )
        case "future":
            return words.text("Type days until today at most: today is {day}.", day=typed(today))
        case "too_early":
            return words.text("Type a year from {year} on, such as {example}", year=EARLIEST, example=example)
        case "unread":
            return words.text(
                "I do not read a period in that: type {month}, {quarter} or {days}",
                month=f"{command} 2026-02",
                quarter=f"{command} K2 2026",
                days=example,
            )


def written(period: Period) -> str:
    """Return the whole months around a period as they may be typed: 2026-02, or 2026-02 2026-04."""
    return " ".join(dict.fromkeys(f"{day:%Y-%m}" for day in (period.first, period.last)))
