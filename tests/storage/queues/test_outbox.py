"""The outbox on both databases: in order per chat, one screen, every row with one end."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from storage.queues.outbox import KEEP_FINISHED, Outgoing
from storage.schema import outbox
from tests.storage.records import NOW, Records, after


def out(chat: str, kind: str, text: str = "", key: str | None = None) -> Outgoing:
    """Return something to send."""
    thing = Outgoing(chat, kind, {"text": text})
    if key is not None:
        thing.key = key
    return thing


async def add(records: Records, *things: Outgoing) -> None:
    """Keep what is to be sent."""
    async with records.database.write() as connection:
        await records.outbox.add(connection, things, NOW)


async def ready(records: Records, now: Any = NOW, most: int = 100) -> list[Outgoing]:
    """Return what may be sent now."""
    async with records.database.read() as connection:
        return await records.outbox.next(connection, now, most)


def texts(rows: list[Outgoing]) -> list[str]:
    """Return what would be sent."""
    return [row.payload["text"] for row in rows]


async def ends(records: Records) -> list[tuple[str, str | None, bool]]:
    """Return (state, reason, whether something is left of its content) of each row."""
    async with records.database.read() as connection:
        rows = await connection.execute(select(outbox).order_by(outbox.c.seq))
        return [(row.state, row.reason, row.payload is not None) for row in rows]


async def test_everything_comes_in_the_order_in_which_it_was_kept(records: Records) -> None:
    await add(records, out("a", "notice", "1"), out("b", "menu", "2"), out("a", "clear", "3"))
    await add(records, out("", "leave", "4 👋"))
    rows = await ready(records)
    assert texts(rows) == ["1", "2", "3", "4 👋"]
    assert (rows[0].chat_id, rows[0].kind, rows[0].attempts, rows[0].made_at) == ("a", "notice", 0, NOW)
    assert texts(await ready(records, most=2)) == ["1", "2"]


async def test_a_new_screen_takes_the_place_of_those_that_wait(records: Records) -> None:
    await add(records, out("a", "screen", "1"), out("b", "screen", "2"), out("a", "notice", "3"))
    await add(records, out("a", "screen", "4"))
    assert texts(await ready(records)) == ["2", "3", "4"]
    assert (await ends(records))[0] == ("superseded", None, False)


async def test_what_waits_for_a_retry_holds_up_its_chat_and_no_answer_to_a_tap(records: Records) -> None:
    await add(records, out("a", "notice", "1"), out("a", "notice", "2"), out("b", "notice", "3"))
    first = (await ready(records))[0]
    async with records.database.write() as connection:
        await records.outbox.postpone(connection, [(first.seq, 1, after(seconds=5), "network")])
    await add(records, out("a", "answer", "4"), out("", "leave", "5"))
    assert texts(await ready(records)) == ["3", "4", "5"]
    again = await ready(records, after(seconds=5))
    assert texts(again) == ["1", "2", "3", "4", "5"]
    assert (again[0].attempts, again[0].reason) == (1, "network")
    async with records.database.read() as connection:
        assert await records.outbox.soonest(connection) == NOW


async def test_every_row_ends_once_and_blank(records: Records) -> None:
    await add(records, *(out("a", "notice", str(number)) for number in range(4)))
    rows = await ready(records)
    async with records.database.write() as connection:
        await records.outbox.finish(
            connection, [(rows[0].seq, "sent", None), (rows[1].seq, "failed", "refused"), (rows[2].seq, "dropped", "x")]
        )
    assert await ends(records) == [
        ("sent", None, False),
        ("failed", "refused", False),
        ("dropped", "x", False),
        ("open", None, True),
    ]
    async with records.database.read() as connection:
        assert await records.outbox.waiting(connection) == 1


async def test_when_nobody_can_be_reached_all_that_waits_for_them_ends(records: Records) -> None:
    await add(records, out("a", "notice", key="reminder:1"), out("b", "notice"), out("a", "screen", key="s"))
    async with records.database.write() as connection:
        assert set(await records.outbox.close_chats(connection, ["a"], "unreachable")) == {"reminder:1", "s"}
        assert await records.outbox.close_chats(connection, [], "unreachable") == []
    assert await ends(records) == [
        ("failed", "unreachable", False),
        ("open", None, True),
        ("failed", "unreachable", False),
    ]


async def test_one_key_is_sent_once(records: Records) -> None:
    await add(records, out("a", "notice", key="reminder:1"))
    with pytest.raises(IntegrityError):
        await add(records, out("a", "notice", key="reminder:1"))


async def test_what_is_finished_is_forgotten_in_its_time(records: Records) -> None:
    await add(records, out("a", "notice"), out("b", "notice"))
    async with records.database.write() as connection:
        rows = await records.outbox.next(connection, NOW, 1)
        await records.outbox.finish(connection, [(rows[0].seq, "sent", None)])
        await records.outbox.forget(connection, NOW + KEEP_FINISHED)
    assert len(await ends(records)) == 2
    async with records.database.write() as connection:
        await records.outbox.forget(connection, NOW + KEEP_FINISHED + timedelta(seconds=1))
    assert await ends(records) == [("open", None, True)]
    async with records.database.write() as connection:
        await records.outbox.close_chats(connection, ["b"], "unreachable")
    async with records.database.read() as connection:
        assert await records.outbox.soonest(connection) is None
