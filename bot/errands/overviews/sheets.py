"""The sheets of a file, from its bytes, or a refusal that says what the file is and what to send instead."""

from __future__ import annotations

from bot.errands.overviews.cells import OverviewError, Sheet
from bot.errands.overviews.delimited import read_delimited
from bot.errands.overviews.workbook import read_workbook

LARGEST_FILE = 100 * 1024 * 1024  # bytes; the chat takes a fifth of that (bot/errands/errands.py)

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_SAVE = "Open het overzicht in Excel, sla het op als .xlsx of .csv en stuur het opnieuw."

_LIBREOFFICE = (
    "Dit is een bestand van LibreOffice (.ods). Dat lees ik niet. Open het in LibreOffice. Kies Bestand, Opslaan als, "
    "en bij het soort: Excel (.xlsx). Stuur dat bestand."
)
_NUMBERS = (
    "Dit is een bestand van Numbers. Dat lees ik niet. Open het in Numbers. Kies Archief, Exporteer naar, Excel. "
    "Stuur dat bestand."
)


def read_sheets(data: bytes, filename: str) -> list[Sheet]:
    """Return the sheets of the overview in `data`; a .csv file is one sheet without a name.

    `filename` only serves to notice a file that is not what it is called. Raises OverviewError for a file that is
    too large, of another kind, locked, active or damaged.
    """
    if not data.strip(b"\x00\t\r\n "):
        raise OverviewError("Het bestand is leeg. Stuur het overzicht opnieuw.")
    if len(data) > LARGEST_FILE:
        raise OverviewError("Het bestand is groter dan 100 MB. Splits het en stuur de delen een voor een.")
    kind = filename.rpartition(".")[2].lower()
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise OverviewError("Het bestand is beveiligd met een wachtwoord. Haal het wachtwoord eraf. " + _SAVE)
        raise OverviewError("Dit is een bestand van een oude versie van Excel of Word. " + _SAVE)
    if kind in {"xlsm", "xlsb", "xltm", "xlam"}:
        raise OverviewError("Een bestand met macro's of van een andere soort wordt geweigerd. " + _SAVE)
    if kind in {"ods", "ots", "fods"} or data[:200].find(b"application/vnd.oasis.opendocument") > 0:
        raise OverviewError(_LIBREOFFICE)
    if kind == "numbers":
        raise OverviewError(_NUMBERS)
    if kind not in {"xlsx", "csv", "txt"}:
        raise OverviewError("Dit soort bestand kan niet worden gelezen. " + _SAVE)
    if data.startswith(_ZIP) != (kind == "xlsx"):
        raise OverviewError(f"Het bestand heet .{kind} maar is dat niet. " + _SAVE)
    if data.startswith((b"MZ", b"%PDF", b"\x7fELF", b"\x89PNG", b"Rar!", b"{\\rtf")):
        raise OverviewError("Dit bestand is geen tabel. " + _SAVE)
    return read_workbook(data) if kind == "xlsx" else [read_delimited(data)]
