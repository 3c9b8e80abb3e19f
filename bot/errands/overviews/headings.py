"""The headings of an overview, found wherever they stand, and which columns are not understood."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from rapidfuzz import fuzz, process

from bot.errands.overviews.cells import Formula, Merged, OverviewError, Row, Sheet, column_letter, quoted
from conversations.words.places import fold

FEWEST = 3  # known headings that make a row the headings of an overview
NEAR = 80.0  # percent alike from which a heading is proposed


@dataclass(frozen=True)
class Headings:
    """Where each field stands: `row` is the number of the row of headings, `columns` count from 0."""

    row: int
    columns: dict[str, int]
    ignored: frozenset[int]
    # Columns that are not known, with their headings: nothing of them is read, and somebody has to agree to that.
    unknown: dict[int, str]

    def label(self, column: int) -> str:
        """Return what a sentence calls the column: the name of its field, else its letter."""
        own = next((field for field, index in self.columns.items() if index == column), None)
        return heading(own) if own else f"kolom {column_letter(column)}"

    def stand_in(self, row: Row) -> bool:
        """Tell whether a row repeats the headings, as lists do that were made to be printed."""
        texts = {field: row.cells[at] for field, at in self.columns.items() if at < len(row.cells)}
        return sum(isinstance(text, str) and _field(fold(text)) == field for field, text in texts.items()) >= FEWEST


@dataclass(frozen=True)
class _Read:
    """A row of cells taken for headings."""

    row: Row
    fields: dict[str, list[int]]
    ignored: frozenset[int]
    refused: dict[str, str]
    unknown: dict[int, str]


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads((resources.files("bot.errands.overviews") / "headings.toml").read_text(encoding="utf-8"))


@cache
def _variants() -> dict[str, str]:
    fields = _words()["fields"].items()
    return {fold(text): name for name, field in fields for text in (field["heading"], *field.get("also", ()))}


@cache
def _joined() -> dict[str, str]:
    """The variants without spaces: a heading may be broken over two lines anywhere."""
    return {variant.replace(" ", ""): field for variant, field in _variants().items()}


@cache
def _left_out() -> frozenset[str]:
    return frozenset(map(fold, _words()["ignored"]["headings"]))


def _field(folded: str) -> str | None:
    """Return the field that a folded heading names, also with a word beside it that says how to fill it in."""
    if found := _variants().get(folded) or _joined().get(folded.replace(" ", "")):
        return found
    hints = _words()["hints"]
    bare = " ".join(word for word in folded.split() if word not in hints["words"])
    found = _variants().get(bare)
    return found if found in hints["fields"] else None


def heading(field: str) -> str:
    """Return what messages call the column of `field`."""
    return str(_words()["fields"][field]["heading"])


def language_names() -> dict[str, str]:
    """Return the codes of languages by names that lists use and the Unicode tables do not have."""
    return {str(name): str(code) for name, code in _words()["languages"].items()}


def choose(sheets: Sequence[Sheet]) -> tuple[Sheet, Headings]:
    """Return the one sheet that is an overview, and its headings.

    Raises OverviewError when a sheet has a column that Voorzorg does not take, when no sheet or more than one is an
    overview, and when a heading is missing or double: with the names, so that they can be mended. Columns that are not
    known stand in the headings: nothing of them is read, and who brings the file in has to agree to that.
    """
    best = [(sheet, max(map(_read, sheet.head), key=_weight, default=None)) for sheet in sheets]
    read = [(sheet, found) for sheet, found in best if found is not None and _weight(found) >= 2]
    for _, found in read:
        _refuse(found)
    overviews = [(sheet, found) for sheet, found in read if len(found.fields) >= FEWEST]
    if len(overviews) == 1 or (not overviews and len(read) == 1):
        sheet, found = (overviews or read)[0]
        return sheet, _settled(found, sheet.hidden_columns)
    names = ", ".join(sheet.said for sheet, _ in overviews) or ", ".join(sheet.said for sheet in sheets)
    if overviews:
        raise OverviewError(
            f"Meer dan één blad lijkt een overzicht: {names}. Bewaar één blad en stuur het bestand opnieuw."
        )
    where = f"Geen van de bladen ({names}) heeft" if len(sheets) > 1 else "Het bestand heeft"
    raise OverviewError(
        f"{where} de koppen van een overzicht. Nodig zijn: {', '.join(map(heading, _required()))}. "
        f"Zet ze in een van de eerste rijen en stuur het bestand opnieuw."
    )


def _required() -> list[str]:
    return [name for name, field in _words()["fields"].items() if field.get("required")]


def _weight(read: _Read) -> int:
    return len(read.fields) + len(read.refused)


def _read(row: Row) -> _Read:
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
        if (field := _field(folded)) is not None:
            fields.setdefault(field, []).append(index)
        elif what := _sensitive(folded):
            refused.setdefault(what, text)
        elif folded in _left_out():
            ignored.add(index)
        else:
            unknown[index] = text
    return _Read(row, fields, frozenset(ignored), refused, unknown)


def _sensitive(folded: str) -> str | None:
    joined, words = folded.replace(" ", ""), set(folded.split())
    for group in _words()["refused"]:
        if words & set(group["words"]) or any(part in joined for part in group["contains"]):
            return str(group["what"])
    return None


def _refuse(read: _Read) -> None:
    if read.refused:
        held = " en ".join(f"{what} (kolom {quoted(text)})" for what, text in read.refused.items())
        raise OverviewError(
            f"Het bestand bevat {held}. Voorzorg neemt die niet aan: er is niets ingelezen. Verwijder die kolommen, "
            "verwijder ook dit bericht met het bestand, en stuur het overzicht opnieuw."
        )


def _settled(read: _Read, hidden: frozenset[int]) -> Headings:
    """Return the headings, or refuse them with everything that is wrong in one message."""
    faults: list[str] = []
    if missing := [heading(field) for field in _required() if field not in read.fields]:
        faults.append(f"Er ontbreekt: {', '.join(missing)}.")
    for field, columns in read.fields.items():
        if len(columns) > 1:
            letters = " en ".join(map(column_letter, columns))
            faults.append(f"{heading(field)} staat er meer dan één keer (kolom {letters}): houd er één over.")
        faults += [
            f"Kolom {column_letter(column)} ({heading(field)}) is verborgen: maak haar zichtbaar of verwijder haar."
            for column in columns
            if column in hidden
        ]
    if faults:
        for column, text in read.unknown.items():
            faults.append(f"De kop {quoted(text)} (kolom {column_letter(column)}) is onbekend{_meant(text, read)}.")
        known = ", ".join(heading(field) for field in read.fields)
        raise OverviewError(
            f"De koppen in rij {read.row.number} kloppen niet; er is niets ingelezen. {' '.join(faults)} "
            f"Wel gevonden: {known}. Pas de koppen aan en stuur het bestand opnieuw."
        )
    fields = {field: columns[0] for field, columns in read.fields.items()}
    unknown = {at: quoted(text)[1:-1] for at, text in read.unknown.items()}
    return Headings(read.row.number, fields, read.ignored, unknown)


def _meant(text: str, read: _Read) -> str:
    free = [variant for variant, field in _variants().items() if field not in read.fields]
    nearest = process.extractOne(fold(text), free, scorer=fuzz.ratio, score_cutoff=NEAR)
    return f"; bedoeld is misschien {heading(_variants()[nearest[0]])}" if nearest else ": verwijder die kolom"
