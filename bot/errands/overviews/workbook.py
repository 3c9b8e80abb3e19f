"""The sheets of an .xlsx workbook, read without working out a formula or following a link."""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from io import BytesIO
from typing import Any

from bot.errands.overviews.archive import Extent, corrupt, inspect
from bot.errands.overviews.cells import (
    COLUMNS_AT_MOST,
    HEAD_ROWS,
    Broken,
    Cell,
    Formula,
    Merged,
    OverviewError,
    Row,
    Sheet,
    filled,
    text_cell,
)
from conversations.words.reasons import text

SHEETS_AT_MOST = 50
LARGEST_NUMBER = 1e15  # beyond it a spreadsheet has no exact whole numbers, and infinity begins somewhere
_ZEROS = re.compile("0{2,15}")
# The names that a strict workbook ("Strict Open XML-werkmap") has for its parts, and those that the library knows.
_STRICT = (
    (b"http://purl.oclc.org/ooxml/spreadsheetml/main", b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    (b"http://purl.oclc.org/ooxml/drawingml/main", b"http://schemas.openxmlformats.org/drawingml/2006/main"),
)


def read_workbook(data: bytes) -> list[Sheet]:
    """Return the sheets of the workbook in `data`, in its order; a sheet's rows are read when asked for.

    Raises OverviewError for a workbook that is refused whole (see `archive.inspect`) or cannot be read.
    """
    extents = inspect(data)
    # Here, not above: it takes a third of a second and most runs of the program read no workbook.
    import openpyxl

    if not openpyxl.DEFUSEDXML:
        raise RuntimeError("defusedxml must be installed and in use: without it a workbook can hold an XML bomb.")
    with _library():
        book = openpyxl.load_workbook(BytesIO(_loosened(data)), read_only=True, data_only=False, keep_links=False)
        worksheets: list[Any] = list(book.worksheets)
    if not worksheets or len(worksheets) > SHEETS_AT_MOST:
        raise OverviewError(text("The file has no sheet with an overview. Look it over and send it again."))
    return [_sheet(worksheet, extents, book.epoch.date()) for worksheet in worksheets]


def _loosened(data: bytes) -> bytes:
    """Return a strict workbook under the names that the library knows, and any other as it is; it was inspected."""
    with zipfile.ZipFile(BytesIO(data)) as source:
        main = next(name for name in source.namelist() if name.lower() == "xl/workbook.xml")
        if not any(strict in source.read(main) for strict, _ in _STRICT):
            return data
        stream = BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target:
            for name in source.namelist():
                if name.lower().endswith((".xml", ".rels")):
                    content = source.read(name)
                    for strict, known in _STRICT:
                        content = content.replace(strict, known)
                    target.writestr(name, content)
        return stream.getvalue()


@contextmanager
def _library() -> Iterator[None]:
    """Drop the library's warnings about what it leaves out, and make any failure inside it a damaged file."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            yield
        except OverviewError:
            raise
        except Exception as error:
            raise corrupt() from error


def _sheet(worksheet: Any, extents: dict[str, Extent], epoch: date) -> Sheet:
    extent = extents.get(worksheet._worksheet_path.lstrip("/"))  # noqa: SLF001  # openpyxl tells it nowhere else
    if extent is None:
        raise corrupt()
    # The size that a file gives for itself may be wrong, and would cut rows off unseen; what was counted is right.
    worksheet.reset_dimensions()

    def read(last: int = extent.last_row) -> list[Row]:
        with _library():
            return filled(_rows(worksheet, extent, min(last, extent.last_row)))

    def read_all() -> list[Row]:
        extent.check(worksheet.title)
        return read()

    hidden = worksheet.sheet_state != "visible"
    columns = frozenset(column - 1 for column in extent.hidden_columns)
    return Sheet(worksheet.title, read(HEAD_ROWS), read_all, epoch, hidden, columns)


def _rows(worksheet: Any, extent: Extent, last: int) -> Iterator[Row]:
    # No last row means all of them to the library: a million styled empty ones, perhaps.
    if not last:
        return
    width = min(extent.last_column, COLUMNS_AT_MOST)
    rows = worksheet.iter_rows(min_row=1, max_row=last, min_col=1, max_col=width)
    for row in merged_down((tuple(_cell(cell) for cell in cells) for cells in rows), extent.merged):
        number, cells = row
        yield Row(number, cells, number in extent.hidden)


def merged_down(
    rows: Iterable[tuple[Cell, ...]], merged: dict[int, list[tuple[int, int]]]
) -> Iterator[tuple[int, tuple[Cell, ...]]]:
    """Number the rows, with a cell that was merged with one above it marked as such; `merged` as in `Extent`."""
    waiting = {column: sorted(spans, reverse=True) for column, spans in merged.items()}
    above: dict[int, tuple[int, Cell]] = {}
    for number, cells in enumerate(rows, 1):
        marked = list(cells)
        for column, spans in waiting.items():
            while spans and spans[-1][0] <= number:
                first, last = spans.pop()
                above[column] = last, cells[column - 1] if first == number and column <= len(cells) else None
            last, value = above.get(column, (0, None))
            if number <= last and column <= len(cells) and cells[column - 1] is None:
                marked[column - 1] = Merged(of=value)
        yield number, tuple(marked)


def _cell(cell: Any) -> Cell:
    value = cell.value
    if cell.value is None:
        return None
    if cell.data_type == "f":
        return Formula(str(getattr(value, "text", value)))
    if cell.data_type == "e":
        return Broken(str(value))
    if isinstance(value, str):
        return text_cell(value)
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, int | float) and not abs(value) < LARGEST_NUMBER:
        return Broken()
    # A number that is shown with zeros in front has them only on the screen ("00026001").
    if isinstance(value, int) and not isinstance(value, bool) and (shown := _ZEROS.fullmatch(cell.number_format or "")):
        return str(value).zfill(len(shown[0])) if value >= 0 else value
    return value if isinstance(value, int | float | date) else Broken()
