"""A hundred people answer while the program is killed again and again: nobody loses anything, nothing happens twice.

`VOORZORG_FAULT_SEED`, `VOORZORG_FAULT_KILLS` and `VOORZORG_FAULT_CHATS` set what is tried, `VOORZORG_FAULT_REPORT`
names a file for the table. The seed decides the plan of the kills and what people choose, not the order of the threads.
"""

from __future__ import annotations

import asyncio
import os
import secrets
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from tests.counted import COUNTED
from tests.faults.crowd import LEASE, gathered
from tests.faults.killer import LATEST, Killer, plans
from tests.faults.mortal import Cradle
from tests.faults.verdict import Verdict, judge

SEED = int(os.environ.get("VOORZORG_FAULT_SEED") or secrets.randbelow(1_000_000))
KILLS = int(os.environ.get("VOORZORG_FAULT_KILLS") or 0)
# Unless told otherwise.
KILLS_ON_SQLITE, KILLS_ON_POSTGRESQL = 50, 30
# People go on while the program waits for the lease of the one before: more of them than this, and what waits for the
# last life only grows from kill to kill.
CHATS_ON_SQLITE, CHATS_ON_POSTGRESQL = 100, 40
CHATS = int(os.environ.get("VOORZORG_FAULT_CHATS") or 0)


@pytest.mark.asyncio(loop_scope="session")
async def test_what_was_confirmed_is_never_lost_and_nothing_happens_twice_however_often_it_is_killed(
    cradle: Cradle, tmp_path: Path, elsewhere: str | None, record_property: Callable[[str, object], None]
) -> None:
    kills = KILLS or (KILLS_ON_SQLITE if elsewhere is None else KILLS_ON_POSTGRESQL)
    chats = CHATS or (CHATS_ON_SQLITE if elsewhere is None else CHATS_ON_POSTGRESQL)
    # On PostgreSQL a life begins when the lease of the one before has ended.
    latest = LATEST if elsewhere is None else LATEST + LEASE
    record_property(COUNTED, f"VOORZORG_FAULT_SEED={SEED}")
    began = time.monotonic()
    async with gathered(cradle, tmp_path, chats, SEED, elsewhere) as crowd:
        killer = Killer(crowd, plans(kills, Random(SEED), latest))
        async with asyncio.TaskGroup() as tasks:
            people = tasks.create_task(crowd.live())
            for plan in killer.plans:
                await killer.kill(plan)
            await killer.relent(people)
        verdict = await judge(crowd, killer.on_the_way(), killer.afresh)
    kind = "sqlite" if elsewhere is None else "postgresql"
    report = f"{kind}: {_report(killer, verdict, chats)}\n{time.monotonic() - began:.1f} s in all"
    record_property(COUNTED, report)
    if file := os.environ.get("VOORZORG_FAULT_REPORT"):
        with Path(file).open("a") as table:
            table.write(report + "\n")
    assert not killer.missed(), f"{report}\nnever reached: {killer.missed()}"
    assert not verdict.faults, "\n".join([report, f"{len(verdict.faults)} faults:", *verdict.faults[:40]])


def _report(killer: Killer, verdict: Verdict, chats: int) -> str:
    rows = sum(kill.rows for kill in killer.kills)
    starts = sorted(kill.started_in for kill in killer.kills if kill.started_in)
    return "\n".join(
        [
            f"seed {SEED}, {chats} chats, {len(killer.kills)} kills, {verdict.updates} updates confirmed",
            killer.table(),
            f"on the way at a kill: {rows} rows, of which {killer.on_the_way().total()} messages had arrived",
            f"reminders that arrived: {verdict.reminders}",
            f"came twice: {verdict.twice.total()}; former screens left: {verdict.left.total()}",
            f"begun again in {starts[len(starts) // 2]:.2f} s (the longest {starts[-1]:.2f} s)" if starts else "",
        ]
    )
