"""The archive of a workbook, looked through before any library opens it: too large, locked or active ends here.

Everything is streamed and counted, so the memory that this takes does not grow with what the archive claims or holds.
"""

from __future__ import annotations

import zipfile
import zlib
from dataclasses import dataclass, field
from io import BytesIO
from xml.parsers import expat

from bot.errands.overviews.cells import (
    COLUMNS_AT_MOST,
    EMPTY_ROWS_AT_MOST,
    FILLED_ROWS_AT_MOST,
    LAST_COLUMN,
    LAST_ROW,
    OverviewError,
)
from conversations.words.reasons import text

ENTRIES_AT_MOST = 1000
UNPACKED_AT_MOST = 100 * 1024 * 1024  # bytes, declared and streamed
RATIO_AT_MOST = 200  # unpacked to packed; a sheet of XML stays under 40
SMALL = 1024 * 1024  # bytes unpacked, below which the ratio says nothing
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
CHUNK = 64 * 1024  # bytes
# Elements that the library makes objects of: small ones as many as cells, costly ones (styles, merged cells) few.
CELL_ELEMENTS = frozenset({"row", "c", "v", "f", "is", "t"})
CELL_ELEMENTS_AT_MOST = 3_000_000
OTHER_ELEMENTS_AT_MOST = 100_000

_CORRUPT = text("The file is damaged. Open it in Excel, save it as .xlsx once more and send it again.")
_TOO_LARGE = text(
    "Unpacked, the file is too large to be an overview. Often that comes of empty rows with formatting. "
    "Copy only the filled rows into a new file and send that."
)


def corrupt() -> OverviewError:
    """Return the refusal of a file that is damaged."""
    return OverviewError(_CORRUPT)


@dataclass
class Extent:
    """What of a worksheet holds anything: the last such row and column (from 1), and rows that are hidden."""

    last_row: int = 0
    last_column: int = 0
    filled_rows: int = 0
    gap_before: int | None = None  # the first filled row after too many empty ones
    hidden: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    # (first row, last row) of the cells merged downwards, by column (from 1).
    merged: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    _row: int = 0
    _column: int = 0
    _many: int = 0
    _few: int = 0
    _shared_texts: bool = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take the start of an element. Raises OverviewError when there are too many, come twice or out of order."""
        name = name.rpartition(":")[2]
        self._count(name)
        if name == "row":
            number = int(attributes.get("r", self._row + 1))
            # The library would drop a row that comes twice without a word.
            if not self._row < number <= LAST_ROW:
                raise corrupt()
            self._row, self._column = number, 0
            if attributes.get("hidden") in {"1", "true"}:
                self.hidden.add(number)
        elif name == "c":
            column = _column(attributes["r"]) if "r" in attributes else self._column + 1
            if not self._column < column <= LAST_COLUMN:
                raise corrupt()
            self._column = column
        elif name == "col" and attributes.get("hidden") in {"1", "true"}:
            last = min(int(attributes["max"]), COLUMNS_AT_MOST)
            self.hidden_columns.update(range(int(attributes["min"]), last + 1))
        elif name == "mergeCell":
            self._merge(*attributes["ref"].partition(":")[::2])
        elif name in {"v", "is", "f"}:
            self.last_column = max(self.last_column, self._column)
            if self._row != self.last_row:
                if self.last_row and self._row - self.last_row > EMPTY_ROWS_AT_MOST + 1 and self.gap_before is None:
                    self.gap_before = self._row
                self.last_row = self._row
                self.filled_rows += 1

    def _merge(self, first: str, last: str) -> None:
        rows = int(first.lstrip(_LETTERS)), int((last or first).lstrip(_LETTERS))
        if rows[0] < rows[1]:
            for column in range(_column(first), min(_column(last), COLUMNS_AT_MOST) + 1):
                self.merged.setdefault(column, []).append(rows)

    def _count(self, name: str) -> None:
        if not self._many + self._few:
            self._shared_texts = name == "sst"
        if self._shared_texts or name in CELL_ELEMENTS:
            self._many += 1
        else:
            self._few += 1
        if self._many > CELL_ELEMENTS_AT_MOST or self._few > OTHER_ELEMENTS_AT_MOST:
            raise OverviewError(_TOO_LARGE)

    def check(self, sheet: str) -> None:
        """Raise OverviewError when the sheet holds more, or further apart, than an overview does."""
        if self.gap_before is not None:
            raise OverviewError(
                text(
                    "In sheet {sheet} something stands in row {row} again, after more than {most} empty rows. "
                    "Remove the empty rows and send the file again.",
                    sheet=sheet,
                    row=self.gap_before,
                    most=EMPTY_ROWS_AT_MOST,
                )
            )
        if self.filled_rows > FILLED_ROWS_AT_MOST + 100 or self.last_column > COLUMNS_AT_MOST:
            raise OverviewError(
                text(
                    "Sheet {sheet} is too large: an overview has at most {thousands},000 rows and {columns} columns. "
                    "Split the file and send the parts one by one.",
                    sheet=sheet,
                    thousands=FILLED_ROWS_AT_MOST // 1000,
                    columns=COLUMNS_AT_MOST,
                )
            )


def _column(reference: str) -> int:
    column = 0
    for letter in reference.rstrip("0123456789"):
        if not "A" <= letter <= "Z" or column > LAST_COLUMN:
            raise corrupt()
        column = column * 26 + ord(letter) - 64
    return column


def inspect(data: bytes) -> dict[str, Extent]:
    """Return the extent of every XML part of the workbook in `data`, by its path in the archive.

    Raises OverviewError for what is no workbook, is damaged, encrypted or too large, holds macros, or declares its
    own XML entities.
    """
    # Before the library makes an object of each: a large file has room for millions of entries.
    if data.count(b"PK\x01\x02") > ENTRIES_AT_MOST:
        raise OverviewError(_TOO_LARGE)
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            entries = archive.infolist()
            _check_entries(entries)
            return _stream(archive, entries)
    except OverviewError:
        raise
    except (zipfile.BadZipFile, zlib.error, expat.ExpatError, EOFError, OSError, ValueError) as error:
        raise corrupt() from error
    except (NotImplementedError, RuntimeError, KeyError, IndexError, MemoryError) as error:
        raise corrupt() from error


def _check_entries(entries: list[zipfile.ZipInfo]) -> None:
    names = {entry.filename for entry in entries}
    lower = {name.lower() for name in names}
    if any(entry.flag_bits & 1 for entry in entries):
        raise OverviewError(text("The file is protected with a password. Take the password off and send it again."))
    if any(name.endswith(("vbaproject.bin", ".xlm")) or "/macrosheets/" in name for name in lower):
        raise OverviewError(text("The file holds macros. Save it as .xlsx (without macros) and send it again."))
    if "xl/workbook.xml" not in lower:
        raise OverviewError(text("This is no overview of Excel. Save the overview as .xlsx or .csv and send it again."))
    if len(names) < len(entries):
        raise corrupt()
    if any(entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED} for entry in entries):
        raise corrupt()
    unpacked = sum(entry.file_size for entry in entries)
    steep = any(e.file_size > SMALL and e.file_size > RATIO_AT_MOST * max(e.compress_size, 1) for e in entries)
    if unpacked > UNPACKED_AT_MOST or steep:
        raise OverviewError(_TOO_LARGE)


def _stream(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> dict[str, Extent]:
    extents: dict[str, Extent] = {}
    total = 0
    for entry in entries:
        parser = None
        if entry.filename.lower().endswith((".xml", ".rels")):
            extent = extents[entry.filename] = Extent()
            parser = expat.ParserCreate()
            parser.StartElementHandler = extent.start
            parser.StartDoctypeDeclHandler = _refuse_doctype
        size = 0
        with archive.open(entry) as stream:
            while chunk := stream.read(CHUNK):
                size += len(chunk)
                if total + size > UNPACKED_AT_MOST or (size > SMALL and size > RATIO_AT_MOST * entry.compress_size):
                    raise OverviewError(_TOO_LARGE)
                if parser is not None:
                    parser.Parse(chunk, False)
        if parser is not None:
            parser.Parse(b"", True)
        total += size
    return extents


def _refuse_doctype(*_: object) -> None:
    """Refuse what no spreadsheet program writes: a document type of its own, the way to an XML bomb."""
    raise corrupt()
