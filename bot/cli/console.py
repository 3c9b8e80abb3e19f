"""What a command shows at a desk: a table. Its library is loaded when something is shown: `run` never does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def show_table(
    columns: Sequence[str], rows: Iterable[Sequence[str]], title: str | None = None, *, is_long: bool = False
) -> None:
    """Print rows under their columns, as wide as the terminal is; with a line between them when they are long."""
    from rich.console import Console
    from rich.table import Table

    table = Table(*columns, title=title, title_justify="left", show_lines=is_long)
    for row in rows:
        table.add_row(*row)
    Console().print(table)
