"""Days as lists write them: dates in figures or words, and serial numbers of a spreadsheet."""

from __future__ import annotations

import re
from datetime import date, timedelta

from bot.errands.overviews.cells import Cell, quoted
from bot.errands.overviews.values.lengths import plain
from bot.errands.overviews.values.unreadable import Unreadable, figure, is_nothing
from conversations.words.dates import MONTHS
from conversations.words.reasons import Value, text, together

# A serial day number is only believed near the present: 46082 is a day, 26082 is a typing error.
SERIAL_YEARS = 5

_EXAMPLE = text("Write day, month and year, for example 17-3-2027.")
# A clock time after a date, said in minutes or with its word; with a zone it could be another day, and is not taken.
_HOUR = r"\d{1,2}(?:[:.]\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?u(?:ur)?)?| ?u(?:ur)?)"
_TIME = rf"(?:[T, ]+\(?(?:om )?{_HOUR}\)?)?"
_WEEKDAY = r"(?:(?P<weekday>[a-z]+dag|ma|di|wo|do|vr|za|zo)\.?,? )?"
_WEEKDAYS = ("ma", "di", "wo", "do", "vr", "za", "zo")
_FIGURES = r"(?P<day>\d{1,2}) ?(?P<mark>[-/. ]) ?(?P<month>\d{1,2}) ?(?P=mark) ?"
_LETTERS = r"(?P<day>\d{1,2})(?:e|ste|de)?[ -](?P<month>[a-z]{3,9})\.?[ -]"
_YEAR = r"(?P<year>\d{4}|'?\d{2})"
_ISO = re.compile(rf"(\d{{4}})([-/.])(\d{{1,2}})\2(\d{{1,2}}){_TIME}", re.ASCII)
_COMPACT = re.compile(r"([12]\d{3})(\d{2})(\d{2})", re.ASCII)
_DAY_FIRST = re.compile(_WEEKDAY + _FIGURES + _YEAR + _TIME, re.ASCII | re.IGNORECASE)
_WORDS = re.compile(_WEEKDAY + _LETTERS + _YEAR + _TIME, re.ASCII | re.IGNORECASE)


def day(cell: Cell, what: Value, today: date, epoch: date, short_year: bool = False) -> date | None:
    """Return the date in the cell, or None when it is empty or says that there is none yet. Raises Unreadable.

    Taken are real dates, year-month-day, day-month-year with `-`, `/`, `.` or a Dutch month name, a weekday before or a
    time after them, and serial day numbers counted from `epoch` within five years of `today`. Two digits of a year are
    only taken, as 20yy, with `short_year`.
    `what` is what a reason calls the date.
    """
    if is_nothing(cell):
        return None
    if isinstance(cell, date):
        return cell
    serial = 0
    if isinstance(cell, str):
        number = re.fullmatch(r"(\d{5})(?:[.,]0+)?", cell, re.ASCII)
        if number is None:
            return _written(cell, what, short_year)
        serial = int(number[1])
    elif isinstance(cell, int | float) and not isinstance(cell, bool):
        serial = int(cell)
        if compact := _COMPACT.fullmatch(str(serial)):
            return _written(compact[0], what, short_year)
    if 0 < serial < 100_000:
        found = epoch + timedelta(days=serial)
        if abs(found.year - today.year) <= SERIAL_YEARS:
            return found
    raise _no_date(what, cell)


def _no_date(what: Value, cell: Cell) -> Unreadable:
    return Unreadable(together(text("The {what}{said} is no date.", what=what, said=figure(cell)), _EXAMPLE))


def _written(said: str, what: Value, short_year: bool) -> date:
    written = plain(said)
    if match := _ISO.fullmatch(written):
        parts = int(match[1]), int(match[3]), int(match[4])
    elif match := _COMPACT.fullmatch(written):
        parts = int(match[1]), int(match[2]), int(match[3])
    elif match := _DAY_FIRST.fullmatch(written):
        parts = _full_year(match["year"], said, what, short_year), int(match["month"]), int(match["day"])
    elif (match := _WORDS.fullmatch(written)) and (month := MONTHS.get(match["month"].lower())):
        parts = _full_year(match["year"], said, what, short_year), month, int(match["day"])
    else:
        raise _no_date(what, said)
    try:
        found = date(*parts)
    except ValueError:
        if month_first(said):
            american = text("The {what} {said} has the month first.", what=what, said=quoted(said))
            raise Unreadable(together(american, _EXAMPLE)) from None
        nowhere = text("The {what} {said} does not exist.", what=what, said=quoted(said))
        raise Unreadable(together(nowhere, _EXAMPLE)) from None
    weekday = match.groupdict().get("weekday")
    if weekday and weekday[:2].lower() != _WEEKDAYS[found.weekday()]:
        other = text("The {what} {said} falls on another day of the week. See which day is right.")
        raise Unreadable(other.of(what=what, said=quoted(said)))
    return found


def _full_year(year: str, said: str, what: Value, short_year: bool) -> int:
    if len(year) == 4:
        return int(year)
    if not short_year:
        short = text("The {what} {said} has a year of two figures.", what=what, said=quoted(said))
        raise Unreadable(together(short, _EXAMPLE))
    return 2000 + int(year.lstrip("'"))


def month_first(cell: Cell) -> bool:
    """Return whether a written date can only be month-day-year, as in American files ("03/25/2027")."""
    match = _DAY_FIRST.fullmatch(plain(cell)) if isinstance(cell, str) else None
    return match is not None and int(match["month"]) > 12 >= int(match["day"]) > 0


def either_order(cell: Cell) -> bool:
    """Return whether a written date would be another day, month first ("03/04/2027")."""
    match = _DAY_FIRST.fullmatch(plain(cell)) if isinstance(cell, str) else None
    return match is not None and max(int(match["day"]), int(match["month"])) <= 12 and match["day"] != match["month"]


def is_written_date(cell: str) -> bool:
    """Tell whether a text is a date as a spreadsheet writes one, with or without its hour."""
    written = plain(cell)
    try:
        return _written(written, "", short_year=True) is not None and not _COMPACT.fullmatch(written)
    except Unreadable:
        return False


def year_of(said: str) -> int | None:
    """Return the year of a date, or a year alone, as far as its figures go; None where neither stands there."""
    if re.fullmatch(r"'?\d{1,3}", said, re.ASCII):
        return int(said.lstrip("'"))
    match = _ISO.fullmatch(said) or _COMPACT.fullmatch(said)
    if match:
        return int(match[1])
    match = _DAY_FIRST.fullmatch(said) or _WORDS.fullmatch(said)
    return int(match["year"].lstrip("'")) if match else None
