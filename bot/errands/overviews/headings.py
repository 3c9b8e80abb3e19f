"""The headings of an overview, found wherever they stand, and which columns are not understood."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from rapidfuzz import fuzz, process

from bot.errands.overviews.cells import Formula, Merged, OverviewError, Row, Sheet, column_letter, quoted
from conversations.content.headings import ListHeadings
from conversations.words.places import fold

FEWEST = 3  # known headings that make a row the headings of an overview
NEAR = 80.0  # percent alike from which a heading is proposed


@dataclass(frozen=True)
class Headings:
    """Where each field stands: `row` is the number of the row of headings, `columns` count from 0."""

    known: ListHeadings
    row: int
    columns: dict[str, int]
    ignored: frozenset[int]
    # Columns that are not known, with their headings: nothing of them is read, and somebody has to agree to that.
    unknown: dict[int, str]

    def label(self, column: int) -> str:
        """Return what a sentence calls the column: the name of its field, else its letter."""
        own = next((field for field, index in self.columns.items() if index == column), None)
        return self.known.heading(own) if own else f"kolom {column_letter(column)}"

    def stand_in(self, row: Row) -> bool:
        """Tell whether a row repeats the headings, as lists do that were made to be printed."""
        texts = {field: row.cells[at] for field, at in self.columns.items() if at < len(row.cells)}
        return (
            sum(isinstance(text, str) and self.known.column(fold(text)) == field for field, text in texts.items())
            >= FEWEST
        )


@dataclass(frozen=True)
class _Read:
    """A row of cells taken for headings."""

    row: Row
    fields: dict[str, list[int]]
    ignored: frozenset[int]
    refused: dict[str, str]
    unknown: dict[int, str]


def choose(sheets: Sequence[Sheet], known: ListHeadings) -> tuple[Sheet, Headings]:
    """Return the one sheet that is an overview, and its headings.

    Raises OverviewError when a sheet has a column that Voorzorg does not take, when no sheet or more than one is an
    overview, and when a heading is missing or double: with the names, so that they can be mended. Columns that are not
    known stand in the headings: nothing of them is read, and who brings the file in has to agree to that.
    """
    best = [(sheet, max(map(partial(_read, known), sheet.head), key=_weight, default=None)) for sheet in sheets]
    read = [(sheet, found) for sheet, found in best if found is not None and _weight(found) >= 2]
    for _, found in read:
        _refuse(found)
    overviews = [(sheet, found) for sheet, found in read if len(found.fields) >= FEWEST]
    if len(overviews) == 1 or (not overviews and len(read) == 1):
        sheet, found = (overviews or read)[0]
        return sheet, _settled(known, found, sheet.hidden_columns)
    names = ", ".join(sheet.said for sheet, _ in overviews) or ", ".join(sheet.said for sheet in sheets)
    if overviews:
        raise OverviewError(
            f"Meer dan één blad lijkt een overzicht: {names}. Bewaar één blad en stuur het bestand opnieuw."
        )
    where = f"Geen van de bladen ({names}) heeft" if len(sheets) > 1 else "Het bestand heeft"
    raise OverviewError(
        f"{where} de koppen van een overzicht. Nodig zijn: {', '.join(map(known.heading, known.required))}. "
        f"Zet ze in een van de eerste rijen en stuur het bestand opnieuw."
    )


def _weight(read: _Read) -> int:
    return len(read.fields) + len(read.refused)


def _read(known: ListHeadings, row: Row) -> _Read:
    fields: dict[str, list[int]] = {}
    ignored: set[int] = set()
    refused: dict[str, str] = {}
    unknown: dict[int, str] = {}
    for index, cell in enumerate(row.cells):
        if isinstance(cell, Merged):
            cell = cell.of  # headings in two rows: what stands beside a group is merged downwards
        if cell is None:
            continue
        text = cell.text if isinstance(cell, Formula) else str(cell)
        folded = fold(text)
        if (field := known.column(folded)) is not None:
            fields.setdefault(field, []).append(index)
        elif what := known.sensitive(folded):
            refused.setdefault(what, text)
        elif folded in known.left_out:
            ignored.add(index)
        else:
            unknown[index] = text
    return _Read(row, fields, frozenset(ignored), refused, unknown)


def _refuse(read: _Read) -> None:
    if read.refused:
        held = " en ".join(f"{what} (kolom {quoted(text)})" for what, text in read.refused.items())
        raise OverviewError(
            f"Het bestand bevat {held}. Voorzorg neemt die niet aan: er is niets ingelezen. Verwijder die kolommen, "
            "verwijder ook dit bericht met het bestand, en stuur het overzicht opnieuw."
        )


def _settled(known: ListHeadings, read: _Read, hidden: frozenset[int]) -> Headings:
    """Return the headings, or refuse them with everything that is wrong in one message."""
    faults: list[str] = []
    if missing := [known.heading(field) for field in known.required if field not in read.fields]:
        faults.append(f"Er ontbreekt: {', '.join(missing)}.")
    for field, columns in read.fields.items():
        if len(columns) > 1:
            letters = " en ".join(map(column_letter, columns))
            faults.append(f"{known.heading(field)} staat er meer dan één keer (kolom {letters}): houd er één over.")
        faults += [
            f"Kolom {column_letter(column)} ({known.heading(field)}) is verborgen: "
            "maak haar zichtbaar of verwijder haar."
            for column in columns
            if column in hidden
        ]
    if faults:
        for column, text in read.unknown.items():
            faults.append(
                f"De kop {quoted(text)} (kolom {column_letter(column)}) is onbekend{_meant(known, text, read)}."
            )
        there = ", ".join(known.heading(field) for field in read.fields)
        raise OverviewError(
            f"De koppen in rij {read.row.number} kloppen niet; er is niets ingelezen. {' '.join(faults)} "
            f"Wel gevonden: {there}. Pas de koppen aan en stuur het bestand opnieuw."
        )
    fields = {field: columns[0] for field, columns in read.fields.items()}
    unknown = {at: quoted(text)[1:-1] for at, text in read.unknown.items()}
    return Headings(known, read.row.number, fields, read.ignored, unknown)


def _meant(known: ListHeadings, text: str, read: _Read) -> str:
    free = [variant for variant, field in known.variants.items() if field not in read.fields]
    nearest = process.extractOne(fold(text), free, scorer=fuzz.ratio, score_cutoff=NEAR)
    return f"; bedoeld is misschien {known.heading(known.variants[nearest[0]])}" if nearest else ": verwijder die kolom"
