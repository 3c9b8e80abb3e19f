"""A batch of letters, made by the command: from its start to a PDF that can be printed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from storage import installation
from tests.bench.cases import opened
from tests.bench.importing import COORDINATOR, run_command, run_import
from tests.bench.program import BrokenError
from tests.house import settings_for


@dataclass(frozen=True, slots=True)
class Batch:
    """What came of a batch: letters, bytes of the PDF, and seconds."""

    letters: int
    size: int
    seconds: float


async def run_letters(folder: Path, count: int, core: int | None) -> Batch:
    """Make a letter for each of `count` people who were just brought in, on SQLite."""
    await run_import(folder, count, core)
    async with opened(settings_for(folder, "")) as (database, _), database.write() as connection:
        await installation.keep(connection, installation.BOT_NAME, "voorzorg_bot")
    file = folder / "letters.pdf"
    seconds, said = await run_command(folder, core, "letters", "--as", COORDINATOR, "--out", str(file), "--json")
    if not file.read_bytes().startswith(b"%PDF"):
        raise BrokenError("The letters are no PDF.")
    return Batch(said["letters"], file.stat().st_size, seconds)
