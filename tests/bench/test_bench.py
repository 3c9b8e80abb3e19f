"""The bench works, and reckons well. How fast anything is, is read in what it prints, and never asserted."""

from __future__ import annotations

import json
import math
from collections import Counter
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from tests.bench import examples
from tests.bench.__main__ import WIDTH, bench
from tests.bench.figures import run_figures
from tests.bench.goals import Goal, goals
from tests.bench.lists import SCREENS, run_lists
from tests.bench.measure import Part, Run, Size
from tests.bench.reminders import Wave
from tests.bench.report import NAMES, looks, show, verdict
from tests.bench.results import Results
from tests.bench.runs import OTHER_BOTS

HEADINGS = ("Updates a second", "Milliseconds until the answer", "Start and memory", "5 reminders", "Lines", "Goals")


def run(updates_a_second: float, delay: float = 0.01, cpu: float = 0.5) -> Run:
    """Return a run that did so many in each of its parts, in a second each."""
    part = Part(int(updates_a_second), 1.0, cpu, int(updates_a_second), 0.2, 0.0)
    parts = {"taps": part, "texts": part, "all at once": part}
    return Run(startup=1.0, parts=parts, delays=[delay] * 20, memory=100.0)


def results(**rates: tuple[float, ...]) -> Results:
    """Return results in which each bot did so many updates a second in its runs."""
    made = Results(Size())
    for bot, of in rates.items():
        for each in of:
            made.add(bot.replace("_", " "), run(each))
    return made


def goal(made: Results, beginning: str) -> Goal:
    return next(goal for goal in goals(made) if goal.name.startswith(beginning))


@pytest.mark.skipif(not Path("/proc/stat").exists(), reason="the bench reads /proc, which only Linux has")
async def test_the_bench_runs_the_real_program_beside_the_others(tmp_path: Path) -> None:
    size = Size(people=5, each=2, paced=5, rate=50, reminders=5, rows=20, letters=3, cases=0)
    found = await bench(tmp_path, size, times=1, examples=examples.ours(), pin=False)
    assert set(found.runs) - {"postgresql"} == {"voorzorg", *OTHER_BOTS}
    assert set(found.runs["voorzorg"][0].parts) == {"taps", "texts", "all at once"}
    assert set(found.runs["echo"][0].parts) == {"texts", "all at once"}
    for one in (of[0] for of in found.runs.values()):
        assert all(part.updates == 10 and part.calls >= 5 for part in one.parts.values())
    assert found.wave is not None
    assert (found.wave.came, found.wave.ledger, found.wave.refused) == (Counter({1: 5}), Counter(sent=5), 0)
    assert found.imported is not None
    assert found.imported.new == 20
    assert found.letters is not None
    assert found.letters.letters == 3

    printed = StringIO()
    show(Console(file=printed, width=WIDTH), found)
    for words in (*HEADINGS, *(NAMES[bot] for bot in found.runs)):
        assert words in printed.getvalue()
    assert json.loads(json.dumps(found.plain()))["reminders"]["came"] == {"1": 5}


def test_a_ratio_is_that_of_runs_that_followed_each_other() -> None:
    # A slow third round hits both: the ratio is 2 in each round, whatever the medians are.
    made = results(voorzorg=(1000, 1200, 300), echo=(500, 600, 150))
    assert made.ratio("voorzorg", "taps", "echo", "texts") == 2
    # One round that went wrong for one of them does not count.
    assert results(voorzorg=(1000, 1000, 10), echo=(500, 500, 500)).ratio("voorzorg", "taps", "echo", "texts") == 2


def test_what_did_not_run_is_not_measured_rather_than_met_or_missed() -> None:
    made = results(voorzorg=(1000,))
    assert math.isnan(made.ratio("voorzorg", "taps", "echo", "texts"))
    turn = goal(made, "turn (SQLite) / aiogram")
    assert (turn.met, verdict(turn), turn.plain()["value"]) == (None, "not measured", None)
    assert not any("PostgreSQL" in each.name for each in goals(made))


def test_a_turn_reaches_its_goal_at_one_and_a_half_echoes() -> None:
    assert goal(results(voorzorg=(750,), echo=(500,)), "turn (SQLite) / python").met
    assert goal(results(voorzorg=(749,), echo=(500,)), "turn (SQLite) / python").met is False
    assert goal(results(postgresql=(1400,), aiogram_form=(1000,)), "turn (PostgreSQL) / aiogram").met


def test_the_delay_of_the_slowest_twentieth_counts() -> None:
    made = Results(Size())
    made.add("voorzorg", Run(1.0, {}, [0.01] * 90 + [0.2] * 10))
    p50, p95, p99 = made.delays("voorzorg")
    assert (round(p50), round(p95), round(p99)) == (10, 200, 200)
    assert goal(made, "tap to next question").met is False


def test_the_rate_of_reminders_counts_the_steps_between_them() -> None:
    # 31 of them in a second, the first at its start: 30 steps.
    wave = Wave(31, 1.0, 2.0, 1, Counter({1: 29, 2: 1}), Counter(sent=31), 0.1)
    assert wave.rate == 30
    made = results(voorzorg=(1,))
    made.wave = wave
    assert goal(made, "31 reminders").met
    assert goal(made, "of them refused").met is False
    assert goal(made, "of them that came").met is False


def test_an_example_comes_by_the_hash_that_is_locked_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock = tmp_path / "requirements.lock"
    lock.write_text("aiogram==0.0.1 \\\n    --hash=sha256:00\n", encoding="utf-8")
    monkeypatch.setattr(examples, "LOCK", lock)
    with pytest.raises(examples.NotFetchedError, match="is not the one that is locked"):
        examples.published(tmp_path / "kept")
    stand_in = examples.best(tmp_path / "kept")
    assert "in the manner of the published examples" in stand_in.origin
    assert all(file.exists() for file in stand_in.files.values())


async def test_a_workers_screens_are_timed_among_few_and_among_many(tmp_path: Path) -> None:
    made = results(voorzorg=(100,))
    made.looks = [await run_lists(tmp_path / str(count), count, "SQLite") for count in (45, 90)]
    assert [set(one.took) for one in made.looks] == [set(SCREENS)] * 2
    assert goal(made, "pending list, 40 of 90 cases (SQLite), beside 45").unit == "×"
    assert [column.header for column in looks(made).columns] == ["", "SQLite, 45", "SQLite, 90"]


async def test_the_figures_of_a_region_are_timed(tmp_path: Path) -> None:
    made = results(voorzorg=(1,))
    made.counted = [await run_figures(tmp_path / "figures", 60, "SQLite")]
    assert goal(made, "a region's figures over 60 cases (SQLite)").value > 0
    assert made.plain()["figures"][0]["cases"] == 60
