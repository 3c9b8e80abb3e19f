"""Dates as people type them. Whatever is read is put back to them in words before it counts."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("januari", "jan", "january"),
            ("februari", "feb", "febr", "february"),
            ("maart", "mrt", "mar", "march"),
            ("april", "apr"),
            ("mei", "may"),
            ("juni", "jun", "june"),
            ("juli", "jul", "july"),
            ("augustus", "aug", "august"),
            ("september", "sep", "sept"),
            ("oktober", "okt", "oct", "october"),
            ("november", "nov"),
            ("december", "dec"),
        ),
        start=1,
    )
    for name in names
}
WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            ("maandag", "monday"),
            ("dinsdag", "tuesday"),
            ("woensdag", "wednesday"),
            ("donderdag", "thursday"),
            ("vrijdag", "friday"),
            ("zaterdag", "saturday"),
            ("zondag", "sunday"),
        )
    )
    for name in names
}
SOON = {
    "vandaag": 0,
    "today": 0,
    "morgen": 1,
    "tomorrow": 1,
    "overmorgen": 2,
}
_UNITS = ("nul", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf")
_TEENS = ("dertien", "veertien", "vijftien", "zestien", "zeventien", "achttien", "negentien")
# Numbers as they are written out: of the days of a month.
WRITTEN = {word: number for number, word in enumerate((*_UNITS, *_TEENS))} | {
    f"{unit}{'en' if unit not in ('twee', 'drie') else 'ën'}{ten}": value + number
    for ten, value in (("twintig", 20), ("dertig", 30))
    for number, unit in enumerate(_UNITS[1:10], start=1)
}
WRITTEN |= {"twintig": 20, "dertig": 30, "één": 1, "tweeentwintig": 22, "drieentwintig": 23}
# A call-up lies at most some years away; what is further is a slip of the thumb.
FURTHEST = timedelta(days=5 * 365)

_NUMBERS = re.compile(r"(\d{1,2})[-/. ]{1,3}(\d{1,2})[-/. ]{1,3}(\d{4}|\d{2})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_WORDS = re.compile(r"(\d{1,2})(?:e|ste|de)?[-. ]+([a-z]+)\.?(?:[-., ]+(\d{4}|\d{2}))?")
_NEXT_WEEK = re.compile(r"(?:volgende week|next week)(?: (\w+))?")
_WEEKDAY_NEXT_WEEK = re.compile(r"(\w+) (?:volgende week|next week)")
_NO_YEAR = re.compile(r"(\d{1,2})[-/.](\d{1,2})")
_FROM_NOW = re.compile(r"(?:over|in) (\d{1,3}) (dag|dagen|week|weken|days?|weeks?)")
# What people write before a day and that says nothing.
_BEFORE = re.compile(r"^(?:het is |op |de |aanstaande |komende |deze )+")


class NoSuchDayError(ValueError):
    """The day does not exist, such as 31 February."""


class NotADateError(ValueError):
    """It does not read as a date."""


def _day(year: int, month: int, day: int) -> date:
    if year == 0:  # no calendar has it, and nobody means it
        raise NotADateError
    try:
        return date(year, month, day)
    except ValueError:
        raise NoSuchDayError from None


def _year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)


def read_date(text: str, today: date) -> date:
    """Return the date that was typed, day first; a date without a year is the next one after `today`.

    Raises NoSuchDayError for a day that no calendar has, NotADateError for anything else.
    """
    plain = " ".join(unicodedata.normalize("NFC", text).casefold().split())
    plain = re.sub(r"\b(?:om|at) .*$", "", plain).strip(" ,.")
    plain = re.sub(r"\b(vijf|zes|zeven|acht|negen) tien\b", r"\1tien", plain)
    plain = " ".join(str(WRITTEN.get(word, word)) for word in _BEFORE.sub("", plain).split())
    found = _read(plain, today)
    if found is None and (first := plain.split(" ", 1))[0] in WEEKDAYS and len(first) == 2:
        found = _read(first[1], today)
    if found is None or not date(1900, 1, 1) <= found <= today + FURTHEST:
        raise NotADateError
    return found


def _read(plain: str, today: date) -> date | None:
    if plain in SOON:
        return today + timedelta(days=SOON[plain])
    if plain in WEEKDAYS:
        return today + timedelta(days=(WEEKDAYS[plain] - today.weekday() - 1) % 7 + 1)
    if match := _FROM_NOW.fullmatch(plain):
        return today + timedelta(days=int(match[1]) * (7 if match[2].startswith("we") else 1))
    if match := _NEXT_WEEK.fullmatch(plain) or _WEEKDAY_NEXT_WEEK.fullmatch(plain):
        monday = today + timedelta(days=7 - today.weekday())
        if match[1] is None or match[1] not in WEEKDAYS:
            return None
        return monday + timedelta(days=WEEKDAYS[match[1]])
    if match := _ISO.fullmatch(plain):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    if match := _NUMBERS.fullmatch(plain):
        return _day(_year(match[3]), int(match[2]), int(match[1]))
    if match := _NO_YEAR.fullmatch(plain):
        return _next(int(match[2]), int(match[1]), today)
    if (match := _WORDS.fullmatch(plain)) and match[2] in MONTHS:
        if match[3]:
            return _day(_year(match[3]), MONTHS[match[2]], int(match[1]))
        return _next(MONTHS[match[2]], int(match[1]), today)
    return None


def _next(month: int, day: int, today: date) -> date:
    """Return the next such day from `today` on."""
    # 29 February is looked for in the years ahead: it may be long until the next.
    for year in range(today.year, today.year + 5):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found >= today:
            return found
    raise NoSuchDayError
