"""First, recruiting and second letters, home visits and dates that are near: only for who waits at home."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from bot.lookups.letters import letters_due
from bot.lookups.lists import Lists
from bot.lookups.workload import workload
from storage.case.case import Case
from storage.scope import Actor, Scope
from tests.house import House, on_both

DAY = timedelta(days=1)
_COURSES: dict[str, Callable[[Case, House], None]] = {
    "inside": lambda c, h: c.course.record_outcome("reported"),
    "arrested before the day": lambda c, h: c.course.record_outcome("arrested", h.today),
    "free": lambda c, h: (c.course.record_outcome("reported"), c.course.release(h.today))[0],
    "not called up any more": lambda c, h: c.course.record_outcome("cancelled"),
    "closed": lambda c, h: c.course.close("moved", h.today),
}


@on_both
@pytest.mark.parametrize("course", sorted(_COURSES))
async def test_nobody_is_asked_by_letter_or_sought_at_home_who_does_not_wait_there(house: House, course: str) -> None:
    worker = await house.member()
    home, gone, written, gone_written = [await house.case(reporting_date=house.today + 9 * DAY) for _ in range(4)]
    later = house.clock.now() + 30 * DAY
    async with house.app.database.write() as connection:
        loaded = [await house.case_on(connection, ref) for ref in (home, gone, written, gone_written)]
        for case in loaded:
            case.helpers.assign(worker.id)
        for case in loaded[2:]:
            case.reach.invited(house.clock.now())
            case.reach.contacted("letter", "out", house.clock.now())
        await house.stores.cases.save(connection, loaded, house.clock.now(), house.settings.zone)
    near, seen = await _near(house, worker.id), await _due(house, later)
    assert {home, gone} <= set(seen[0])
    assert {written, gone_written} <= set(seen[1] + seen[2])
    assert near == (4, 4)
    async with house.app.database.write() as connection:
        loaded = [await house.case_on(connection, ref) for ref in (gone, gone_written)]
        for case in loaded:
            _COURSES[course](case, house)
        await house.stores.cases.save(connection, loaded, house.clock.now(), house.settings.zone)
    first, second, visits = await _due(house, later)
    assert home in first
    assert written in second + visits
    assert not {gone, gone_written} & {*first, *second, *visits}
    if course != "not called up any more":  # its day goes with the letter that takes it back
        assert await _near(house, worker.id) == (2, 2)


async def _due(house: House, now: datetime) -> tuple[list[str], list[str], list[str]]:
    content = house.app.rounds.content
    scope = Scope(Actor("coordinator", "c", "all"), now)
    async with house.app.database.read() as connection:
        due = await letters_due(connection, scope, content.letters, now, house.settings.zone)
    return due.first, due.second, due.visits


async def _near(house: House, worker: str) -> tuple[int, int]:
    now = house.clock.now()
    async with house.app.database.read() as connection:
        lists = Lists(connection, Scope(Actor("worker", worker, "Groningen"), now), house.today)
        everybody = Scope(Actor("coordinator", "c", "all"), now)
        loads = (await workload(connection, house.stores.team, everybody, house.today)).loads
        return await lists.count("near"), next(load.near for load in loads if load.member_id == worker)
