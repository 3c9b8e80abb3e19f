"""The figures of a whole region over very many cases: how long a coordinator waits for them, on each database."""

from __future__ import annotations

import time
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

from sqlalchemy import insert

from bot.cli.running import set_up
from bot.lookups.figures.reading import read_figures
from conversations.content.region import Region
from conversations.content.targets import Targets
from storage.clock import SystemClock
from storage.figures.indicators import ENDS, HOW, tallied
from storage.schema import MOMENTS, PROFILE, TOPICS, monitoring
from storage.scope import Actor, Scope
from tests.bench.cases import opened
from tests.house import settings_for
from tests.postgresql import NoServerError, Postgresql

TODAY = date(2026, 12, 20)
TIMES, CHUNK = 7, 5_000


@dataclass(frozen=True, slots=True)
class Counted:
    """Milliseconds that the figures of all `cases` took, and of this process's processors: the middle of several."""

    database: str
    cases: int
    took: float
    cpu: float


def _row(draw: Random, number: int, places: list[tuple[str, str]]) -> dict[str, Any]:
    municipality, province = draw.choice(places)
    returned = draw.random() < 0.4
    row: dict[str, Any] = {
        "municipality": municipality,
        "province": province,
        "month": date(2026, draw.randint(1, 12), 1),
        "id": f"{number:032x}",
        "prison": draw.choice(("PI Veenhuizen", "PI Leeuwarden", "PI Zwolle")),
        "track": "self_report",
        "sentence": draw.choice(("weeks", "months", "longer")),
        "how": draw.choice((*HOW, None)),
        "outcome": draw.choice((*ENDS, None)),
        "returned": int(returned),
        "head_start": draw.randint(0, 90),
        "measures": "",
        "actions_due": 3,
        "actions_in_time": draw.randint(0, 3),
        "known": draw.choice((0, 1, None)),
    }
    yes_no = ("letter_sent", "letter_answered", "contact", "action", "plan", "own_wish", "called_up", "handed_over")
    row |= {name: draw.randint(0, 1) for name in (*yes_no, "aftercare")}
    row |= {name: draw.choice((0, 1, None)) for name in PROFILE}
    for topic in TOPICS:
        for moment in MOMENTS:
            row[f"{topic}_{moment}"] = draw.choice((0, 1, None)) if returned or moment == "start" else None
    return row | tallied(row)


async def run_figures(folder: Path, count: int, name: str, url: str | None = None) -> Counted:
    """Count a year of `count` cases over the whole region, as /monitor does."""
    folder.mkdir(parents=True)
    settings = settings_for(folder, "", **({"database_url": url} if url else {}))
    await set_up(settings)
    region, draw = Region.load(), Random(count)
    places = [(m.name, province.name) for province in region.provinces for m in province.municipalities]
    scope = Scope(Actor("coordinator", "", "all"), SystemClock().now())
    took, cpu = [], []
    async with opened(settings) as (database, _):
        async with database.write() as connection:
            for first in range(0, count, CHUNK):
                rows = [_row(draw, number, places) for number in range(first, min(count, first + CHUNK))]
                await connection.execute(insert(monitoring), rows)
        if not database.is_sqlite:
            async with database.write() as connection:
                await connection.exec_driver_sql("ANALYZE monitoring")
        for _ in range(TIMES):
            async with database.read() as connection:
                began, busy = time.perf_counter(), time.process_time()
                found = await read_figures(connection, scope, region, Targets.load(), TODAY, more=False)
                took.append(1000 * (time.perf_counter() - began))
                cpu.append(1000 * (time.process_time() - busy))
            assert found.total.counts["cases"] == count
    return Counted(name, count, median(took), median(cpu))


async def on_each_database(folder: Path, count: int) -> list[Counted]:
    """Count on SQLite, and on PostgreSQL where there is one."""
    found = [await run_figures(folder / "sqlite", count, "SQLite")]
    async with AsyncExitStack() as stack:
        try:
            server = Postgresql(safe=True)
        except NoServerError:
            return found
        stack.callback(server.stop)
        url = await stack.enter_async_context(server.database())
        found.append(await run_figures(folder / "postgresql", count, "PostgreSQL", url))
    return found
