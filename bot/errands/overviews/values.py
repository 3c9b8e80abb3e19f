"""The values of cells: strict, and a cell that cannot be read says what to change."""

from __future__ import annotations

import re
from datetime import date, timedelta

from bot.errands.overviews.cells import Cell, quoted
from bot.errands.overviews.lengths import DAYS_PER_YEAR, is_partly_suspended, length, plain
from conversations.words.dates import MONTHS
from conversations.words.places import fold
from conversations.words.reasons import ReasonError, Value, text, together

LONGEST_NAME = 100  # characters
YOUNGEST, OLDEST = 12, 110  # years of age; detention begins at twelve
# A serial day number is only believed near the present: 46082 is a day, 26082 is a typing error.
SERIAL_YEARS = 5

_EXAMPLE = text("Write day, month and year, for example 17-3-2027.")
# A cell that says that it holds nothing.
NOTHING = {"", "geen", "onbekend", "nnb", "n n b", "nvt", "n v t", "nog niet bekend", "nog geen", "nog geen datum"}
_NOT_YET = {
    *("nog niet", "niet bekend", "nog onbekend", "ntb", "n t b", "n a", "nog te bepalen", "volgt", "volgt nog"),
    *("datum volgt", "datum onbekend", "geen datum", "wacht op datum", "wacht op oproep", "tbd"),
}
_KNOWN = {"ja": True, "j": True, "yes": True, "y": True, "waar": True, "x": True, "bekend": True, "1": True}
_UNKNOWN = {"nee": False, "n": False, "no": False, "onwaar": False, "niet bekend": False, "0": False}
_TICKS, _CROSSES = frozenset("✓✔☑✅√"), frozenset("✗✘☒❌☐")
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

# What a spreadsheet makes of a number like 1-3 or 3-26: a day, a month, a whole date; and of a long one: 2,6E+09.
_MONTH = r"(?:" + "|".join(MONTHS) + r")"
_MADE_A_DATE = re.compile(
    rf"\d{{1,2}}-{_MONTH}\.?(?:-\d{{2,4}})?|{_MONTH}\.?-\d{{1,4}}|\d{{4}}-\d{{2}}-\d{{2}}", re.ASCII | re.IGNORECASE
)
_SHORTENED = re.compile(r"\d+(?:[.,]\d+)?E\+?\d+", re.ASCII | re.IGNORECASE)
_WHOLE = re.compile(r"(\d{1,15})(?:[.,]0+)?", re.ASCII)
# Instead of a name: that there is none, or what a program puts where nothing was.
_NO_NAME = {
    "onbekend",
    "naam onbekend",
    "niet bekend",
    "nog niet bekend",
    "nog onbekend",
    "nnb",
    "n n b",
    "nvt",
    "n v t",
}
_NOTHING_AT_ALL = {"NULL", "null", "(null)", "NaN", "nan", "None", "undefined"}
# Where a letter was that the file could not hold.
_LOST = frozenset("?¿\ufffd□▯")


class Unreadable(ReasonError):
    """A cell that cannot be read: its reason says what to change."""


def shown(cell: Cell) -> str:
    """Return the cell as a sentence quotes it."""
    return quoted(f"{cell.day}-{cell.month}-{cell.year}" if isinstance(cell, date) else str(cell))


def figure(cell: Cell) -> str:
    """Return the cell to quote where figures are due; without any it may be a name in the wrong column: not quoted."""
    return f" {shown(cell)}" if any(c.isdigit() for c in shown(cell)) else ""


def is_nothing(cell: Cell) -> bool:
    """Return whether the cell is empty or says that there is nothing (yet)."""
    return cell is None or (isinstance(cell, str) and fold(cell) in NOTHING | _NOT_YET)


def case_number(cell: Cell) -> str:
    """Return the overview's case number: text in capitals without spaces. Raises Unreadable.

    A whole number is taken as its figures; that its leading zeros may be gone is known to who compares it
    (bot/errands/imports/case_numbers.py). What a spreadsheet has made a date or a power of ten of is lost, and refused.
    """
    if cell is None:
        raise Unreadable(text("The case number is missing. Fill it in."))
    if isinstance(cell, int | float) and not isinstance(cell, bool) and cell == int(cell) and cell >= 0:
        cell = str(int(cell))
    if isinstance(cell, str) and (whole := _WHOLE.fullmatch(cell)):
        return whole[1]
    if isinstance(cell, date) or (isinstance(cell, str) and _is_a_date(cell)):
        raise Unreadable(
            text(
                "Excel has made a date of the case number. Give the column the format Text and fill in the case "
                "number again."
            )
        )
    if not isinstance(cell, str) or _SHORTENED.fullmatch(cell):
        raise Unreadable(
            text(
                "The case number stands in the file as a number, and figures of it are gone. Give the column the "
                "format Text and fill in the case number again."
            )
        )
    number = re.sub(r"\s+", "", plain(cell)).upper()
    if not re.fullmatch(r"[A-Z0-9][A-Z0-9./_-]{0,39}", number):
        raise Unreadable(text("The case number has other signs than letters, figures and dashes. Change it."))
    return number


def _is_a_date(cell: str) -> bool:
    """Tell whether a text is a date as a spreadsheet writes one, with or without its hour."""
    written = plain(cell)
    if _MADE_A_DATE.fullmatch(written):
        return True
    try:
        return _written(written, "", short_year=True) is not None and not _COMPACT.fullmatch(written)
    except Unreadable:
        return False


def name(cell: Cell, what: Value) -> str:
    """Return a name as it stands, "" for an empty cell; `what` is what a reason calls it. Raises Unreadable."""
    if cell is None:
        return ""
    if isinstance(cell, str) and (fold(cell) in _NO_NAME or cell in _NOTHING_AT_ALL):
        return ""
    if isinstance(cell, str) and not _LOST.isdisjoint(cell):
        raise Unreadable(
            text(
                "In the {what} stands a question mark or a block in the place of a letter. Fill in the {what} again.",
                what=what,
            )
        )
    if not isinstance(cell, str) or not any(c.isalpha() for c in cell):
        raise Unreadable(text("The {what} is a number or has no letters. Fill in the {what} as text.", what=what))
    if len(cell) > LONGEST_NAME:
        too_long = text("The {what} is longer than {most} characters. Shorten the {what}.")
        raise Unreadable(too_long.of(what=what, most=LONGEST_NAME))
    return cell


def birth_year(cell: Cell, today: date) -> int:
    """Return the year of birth; of a date of birth only the year is kept. Raises Unreadable."""
    if cell is None:
        raise Unreadable(text("The year of birth is missing. Fill in four figures, for example 1990."))
    year: int | None = None
    if isinstance(cell, date):
        year = cell.year
    elif isinstance(cell, int | float) and not isinstance(cell, bool) and cell == int(cell):
        year = int(cell)
    elif isinstance(cell, str):
        whole = re.fullmatch(r"(\d{4})(?:[.,]0+)?", cell, re.ASCII)
        year = int(whole[1]) if whole else _year_of(plain(cell))
    if year is not None and 0 <= year < 100:
        raise Unreadable(text("The year of birth has two figures. Fill in four figures, for example 1979."))
    if year is None or not today.year - OLDEST <= year <= today.year - YOUNGEST:
        raise Unreadable(text("The year of birth cannot be right. Fill in four figures, for example 1990."))
    return year


def _year_of(said: str) -> int | None:
    if re.fullmatch(r"'?\d{1,3}", said, re.ASCII):
        return int(said.lstrip("'"))
    match = _ISO.fullmatch(said) or _COMPACT.fullmatch(said)
    if match:
        return int(match[1])
    match = _DAY_FIRST.fullmatch(said) or _WORDS.fullmatch(said)
    return int(match["year"].lstrip("'")) if match else None


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


def sentence(cell: Cell, at_most: int) -> int | None:
    """Return the length of a sentence in days, or None for an empty cell; a bare number is days. Raises Unreadable.

    A month is thirty days (Wetboek van Strafrecht, article 88), a year 365. `at_most` is in days.
    """
    if is_nothing(cell):
        return None
    days: int | None = None
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        days = int(cell) if cell == cell // 1 else None
    elif isinstance(cell, str):
        said = plain(cell).lower()
        if is_partly_suspended(said):
            raise Unreadable(
                text(
                    "The length of the sentence{said} has a suspended part. Fill in only the days that are served.",
                    said=figure(cell),
                )
            )
        days = length(said)
    if days is None or days < 1:
        unclear = text("The length of the sentence{said} cannot be read. Fill in the number of days, for example 35.")
        raise Unreadable(unclear.of(said=figure(cell)))
    if days > at_most:
        if at_most == DAYS_PER_YEAR:
            raise Unreadable(
                text(
                    "The sentence is longer than a year ({days} days) and falls outside the approach. "
                    "Take the row out or mend it.",
                    days=days,
                )
            )
        raise Unreadable(
            text(
                "The sentence is longer than {most} days ({days} days) and falls outside the approach. "
                "Take the row out or mend it.",
                most=at_most,
                days=days,
            )
        )
    return days


def district(cell: Cell) -> str:
    """Return the district of a municipality as it stands, "" for an empty cell. Raises Unreadable."""
    if is_nothing(cell):
        return ""
    if not isinstance(cell, str) or len(cell) > LONGEST_NAME:
        raise Unreadable(
            text("The district is no text or too long. Fill in the name of the district, or leave the cell empty.")
        )
    return cell


def known(cell: Cell) -> bool | None:
    """Return whether care knows the person already, or None where the cell leaves it open. Raises Unreadable."""
    if cell is None or isinstance(cell, bool):
        return cell
    if (sign := str(cell).strip("\ufe0f ")) in _TICKS | _CROSSES:
        return sign in _TICKS
    word = fold(str(cell))
    if word in NOTHING or word in {"weet niet", "o", "onb"}:
        return None
    # "Ja, via WIJ": what comes after the word is not kept.
    if word.startswith(("ja ", "nee ")):
        return word.startswith("ja ")
    if word in _KNOWN or word in _UNKNOWN:
        return (_KNOWN | _UNKNOWN)[word]
    raise Unreadable(
        text(
            "At known to other help stands something else than ja, nee or onbekend (yes, no or not known). "
            "Fill in one of those."
        )
    )
