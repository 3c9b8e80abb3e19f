"""`python -m tests.bench`: run the bots in turn and print what they came to."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import platform
import tempfile
import time
from contextlib import AsyncExitStack
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from statistics import median

from rich.console import Console

from tests.bench.examples import Examples, best
from tests.bench.figures import on_each_database
from tests.bench.goals import goals
from tests.bench.importing import run_import
from tests.bench.installation import on_postgresql, on_sqlite
from tests.bench.lettering import run_letters
from tests.bench.lists import FEW, on_every_database
from tests.bench.measure import Size
from tests.bench.program import cores, pinned
from tests.bench.reminders import run_reminders
from tests.bench.report import show
from tests.bench.results import Results
from tests.bench.runs import OTHER_BOTS, run_other, run_voorzorg
from tests.postgresql import NoServerError, Postgresql

# Columns. A table is read as a whole: it is not folded where a pipe has no width.
WIDTH = 150
COMMITS = 50


def disk(folder: Path) -> float:
    """Return the milliseconds that a write to this disk takes until it is safe, the middle of many."""
    took = []
    with (folder / "probe").open("wb") as file:
        for _ in range(COMMITS):
            file.write(bytes(8192))
            file.flush()
            began = time.perf_counter()
            os.fdatasync(file.fileno())
            took.append(time.perf_counter() - began)
    return median(took) * 1000


async def bench(folder: Path, size: Size, times: int, examples: Examples, pin: bool = True) -> Results:
    """Run each bot `times` times, in turn, and the reminders and the import once."""
    found = cores() if pin else None
    results = Results(size, examples=examples.origin)
    with pinned(found and found[1]):
        core = found and found[0]
        async with AsyncExitStack() as stack:
            templates = {"voorzorg": await on_sqlite(folder / "template", size.people)}
            try:
                server = Postgresql(safe=True)
            except NoServerError as error:
                results.missing = str(error)
            else:
                stack.callback(server.stop)
                prepared = on_postgresql(server, folder / "for postgresql", size.people)
                templates["postgresql"] = await stack.enter_async_context(prepared)
            for at in range(times):
                for bot, template in templates.items():
                    results.add(bot, await run_voorzorg(template, folder / f"{bot}{at}", size, core))
                for bot, other in OTHER_BOTS.items():
                    file = examples.files[other.program]
                    results.add(bot, await run_other(other, file, folder / f"{bot}{at}", size, core))
        results.wave = await run_reminders(folder / "reminders", size.reminders, core)
        results.imported = await run_import(folder / "import", size.rows, core)
        results.letters = await run_letters(folder / "letters", size.letters, core)
        if size.cases:
            results.looks = await on_every_database(folder / "lists", FEW, size.cases)
            results.counted = await on_each_database(folder / "figures", size.cases)
    where = "the bot on one core, server and people on another" if found else "everything on whatever core is free"
    versions = ", ".join(f"{name} {version(name)}" for name in ("python-telegram-bot", "aiogram"))
    results.machine = f"Python {platform.python_version()}, {versions}; {where}; {disk(folder):.2f} ms for a safe write"
    return results


def main() -> None:
    """Read the command line and run."""
    size = Size()
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--people", type=int, default=size.people)
    parser.add_argument("--each", type=int, default=size.each, help="updates of everybody in each part")
    parser.add_argument("--paced", type=int, default=size.paced, help="updates whose delay is measured")
    parser.add_argument("--reminders", type=int, default=size.reminders, help="reminders that are due at one moment")
    parser.add_argument("--rows", type=int, default=size.rows, help="rows of an overview that is brought in")
    parser.add_argument("--letters", type=int, default=size.letters, help="letters of a batch")
    parser.add_argument(
        "--cases", type=int, default=size.cases, help="among which a worker's list and the figures are made; 0: none"
    )
    parser.add_argument("--times", type=int, default=3, help="runs of each bot")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write everything there too")
    options = parser.parse_args()
    size = replace(size, **{name: value for name, value in vars(options).items() if hasattr(size, name)})
    with tempfile.TemporaryDirectory(prefix="voorzorg-bench-") as folder:
        results = asyncio.run(bench(Path(folder), size, options.times, best()))
    show(Console(width=WIDTH, highlight=False), results)
    if options.json:
        document = results.plain() | {"goals": [goal.plain() for goal in goals(results)]}
        options.json.write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
