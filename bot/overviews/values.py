"""One cell to one value: strict, and a cell that cannot be read says in plain Dutch what to change."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache

from bot.overviews.cells import Cell, quoted
from conversations.dates import MONTHS
from conversations.places import fold

LONGEST_NAME = 100  # characters
YOUNGEST, OLDEST = 12, 110  # years of age; detention begins at twelve
# A serial day number is only believed near the present: 46082 is a day, 26082 is a typing error.
SERIAL_YEARS = 5
DAYS_PER_MONTH = 30  # Wetboek van Strafrecht, article 88
DAYS_PER_YEAR = 365

_EXAMPLE = "Schrijf dag, maand en jaar, bijvoorbeeld 17-3-2027."
_NOTHING = {"", "geen", "onbekend", "nnb", "n n b", "nvt", "n v t", "nog niet bekend", "nog geen", "nog geen datum"}
_KNOWN = {"ja": True, "j": True, "yes": True, "y": True, "waar": True, "x": True, "bekend": True, "1": True}
_UNKNOWN = {"nee": False, "n": False, "no": False, "onwaar": False, "niet bekend": False, "0": False}
_TIME = r"(?:[T, ]+(?:om )?\d{1,2}[:.]\d{2}(?::\d{2}(?:\.0+)?)?(?: ?uur)?)?"
_ISO = re.compile(rf"(\d{{4}})-(\d{{1,2}})-(\d{{1,2}}){_TIME}", re.ASCII)
_DAY_FIRST = re.compile(rf"(\d{{1,2}})([-/. ])(\d{{1,2}})\2(\d{{4}}|\d{{2}}){_TIME}", re.ASCII)
_WORDS = re.compile(rf"(?:[a-z]+dag,? )?(\d{{1,2}})[ -]([a-z]{{3,9}})\.?[ -](\d{{4}}){_TIME}", re.ASCII | re.IGNORECASE)
_LENGTHS = re.compile(
    r"(\d{1,4}) ?(dagen|dag|dgn|dg|d|weken|week|wkn|wk|w|maanden|maand|mnd|mndn|jaar|jaren|jr)?\b\.?", re.ASCII
)
_DAYS = {"d": 1, "w": 7, "m": DAYS_PER_MONTH, "j": DAYS_PER_YEAR}


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
    return cell is None or (isinstance(cell, str) and fold(cell) in _NOTHING)


def case_number(cell: Cell) -> str:
    """Return the overview's case number: text in capitals without spaces. Raises Unreadable.

    A number is refused: a spreadsheet drops its leading zeros, and next week's list may bring it with them.
    """
    if cell is None:
        raise Unreadable("Het zaaknummer ontbreekt. Vul het in.")
    damaged = isinstance(cell, str) and re.fullmatch(r"\d+[.,]0+|\d+(?:[.,]\d+)?E\+?\d+", cell, re.I)
    if not isinstance(cell, str) or damaged:
        raise Unreadable(
            "Het zaaknummer staat als getal in het bestand; nullen vooraan kunnen weg zijn. Geef de kolom de "
            "eigenschap Tekst en vul het zaaknummer opnieuw in."
        )
    number = re.sub(r"\s+", "", cell).upper()
    if not re.fullmatch(r"[A-Z0-9][A-Z0-9./_-]{0,39}", number):
        raise Unreadable("Het zaaknummer heeft andere tekens dan letters, cijfers en streepjes. Pas het aan.")
    return number


def name(cell: Cell, what: str) -> str:
    """Return a name as it stands, "" for an empty cell; `what` is what a reason calls it. Raises Unreadable."""
    if cell is None:
        return ""
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
        whole = re.fullmatch(r"\d{4}", cell, re.ASCII)
        year = int(cell) if whole else _year_of(cell)
    if year is not None and 0 <= year < 100:
        raise Unreadable("Het geboortejaar heeft twee cijfers. Vul vier cijfers in, bijvoorbeeld 1979.")
    if year is None or not today.year - OLDEST <= year <= today.year - YOUNGEST:
        raise Unreadable("Het geboortejaar kan niet kloppen. Vul vier cijfers in, bijvoorbeeld 1990.")
    return year


def _year_of(text: str) -> int | None:
    if re.fullmatch(r"\d{1,3}", text, re.ASCII):
        return int(text)
    if match := _ISO.fullmatch(text):
        return int(match[1])
    if match := _DAY_FIRST.fullmatch(text):
        return int(match[4])
    match = _WORDS.fullmatch(text)
    return int(match[3]) if match else None


def day(cell: Cell, what: str, today: date, epoch: date, short_year: bool = False) -> date | None:
    """Return the date in the cell, or None when it is empty or says that there is none yet. Raises Unreadable.

    Taken are real dates, ISO, day-month-year with `-`, `/`, `.` or a Dutch month name, and serial day numbers
    counted from `epoch` within five years of `today`. Two digits of a year are only taken, as 20yy, with `short_year`.
    `what` is what a reason calls the date.
    """
    if is_nothing(cell):
        return None
    if isinstance(cell, date):
        return cell
    if isinstance(cell, str) and not re.fullmatch(r"\d{5}", cell, re.ASCII):
        return _written(cell, what, short_year)
    serial = int(cell) if isinstance(cell, str | int | float) and not isinstance(cell, bool) else 0
    if 0 < serial < 100_000:
        found = epoch + timedelta(days=serial)
        if abs(found.year - today.year) <= SERIAL_YEARS:
            return found
    raise Unreadable(f"De {what}{figure(cell)} is geen datum. {_EXAMPLE}")


def _written(text: str, what: str, short_year: bool) -> date:
    if match := _ISO.fullmatch(text):
        parts = int(match[1]), int(match[2]), int(match[3])
    elif match := _DAY_FIRST.fullmatch(text):
        if len(match[4]) == 2 and not short_year:
            raise Unreadable(f"De {what} {quoted(text)} heeft een jaar van twee cijfers. {_EXAMPLE}")
        parts = int(match[4]) + (2000 if len(match[4]) == 2 else 0), int(match[3]), int(match[1])
    elif (match := _WORDS.fullmatch(text)) and (month := MONTHS.get(match[2].lower())):
        parts = int(match[3]), month, int(match[1])
    else:
        raise Unreadable(f"De {what}{figure(text)} is geen datum. {_EXAMPLE}")
    try:
        return date(*parts)
    except ValueError:
        raise Unreadable(f"De {what} {quoted(text)} bestaat niet. {_EXAMPLE}") from None


def month_first(cell: Cell) -> bool:
    """Return whether a written date can only be month-day-year, as in American files ("03/25/2027")."""
    match = _DAY_FIRST.fullmatch(cell) if isinstance(cell, str) else None
    return match is not None and int(match[3]) > 12 >= int(match[1]) > 0


def either_order(cell: Cell) -> bool:
    """Return whether a written date would be another day, month first ("03/04/2027")."""
    match = _DAY_FIRST.fullmatch(cell) if isinstance(cell, str) else None
    return match is not None and int(match[1]) <= 12 and int(match[3]) <= 12 and match[1] != match[3]


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
        days = _length(cell.lower())
    if days is None or days < 1:
        raise Unreadable(f"De strafduur{figure(cell)} is onleesbaar. Vul het aantal dagen in, bijvoorbeeld 35.")
    if days > at_most:
        long = "een jaar" if at_most == DAYS_PER_YEAR else f"{at_most} dagen"
        raise Unreadable(
            f"De straf is langer dan {long} ({days} dagen) en valt buiten de aanpak. Haal de rij weg of verbeter haar."
        )
    return days


def _length(text: str) -> int | None:
    days = 0
    rest = re.sub(r"\s*(?:,|\+|\ben\b)\s*", " ", text).strip()
    while rest:
        match = _LENGTHS.match(rest)
        if match is None or (match[2] is None and match[0] != text):
            return None
        days += int(match[1]) * _DAYS[(match[2] or "d")[0]]
        rest = rest[match.end() :].strip()
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
    word = fold(str(cell))
    if word in _NOTHING or word in {"weet niet", "o", "onb"}:
        return None
    if word in _KNOWN or word in _UNKNOWN:
        return (_KNOWN | _UNKNOWN)[word]
    raise Unreadable("Bij bekend bij hulpverlening staat iets anders dan ja, nee of onbekend. Vul een daarvan in.")


def language(cell: Cell, default: str = "nl") -> str:
    """Return the code of a language, two letters where it has them (else three, as pap); raises Unreadable.

    A code or a Dutch or English name is taken; an empty cell gives `default`.
    """
    word = fold(str(cell)) if cell is not None else ""
    if word in _NOTHING:
        return default
    code = _languages().get(word) or _languages().get(word.split()[0] if len(word.split()[0]) in {2, 3} else "")
    if code is None:
        raise Unreadable("De taal is onbekend. Vul een code in, bijvoorbeeld nl, en of ar.")
    return code


@cache
def _languages() -> dict[str, str]:
    """The code of each language by code, Dutch name and English name (Unicode CLDR, through Babel)."""
    from babel import Locale

    codes: dict[str, str] = {}
    for names in (Locale("en").languages, Locale("nl").languages):
        for code, name in names.items():
            if re.fullmatch(r"[a-z]{2,3}", code):
                codes[fold(name)] = codes[code] = code
    return codes
