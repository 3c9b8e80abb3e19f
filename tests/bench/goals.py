"""What is to be reached, beside what was: the goals of the design that the bench measures."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from tests.bench.results import Results

# What a turn is to be, times the updates a second of python-telegram-bot's echo and of aiogram's form.
TIMES_ECHO, TIMES_FORM = 1.5, 1.4
# Milliseconds within which 95 of 100 have their next question.
DELAY_MS = 50
# Reminders a second that leave at the least; refusals by the server (429) at the most.
REMINDERS_PER_SECOND, REFUSALS = 29, 0
# Seconds to the first poll, and MB at most.
START_SECONDS, MEMORY_MB = 1.5, 150


@dataclass(frozen=True, slots=True)
class Goal:
    """A value that is to be at least, or at most, a bound; NaN when it was not measured."""

    name: str
    value: float
    unit: str
    bound: float
    at_least: bool

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
        }


def goals(results: Results) -> list[Goal]:
    """Return the goals, in the order of the design."""
    wave = results.wave
    found = []
    for database, bot in (("SQLite", "voorzorg"), ("PostgreSQL", "postgresql")):
        if bot not in results.runs:
            continue
        echo, form = (results.ratio(bot, "taps", other) for other in ("echo", "aiogram form"))
        found += [
            Goal(f"a durable, sealed turn beside python-telegram-bot's echo ({database})", echo, "×", TIMES_ECHO, True),
            Goal(f"a durable, sealed turn beside aiogram's form ({database})", form, "×", TIMES_FORM, True),
            Goal(f"from tap to next question, p95 ({database})", results.delays(bot)[1], "ms", DELAY_MS, False),
        ]
    if wave is not None:
        found += [
            Goal(f"{wave.planned} reminders of one moment leave", wave.rate, "a second", REMINDERS_PER_SECOND, True),
            Goal("of them refused by the server (429)", wave.refused, "", REFUSALS, False),
            Goal("of them that came exactly once", wave.came[1], "", wave.planned, True),
        ]
    return [
        *found,
        Goal("start to first poll", results.startup("voorzorg"), "s", START_SECONDS, False),
        Goal("memory, at most", results.memory("voorzorg"), "MB", MEMORY_MB, False),
    ]
