"""The values of cells: strict, and a cell that cannot be read says in plain Dutch what to change."""

from __future__ import annotations

import re
from datetime import date, timedelta

from bot.errands.overviews.cells import Cell, quoted
from bot.errands.overviews.lengths import DAYS_PER_YEAR, is_partly_suspended, length, plain
from conversations.words.dates import MONTHS
from conversations.words.places import fold

LONGEST_NAME = 100  # characters
YOUNGEST, OLDEST = 12, 110  # years of age; detention begins at twelve
# A serial day number is only believed near the present: 46082 is a day, 26082 is a typing error.
SERIAL_YEARS = 5

_EXAMPLE = "Schrijf dag, maand en jaar, bijvoorbeeld 17-3-2027."
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


class Unreadable(ValueError):
    """A cell that cannot be read: a plain Dutch sentence that says what to change."""


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
    (bot/errands/overviews/into_cases.py). What a spreadsheet has made a date or a power of ten of is lost, and refused.
    """
    if cell is None:
        raise Unreadable("Het zaaknummer ontbreekt. Vul het in.")
    if isinstance(cell, int | float) and not isinstance(cell, bool) and cell == int(cell) and cell >= 0:
        cell = str(int(cell))
    if isinstance(cell, str) and (whole := _WHOLE.fullmatch(cell)):
        return whole[1]
    if isinstance(cell, date) or (isinstance(cell, str) and _is_a_date(cell)):
        raise Unreadable(
            "Van het zaaknummer heeft Excel een datum gemaakt. Geef de kolom de eigenschap Tekst en vul het "
            "zaaknummer opnieuw in."
        )
    if not isinstance(cell, str) or _SHORTENED.fullmatch(cell):
        raise Unreadable(
            "Het zaaknummer staat als getal in het bestand, en cijfers zijn weg. Geef de kolom de eigenschap Tekst "
            "en vul het zaaknummer opnieuw in."
        )
    number = re.sub(r"\s+", "", plain(cell)).upper()
    if not re.fullmatch(r"[A-Z0-9][A-Z0-9./_-]{0,39}", number):
        raise Unreadable("Het zaaknummer heeft andere tekens dan letters, cijfers en streepjes. Pas het aan.")
    return number


def _is_a_date(text: str) -> bool:
    """Tell whether a text is a date as a spreadsheet writes one, with or without its hour."""
    text = plain(text)
    if _MADE_A_DATE.fullmatch(text):
        return True
    try:
        return _written(text, "", short_year=True) is not None and not _COMPACT.fullmatch(text)
    except Unreadable:
        return False


def name(cell: Cell, what: str) -> str:
    """Return a name as it stands, "" for an empty cell; `what` is what a reason calls it. Raises Unreadable."""
    if cell is None:
        return ""
    if isinstance(cell, str) and (fold(cell) in _NO_NAME or cell in _NOTHING_AT_ALL):
        return ""
    if isinstance(cell, str) and not _LOST.isdisjoint(cell):
        raise Unreadable(
            f"In de {what} staat een vraagteken of een blokje op de plaats van een letter. Vul de {what} opnieuw in."
        )
    if not isinstance(cell, str) or not any(c.isalpha() for c in cell):
        raise Unreadable(f"De {what} is een getal of heeft geen letters. Vul de {what} in als tekst.")
    if len(cell) > LONGEST_NAME:
        raise Unreadable(f"De {what} is langer dan {LONGEST_NAME} tekens. Kort de {what} in.")
    return cell


def birth_year(cell: Cell, today: date) -> int:
    """Return the year of birth; of a date of birth only the year is kept. Raises Unreadable."""
    if cell is None:
        raise Unreadable("Het geboortejaar ontbreekt. Vul vier cijfers in, bijvoorbeeld 1990.")
    year: int | None = None
    if isinstance(cell, date):
        year = cell.year
    elif isinstance(cell, int | float) and not isinstance(cell, bool) and cell == int(cell):
        year = int(cell)
    elif isinstance(cell, str):
        whole = re.fullmatch(r"(\d{4})(?:[.,]0+)?", cell, re.ASCII)
        year = int(whole[1]) if whole else _year_of(plain(cell))
    if year is not None and 0 <= year < 100:
        raise Unreadable("Het geboortejaar heeft twee cijfers. Vul vier cijfers in, bijvoorbeeld 1979.")
    if year is None or not today.year - OLDEST <= year <= today.year - YOUNGEST:
        raise Unreadable("Het geboortejaar kan niet kloppen. Vul vier cijfers in, bijvoorbeeld 1990.")
    return year


def _year_of(text: str) -> int | None:
    if re.fullmatch(r"'?\d{1,3}", text, re.ASCII):
        return int(text.lstrip("'"))
    match = _ISO.fullmatch(text) or _COMPACT.fullmatch(text)
    if match:
        return int(match[1])
    match = _DAY_FIRST.fullmatch(text) or _WORDS.fullmatch(text)
    return int(match["year"].lstrip("'")) if match else None


def day(cell: Cell, what: str, today: date, epoch: date, short_year: bool = False) -> date | None:
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
    raise Unreadable(f"De {what}{figure(cell)} is geen datum. {_EXAMPLE}")


def _written(said: str, what: str, short_year: bool) -> date:
    text = plain(said)
    if match := _ISO.fullmatch(text):
        parts = int(match[1]), int(match[3]), int(match[4])
    elif match := _COMPACT.fullmatch(text):
        parts = int(match[1]), int(match[2]), int(match[3])
    elif match := _DAY_FIRST.fullmatch(text):
        parts = _full_year(match["year"], said, what, short_year), int(match["month"]), int(match["day"])
    elif (match := _WORDS.fullmatch(text)) and (month := MONTHS.get(match["month"].lower())):
        parts = _full_year(match["year"], said, what, short_year), month, int(match["day"])
    else:
        raise Unreadable(f"De {what}{figure(said)} is geen datum. {_EXAMPLE}")
    try:
        found = date(*parts)
    except ValueError:
        if month_first(said):
            raise Unreadable(f"De {what} {quoted(said)} heeft de maand vooraan. {_EXAMPLE}") from None
        raise Unreadable(f"De {what} {quoted(said)} bestaat niet. {_EXAMPLE}") from None
    weekday = match.groupdict().get("weekday")
    if weekday and weekday[:2].lower() != _WEEKDAYS[found.weekday()]:
        raise Unreadable(f"De {what} {quoted(said)} valt op een andere dag van de week. Kijk welke dag klopt.")
    return found


def _full_year(year: str, said: str, what: str, short_year: bool) -> int:
    if len(year) == 4:
        return int(year)
    if not short_year:
        raise Unreadable(f"De {what} {quoted(said)} heeft een jaar van twee cijfers. {_EXAMPLE}")
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
        text = plain(cell).lower()
        if is_partly_suspended(text):
            raise Unreadable(
                f"De strafduur{figure(cell)} heeft een voorwaardelijk deel. Vul alleen de dagen in die iemand uitzit."
            )
        days = length(text)
    if days is None or days < 1:
        raise Unreadable(f"De strafduur{figure(cell)} is onleesbaar. Vul het aantal dagen in, bijvoorbeeld 35.")
    if days > at_most:
        long = "een jaar" if at_most == DAYS_PER_YEAR else f"{at_most} dagen"
        raise Unreadable(
            f"De straf is langer dan {long} ({days} dagen) en valt buiten de aanpak. Haal de rij weg of verbeter haar."
        )
    return days


def district(cell: Cell) -> str:
    """Return the district of a municipality as it stands, "" for an empty cell. Raises Unreadable."""
    if is_nothing(cell):
        return ""
    if not isinstance(cell, str) or len(cell) > LONGEST_NAME:
        raise Unreadable("De wijk is geen tekst of te lang. Vul de naam van de wijk in, of laat de cel leeg.")
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
    raise Unreadable("Bij bekend bij hulpverlening staat iets anders dan ja, nee of onbekend. Vul een daarvan in.")
