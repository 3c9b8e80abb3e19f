"""A sheet as it was read: rows of cells with plain values, and nothing in them that could run or hide."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from conversations.words.reasons import ReasonError, Value, text
from conversations.words.typed import capped

FILLED_ROWS_AT_MOST = 20_000
EMPTY_ROWS_AT_MOST = 200  # in a row, with filled rows after them
COLUMNS_AT_MOST = 200
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384  # of any spreadsheet
HEAD_ROWS = 20  # where the headings are looked for

LONGEST_TEXT = 1000  # characters in a cell; beyond it the text is not even looked at

WINDOWS_EPOCH = date(1899, 12, 30)

# How a workbook writes a character that XML cannot hold ("_x000D_"), and the underscore of such a text itself.
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
# Errors that spreadsheet programs show, when they came along as text: #N/B, #VERW!, #DEEL/0!, Err:502, and columns that
# were too narrow (####). Of any language: a word of capitals with ! or ? behind it.
_ERROR = re.compile(
    r"(?<![^\s(\"'])(?:#[A-ZÀ-Ý][A-ZÀ-Ý_/0-9]*[!?]|#(?:N/?[ABDV]|GETTING_DATA|GEGEVENS_OPHALEN)(?![A-Z])|##+"
    r"|(?:Err|Fout):\d{3})(?!\w)",
    re.IGNORECASE,
)
# Letters and signs that show nothing, so that a name of them only looks empty; and marks that only say how to draw.
_BLANKS: dict[int, str | None] = {
    **dict.fromkeys(map(ord, "\u115f\u1160\u3164\uffa0\u2800"), " "),
    **dict.fromkeys([0x034F, 0x17B4, 0x17B5, *range(0x180B, 0x1810), *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)]),
}


class OverviewError(ReasonError):
    """The file is refused whole: its reason says why and what to do, without any person's data."""


@dataclass(frozen=True, slots=True)
class Formula:
    """A cell that would be worked out: never evaluated. `text` is only looked at for what must not be here."""

    text: str


@dataclass(frozen=True, slots=True)
class Broken:
    """A cell that shows an error (#N/A), or whose value is too long or no text, number or date."""

    # What stood there, where it was an error written as text: it helps who has to find it.
    text: str = ""


@dataclass(frozen=True, slots=True)
class Merged(Broken):
    """A cell that the one above it was merged with: `of` is what stands there, and is not taken for this row."""

    of: Cell = None


Cell = str | int | float | date | Formula | Broken | None


@dataclass(frozen=True, slots=True)
class Row:
    """A row; `number` is what the spreadsheet program shows beside it, from 1; `hidden`: it does not show it."""

    number: int
    cells: tuple[Cell, ...]
    hidden: bool = False

    @property
    def empty(self) -> bool:
        """Whether no cell holds anything."""
        return all(cell is None or isinstance(cell, Merged) for cell in self.cells)


@dataclass(frozen=True)
class Sheet:
    """A sheet: its first rows, and `read` for all of them; `epoch` is the day from which its day numbers count.

    `hidden`: the spreadsheet program does not show it; `hidden_columns` it does not show of it, from 0.
    """

    name: str
    head: list[Row]
    read: Callable[[], list[Row]]
    epoch: date = WINDOWS_EPOCH
    hidden: bool = False
    hidden_columns: frozenset[int] = frozenset()

    @property
    def said(self) -> Value:
        """What a sentence calls the sheet."""
        return text("{sheet} (hidden)", sheet=quoted(self.name)) if self.hidden else quoted(self.name)


def clean(text: str) -> str:
    """Return `text` in NFC on one line, without control, direction and zero-width characters and piled-up marks."""
    if not (text.isascii() and text.isprintable()):
        text = text.translate(_BLANKS)
        text = "".join(
            " " if c.isspace() else "" if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Co"} else c for c in text
        )
        text = capped(unicodedata.normalize("NFC", text))
    return " ".join(text.split())


def text_cell(text: str) -> Cell:
    """Return the cell of a text: None when nothing is left of it, a formula when a spreadsheet might run it.

    What a spreadsheet program shows instead of a value (#N/B) is none, also when it came along as text.
    """
    if len(text) > LONGEST_TEXT:
        return Broken()
    text = clean(unescaped(text))
    if _ERROR.search(text):
        return Broken(text)
    # With an apostrophe too: so it stands in the file of rejected rows (bot/errands/documents/tabling.py).
    if text.startswith(("=", "'=")):
        return Formula(text)
    return text or None


def unescaped(text: str) -> str:
    """Return a text with the characters that a workbook wrote as their numbers."""
    if "_x" not in text:
        return text
    text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    # Beyond the first 65,536 they come in halves; half a one is none.
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def column_letter(index: int) -> str:
    """Return the letters that a spreadsheet shows above the column, counted from 0."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def quoted(text: str) -> str:
    """Return `text` in quotes for a sentence, cut where it is long."""
    return f'"{text if len(text) <= 40 else text[:39] + "…"}"'


def filled(rows: Iterable[Row]) -> list[Row]:
    """Return `rows` up to the last filled one.

    Raises OverviewError when there are too many, or when rows stand so far below the others that nobody sees them.
    """
    kept: list[Row] = []
    waiting: list[Row] = []
    count = 0
    for row in rows:
        if row.empty:
            # Beyond the limit only their number matters: a million styled empty rows must not fill the memory.
            if len(waiting) <= EMPTY_ROWS_AT_MOST:
                waiting.append(row)
            continue
        if len(waiting) > EMPTY_ROWS_AT_MOST and kept:
            raise OverviewError(
                text(
                    "Below row {last} there are more than {most} empty rows, and in row {row} something stands again. "
                    "Remove the empty rows and send the file again.",
                    last=kept[-1].number,
                    most=EMPTY_ROWS_AT_MOST,
                    row=row.number,
                )
            )
        kept += waiting
        waiting = []
        kept.append(row)
        count += 1
        if count > FILLED_ROWS_AT_MOST:
            raise OverviewError(
                text(
                    "The file has more than {thousands},000 filled rows. "
                    "Split it into smaller files and send those one by one.",
                    thousands=FILLED_ROWS_AT_MOST // 1000,
                )
            )
    return kept
