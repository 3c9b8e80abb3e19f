"""Reading a row of an overview: accepted with clean values, or rejected with every reason and what to change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from bot.errands.overviews.cells import WINDOWS_EPOCH, Broken, Cell, Formula, Merged, Row, quoted
from bot.errands.overviews.headings import Headings
from bot.errands.overviews.row import Offer, OverviewRow, Rejection
from bot.errands.overviews.values import days, of_a_person
from bot.errands.overviews.values.languages import language as read_language
from bot.errands.overviews.values.unreadable import Unreadable, is_nothing, shown
from conversations.content.region import Region
from conversations.words.places import Found, Near
from conversations.words.reasons import Reason, ReasonError, text, together

# A recent date is a call-up whose outcome is still to be told; an older one is a typing error or a stale row.
PAST_DAYS = 92
FUTURE_YEARS = 5
# A list is sometimes dated to the day on which it will be discussed; months ahead is a mistake.
LIST_AHEAD_DAYS = 31
# Characters of a misspelt place that an offer repeats.
LONGEST_OFFER = 60

T = TypeVar("T")


class _MeantError(ReasonError):
    """A name of a place that is only near one: the sentence that says so, and what is offered."""

    def __init__(self, reason: Reason, offer: Offer) -> None:
        super().__init__(reason)
        self.offer = offer


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
            return Rejection(row.number, text("The row is empty. Remove the row, or fill it in."))
        if other := self._no_case(row):
            return Rejection(row.number, other)
        if strange := self._strange(row):
            return Rejection(row.number, together(*strange), self.number(row))
        reasons: list[Reason] = []
        offers: list[Offer] = []

        def take(read: Callable[[], T]) -> T | None:
            try:
                return read()
            except Unreadable as error:
                reasons.append(error.reason)
                return None

        def place(read: Callable[[], str | None]) -> str | None:
            try:
                return take(read)
            except _MeantError as error:
                reasons.append(error.reason)
                offers.append(error.offer)
                return error.offer.name

        number = take(lambda: of_a_person.case_number(self.cell(row, "number")))
        first = take(lambda: of_a_person.name(self.cell(row, "first_name"), text("first name")))
        last = take(lambda: self._last_name(row))
        year = take(lambda: of_a_person.birth_year(self.cell(row, "birth_year"), self.today))
        municipality = place(lambda: self._municipality(row))
        prison = place(lambda: self._prison(row))
        listed_on = take(lambda: self._listed_on(row))
        reporting = take(lambda: self._reporting_date(row, listed_on))
        sentence = take(
            lambda: of_a_person.sentence(self.cell(row, "sentence_days"), self.region.sentence_days_at_most)
        )
        known = take(lambda: of_a_person.known(self.cell(row, "known_to_care")))
        language = take(lambda: read_language(self.cell(row, "language"), self.headings.known.language_codes))
        district = take(lambda: of_a_person.district(self.cell(row, "district")))
        if len(reasons) > len(offers) or not (number and last and year and municipality and language):
            elsewhere = municipality is None and self.cell(row, "municipality") is not None
            return Rejection(row.number, together(*reasons), number or "", elsewhere=elsewhere)
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
            sentence_days=sentence,
            listed_on=listed_on,
            known_to_care=known,
            language=language,
            district=district or None,
        )
        if offers:
            return Rejection(row.number, together(*reasons), number, offers=tuple(offers), meant=read)
        return read

    def number(self, row: Row) -> str:
        """Return the case number of a row, or "" where it cannot be read."""
        try:
            return of_a_person.case_number(self.cell(row, "number"))
        except Unreadable:
            return ""

    def place(self, row: Row) -> str | None:
        """Return the municipality that a row names, or probably means; None where it cannot be told."""
        cell = self.cell(row, "municipality")
        if not isinstance(cell, str) or self.headings.stand_in(row):
            return None
        match = self.region.municipality(cell)
        return match.name if match is not None else None

    def _no_case(self, row: Row) -> Reason | None:
        """Say of a row that it is about nobody: headings once more, or a total or a remark below the list."""
        if self.headings.stand_in(row):
            return text("The row repeats the headings. Take the row out.")
        who = [self.cell(row, name) for name in ("number", "last_name", "birth_year", "municipality")]
        if sum(cell is not None for cell in who) <= 1 and not any(isinstance(cell, Broken | Formula) for cell in who):
            return text("The row is a total or a remark, or nearly empty. Fill it in, or take it out.")
        return None

    def _strange(self, row: Row) -> list[Reason]:
        """Return what makes a row not one to be read at all."""
        reasons: list[Reason] = []
        if row.hidden:
            reasons.append(text("The row is hidden in the file. Make it visible, or remove it."))
        columns = {*self.headings.columns.values(), *self.headings.ignored}
        for index, cell in enumerate(row.cells):
            if index in self.headings.unknown:
                continue  # not read, so nothing in it can be wrong
            column = self.headings.label(index)
            if isinstance(cell, Formula):
                reasons.append(text("At {column} stands a formula. Put the value itself there.", column=column))
            elif isinstance(cell, Merged):
                reasons.append(text("At {column} cells are merged. Split them and fill in each row.", column=column))
            elif isinstance(cell, Broken):
                broken = text("At {column} stands an error, a time or too long a text. Put the value itself there.")
                reasons.append(broken.of(column=column))
            elif cell is not None and index not in columns:
                astray = text(
                    "In {column} something stands, but that column has no heading. Put it under the right one."
                )
                reasons.append(astray.of(column=column))
        return reasons

    def _last_name(self, row: Row) -> str:
        last = of_a_person.name(self.cell(row, "last_name"), text("surname"))
        if not last:
            raise Unreadable(text("The surname is missing. Fill in the surname."))
        return " ".join(filter(None, (of_a_person.name(self.cell(row, "infix"), text("name")), last)))

    def _municipality(self, row: Row) -> str:
        cell = self.cell(row, "municipality")
        if cell is None:
            raise Unreadable(text("The municipality is missing. Fill in the municipality."))
        match self.region.municipality(str(cell)):
            case Found(name=name):
                return name
            case Near(name=name):
                raise _MeantError(
                    text(
                        "The municipality {said} is not known. What is meant is probably {meant}: change that.",
                        said=shown(cell),
                        meant=quoted(name),
                    ),
                    Offer("municipality", str(cell)[:LONGEST_OFFER], name),
                )
        raise Unreadable(
            text(
                "The municipality {said} lies outside the region {region}, or it is the name of a village. "
                "Write the municipality, or take the row out.",
                said=shown(cell),
                region=self.region.name,
            )
        )

    def _prison(self, row: Row) -> str | None:
        cell = self.cell(row, "prison")
        if cell is None or is_nothing(cell):
            return None
        match self.region.prison(str(cell)):
            case Found(name=name):
                return name
            case Near(name=name):
                raise _MeantError(
                    text(
                        "The prison {said} is not known. What is meant is probably {meant}: change that.",
                        said=shown(cell),
                        meant=quoted(name),
                    ),
                    Offer("prison", str(cell)[:LONGEST_OFFER], name),
                )
        raise Unreadable(
            text(
                "The prison {said} is not known. Write it as in the letter, for example {prison}, or leave the cell "
                "empty.",
                said=shown(cell),
                prison=quoted(self.region.prisons[0].name),
            )
        )

    def _listed_on(self, row: Row) -> date | None:
        day = self._day(row, "listed_on", text("date of the overview"))
        if day is not None and day > self.today + timedelta(days=LIST_AHEAD_DAYS):
            ahead = text("The date of the overview {said} lies in the future. Change the date.", said=shown(day))
            raise Unreadable(ahead)
        return day

    def _reporting_date(self, row: Row, listed_on: date | None) -> date | None:
        """Return the reporting date; one shortly before the list's own is a call-up whose outcome is unknown."""
        day = self._day(row, "reporting_date", text("reporting date"), short_year=True)
        if day is None:
            return None
        if day < (listed_on or self.today) - timedelta(days=PAST_DAYS):
            raise Unreadable(
                text(
                    "The reporting date {said} lies long in the past. Change the date or take the row out.",
                    said=shown(day),
                )
            )
        if day.year > self.today.year + FUTURE_YEARS:
            ahead = text("The reporting date {said} lies too far in the future. Change the date.", said=shown(day))
            raise Unreadable(ahead)
        return day

    def _day(self, row: Row, name: str, what: Reason, short_year: bool = False) -> date | None:
        cell = self.cell(row, name)
        day = days.day(cell, what, self.today, self.epoch, short_year)
        if name in self.doubtful and days.either_order(cell):
            raise Unreadable(
                text(
                    "The {what} {said} can be read in two ways: elsewhere in this column the month comes first. "
                    "Write the month as a word, for example 3 April 2027.",
                    what=what,
                    said=shown(cell),
                )
            )
        return day
