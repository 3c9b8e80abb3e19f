"""What is to be reached, beside what was."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tests.bench.many import FORTY
from tests.bench.results import Results, cpu, rate

# What a turn is to be, times the updates a second of python-telegram-bot's echo and of aiogram's form.
TIMES_ECHO, TIMES_FORM = 1.5, 1.4
# Milliseconds within which 95 of 100 have their next question.
DELAY_MS = 50
# Milliseconds for the figures of a region.
FIGURES_MS = 300
# Reminders a second that leave at the least; refusals by the server (429) at the most.
REMINDERS_PER_SECOND, REFUSALS = 29, 0
# Milliseconds in which a worker's list stands there, and how many times as long it takes among very many cases.
LIST_MS, LIST_TIMES = 20, 2
# Seconds for an import of 10,000 rows, for 1,000 letters, and to the first poll; MB at most.
IMPORT_SECONDS, LETTERS_SECONDS, START_SECONDS, MEMORY_MB = 20, 20, 1.5, 150


@dataclass(frozen=True, slots=True)
class Goal:
    """A value that is to be at least, or at most, a bound; NaN when it was not measured.

    `beside`: the absolute figures that it was worked out from, or is to be seen beside.
    """

    name: str
    value: float
    unit: str
    bound: float
    at_least: bool
    beside: str = ""

    @property
    def met(self) -> bool | None:
        """Whether it is reached; None when it was not measured."""
        if math.isnan(self.value):
            return None
        return self.value >= self.bound if self.at_least else self.value <= self.bound

    def plain(self) -> dict[str, Any]:
        """Return it in the shapes of JSON."""
        return {
            "name": self.name,
            "value": None if self.met is None else self.value,
            "unit": self.unit,
            "at_least" if self.at_least else "at_most": self.bound,
            "met": self.met,
            "beside": self.beside,
        }


def _beside(results: Results, *parts: tuple[str, str]) -> str:
    """Return updates a second of two parts of bots, with the processor time of each, and the ratio of the latter.

    On a machine that is not quiet it is the one to look at.
    """
    said = " : ".join(
        f"{results.middle(bot, part, rate):,.0f}/s ({results.middle(bot, part, cpu):.2f} ms)" for bot, part in parts
    )
    own, other = (results.middle(bot, part, cpu) for bot, part in parts)
    return f"{said}; by CPU {other / own:.2f} ×" if own else said


def _turns(results: Results, bot: str, database: str) -> Iterator[Goal]:
    # Like beside like: people who wait for each answer, or a queue that waits for the bot.
    for part, other, its, name, bound in (
        ("taps", "echo", "texts", "python-telegram-bot's echo, one by one", TIMES_ECHO),
        ("all at once", "echo", "all at once", "python-telegram-bot's echo, all at once", TIMES_ECHO),
        ("taps", "aiogram form", "texts", "aiogram's form", TIMES_FORM),
    ):
        beside = _beside(results, (bot, part), (other, its))
        yield Goal(f"turn ({database}) / {name}", results.ratio(bot, part, other, its), "×", bound, True, beside)
    delay, echo = results.delays(bot)[1], results.delays("echo")[1]
    beside = f"{delay / echo:.1f} × the echo's {echo:.1f} ms"
    yield Goal(f"tap to next question ({database}), p95", delay, "ms", DELAY_MS, False, beside)


def _lists(results: Results) -> Iterator[Goal]:
    for database in dict.fromkeys(looks.database for looks in results.looks):
        few, *_, many = sorted((one for one in results.looks if one.database == database), key=lambda one: one.cases)
        took, before = many.took["pending list"], few.took["pending list"]
        name = f"pending list, {FORTY} of {many.cases:,} cases ({database})"
        yield Goal(name, took, "ms", LIST_MS, False, f"{before:.1f} ms among {few.cases:,}")
        yield Goal(f"{name}, beside {few.cases:,}", took / before, "×", LIST_TIMES, False)


def goals(results: Results) -> list[Goal]:
    """Return the goals, the ratios first."""
    wave, imported = results.wave, results.imported
    found: list[Goal] = []
    for bot, database in (("voorzorg", "SQLite"), ("postgresql", "PostgreSQL")):
        if bot in results.runs:
            found += _turns(results, bot, database)
    if wave is not None:
        said = f"the last {wave.last:.1f} s after the moment"
        found += [
            Goal(f"{wave.planned} reminders of one moment leave", wave.rate, "/s", REMINDERS_PER_SECOND, True, said),
            Goal("of them refused by the server (429)", wave.refused, "", REFUSALS, False),
            Goal("of them that came exactly once", wave.came[1], "", wave.planned, True),
        ]
    if imported is not None:
        name = f"import of {imported.rows:,} rows"
        found.append(Goal(name, imported.seconds, "s", IMPORT_SECONDS, False, f"{imported.new:,} new cases"))
    if results.letters is not None:
        size = f"a PDF of {results.letters.size / 2**20:.1f} MB"
        name = f"{results.letters.letters:,} letters"
        found.append(Goal(name, results.letters.seconds, "s", LETTERS_SECONDS, False, size))
    found += _lists(results)
    for counted in results.counted:
        name = f"a region's figures over {counted.cases:,} cases ({counted.database})"
        beside = f"{counted.cpu:.0f} ms of this process's processors"
        found.append(Goal(name, counted.took, "ms", FIGURES_MS, False, beside))
    return [
        *found,
        Goal("start to first poll", results.startup("voorzorg"), "s", START_SECONDS, False),
        Goal("memory, at most", results.memory("voorzorg"), "MB", MEMORY_MB, False),
    ]
