"""What was measured, and the arithmetic over it: medians of the runs, and ratios of runs that came after each other."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from statistics import median, quantiles
from typing import Any

from tests.bench.figures import Counted
from tests.bench.importing import Import
from tests.bench.lettering import Batch
from tests.bench.lists import Looks
from tests.bench.measure import Part, Run, Size
from tests.bench.reminders import Wave

# Cores that other programs may take of a run that is to be believed.
DISTURBED = 0.2


def rate(part: Part) -> float:
    """Return the updates a second."""
    return part.updates / part.seconds


def cpu(part: Part) -> float:
    """Return the milliseconds of processor time for an update."""
    return 1000 * part.cpu / part.updates


def percentiles(run: Run) -> tuple[float, float, float]:
    """Return the milliseconds within which half, 95 and 99 of a hundred had their answer."""
    cuts = quantiles(run.delays, n=100, method="inclusive")
    return cuts[49] * 1000, cuts[94] * 1000, cuts[98] * 1000


@dataclass(slots=True)
class Results:
    """All runs by bot, in the order in which they were made, and once each: what else somebody waits for.

    `missing`: why there is no PostgreSQL; `examples`: whose the other bots are; `machine`: on what all this ran.
    """

    size: Size
    runs: dict[str, list[Run]] = field(default_factory=dict)
    wave: Wave | None = None
    imported: Import | None = None
    letters: Batch | None = None
    looks: list[Looks] = field(default_factory=list)
    counted: list[Counted] = field(default_factory=list)
    missing: str = ""
    examples: str = ""
    machine: str = ""

    def add(self, bot: str, run: Run) -> None:
        """Keep a run."""
        self.runs.setdefault(bot, []).append(run)

    def values(self, bot: str, part: str, value: Callable[[Part], float]) -> list[float]:
        """Return what a part of a bot came to in each run; nothing when the bot or the part did not run."""
        return [value(run.parts[part]) for run in self.runs.get(bot, ()) if part in run.parts]

    def middle(self, bot: str, part: str, value: Callable[[Part], float]) -> float:
        """Return the median of that; NaN when there is none."""
        return middle(self.values(bot, part, value))

    def ratio(self, bot: str, part: str, other: str, beside: str) -> float:
        """Return how many times as many updates a second as part `beside` of `other`; NaN when one did not run."""
        # Noise that lasts hits runs that follow each other alike; the median of their ratios is rid of most of it.
        pairs = zip(self.values(bot, part, rate), self.values(other, beside, rate), strict=False)
        return middle([one / another for one, another in pairs])

    def delays(self, bot: str) -> tuple[float, float, float]:
        """Return the medians of the percentiles; NaN for a bot whose delays were not measured."""
        found = [percentiles(run) for run in self.runs.get(bot, ()) if run.delays]
        p50, p95, p99 = (middle([run[at] for run in found]) for at in range(3))
        return p50, p95, p99

    def startup(self, bot: str) -> float:
        """Return the seconds to the first poll."""
        return middle([run.startup for run in self.runs.get(bot, ())])

    def memory(self, bot: str) -> float:
        """Return the MB that it held at most, in the worst of its runs."""
        return max((run.memory for run in self.runs.get(bot, ())), default=math.nan)

    @property
    def disturbed(self) -> bool:
        """Whether other programs took so much that updates a second say little; CPU-ms suffer less."""
        return any(part.others > DISTURBED for of in self.runs.values() for run in of for part in run.parts.values())

    def plain(self) -> dict[str, Any]:
        """Return everything in the shapes of JSON."""
        wave = self.wave and {
            **{name: getattr(self.wave, name) for name in self.wave.__slots__},
            # asdict breaks a Counter.
            "came": dict(self.wave.came),
            "ledger": dict(self.wave.ledger),
            "rate": self.wave.rate,
        }
        runs = {bot: [asdict(run) for run in of] for bot, of in self.runs.items()}
        words = {"missing": self.missing, "examples": self.examples, "machine": self.machine}
        return {
            "size": asdict(self.size),
            **words,
            "disturbed": self.disturbed,
            "runs": runs,
            "reminders": wave,
            "import": self.imported and asdict(self.imported),
            "letters": self.letters and asdict(self.letters),
            "lists": [asdict(looks) for looks in self.looks],
            "figures": [asdict(counted) for counted in self.counted],
        }


def middle(values: Sequence[float]) -> float:
    """Return the median; NaN of nothing."""
    return median(values) if values else math.nan
