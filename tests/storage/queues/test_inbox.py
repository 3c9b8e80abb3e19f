"""The inbox on both databases: every update once, in order per chat, none lost, nothing kept that is done."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from storage.engines.database import Database
from storage.queues.inbox import BACKOFF, KEEP_PARKED, REMEMBER, TRIES, Received
from storage.schema import inbox
from tests.storage.records import NOW, Records, after

Update = tuple[dict[str, Any], int | None]


def update(number: int, chat: int | None = 1, text: str = "hoi") -> Update:
    """Return an update of a chat."""
    return {"update_id": number, "message": {"text": text}}, chat


async def store(records: Records, *updates: Update, now: Any = NOW) -> int:
    """Store updates."""
    async with records.database.write() as connection:
        return await records.inbox.store(connection, updates, now)


async def waiting(records: Records, most: int = 100, now: Any = NOW) -> list[Received]:
    """Return what may be taken now."""
    async with records.database.write() as connection:
        return await records.inbox.next(connection, now, most)


async def finish(records: Records, *rows: Received) -> None:
    """End updates."""
    async with records.database.write() as connection:
        await records.inbox.finish(connection, [row.seq for row in rows])


def numbers(rows: list[Received]) -> list[int]:
    """Return the numbers of updates."""
    return [row.update["update_id"] for row in rows]


async def test_the_earliest_of_each_chat_comes_and_the_next_when_it_is_done(records: Records) -> None:
    assert await store(records, update(1, 1), update(2, 1), update(3, 2), update(4, None), update(5, 2)) == 5
    first = await waiting(records)
    assert numbers(first) == [1, 3, 4]
    assert numbers(await waiting(records, most=2)) == [1, 3]
    await finish(records, *first)
    assert numbers(await waiting(records)) == [2, 5]


async def test_what_is_in_no_chat_keeps_nobody_waiting(records: Records) -> None:
    await store(records, update(1, None), update(2, None), update(3, None))
    assert numbers(await waiting(records)) == [1, 2, 3]


async def test_an_update_that_comes_again_is_stored_once(records: Records, beside: Database) -> None:
    assert await store(records, update(1), update(2), update(1)) == 2
    assert await store(records, update(2), update(3)) == 1
    await finish(records, *await waiting(records))
    assert await store(records.on(beside), update(1), update(4, 2)) == 1
    assert numbers(await waiting(records)) == [2, 4]


async def test_updates_of_our_own_have_no_number_and_are_never_the_same(records: Records) -> None:
    ours: Update = ({"voorzorg": {"kind": "unreachable", "telegram_id": 1}}, 1)
    same: Update = (dict(ours[0]), 1)
    assert await store(records, ours, same) == 2
    assert await store(records, same) == 1


@pytest.mark.parametrize("text", ["hoi 👋🏽", "\x00", "\ud800 half", "a" * 100_000])
async def test_an_update_comes_back_as_it_came(records: Records, text: str) -> None:
    await store(records, update(2**40, 7_512_345_678, text))
    [row] = await waiting(records)
    assert row.update == {"update_id": 2**40, "message": {"text": text}}
    assert (row.chat_index, row.attempts, row.received_at) == (records.chats.index(7_512_345_678), 0, NOW)


async def test_what_is_done_is_blank(records: Records) -> None:
    await store(records, update(1))
    await finish(records, *await waiting(records))
    async with records.database.read() as connection:
        row = (await connection.execute(select(inbox))).one()
        assert await records.inbox.waiting(connection) == 0
    assert (row.state, row.payload) == ("done", None)


async def test_a_failing_update_is_tried_again_later_and_holds_up_its_chat_alone(records: Records) -> None:
    await store(records, update(1, 1), update(2, 1), update(3, 2))
    now = NOW
    for attempt in range(TRIES):
        [row] = [row for row in await waiting(records, now=now) if row.update["update_id"] == 1]
        assert row.attempts == attempt
        async with records.database.write() as connection:
            assert await records.inbox.fail(connection, row, now, hopeless=False) is (attempt == TRIES - 1)
        if attempt < TRIES - 1 and BACKOFF[attempt]:
            assert numbers(await waiting(records, now=now)) == [3]
            now += BACKOFF[attempt]
    assert numbers(await waiting(records, now=now)) == [2, 3]


async def test_a_hopeless_update_is_parked_at_once(records: Records) -> None:
    await store(records, update(1), update(2))
    [row] = await waiting(records)
    async with records.database.write() as connection:
        assert await records.inbox.fail(connection, row, NOW, hopeless=True)
    assert numbers(await waiting(records)) == [2]


async def test_what_is_finished_is_forgotten_in_its_time(records: Records) -> None:
    await store(records, update(1, 1), update(2, 2), update(3, 3))
    done, parked, _still_open = await waiting(records)
    await finish(records, done)
    async with records.database.write() as connection:
        await records.inbox.fail(connection, parked, NOW, hopeless=True)

    async def left(now: Any) -> list[tuple[str, int | None]]:
        async with records.database.write() as connection:
            await records.inbox.forget(connection, now)
            rows = await connection.execute(select(inbox.c.state, inbox.c.update_id).order_by(inbox.c.seq))
            return [(row.state, row.update_id) for row in rows]

    assert await left(NOW + REMEMBER) == [("done", 1), ("parked", 2), ("open", 3)]
    assert await left(NOW + REMEMBER + (after(milliseconds=1) - NOW)) == [("parked", None), ("open", 3)]
    # Numbers may start anew after a quiet week: a parked row does not stand in the way of a new one.
    assert await store(records, update(2, 4)) == 1
    assert await left(NOW + KEEP_PARKED + (after(seconds=1) - NOW)) == [("open", 3), ("open", 2)]


async def test_a_payload_moved_to_another_chat_s_row_does_not_open(records: Records) -> None:
    await store(records, update(1, 1), update(2, 2))
    async with records.database.write() as connection:
        first, second = (await connection.execute(select(inbox).order_by(inbox.c.seq))).all()
        await connection.execute(inbox.update().where(inbox.c.seq == second.seq).values(payload=first.payload))
        rows = await records.inbox.next(connection, NOW, 10)
    assert [(row.damaged, row.update) for row in rows] == [(False, update(1, 1)[0]), (True, {})]
