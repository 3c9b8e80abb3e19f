"""The order of lists: most pressing first, the same on both databases, each case once."""

from __future__ import annotations

from datetime import timedelta

from storage.queues.pressing import page
from storage.schema import cases
from tests.storage.records import NOW, TODAY, Records, after

DAY = timedelta(days=1)


async def test_the_order_is_by_colour_urgent_unanswered_days_left_how_worrying_and_age(records: Records) -> None:
    made = {name: await records.case(added_at=NOW - DAY) for name in "abcdefgh"}
    worker = await records.member()
    for case in made.values():
        case.helpers.assign(worker.id)
        case.reach.joined(NOW)
    made["a"].signals.raise_flag("eviction", "housing", "urgent", "why", after(days=-3))
    made["b"].signals.raise_flag("eviction", "housing", "urgent", "why", after(days=-2))
    made["b"].thread.write("self_reporter", "hallo", after(days=-9))
    made["c"].thread.write("self_reporter", "hallo", after(days=-1))
    for name, days, level in (("d", 5, 1), ("e", 9, 4), ("f", 9, 2)):
        made[name].course.list_date(TODAY + days * DAY)
        made[name].attention.press(level)
    # No date yet, and not reached: orange, so above what is yellow. Last, what waits for nothing.
    made["g"].reach.messages_arrive(False, after(days=-5))
    await records.save(*made.values())
    async with records.database.read() as connection:
        lines = await page(connection, (cases.c.worker == worker.id,), 0, 20)
        second = await page(connection, (cases.c.worker == worker.id,), 3, 2)
    order = "".join(name for line in lines for name, case in made.items() if case.ref == line.ref)
    assert order == "abcgdefh"
    assert [line.ref for line in second] == [made["g"].ref, made["d"].ref]
    assert [name for name, _ in lines[1].reasons] == ["urgent_flag", "unread_message"]
    assert lines[-1].reasons == ()
