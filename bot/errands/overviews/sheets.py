"""The sheets of a file, from its bytes, or a refusal that says what the file is and what to send instead."""

from __future__ import annotations

from bot.errands.overviews.cells import OverviewError, Sheet
from bot.errands.overviews.delimited import read_delimited
from bot.errands.overviews.workbook import read_workbook
from conversations.words.reasons import text, together

LARGEST_FILE = 100 * 1024 * 1024  # bytes; the chat takes a fifth of that (bot/errands/errands.py)

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_SAVE = text("Open the overview in Excel, save it as .xlsx or .csv and send it again.")

_LIBREOFFICE = text(
    "This is a file of LibreOffice (.ods). I do not read those. Open it in LibreOffice. Choose File, Save As, and "
    "as the type: Excel (.xlsx). Send that file."
)
_NUMBERS = text(
    "This is a file of Numbers. I do not read those. Open it in Numbers. Choose File, Export To, Excel. Send that file."
)


def read_sheets(data: bytes, filename: str) -> list[Sheet]:
    """Return the sheets of the overview in `data`; a .csv file is one sheet without a name.

    `filename` only serves to notice a file that is not what it is called. Raises OverviewError for a file that is
    too large, of another kind, locked, active or damaged.
    """
    if not data.strip(b"\x00\t\r\n "):
        raise OverviewError(text("The file is empty. Send the overview again."))
    if len(data) > LARGEST_FILE:
        raise OverviewError(text("The file is larger than 100 MB. Split it and send the parts one by one."))
    kind = filename.rpartition(".")[2].lower()
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise OverviewError(together(text("The file is protected with a password. Take the password off."), _SAVE))
        raise OverviewError(together(text("This is a file of an old version of Excel or Word."), _SAVE))
    if kind in {"xlsm", "xlsb", "xltm", "xlam"}:
        raise OverviewError(together(text("A file with macros or of another kind is refused."), _SAVE))
    if kind in {"ods", "ots", "fods"} or data[:200].find(b"application/vnd.oasis.opendocument") > 0:
        raise OverviewError(_LIBREOFFICE)
    if kind == "numbers":
        raise OverviewError(_NUMBERS)
    if kind not in {"xlsx", "csv", "txt"}:
        raise OverviewError(together(text("This kind of file cannot be read."), _SAVE))
    if data.startswith(_ZIP) != (kind == "xlsx"):
        raise OverviewError(together(text("The file is called .{kind} but is none.", kind=kind), _SAVE))
    if data.startswith((b"MZ", b"%PDF", b"\x7fELF", b"\x89PNG", b"Rar!", b"{\\rtf")):
        raise OverviewError(together(text("This file is no table."), _SAVE))
    return read_workbook(data) if kind == "xlsx" else [read_delimited(data)]
