"""The schedule on both databases: what is due comes in order, and the ledger balances."""

from __future__ import annotations

from datetime import time, timedelta

from storage.clock import instant
from storage.queues import due
from tests.storage.records import NOW, TODAY, ZONE, Records, after

TEN = instant(TODAY + timedelta(days=1), time(10), ZONE)


async def test_what_is_due_comes_oldest_first_and_the_rest_waits(records: Records) -> None:
    case = await records.case()
    late = case.schedule.remind("action_day", TODAY + timedelta(days=1), time(10), ZONE)
    early = case.schedule.remind("action_before", TODAY, time(10), ZONE)
    case.schedule.remind("reporting_eve", TODAY + timedelta(days=2), time(10), ZONE)
    await records.save(case)
    async with records.database.write() as connection:
        assert await due.soonest(connection) == early.due_at
        rows = await due.due_now(connection, TEN, 10)
        assert [(row.id, row.case_id, row.chat_id, row.kind) for row in rows] == [
            (early.id, case.id, None, "action_before"),
            (late.id, case.id, None, "action_day"),
        ]
        assert [row.id for row in await due.due_now(connection, TEN, 1)] == [early.id]
        assert await due.due_now(connection, TEN - timedelta(days=9), 10) == []


async def test_what_leaves_ends_as_its_notice_does_and_only_while_it_leaves(records: Records) -> None:
    case = await records.case()
    rows = [case.schedule.remind(str(number), TODAY, time(10), ZONE) for number in range(4)]
    for row, notice in zip(rows, ("a", "a", "b", "c"), strict=True):
        row.state, row.notice = "leaving", f"reminder:{notice}"
    await records.save(case)
    case.schedule.end(rows[3], "cancelled", "done")
    await records.save(case)
    async with records.database.write() as connection:
        keys = [f"reminder:{notice}" for notice in "abcd"]
        assert await due.still_leaving(connection, keys) == {"reminder:a", "reminder:b"}
        await due.settle(
            connection,
            [("reminder:a", "sent", None), ("reminder:b", "handed_to_worker", "x"), ("reminder:c", "sent", None)],
        )
        await due.settle(connection, [])
        assert await due.still_leaving(connection, keys) == set()
        assert await due.ledger(connection) == {"sent": 2, "handed_to_worker": 1, "cancelled": 1}
    again = await records.load(case.id)
    assert again is not None
    assert [(row.state, row.reason) for row in again.reminders] == [
        ("sent", None),
        ("sent", None),
        ("handed_to_worker", "x"),
        ("cancelled", "done"),
    ]


async def test_folds_are_planned_moved_and_dropped_beside_the_ledger(records: Records) -> None:
    first, second = await records.chat(1), await records.chat(2)
    async with records.database.write() as connection:
        await due.plan_fold(connection, [first.id, second.id], after(minutes=15), ZONE)
        await due.plan_fold(connection, [], after(minutes=15), ZONE)
        rows = await due.due_now(connection, after(minutes=15), 10)
        assert {(row.chat_id, row.case_id, row.kind) for row in rows} == {
            (first.id, None, "fold"),
            (second.id, None, "fold"),
        }
        await due.replan(connection, rows[0].id, after(minutes=30))
        await due.drop(connection, [rows[1].id])
        await due.drop(connection, [])
        assert await due.due_now(connection, after(minutes=15), 10) == []
        assert [row.id for row in await due.due_now(connection, after(minutes=30), 10)] == [rows[0].id]
        assert await due.ledger(connection) == {}


async def test_a_wall_time_that_was_moved_by_the_clocks_is_kept_as_it_was_meant(records: Records) -> None:
    case = await records.case()
    day = TODAY.replace(year=2027, month=3, day=28)
    case.schedule.remind("action_day", day, time(2, 30), ZONE)
    await records.save(case)
    again = await records.load(case.id)
    assert again is not None
    [row] = again.reminders
    assert (row.day, row.at, row.zone) == (day, time(2, 30), "Europe/Amsterdam")
    assert row.due_at.astimezone(ZONE).time() == time(3, 30)
    assert row.due_at > NOW
