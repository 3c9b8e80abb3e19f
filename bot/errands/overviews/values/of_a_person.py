"""Values about a person: the case number, the name, the year of birth, the sentence, the district, care."""

from __future__ import annotations

import re
from datetime import date

from bot.errands.overviews.cells import Cell
from bot.errands.overviews.values.days import is_written_date, year_of
from bot.errands.overviews.values.lengths import DAYS_PER_YEAR, is_partly_suspended, length, plain
from bot.errands.overviews.values.unreadable import NOTHING, Unreadable, figure, is_nothing
from conversations.words.dates import MONTHS
from conversations.words.places import fold
from conversations.words.reasons import Value, text

LONGEST_NAME = 100  # characters
YOUNGEST, OLDEST = 12, 110  # years of age; detention begins at twelve
_KNOWN = {"ja": True, "j": True, "yes": True, "y": True, "waar": True, "x": True, "bekend": True, "1": True}
_UNKNOWN = {"nee": False, "n": False, "no": False, "onwaar": False, "niet bekend": False, "0": False}
_TICKS, _CROSSES = frozenset("✓✔☑✅√"), frozenset("✗✘☒❌☐")
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
    if isinstance(cell, date) or (isinstance(cell, str) and _became_a_date(cell)):
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


def _became_a_date(cell: str) -> bool:
    """Tell whether a spreadsheet has made a date of a number, or somebody wrote one in its place."""
    return _MADE_A_DATE.fullmatch(plain(cell)) is not None or is_written_date(cell)


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
        year = int(whole[1]) if whole else year_of(plain(cell))
    if year is not None and 0 <= year < 100:
        raise Unreadable(text("The year of birth has two figures. Fill in four figures, for example 1979."))
    if year is None or not today.year - OLDEST <= year <= today.year - YOUNGEST:
        raise Unreadable(text("The year of birth cannot be right. Fill in four figures, for example 1990."))
    return year


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
