"""The making of a document, of a template and plain data, in a child process that may take so long and no longer."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

# Seconds that a document may take; one takes about half a second.
LONGEST = 20.0
# What makes it, how such a file begins, and seconds; a name that stands here is no typst template.
_OTHERS = {
    "calendar": ("bot.errands.documents.calendar_file", b"BEGIN:VCALENDAR", LONGEST),
    "table": ("bot.errands.documents.tabling", b"PK", LONGEST),
    "letters": ("bot.errands.documents.lettering", b"%PDF", 90.0),
    "workbook": ("bot.errands.documents.workbook", b"PK", 90.0),
    "chart": ("bot.errands.documents.chart", b"\x89PNG", 30.0),
}


class DocumentError(Exception):
    """A document could not be made; the message says why, and holds nothing of what was to stand in it."""


async def made(template: str, data: dict[str, Any]) -> bytes:
    """Return a document: a PDF, or what a template of another kind makes; raises DocumentError."""
    if template == "audio":
        return await asyncio.to_thread(_recording, Path(data["file"]))
    module, magic, longest = _OTHERS.get(template, ("bot.errands.documents.typesetting", b"%PDF", LONGEST))
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", module, template),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,  # a complaint of the typesetter quotes what it complains about
    )
    try:
        async with asyncio.timeout(longest):
            file, _ = await process.communicate(json.dumps(data, default=str).encode())
    except TimeoutError:
        process.kill()
        await process.wait()
        raise DocumentError(f"{template} took longer than {longest:g} s") from None
    if process.returncode != 0 or not file.startswith(magic):
        raise DocumentError(f"{template} could not be made")
    return file


def _recording(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise DocumentError(f"a recording could not be read: {type(error).__name__}") from None
