"""Workbooks and tables made on the spot, so that a test shows what it feeds."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl

from bot.errands.overviews.reader import Overview

Reader = Callable[..., Overview]

TODAY = date(2026, 11, 22)
SAMPLES = Path(__file__).parents[1] / "samples"
SHARED = "xl/sharedStrings.xml"
HEADINGS = ("Zaaknummer", "Roepnaam", "Achternaam", "Geboortejaar", "Gemeente", "Inrichting", "Melddatum", "Strafduur")
GOOD = ("Z1", "Jan", "Jansen", 1980, "Assen", "PI Veenhuizen", date(2027, 3, 9), 28)


def book(rows: Iterable[Sequence[Any]], title: str = "Blad1", **other: Iterable[Sequence[Any]]) -> bytes:
    """Return a workbook with `rows` on its first sheet, and a further sheet for each other name."""
    workbook = openpyxl.Workbook()
    for number, (name, lines) in enumerate({title: rows, **other}.items()):
        sheet = workbook.active if not number else workbook.create_sheet()
        assert sheet is not None
        sheet.title = name
        for line in lines:
            sheet.append(list(line))
    return saved(workbook)


def saved(workbook: openpyxl.Workbook) -> bytes:
    """Return the bytes of a workbook."""
    stream = BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def overview(*changes: dict[str, Any], headings: Sequence[str] = HEADINGS) -> bytes:
    """Return an overview with a good row for each of `changes`, which name what is different in it."""
    rows = []
    for number, change in enumerate(changes, 1):
        row = dict(zip(HEADINGS, GOOD, strict=True)) | {"Zaaknummer": f"Z{number}", "Geboortejaar": 1980 + number}
        rows.append([(row | change).get(heading) for heading in headings])
    return book([headings, *rows])


def repacked(data: bytes, change: Callable[[str, bytes], bytes | None], **added: bytes) -> bytes:
    """Return the archive with each part as `change` makes it (None: left out), and with parts added."""
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = change(name, source.read(name))
            if content is not None:
                target.writestr(name, content)
        for name, content in added.items():
            target.writestr(name, content)
    return stream.getvalue()


def in_sheet(data: bytes, old: bytes, new: bytes) -> bytes:
    """Return the workbook with `old` replaced by `new` in the XML of its first sheet."""

    def change(name: str, content: bytes) -> bytes:
        if name != "xl/worksheets/sheet1.xml":
            return content
        assert old in content
        return content.replace(old, new, 1)

    return repacked(data, change)


def with_shared_texts(data: bytes) -> bytes:
    """Return the workbook with its texts in one part of their own, as Excel writes them and openpyxl does not."""
    texts: list[bytes] = []

    def shared(match: re.Match[bytes]) -> bytes:
        texts.append(b"<si>" + match[2] + b"</si>")
        return match[1] + b't="s"><v>%d</v></c>' % (len(texts) - 1)

    def change(name: str, content: bytes) -> bytes:
        if name.startswith("xl/worksheets/"):
            return re.sub(rb'(<c [^>]*?)t="inlineStr"><is>(.*?)</is></c>', shared, content)
        if name == "[Content_Types].xml" and b"sharedStrings" not in content:
            kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
            part = b'<Override PartName="/xl/sharedStrings.xml" ContentType="' + kind + b'"/></Types>'
            return content.replace(b"</Types>", part)
        return content

    moved = repacked(data, change)
    space = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    return repacked(moved, lambda name, content: content, **{SHARED: space + b"".join(texts) + b"</sst>"})
