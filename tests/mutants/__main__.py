"""`python -m tests.mutants [MODULE …]`: one thing wrong at a time in what protects people, and which test notices."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
import tempfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import pytest

from tests import template
from tests.mutants.kept import Kept
from tests.mutants.mutations import Mutant, Source
from tests.mutants.nearest import GOAL, NEAREST, modules
from tests.mutants.reached import Reached, Recording
from tests.mutants.trials import OPTIONS, InPlace, each, forked, imported

FOLDER = Path(".mutants")
# What takes longest to import and is not ours: imported once, before any process is forked.
HEAVY = (
    "aiohttp",
    "alembic.command",
    "asyncpg",
    "hypothesis",
    "pydantic_settings",
    "sqlalchemy.ext.asyncio",
    "telegram.ext",
    "typer",
)


def _recorded(module: str, tests: Sequence[str]) -> Reached:
    """Return what the tests reach in the module as it is; raises RuntimeError when one of them fails."""
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(folder) / "reached"

        def run() -> int:
            kept.write_text(Recording(module).run(tests, OPTIONS).as_json())
            return 0

        _, status = os.waitpid(forked(run), 0)
        if status:
            raise RuntimeError(f"The tests of {module} fail as they are: {' '.join(tests)}")
        return Reached.from_json(kept.read_text())


def try_all(module: str, jobs: int) -> tuple[list[Mutant], list[Mutant]]:
    """Try every mutant of a module that was not noticed before; returns all of them, and those that live."""
    source, tests = Source(Path(module).read_text()), NEAREST[module]
    kept = Kept.of(FOLDER, module, source.mutants)
    if kept.alive():
        reached = _recorded(module, tests)
        inside = [m for m in kept.alive() if m.body is not None and not reached.at_start(m.line, m.body)]
        in_place = InPlace(module, source, [m for m in inside if reached.by(m.line, m.body)], reached, kept.note, jobs)
        os.waitpid(forked(lambda: int(pytest.main([*tests, *OPTIONS], plugins=[in_place]))), 0)
        kept = Kept.of(FOLDER, module, source.mutants)
        from_start = [m for m in kept.alive() if m not in inside or kept.is_not_placed(m)]
        each(from_start, partial(imported, module, source, reached=reached), kept.note, jobs)
    return source.mutants, kept.alive()


def main() -> int:
    """Print a line for each module, then what lives; ends with 1 when a module is under its goal."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("modules", nargs="*", help="paths of modules or folders; without one, all")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="trials at a time")
    arguments = parser.parse_args()
    FOLDER.mkdir(exist_ok=True)
    os.environ["VOORZORG_ONLY_NOTICE"] = "1"
    for name in HEAVY:
        importlib.import_module(name)
    with tempfile.TemporaryDirectory() as folder:
        # Made once: it takes longer than most tests that ask for it. This process imports nothing that is changed.
        path = Path(folder) / "voorzorg.db"
        os.waitpid(forked(lambda: template.make(path)), 0)
        template.keep(path)
        return _report(arguments.modules, arguments.jobs)


def _report(named: list[str], jobs: int) -> int:
    """Try the named modules and print what came of it; returns 1 when one is under its goal."""
    print("| module | mutants | noticed | alive | % |\n| --- | ---: | ---: | ---: | ---: |", flush=True)
    alive: list[tuple[str, Mutant]] = []
    under = False
    for module in modules(named):
        mutants, living = try_all(module, jobs)
        percent = 100 * (len(mutants) - len(living)) / max(len(mutants), 1)
        under |= percent < GOAL
        print(
            f"| `{module}` | {len(mutants)} | {len(mutants) - len(living)} | {len(living)} | {percent:.1f} |",
            flush=True,
        )
        alive += [(module, mutant) for mutant in living]
    print()
    for module, mutant in alive:
        print(f"{module}:{mutant.line}: {mutant.name}")
    return int(under)


if __name__ == "__main__":
    sys.exit(main())
