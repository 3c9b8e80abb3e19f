"""An overview of self-reporters, read: every row of the file is either accepted or rejected with a reason.

A file that holds what Voorzorg does not take is refused whole. Columns that are not understood are left out, and named:
nothing is taken over before somebody has agreed to that (`Overview.left_out`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from bot.errands.overviews.cells import Broken, Cell, Formula, OverviewError, Row
from bot.errands.overviews.headings import Headings, choose
from bot.errands.overviews.row import Offer, OverviewRow, Rejection
from bot.errands.overviews.row_reader import RowReader
from bot.errands.overviews.sheets import read_sheets
from bot.errands.overviews.values.days import month_first
from conversations.content.headings import ListHeadings
from conversations.content.region import Region
from conversations.shared.import_result import REASON
from conversations.words.places import fold
from conversations.words.reasons import text, together

__all__ = ["Offer", "Overview", "OverviewError", "OverviewRow", "Rejection", "read_overview"]

_NINE = re.compile(r"(?<![\d.+-])(?:\d{9}|\d{3}[. ]\d{3}[. ]\d{3}|\d{4}[. ]\d{2}[. ]\d{3})(?!\d)", re.ASCII)
_BSN = text(
    "{where} there is a citizen service number. Voorzorg does not take those: nothing was read in. Remove that "
    "number, remove this message with the file too, and send the overview again."
)
_SAME_PERSON = text(
    "This person stands in row {row} already: the same name, year of birth and municipality. Take the row out, "
    "or add a second call-up by hand."
)


@dataclass(frozen=True)
class Overview:
    """A file that was read. `sheet` is the name of the sheet used, "" for a .csv file.

    `numbers` are the case numbers of all rows, rejected ones too: a case whose row was rejected is still on the list.
    `part`: it is a file of refused rows that was mended, so who is not in it may well stand on the list.
    """

    rows: tuple[OverviewRow, ...]
    rejected: tuple[Rejection, ...]
    sheet: str
    numbers: frozenset[str]
    headings: tuple[str, ...] = ()
    part: bool = False
    # The headings of columns that are not known: nothing of them is in here, and somebody has to agree to that.
    left_out: tuple[str, ...] = ()
    # The municipalities that its rows name, rejected ones too: only there can somebody be missing from it.
    places: frozenset[str] = frozenset()

    def offers(self) -> list[Offer]:
        """Return the names of places that were probably meant, each once, in the order of the rows."""
        return list(dict.fromkeys(offer for rejection in self.rejected for offer in rejection.offers))

    def accepting(self, offers: Iterable[Offer]) -> Overview:
        """Return the overview with these names taken for what was meant: rows with nothing else wrong count."""
        taken = frozenset(offers)
        people = {_person(row): row.row for row in self.rows}
        rows, rejected = list(self.rows), []
        for rejection in self.rejected:
            row = rejection.meant
            if row is None or not taken.issuperset(rejection.offers):
                rejected.append(rejection)
            elif (same := people.setdefault(_person(row), row.row)) != row.row:
                rejected.append(replace(rejection, reason=_SAME_PERSON.of(row=same), offers=(), meant=None))
            else:
                rows.append(row)
        rows.sort(key=lambda row: row.row)
        return replace(self, rows=tuple(rows), rejected=tuple(rejected))


def read_overview(data: bytes, filename: str, region: Region, today: date, known: ListHeadings) -> Overview:
    """Return the overview in `data`, the bytes of an .xlsx or .csv file.

    `filename` only serves to notice a file that is not what it is called; `today` is the local date, against which
    years of birth and dates are judged; `known` are the headings that lists use.
    Raises OverviewError when the file is refused whole; its reason says what to do and holds nobody's data.
    """
    sheet, headings = choose(read_sheets(data, filename), known)
    rows = sheet.read()
    _refuse_citizen_numbers(rows, headings)
    body = [row for row in rows if row.number > headings.row]
    if not body:
        raise OverviewError(
            text("Below the headings there is not a single row. Look the overview over and send it again.")
        )
    reader = RowReader(headings, region, today, sheet.epoch, _doubtful(body, headings))
    accepted, rejected, numbers = _without_doubles(reader, body)
    stands = {row.number: _texts(row, headings) for row in rows}
    return Overview(
        tuple(accepted),
        tuple(replace(rejection, cells=stands[rejection.row]) for rejection in rejected),
        sheet.name,
        frozenset(numbers),
        stands[headings.row],
        fold(REASON) in map(fold, stands[headings.row]),
        tuple(headings.unknown.values()),
        frozenset(place for row in body if (place := reader.place(row))),
    )


def _texts(row: Row, headings: Headings) -> tuple[str, ...]:
    """Return the cells of a row as they read, for whoever has to mend it; nothing of columns that are not known."""

    def as_read(cell: Cell) -> str:
        if isinstance(cell, date):
            return f"{cell.day}-{cell.month}-{cell.year}"
        if cell is None:
            return ""
        return cell.text if isinstance(cell, Broken | Formula) else str(cell)

    return tuple(as_read(cell) for at, cell in enumerate(row.cells) if at not in headings.unknown)


def _person(row: OverviewRow) -> tuple[str, str, int, str]:
    return fold(row.first_name), fold(row.last_name), row.birth_year, row.municipality


def _without_doubles(
    reader: RowReader, body: Iterable[Row]
) -> tuple[list[OverviewRow], list[Rejection], dict[str, int]]:
    """Read the rows; the first of two with one case number, or with one person, is the one that counts."""
    accepted: list[OverviewRow] = []
    rejected: list[Rejection] = []
    numbers: dict[str, int] = {}
    people: dict[tuple[str, str, int, str], int] = {}
    for row in body:
        number = "" if row.empty else reader.number(row)
        first = numbers.setdefault(number, row.number) if number else row.number
        read = reader.read(row)
        if first != row.number:
            reason = text("This case number stands in row {row} already. Keep one of the two rows.", row=first)
            others = [read.reason] if isinstance(read, Rejection) else []
            rejected.append(Rejection(row.number, together(reason, *others), number))
        elif isinstance(read, Rejection):
            rejected.append(read)
        else:
            same = people.setdefault(_person(read), row.number)
            if same != row.number:
                rejected.append(Rejection(row.number, _SAME_PERSON.of(row=same), number))
            else:
                accepted.append(read)
    return accepted, rejected, numbers


def _doubtful(body: Iterable[Row], headings: Headings) -> frozenset[str]:
    dates = {field: headings.columns[field] for field in ("reporting_date", "listed_on") if field in headings.columns}
    cells = ((field, row.cells[column]) for row in body for field, column in dates.items() if column < len(row.cells))
    return frozenset(field for field, cell in cells if month_first(cell))


def _refuse_citizen_numbers(rows: Iterable[Row], headings: Headings) -> None:
    """Refuse the file when a cell holds a citizen service number, or the case numbers all are such numbers.

    One case number in eleven passes the test by chance, so a single one proves nothing in its own column.
    """
    own = headings.columns["number"]
    nines: list[bool] = []
    where = text("In row {row} at {column}")
    for row in rows:
        for index, cell in enumerate(row.cells):
            found = _nine_digits(cell)
            if index == own and row.number > headings.row:
                nines += [_passes(digits) for digits in found]
            elif any(map(_passes, found)):
                raise OverviewError(_BSN.of(where=where.of(row=row.number, column=headings.label(index))))
    if len(nines) > 1 and all(nines):
        raise OverviewError(_BSN.of(where=text("At {column}", column=headings.label(own))))


def _nine_digits(cell: Cell) -> list[str]:
    if isinstance(cell, Broken | Formula):
        cell = cell.text
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        cell = str(int(cell))
    return [re.sub(r"\D", "", found) for found in _NINE.findall(cell)] if isinstance(cell, str) else []


def _passes(digits: str) -> bool:
    """Return whether nine digits pass the eleven-test of citizen service numbers: weights 9 to 2, the last -1."""
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    total = sum(weight * int(digit) for weight, digit in zip(weights, digits, strict=True))
    return total % 11 == 0 and digits != "000000000"
