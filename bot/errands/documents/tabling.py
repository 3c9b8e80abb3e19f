"""The child process that makes a workbook: reads sheets as JSON, writes .xlsx. Every cell is text that nothing runs.

The data: {"sheets": [{"name", "headings", "rows"}]}, all of it text.
"""

from __future__ import annotations

import json
import re
import sys
from io import BytesIO
from typing import Any

import openpyxl
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from bot.errands.bounds import bound

# What a workbook may take at most: seconds of a processor, and bytes of memory.
SECONDS, MEMORY = 15, 2**31
WIDEST = 60  # characters of a column
# What a spreadsheet takes for the beginning of a formula (OWASP, CSV injection), also in its wide forms, and after
# whatever it skips: spaces of all kinds, line ends, and characters that are not seen.
_RUNS = re.compile(r"[\s\u00ad\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]*[=+\-@\t\r＝＋－＠]")
# What XML cannot hold.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def safe(text: str) -> str:
    """Return a cell's text with an apostrophe before what a spreadsheet might run."""
    text = _NOT_XML.sub("", text)
    return f"'{text}" if _RUNS.match(text) or text[:1] in ("\t", "\r", "\n") else text


def workbook(data: dict[str, Any]) -> bytes:
    """Return the sheets as an .xlsx file: frozen headings, every cell of the kind text."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for said in data["sheets"]:
        sheet = book.create_sheet(said["name"][:31])
        for number, row in enumerate([said["headings"], *said["rows"]], 1):
            for column, text in enumerate(row, 1):
                cell = sheet.cell(number, column)
                cell.value, cell.data_type, cell.number_format = safe(str(text)), "s", "@"
                cell.alignment = Alignment(wrap_text=True, vertical="top")
                if number == 1:
                    cell.font = Font(bold=True)
        for column in range(1, len(said["headings"]) + 1):
            longest = max((len(str(row[column - 1])) for row in [said["headings"], *said["rows"]]), default=0)
            sheet.column_dimensions[get_column_letter(column)].width = min(longest + 2, WIDEST)
        sheet.freeze_panes = "A2"
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def main() -> None:
    """Make one workbook."""
    bound(SECONDS, MEMORY)
    sys.stdout.buffer.write(workbook(json.load(sys.stdin)))


if __name__ == "__main__":
    main()
