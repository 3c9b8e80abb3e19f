"""Delimited text: an overview saved as text, its encoding and delimiter found out, or refused; never a garbled name."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from io import StringIO
from itertools import islice

from bot.errands.overviews.cells import (
    COLUMNS_AT_MOST,
    HEAD_ROWS,
    LAST_COLUMN,
    LAST_ROW,
    Cell,
    OverviewError,
    Row,
    Sheet,
    filled,
    text_cell,
)
from conversations.words.reasons import text

DELIMITERS = ";,\t"
FIELD_AT_MOST = 10_000  # characters

# What UTF-8 read as Windows-1252 looks like ("MÃ¼ller"), and accents of old DOS and Mac files ("Andr‚", "AndrŽ").
_GARBLED = re.compile(
    "[ÂÃÄÅ][\u0080-\u00bf‚ƒ„…†‡ˆ‰‹Œ‘’“”•–—˜™›œŸ€Šš]"
    r"|[^\W\d_][‚ƒ„†‡ˆ‰‹›•¡-©«-¯±¶¸»¿×÷][^\W\d_]|[a-zß-ÿ][‚ŽŸŠŒ]|\ufffd"
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")

_ENCODING = text(
    "The letters in the file cannot be read. Save it as .xlsx, or as .csv with the choice UTF-8, and send it again."
)
_SHAPE = text("The file is no table that can be read. Save the overview as .xlsx and send it again.")


def read_delimited(data: bytes) -> Sheet:
    """Return the one sheet of the text table in `data`; its name is empty.

    Taken are UTF-8, UTF-16 and Windows-1252, with semicolons, commas or tabs. Raises OverviewError for anything else.
    """
    table = decode(data)
    try:
        rows = filled(Row(number, _cells(values)) for number, values in enumerate(_table(table), 1))
    except csv.Error as error:
        raise OverviewError(_SHAPE) from error
    return Sheet("", rows[:HEAD_ROWS], lambda: rows)


def _cells(values: list[str]) -> tuple[Cell, ...]:
    cells = [text_cell(value) for value in values]
    while cells and cells[-1] is None:
        cells.pop()
    if len(cells) > COLUMNS_AT_MOST:
        raise csv.Error("too many columns")
    return tuple(cells)


def decode(data: bytes) -> str:
    """Return the text in `data`. Raises OverviewError when no known encoding gives text that can be meant."""
    try:
        decoded = data.decode(_encoding(data))
    except UnicodeDecodeError:
        try:
            decoded = data.decode("cp1252")
        except UnicodeDecodeError as error:
            raise OverviewError(_ENCODING) from error
    decoded = decoded.removeprefix("\ufeff")
    if _CONTROL.search(decoded) or _GARBLED.search(decoded):
        raise OverviewError(_ENCODING)
    return decoded


def _encoding(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    start = data[:200]
    # Headings are plain letters: in UTF-16 every other byte of them is zero.
    if start[1::2].count(0) > len(start) // 4:
        return "utf-16-le"
    if start[::2].count(0) > len(start) // 4:
        return "utf-16-be"
    return "utf-8-sig"


def _table(lines: str) -> Iterator[list[str]]:
    first, _, rest = lines.partition("\n")
    # Excel's own hint; its line still counts, so that row numbers are those on the screen.
    if hint := re.fullmatch(r"sep=([;,\t])\r?", first):
        yield []
        yield from _parse(rest, hint[1])
        return
    widths = {mark: max(map(len, islice(_parse(lines, mark), HEAD_ROWS)), default=0) for mark in DELIMITERS}
    yield from _parse(lines, max(DELIMITERS, key=lambda mark: widths[mark]))


def _parse(lines: str, delimiter: str) -> Iterator[list[str]]:
    rows = csv.reader(StringIO(lines, newline=""), delimiter=delimiter, strict=True)
    for number, values in enumerate(rows, 1):
        if number > LAST_ROW or len(values) > LAST_COLUMN or any(len(value) > FIELD_AT_MOST for value in values):
            raise csv.Error("no table: a quotation mark that is not closed, perhaps")
        yield values
