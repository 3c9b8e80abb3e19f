"""What was measured, as tables for people."""

from __future__ import annotations

import math

from rich.console import Console
from rich.table import Table

from tests.bench.goals import DELAY_MS, MEMORY_MB, START_SECONDS, Goal, goals
from tests.bench.lines import lines
from tests.bench.lists import SCREENS
from tests.bench.reminders import PER_CHAT_SECOND, PER_SECOND
from tests.bench.results import Results, cpu, rate

# How each bot stands in the tables.
NAMES = {
    "voorzorg": "Voorzorg, SQLite",
    "postgresql": "Voorzorg, PostgreSQL",
    "echo": "python-telegram-bot's echo",
    "echo tuned": "  with sniffio and uvloop",
    "form": "python-telegram-bot's form",
    "aiogram echo": "aiogram's echo",
    "aiogram form": "aiogram's form",
    "aiogram form tuned": "  with uvloop",
}
# What each row is seen beside.
_MEASURES = (("echo", "texts"), ("echo", "all at once"), ("aiogram form", "texts"))
_NOTES = """\
Voorzorg is the real program: every answer is sealed and safe on disk before it is confirmed. The others keep nothing.
  taps: people answer questions, each as soon as the next one stands there. A turn edits the screen and answers the tap.
  texts: each after the answer to the former. Voorzorg gets /plan and /vragen: it sends a screen, deletes one.
  all at once: every text waits already when it begins.
× echo, × queue, × form: beside python-telegram-bot's echo in texts, the same all at once, and aiogram's form.
server, others: cores that the server with the people, and other programs, kept busy meanwhile.
Voorzorg's CPU-ms on PostgreSQL are those of the database server too.\
"""


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", box=None, pad_edge=False)
    for column in columns:
        table.add_column(column, justify="left" if column in ("", "what it does", "verdict", "beside") else "right")
    return table


def _number(value: float, digits: int = 2) -> str:
    return "–" if math.isnan(value) else f"{value:,.{digits}f}"


def throughput(results: Results) -> Table:
    """Return updates a second and processor time of each bot in each part."""
    columns = ("upd/s", "lowest–highest", "× echo", "× queue", "× form", "CPU-ms/upd", "calls/upd", "server", "others")
    table = _table("Updates a second", "", *columns)
    for bot, runs in results.runs.items():
        for part in runs[0].parts:
            rates = results.values(bot, part, rate)
            table.add_row(
                f"{NAMES[bot]}, {part}",
                _number(results.middle(bot, part, rate), 0),
                f"{min(rates):,.0f}–{max(rates):,.0f}",
                *(_number(results.ratio(bot, part, *other)) for other in _MEASURES),
                _number(results.middle(bot, part, cpu)),
                _number(results.middle(bot, part, lambda p: p.calls / p.updates)),
                _number(results.middle(bot, part, lambda p: p.server)),
                _number(results.middle(bot, part, lambda p: p.others)),
            )
    return table


def delays(results: Results) -> Table:
    """Return how long one person waits while others write too."""
    title = f"Milliseconds until the answer, at {results.size.rate:g} updates a second"
    table = _table(title, "", "p50", "p95", "p99", "p95 × echo", "what it does")
    echo = results.delays("echo")[1]
    for bot in results.runs:
        found = results.delays(bot)
        if math.isnan(found[1]):
            continue
        does = "from a tap to the next question" if bot in ("voorzorg", "postgresql") else "from a text to its echo"
        table.add_row(NAMES[bot], *(_number(value, 1) for value in found), _number(found[1] / echo), does)
    table.add_row("to reach", "", f"{DELAY_MS}")
    return table


def reminders(results: Results) -> Table:
    """Return what came of the reminders."""
    wave = results.wave
    assert wave is not None
    table = _table(f"{wave.planned} reminders due at one moment", "", "")
    table.add_row("messages a second that the server takes", f"{PER_SECOND}, of which {PER_CHAT_SECOND} in a chat")
    table.add_row("reminders a second", f"{wave.rate:.2f}")
    table.add_row("refused (429)", f"{wave.refused}")
    table.add_row("first and last, seconds after the moment", f"{wave.first:.2f} and {wave.last:.2f}")
    table.add_row("chats by what came", ", ".join(f"{chats} got {n}" for n, chats in sorted(wave.came.items())))
    table.add_row("the ledger", ", ".join(f"{rows} {state}" for state, rows in sorted(wave.ledger.items())))
    table.add_row("CPU-ms a reminder, with the start", f"{1000 * wave.cpu / max(1, wave.planned):.2f}")
    return table


def looks(results: Results) -> Table:
    """Return how long a worker waits for each screen."""
    columns = [f"{one.database}, {one.cases:,}" for one in results.looks]
    table = _table("Milliseconds for a worker's screen, by database and cases", "", *columns)
    for screen in SCREENS:
        table.add_row(screen, *(_number(one.took[screen], 1) for one in results.looks))
    return table


def footprint(results: Results) -> Table:
    """Return start and memory."""
    table = _table("Start and memory", "", "seconds to first poll", "MB at most")
    for bot in results.runs:
        table.add_row(NAMES[bot], _number(results.startup(bot)), _number(results.memory(bot), 0))
    table.add_row("to reach", f"{START_SECONDS:.2f}", f"{MEMORY_MB}")
    return table


def verdict(goal: Goal) -> str:
    """Return in a word whether a goal is met."""
    return {True: "met", False: "NOT MET", None: "not measured"}[goal.met]


def reached(results: Results) -> Table:
    """Return the goals."""
    table = _table("Goals", "", "measured", "goal", "verdict", "beside")
    for goal in goals(results):
        digits = 0 if goal.value == int(goal.value or 0) and not goal.unit else 2
        bound = f"{'≥' if goal.at_least else '≤'} {goal.bound:g} {goal.unit}"
        table.add_row(goal.name, f"{_number(goal.value, digits)} {goal.unit}", bound, verdict(goal), goal.beside)
    return table


def show(console: Console, results: Results) -> None:
    """Print everything."""
    size, count = results.size, max(map(len, results.runs.values()))
    console.print(f"{size.people} chats × {size.each} updates, median of {count} runs of each in turn.")
    console.print(f"{results.machine}.\nThe other bots are {results.examples}.\n{_NOTES}")
    if results.missing:
        console.print(f"Nothing on PostgreSQL: {results.missing}.")
    if results.disturbed:
        console.print("Other programs were at work: compare processor time only, and run it again on a quiet machine.")
    tables = [throughput(results), delays(results), footprint(results)]
    if results.wave is not None:
        tables.append(reminders(results))
    if results.looks:
        tables.append(looks(results))
    for table in (*tables, lines(), reached(results)):
        console.print()
        console.print(table)
