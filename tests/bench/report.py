"""What was measured, as tables: medians of the runs, with the echo bot's better shape as the measure of the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from statistics import median, quantiles

from rich.console import Console
from rich.table import Table

from tests.bench.runs import Part, Run, Size

ROOT = Path(__file__).parent.parent.parent
CODE = ("bot", "conversations", "storage")
# What is to be reached (README, Speed).
START_SECONDS, MEMORY_MB, RATIO, DELAY_MS = 1.5, 150, 1.5, 50
BIGGEST = 10
# Cores that other programs may take of a run that is to be believed.
DISTURBED = 0.2

# Name in the table, bot, part.
_SHAPES = (
    ("Voorzorg, taps", "voorzorg", "taps"),
    ("Voorzorg, texts", "voorzorg", "texts"),
    ("Voorzorg, all at once", "voorzorg", "all at once"),
    ("echo, texts", "echo", "texts"),
    ("echo, all at once", "echo", "all at once"),
    ("echo with sniffio, texts", "sniffio", "texts"),
    ("echo with sniffio, all at once", "sniffio", "all at once"),
)
_TIMED = ("voorzorg", "echo")
_NOTES = """\
Voorzorg is the real program; every answer is sealed and on disk (SQLite, synchronous=FULL) before it is confirmed.
  taps: people answer questions, each as soon as the next one stands there. A turn edits the screen and answers the tap.
  texts: /plan and /vragen in turn, each after the answer to the former. A turn sends a screen and deletes the old one.
  all at once: the same commands, all waiting already when it begins. A turn edits the one screen of its chat.
echo is python-telegram-bot's own example on its default transport, as pip installs it; it keeps nothing.
  texts: each after the answer to the former. all at once: every text waits already when it begins. One message a turn.
× echo: beside the better of its two shapes. server, others: cores that server and people, and other programs, took.\
"""


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", box=None, pad_edge=False)
    for column in columns:
        table.add_column(column, justify="left" if column in ("", "what it does") else "right")
    return table


def _middle(runs: Iterable[Run], part: str, value: Callable[[Part], float]) -> float:
    return median(value(run.parts[part]) for run in runs)


def _rate(part: Part) -> float:
    return part.updates / part.seconds


def throughput(runs: dict[str, list[Run]]) -> Table:
    """Return updates a second and processor time of each shape."""
    columns = ("upd/s", "lowest–highest", "× echo", "× with sniffio", "CPU-ms/upd", "calls/upd", "server", "others")
    table = _table("Updates a second", "", *columns)
    best = [max(_middle(runs[bot], part, _rate) for part in ("texts", "all at once")) for bot in ("echo", "sniffio")]
    for name, bot, part in _SHAPES:
        rates = sorted(_rate(run.parts[part]) for run in runs[bot])
        table.add_row(
            name,
            f"{median(rates):,.0f}",
            f"{rates[0]:,.0f}–{rates[-1]:,.0f}",
            *(f"{median(rates) / other:.2f}" for other in best),
            f"{_middle(runs[bot], part, lambda p: 1000 * p.cpu / p.updates):.2f}",
            f"{_middle(runs[bot], part, lambda p: p.calls / p.updates):.2f}",
            f"{_middle(runs[bot], part, lambda p: p.server):.2f}",
            f"{_middle(runs[bot], part, lambda p: p.others):.2f}",
        )
    table.add_row("to reach", "", "", f"{RATIO:.2f}")
    return table


def disturbed(runs: dict[str, list[Run]]) -> bool:
    """Tell whether other programs took so much that updates a second say little; CPU-ms suffer less."""
    return any(part.others > DISTURBED for of in runs.values() for run in of for part in run.parts.values())


def _percentiles(run: Run) -> tuple[float, float, float]:
    cuts = quantiles(run.delays, n=100, method="inclusive")
    return cuts[49] * 1000, cuts[94] * 1000, cuts[98] * 1000


def delays(runs: dict[str, list[Run]], size: Size) -> Table:
    """Return how long one person waits while others write too."""
    table = _table(
        f"Milliseconds until the answer, at {size.rate:g} updates a second", "", "p50", "p95", "p99", "what it does"
    )
    found = {
        bot: [median(p) for p in zip(*map(_percentiles, of), strict=True)] for bot, of in runs.items() if bot in _TIMED
    }
    table.add_row("Voorzorg", *(f"{v:.1f}" for v in found["voorzorg"]), "from a tap to the next question")
    table.add_row("echo", *(f"{v:.1f}" for v in found["echo"]), "from a text to its echo")
    ratios = [a / b for a, b in zip(found["voorzorg"], found["echo"], strict=True)]
    table.add_row("ratio", *(f"{v:.2f}" for v in ratios), f"p95 is to stay under {DELAY_MS} ms")
    return table


def footprint(runs: dict[str, list[Run]]) -> Table:
    """Return start and memory."""
    table = _table("Start and memory", "", "seconds to first poll", "MB at most")
    for name, bot in (("Voorzorg", "voorzorg"), ("echo", "echo")):
        start, memory = median(r.startup for r in runs[bot]), max(r.memory for r in runs[bot])
        table.add_row(name, f"{start:.2f}", f"{memory:.0f}")
    table.add_row("to reach", f"{START_SECONDS:.2f}", f"{MEMORY_MB}")
    return table


def lines() -> Table:
    """Return the largest files of the program, and how much there is of everything."""
    table = _table("Lines", "", "lines")
    counted = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in _files(CODE)}
    for path in sorted(counted, key=counted.__getitem__, reverse=True)[:BIGGEST]:
        table.add_row(str(path.relative_to(ROOT)), f"{counted[path]:,}")
    table.add_row(f"the program, {len(counted)} files", f"{sum(counted.values()):,}")
    tests = [len(path.read_text(encoding="utf-8").splitlines()) for path in _files(("tests",))]
    table.add_row(f"its tests, {len(tests)} files", f"{sum(tests):,}")
    return table


def _files(folders: Sequence[str]) -> list[Path]:
    return [path for folder in folders for path in (ROOT / folder).rglob("*.py")]


def show(console: Console, runs: dict[str, list[Run]], size: Size, machine: str) -> None:
    """Print everything."""
    count = len(runs["voorzorg"])
    console.print(f"{size.people} chats × {size.each} updates, median of {count} runs of each in turn; {machine}.")
    console.print(_NOTES)
    if disturbed(runs):
        console.print("Other programs were at work: compare processor time only, and run it again on a quiet machine.")
    for table in (throughput(runs), delays(runs, size), footprint(runs), lines()):
        console.print()
        console.print(table)
