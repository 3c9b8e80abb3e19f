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
        lambda: case.course.confirm_date(day, "worker"),
        lambda: case.course.list_date(draw.choice([day, None])),
        lambda: case.helpers.assign(draw.choice([worker, None])),
        lambda: case.reach.invited(now),
        lambda: case.reach.joined(now),
        lambda: case.reach.messages_arrive(draw.random() > 0.5, now),
        lambda: case.thread.write("self_reporter", "hallo", now),
        lambda: case.thread.read("self_reporter", now),
        lambda: case.person.answer("eviction", draw.choice(["yes", "no"]), now),
        lambda: case.person.answer("home", "rent", now),
        lambda: case.person.answer("going", draw.choice(["yes", "badly"]), now),
        lambda: case.plan.agree(case.plan.propose("housing", "self", "before", "iets", day, None)),
        lambda: [case.plan.settle(a, "done", "done", today) for a in case.actions if a.status == "agreed"],
        lambda: [case.signals.acknowledge(f, now) for f in case.flags if f.stands],
        lambda: [case.signals.overrule(f, "nee", now) for f in case.flags if f.stands],
        lambda: case.reach.contacted("phone", "in", now),
        lambda: case.reach.by(draw.choice(["chat", "visit"])),
        lambda: case.course.record_outcome(draw.choice(["reported", "absent"])),
        lambda: case.course.expect_release(day),
        lambda: case.schedule.remind("action_day", today, now.astimezone(zone).time(), zone),
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
            case = await house.case_on(connection, draw.choice(refs))
            something(draw, case, house, worker.id)
            await house.stores.cases.save(connection, [case], house.clock.now(), house.settings.zone)
        house.clock.forward(minutes=draw.randrange(0, 40 * 60))
        await house.tick()
        stored = await rows(house)
        for ref in refs:
            assert stored[ref] == plainly(await house.load(ref), house.clock.now())
            met |= stored[ref]
    assert len(met) > 10
