"""One row of an overview: accepted with clean values, or rejected with every reason and what to change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TypeVar

from bot.errands.overviews import values
from bot.errands.overviews.cells import WINDOWS_EPOCH, Broken, Cell, Formula, Merged, Row, quoted
from bot.errands.overviews.headings import Headings
from bot.errands.overviews.languages import language as read_language
from bot.errands.overviews.values import Unreadable, shown
from conversations.content.region import Region
from conversations.words.places import Found, Near

# A recent date is a call-up whose outcome is still to be told; an older one is a typing error or a stale row.
PAST_DAYS = 92
FUTURE_YEARS = 5
# A list is sometimes dated to the day on which it will be discussed; months ahead is a mistake.
LIST_AHEAD_DAYS = 31
# Characters of a misspelt place that an offer repeats.
LONGEST_OFFER = 60

T = TypeVar("T")


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
    # Only says who takes the case (bot/errands/overviews/into_cases.py); it is not kept.
    district: str | None = None


class _MeantError(Exception):
    """A name of a place that is only near one: the sentence that says so, and what is offered."""

    def __init__(self, sentence: str, offer: Offer) -> None:
        super().__init__(sentence)
        self.offer = offer


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
    reason: str
    number: str = ""
    cells: tuple[str, ...] = field(default=(), repr=False)
    offers: tuple[Offer, ...] = ()
    meant: OverviewRow | None = field(default=None, repr=False)
    # Its municipality is none of the region: it may be for somebody elsewhere.
    elsewhere: bool = False


@dataclass(frozen=True)
class RowReader:
    """Reads rows against what holds for the whole file.

    `epoch` is the day that serial numbers count from; `doubtful` names the date fields in which the file also has a
    month-first date, so that 03/04/2027 could be either.
    """

    headings: Headings
    region: Region
    today: date
    epoch: date = WINDOWS_EPOCH
    doubtful: frozenset[str] = frozenset()

    def cell(self, row: Row, name: str) -> Cell:
        """Return the cell of a field, None where the overview has no such column."""
        column = self.headings.columns.get(name)
        return row.cells[column] if column is not None and column < len(row.cells) else None

    def read(self, row: Row) -> OverviewRow | Rejection:
        """Return the row read, or its rejection with every reason that it has."""
        if row.empty:
            return Rejection(row.number, "De rij is leeg. Verwijder de rij, of vul haar in.")
        if other := self._no_case(row):
            return Rejection(row.number, other)
        if strange := self._strange(row):
            return Rejection(row.number, " ".join(strange), self.number(row))
        reasons: list[str] = []
        offers: list[Offer] = []

        def take(read: Callable[[], T]) -> T | None:
            try:
                return read()
            except Unreadable as error:
                reasons.append(str(error))
                return None

        def place(read: Callable[[], str | None]) -> str | None:
            try:
                return take(read)
            except _MeantError as error:
                reasons.append(str(error))
                offers.append(error.offer)
                return error.offer.name

        number = take(lambda: values.case_number(self.cell(row, "number")))
        first = take(lambda: values.name(self.cell(row, "first_name"), "roepnaam"))
        last = take(lambda: self._last_name(row))
        year = take(lambda: values.birth_year(self.cell(row, "birth_year"), self.today))
        municipality = place(lambda: self._municipality(row))
        prison = place(lambda: self._prison(row))
        listed_on = take(lambda: self._listed_on(row))
        reporting = take(lambda: self._reporting_date(row, listed_on))
        days = take(lambda: values.sentence(self.cell(row, "sentence_days"), self.region.sentence_days_at_most))
        known = take(lambda: values.known(self.cell(row, "known_to_care")))
        language = take(lambda: read_language(self.cell(row, "language"), self.headings.known.language_codes))
        district = take(lambda: values.district(self.cell(row, "district")))
        if len(reasons) > len(offers) or not (number and last and year and municipality and language):
            elsewhere = municipality is None and self.cell(row, "municipality") is not None
            return Rejection(row.number, " ".join(reasons), number or "", elsewhere=elsewhere)
        read = OverviewRow(
            row=row.number,
            number=number,
            first_name=first or "",
            last_name=last,
            birth_year=year,
            municipality=municipality,
            province=self.region.province_of(municipality),
            prison=prison,
            reporting_date=reporting,
            sentence_days=days,
            listed_on=listed_on,
            known_to_care=known,
            language=language,
            district=district or None,
        )
        if offers:
            return Rejection(row.number, " ".join(reasons), number, offers=tuple(offers), meant=read)
        return read

    def number(self, row: Row) -> str:
        """Return the case number of a row, or "" where it cannot be read."""
        try:
            return values.case_number(self.cell(row, "number"))
        except Unreadable:
            return ""

    def place(self, row: Row) -> str | None:
        """Return the municipality that a row names, or probably means; None where it cannot be told."""
        cell = self.cell(row, "municipality")
        if not isinstance(cell, str) or self.headings.stand_in(row):
            return None
        match = self.region.municipality(cell)
        return match.name if match is not None else None

    def _no_case(self, row: Row) -> str:
        """Say of a row that it is about nobody: headings once more, or a total or a remark below the list."""
        if self.headings.stand_in(row):
            return "De rij herhaalt de koppen. Haal de rij weg."
        who = [self.cell(row, name) for name in ("number", "last_name", "birth_year", "municipality")]
        if sum(cell is not None for cell in who) <= 1 and not any(isinstance(cell, Broken | Formula) for cell in who):
            return "De rij is een totaal of een opmerking, of bijna leeg. Vul haar in, of haal haar weg."
        return ""

    def _strange(self, row: Row) -> list[str]:
        """Return what makes a row not one to be read at all."""
        reasons: list[str] = []
        if row.hidden:
            reasons.append("De rij is verborgen in het bestand. Maak haar zichtbaar, of verwijder haar.")
        columns = {*self.headings.columns.values(), *self.headings.ignored}
        for index, cell in enumerate(row.cells):
            if index in self.headings.unknown:
                continue  # not read, so nothing in it can be wrong
            if isinstance(cell, Formula):
                reasons.append(f"Bij {self.headings.label(index)} staat een formule. Zet daar de waarde zelf neer.")
            elif isinstance(cell, Merged):
                reasons.append(
                    f"Bij {self.headings.label(index)} zijn cellen samengevoegd. Splits ze en vul elke rij in."
                )
            elif isinstance(cell, Broken):
                reasons.append(
                    f"Bij {self.headings.label(index)} staat een foutmelding, een tijd of een te lange tekst. "
                    "Zet daar de waarde zelf neer."
                )
            elif cell is not None and index not in columns:
                reasons.append(
                    f"In {self.headings.label(index)} staat iets, maar die kolom heeft geen kop. "
                    "Zet het onder de juiste kop."
                )
        return reasons

    def _last_name(self, row: Row) -> str:
        last = values.name(self.cell(row, "last_name"), "achternaam")
        if not last:
            raise Unreadable("De achternaam ontbreekt. Vul de achternaam in.")
        return " ".join(filter(None, (values.name(self.cell(row, "infix"), "naam"), last)))

    def _municipality(self, row: Row) -> str:
        cell = self.cell(row, "municipality")
        if cell is None:
            raise Unreadable("De gemeente ontbreekt. Vul de gemeente in.")
        match self.region.municipality(str(cell)):
            case Found(name=name):
                return name
            case Near(name=name):
                raise _MeantError(
                    f"De gemeente {shown(cell)} is onbekend. Bedoeld is waarschijnlijk {quoted(name)}: pas dat aan.",
                    Offer("municipality", str(cell)[:LONGEST_OFFER], name),
                )
        raise Unreadable(
            f"De gemeente {shown(cell)} ligt buiten de regio {self.region.name}, of het is de naam van een dorp. "
            "Schrijf de gemeente, of haal de rij weg."
        )

    def _prison(self, row: Row) -> str | None:
        cell = self.cell(row, "prison")
        if cell is None or values.is_nothing(cell):
            return None
        match self.region.prison(str(cell)):
            case Found(name=name):
                return name
            case Near(name=name):
                raise _MeantError(
                    f"De gevangenis {shown(cell)} is onbekend. Bedoeld is waarschijnlijk {quoted(name)}: pas dat aan.",
                    Offer("prison", str(cell)[:LONGEST_OFFER], name),
                )
        raise Unreadable(
            f"De gevangenis {shown(cell)} is onbekend. Schrijf haar zoals in de brief, bijvoorbeeld "
            f"{quoted(self.region.prisons[0].name)}, of laat de cel leeg."
        )

    def _listed_on(self, row: Row) -> date | None:
        day = self._day(row, "listed_on", "datum van het overzicht")
        if day is not None and day > self.today + timedelta(days=LIST_AHEAD_DAYS):
            raise Unreadable(f"De datum van het overzicht {shown(day)} ligt in de toekomst. Pas de datum aan.")
        return day

    def _reporting_date(self, row: Row, listed_on: date | None) -> date | None:
        """Return the reporting date; one shortly before the list's own is a call-up whose outcome is unknown."""
        day = self._day(row, "reporting_date", "melddatum", short_year=True)
        if day is None:
            return None
        if day < (listed_on or self.today) - timedelta(days=PAST_DAYS):
            raise Unreadable(
                f"De melddatum {shown(day)} ligt lang in het verleden. Pas de datum aan of haal de rij weg."
            )
        if day.year > self.today.year + FUTURE_YEARS:
            raise Unreadable(f"De melddatum {shown(day)} ligt te ver in de toekomst. Pas de datum aan.")
        return day

    def _day(self, row: Row, name: str, what: str, short_year: bool = False) -> date | None:
        cell = self.cell(row, name)
        day = values.day(cell, what, self.today, self.epoch, short_year)
        if name in self.doubtful and values.either_order(cell):
            raise Unreadable(
                f"De {what} {shown(cell)} is dubbelzinnig: elders in deze kolom staat de maand vooraan. "
                "Schrijf de maand als woord, bijvoorbeeld 3 april 2027."
            )
        return day
