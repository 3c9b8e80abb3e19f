"""The headings of an overview, found wherever they stand, and which columns are not understood."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial, reduce

from rapidfuzz import fuzz, process

from bot.errands.overviews.cells import Formula, Merged, OverviewError, Row, Sheet, column_letter, quoted
from conversations.content.headings import ListHeadings
from conversations.words.places import fold
from conversations.words.reasons import Reason, Value, text, together

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

    def label(self, column: int) -> Value:
        """Return what a sentence calls the column: the name of its field, else its letter."""
        own = next((field for field, index in self.columns.items() if index == column), None)
        return self.known.heading(own) if own else text("column {letter}", letter=column_letter(column))

    def stand_in(self, row: Row) -> bool:
        """Tell whether a row repeats the headings, as lists do that were made to be printed."""
        cells = {field: row.cells[at] for field, at in self.columns.items() if at < len(row.cells)}
        return (
            sum(isinstance(cell, str) and self.known.column(fold(cell)) == field for field, cell in cells.items())
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
    names = _listed([sheet.said for sheet, _ in overviews] or [sheet.said for sheet in sheets])
    if overviews:
        raise OverviewError(
            text(
                "More than one sheet looks like an overview: {names}. Keep one sheet and send the file again.",
                names=names,
            )
        )
    none = (
        text("None of the sheets ({names}) has the headings of an overview.", names=names)
        if len(sheets) > 1
        else text("The file does not have the headings of an overview.")
    )
    needed = text(
        "Needed are: {headings}. Put them into one of the first rows and send the file again.",
        headings=", ".join(map(known.heading, known.required)),
    )
    raise OverviewError(together(none, needed))


def _listed(names: Sequence[Value]) -> Value:
    return reduce(lambda before, last: text("{before}, {last}", before=before, last=last), names)


def _both(names: Sequence[Value]) -> Value:
    return reduce(lambda before, last: text("{before} and {last}", before=before, last=last), names)


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
        heading = cell.text if isinstance(cell, Formula) else str(cell)
        folded = fold(heading)
        if (field := known.column(folded)) is not None:
            fields.setdefault(field, []).append(index)
        elif what := known.sensitive(folded):
            refused.setdefault(what, heading)
        elif folded in known.left_out:
            ignored.add(index)
        else:
            unknown[index] = heading
    return _Read(row, fields, frozenset(ignored), refused, unknown)


def _refuse(read: _Read) -> None:
    if read.refused:
        held = [
            text("{what} (column {heading})", what=what, heading=quoted(heading))
            for what, heading in read.refused.items()
        ]
        raise OverviewError(
            text(
                "The file holds {what}. Voorzorg does not take those: nothing was read in. Remove those columns, "
                "remove this message with the file too, and send the overview again.",
                what=_both(held),
            )
        )


def _settled(known: ListHeadings, read: _Read, hidden: frozenset[int]) -> Headings:
    """Return the headings, or refuse them with everything that is wrong in one message."""
    faults: list[Reason] = []
    if missing := [known.heading(field) for field in known.required if field not in read.fields]:
        faults.append(text("Missing: {headings}.", headings=", ".join(missing)))
    for field, columns in read.fields.items():
        if len(columns) > 1:
            twice = text("{heading} is there more than once (column {letters}): keep one of them.")
            letters = _both([column_letter(column) for column in columns])
            faults.append(twice.of(heading=known.heading(field), letters=letters))
        unseen = text("Column {letter} ({heading}) is hidden: make it visible or remove it.")
        faults += [
            unseen.of(letter=column_letter(column), heading=known.heading(field))
            for column in columns
            if column in hidden
        ]
    if faults:
        faults += [_strange(known, column, heading, read) for column, heading in read.unknown.items()]
        there = ", ".join(known.heading(field) for field in read.fields)
        raise OverviewError(
            together(
                text("The headings in row {row} are not right; nothing was read in.", row=read.row.number),
                *faults,
                text("Found were: {headings}. Mend the headings and send the file again.", headings=there),
            )
        )
    fields = {field: columns[0] for field, columns in read.fields.items()}
    unknown = {at: quoted(heading)[1:-1] for at, heading in read.unknown.items()}
    return Headings(known, read.row.number, fields, read.ignored, unknown)


def _strange(known: ListHeadings, column: int, heading: str, read: _Read) -> Reason:
    """Say of a heading that it is not known, and which one may be meant."""
    free = [variant for variant, field in known.variants.items() if field not in read.fields]
    nearest = process.extractOne(fold(heading), free, scorer=fuzz.ratio, score_cutoff=NEAR)
    said: dict[str, Value] = {"heading": quoted(heading), "letter": column_letter(column)}
    if nearest is None:
        return text("The heading {heading} (column {letter}) is not known: remove that column.", **said)
    return text(
        "The heading {heading} (column {letter}) is not known; what is meant is perhaps {meant}.",
        **said,
        meant=known.heading(known.variants[nearest[0]]),
    )
