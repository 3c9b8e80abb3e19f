"""A large overview, brought in by the command: from its start to its end, as its user waits for it."""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pyotp

from bot.cli.running import set_up
from storage.clock import SystemClock, wall
from tests.bench.cases import BIRTH_YEAR, MUNICIPALITY, opened
from tests.bench.program import BrokenError
from tests.house import settings_for
from tests.overviews.making import HEADINGS, book

COORDINATOR = "Femke"


@dataclass(frozen=True, slots=True)
class Import:
    """What came of an import: rows that were new, and seconds."""

    rows: int
    new: int
    seconds: float


def surname(number: int) -> str:
    """Return a name that nobody with another number has: a row that looks like another is no new person."""
    letters = "".join(chr(ord("a") + int(digit)) for digit in str(number))
    return f"Klooster{letters}"


async def run_import(folder: Path, count: int, core: int | None) -> Import:
    """Bring `count` new people in, from a workbook, on SQLite."""
    folder.mkdir()
    settings = settings_for(folder, "")
    await set_up(settings)
    async with opened(settings) as (database, stores), database.write() as connection:
        await stores.team.add(connection, "coordinator", "all", COORDINATOR, pyotp.random_base32())
    day = wall(SystemClock().now(), settings.zone).date() + timedelta(days=40)
    rows = [
        (f"Z{number}", "Samira", surname(number), BIRTH_YEAR, MUNICIPALITY, "PI Veenhuizen", day, 28)
        for number in range(count)
    ]
    file = folder / "overview.xlsx"
    file.write_bytes(book([HEADINGS, *rows]))
    seconds, said = await run_command(folder, core, "cases", "import", str(file), "--as", COORDINATOR, "--json")
    return Import(count, said["new"], seconds)


async def run_command(folder: Path, core: int | None, *words: str) -> tuple[float, Any]:
    """Run a command on the installation of a folder; returns its seconds, and the JSON that it printed."""
    settings = settings_for(folder, "")
    environment = {
        "VOORZORG_DATABASE_URL": settings.database_url,
        "VOORZORG_MASTER_KEY_FILE": str(settings.master_key_file),
    }
    pipe, began = asyncio.subprocess.PIPE, time.perf_counter()
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", *words),
        cwd=folder,
        env={**os.environ, **environment},
        stdout=pipe,
        stderr=pipe,
        preexec_fn=None if core is None else partial(os.sched_setaffinity, 0, {core}),
    )
    said, error = await process.communicate()
    seconds = time.perf_counter() - began
    if process.returncode:
        raise BrokenError(f"'voorzorg {words[0]}' ended with an error.\n{error.decode()[-2000:]}")
    return seconds, json.loads(said)
