"""What the lists read is what the plain definition says, after whatever anybody did and however time passed."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import Any

import pytest
from sqlalchemy import select

from storage.case.case import Case
from storage.schema import cases, pending
from tests.house import House, on_both
from tests.storage.case.test_waiting import plainly

STEPS = 120


async def rows(house: House) -> dict[str, set[str]]:
    """Return what each case waits for, as it is stored."""
    async with house.app.database.read() as connection:
        found: dict[str, set[str]] = {ref: set() for ref in (await connection.execute(select(cases.c.ref))).scalars()}
        for ref, reason in await connection.execute(select(cases.c.ref, pending.c.reason).join(cases)):
            found[ref].add(reason)
    return found


def something(draw: Random, case: Case, house: House, worker: str) -> None:
    """Let something happen to a case that may make it wait, or end that."""
    now, today, zone = house.clock.now(), house.today, house.settings.zone
    day = today + timedelta(days=draw.randrange(-3, 30))
    actions: list[Any] = [
        lambda: case.confirm_date(day, "worker"),
        lambda: case.list_date(draw.choice([day, None])),
        lambda: case.assign(draw.choice([worker, None])),
        lambda: case.invite(now),
        lambda: case.join(now),
        lambda: case.reached(draw.random() > 0.5, now),
        lambda: case.message("self_reporter", "hallo", now),
        lambda: case.read("self_reporter", now),
        lambda: case.answer("eviction", draw.choice(["yes", "no"]), now),
        lambda: case.answer("home", "rent", now),
        lambda: case.answer("going", draw.choice(["yes", "badly"]), now),
        lambda: case.agree(case.propose("housing", "self", "before", "iets", day, None)),
        lambda: [case.settle(a, "done", "done", today) for a in case.actions if a.status == "agreed"],
        lambda: [case.acknowledge(f, now) for f in case.flags if f.stands],
        lambda: [case.overrule(f, "nee", now) for f in case.flags if f.stands],
        lambda: case.contacted("phone", "in", now),
        lambda: case.reach_by(draw.choice(["chat", "visit"])),
        lambda: case.record_outcome(draw.choice(["reported", "absent"])),
        lambda: case.expect_release(day),
        lambda: case.remind("action_day", today, now.astimezone(zone).time(), zone),
    ]
    draw.choice(actions)()


@on_both
@pytest.mark.parametrize("seed", [1, 2])
async def test_the_rows_equal_the_plain_definition_after_turns_commands_and_ticks(house: House, seed: int) -> None:
    draw = Random(seed)
    worker = await house.member()
    refs = [await house.case() for _ in range(4)]
    met: set[str] = set()
    for _ in range(STEPS):
        async with house.app.database.write() as connection:
            case = await house._load(connection, draw.choice(refs))
            something(draw, case, house, worker.id)
            await house.stores.cases.save(connection, [case], house.clock.now(), house.settings.zone)
        house.clock.forward(minutes=draw.randrange(0, 40 * 60))
        await house.tick()
        stored = await rows(house)
        for ref in refs:
            assert stored[ref] == plainly(await house.load(ref), house.clock.now())
            met |= stored[ref]
    assert len(met) > 10
