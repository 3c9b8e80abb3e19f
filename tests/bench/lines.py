"""How much there is to read: the largest files of the program, and all of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.table import Table

ROOT = Path(__file__).parent.parent.parent
CODE = ("bot", "conversations", "storage")
BIGGEST = 10


def lines() -> Table:
    """Return the largest files of the program, and how much there is of everything."""
    table = Table(title="Lines", title_justify="left", title_style="bold", box=None, pad_edge=False)
    table.add_column("")
    table.add_column("lines", justify="right")
    counted = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in _files(CODE)}
    for path in sorted(counted, key=counted.__getitem__, reverse=True)[:BIGGEST]:
        table.add_row(str(path.relative_to(ROOT)), f"{counted[path]:,}")
    table.add_row(f"the program, {len(counted)} files", f"{sum(counted.values()):,}")
    tests = [len(path.read_text(encoding="utf-8").splitlines()) for path in _files(("tests",))]
    table.add_row(f"its tests, {len(tests)} files", f"{sum(tests):,}")
    return table


def _files(folders: Sequence[str]) -> list[Path]:
    return [path for folder in folders for path in (ROOT / folder).rglob("*.py")]
