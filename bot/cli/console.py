"""The console: what a command shows to who runs it: a table, that it is at work, and how far it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.progress import Progress
from rich.table import Table


def show_table(
    columns: Sequence[str], rows: Iterable[Sequence[str]], title: str | None = None, *, is_long: bool = False
) -> None:
    """Print rows under their columns, as wide as the terminal is; with a line between them when they are long."""
    table = Table(*columns, title=title, title_justify="left", show_lines=is_long)
    for row in rows:
        table.add_row(*row)
    Console().print(table)


@contextmanager
def at_work(on: str) -> Iterator[None]:
    """Say on standard error what takes a while, until it is done."""
    with Console(stderr=True).status(on):
        yield


@contextmanager
def progress(on: str, total: int, *, shown: bool) -> Iterator[Callable[[str, int], None]]:
    """Show on standard error how far something is; what it yields takes what is done now, and how many are."""
    with Progress(console=Console(stderr=True), disable=not shown, transient=True) as bar:
        task = bar.add_task(on, total=total)
        yield lambda what, done: bar.update(task, description=what, completed=done)
