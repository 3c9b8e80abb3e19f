"""`python -m tests.bench`: run the bots in turn and print what they came to."""

from __future__ import annotations

import argparse
import asyncio
import os
import platform
import tempfile
import time
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from statistics import median

from rich.console import Console

from tests.bench.cases import make_cases
from tests.bench.program import cores, pinned
from tests.bench.report import show
from tests.bench.runs import Run, Size, run_echo, run_voorzorg

# A table is read as a whole: it is not folded where a pipe has no width.
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


async def bench(console: Console, folder: Path, size: Size, times: int, pin: bool = True) -> dict[str, list[Run]]:
    """Run the bots `times` times in turn, print the tables, and return the runs."""
    found = cores() if pin else None
    runs: dict[str, list[Run]] = {"voorzorg": [], "echo": [], "sniffio": []}
    with pinned(found and found[1]):
        core = found and found[0]
        codes = await make_cases(folder / "template", size.people)
        for at in range(times):
            runs["voorzorg"].append(
                await run_voorzorg(folder / "template", codes, folder / f"voorzorg{at}", size, core)
            )
            runs["echo"].append(await run_echo(folder / f"echo{at}", size, core, sniffio=False))
            runs["sniffio"].append(await run_echo(folder / f"sniffio{at}", replace(size, paced=0), core, sniffio=True))
    where = "the bot on one core, server and people on another" if found else "everything on whatever core is free"
    versions = f"Python {platform.python_version()}, python-telegram-bot {version('python-telegram-bot')}"
    show(console, runs, size, f"{where}; {versions}; {disk(folder):.2f} ms for a write to this disk")
    return runs


def main() -> None:
    """Read the command line and run."""
    size = Size()
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--people", type=int, default=size.people)
    parser.add_argument("--each", type=int, default=size.each, help="updates of everybody in each part")
    parser.add_argument("--paced", type=int, default=size.paced, help="updates whose delay is measured")
    parser.add_argument("--times", type=int, default=3, help="runs of each bot")
    options = parser.parse_args()
    size = Size(options.people, options.each, options.paced)
    with tempfile.TemporaryDirectory(prefix="voorzorg-bench-") as folder:
        asyncio.run(bench(Console(width=WIDTH, highlight=False), Path(folder), size, options.times))


if __name__ == "__main__":
    main()
