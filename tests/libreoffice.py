"""LibreOffice, without a window: what it makes of a file when somebody opens it there and saves it."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path

import pytest

# Text with semicolons as a Dutch LibreOffice opens (Windows-1252) and saves it (UTF-8, cells as they are shown).
_TEXT = "Text - txt - csv (StarCalc):59,34,{charset},1,,1043,false,true"


async def saved_by_libreoffice(folder: Path, name: str, content: bytes, kind: str = "xlsx") -> bytes:
    """Return a file as a Dutch LibreOffice saves it; skips the test where there is none."""
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("soffice is missing: apt-get install libreoffice-calc-nogui")
    (folder / name).write_bytes(content)
    opens = ["--infilter=" + _TEXT.format(charset=1)] if name.endswith(".csv") else []
    saves = f"{kind}:{_TEXT.format(charset=76)}" if kind == "csv" else kind
    process = await asyncio.create_subprocess_exec(
        *(soffice, f"-env:UserInstallation=file://{folder}/profile", "--headless"),
        *(*opens, "--convert-to", saves, "--outdir", str(folder / "out"), str(folder / name)),
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    assert await process.wait() == 0
    return (folder / "out" / name).with_suffix(f".{kind}").read_bytes()
