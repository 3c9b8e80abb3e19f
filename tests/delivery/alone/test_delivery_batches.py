"""Batches of delivery, on a channel in memory: what leaves in one, what waits, and what nobody wants any more."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import update

from storage.engines import residue
from storage.queues.outbox import Outgoing
from storage.schema import outbox
from tests.delivery.alone.line import Line, Office, saying
from tests.delivery.conftest import Timer

DAG = saying("Dag")


def delete(number: int) -> dict[str, Any]:
    return {"message_id": number}


async def test_where_nothing_waits_nothing_is_done(office: Office) -> None:
    assert await office.delivery.send_batch() == 0


async def test_of_each_chat_all_up_to_its_first_message_leaves_in_its_order(office: Office) -> None:
    one, two = await office.chat(1), await office.chat(2)
    await office.tells(one, "delete", delete(5))
    await office.tells(one, "delete", delete(6))
    await office.tells(one, "notice", saying("een"))
    await office.tells(one, "delete", delete(7))
    await office.tells(one, "notice", saying("twee"))
    await office.tells(two, "notice", saying("drie"))
    assert await office.delivery.send_batch() == 4
    assert [done for done in office.line.done if done[1] == 1] == [
        ("delete", 1, 5),
        ("delete", 1, 6),
        ("send", 1, "een"),
    ]
    assert [done for done in office.line.done if done[1] == 2] == [("send", 2, "drie")]
    assert await office.send() == [("delete", 1, 7), ("send", 1, "twee")]
    assert await office.send() == []
    assert {state for _, state, _ in await office.rows()} == {"sent"}


async def test_an_answer_to_a_tap_waits_for_no_message_of_its_chat(office: Office) -> None:
    chat = await office.chat()
    await office.tells(chat, "notice", saying("een"))
    await office.tells(chat, "notice", saying("twee"))
    await office.tells(chat, "answer", {"tap": "t1", "text": "Oké"})
    await office.tells(chat, "answer", {"tap": "t2", "text": ""})
    done = await office.send()
    assert sorted(done, key=str) == sorted(
        [("send", 1, "een"), ("answer", None, ("t1", "Oké")), ("answer", None, ("t2", ""))], key=str
    )


async def test_what_is_in_no_chat_of_ours_waits_for_nothing_beside_it(office: Office) -> None:
    await office.put(*(Outgoing("", "notice", {"to": number} | DAG) for number in (5, 5, 6)))
    assert sorted(await office.send(), key=str) == [("send", 5, "Dag"), ("send", 5, "Dag"), ("send", 6, "Dag")]
    # Whose chat it was goes from it too.
    assert "outbox" in await residue.noted(office.records.database)


async def test_where_nobody_goes_nothing_is_to_be_swept(office: Office) -> None:
    await office.tells(await office.chat(), "notice", DAG)
    await office.send()
    assert await residue.noted(office.records.database) == {}


async def test_a_batch_has_no_more_messages_than_a_kill_may_send_twice(office: Office) -> None:
    await office.put(*(Outgoing("", "notice", {"to": number} | DAG) for number in range(1, 67)))
    assert await office.delivery.send_batch() == 64
    assert await office.delivery.send_batch() == 2


async def test_a_batch_looks_at_so_many_rows_and_no_more(office: Office) -> None:
    chat = await office.chat()
    await office.put(*(Outgoing(chat.id, "delete", {"to": 1, "message_id": n}) for n in range(257)))
    assert await office.delivery.send_batch() == 256
    assert await office.delivery.send_batch() == 1


async def test_no_more_than_eight_requests_are_under_way_at_once(office: Office) -> None:
    under_way, most = 0, 0

    class Slow(Line):
        async def delete(self, to: int, number: int) -> None:
            nonlocal under_way, most
            under_way += 1
            most = max(most, under_way)
            for _ in range(3):
                await asyncio.sleep(0)
            under_way -= 1

    office.line = Slow()
    office.at_a_pace()
    await office.put(*(Outgoing("", "delete", {"to": n, "message_id": 1}) for n in range(1, 21)))
    await office.send()
    assert most == 8


async def test_a_chat_that_must_wait_for_its_next_message_holds_no_other(office: Office, timer: Timer) -> None:
    office.at_a_pace(in_chat=1)
    busy, other = await office.chat(1), await office.chat(2)
    for text in ("1", "2", "3", "4"):
        await office.tells(busy, "notice", saying(text))
    await office.tells(other, "notice", saying("Dag"))
    for _ in range(3):
        await office.send()
    assert [what for _, to, what in office.line.done if to == 1] == ["1", "2", "3"]
    await office.tells(busy, "delete", delete(7))
    await office.tells(other, "notice", saying("Nog een"))
    assert await office.send() == [("send", 2, "Nog een")]
    timer.seconds += 1
    assert await office.send() == [("send", 1, "4")]


# What nobody can read, or nobody wants any more.


async def damage(office: Office, *kinds: str) -> None:
    async with office.records.database.write() as connection:
        await connection.execute(update(outbox).where(outbox.c.kind.in_(kinds)).values(payload=b"no longer"))


async def test_what_nobody_can_read_is_set_aside_and_who_helps_hears_of_what_is_missed(office: Office) -> None:
    chats = [await office.chat(number) for number in range(1, 6)]
    for chat, kind in zip(chats, ("notice", "qr", "document", "screen", "delete"), strict=True):
        await office.tells(chat, kind, DAG)
    await damage(office, "notice", "qr", "document", "screen", "delete")
    await office.tells(chats[0], "menu", {"commands": []})
    assert await office.delivery.send_batch() == 6
    assert office.line.done == [("menu", 1, [])]
    assert {(state, reason) for _, state, reason in (await office.rows())[:5]} == {("parked", "damaged")}
    assert sorted(await office.told()) == [(1, "refused"), (2, "refused"), (3, "refused")]


async def test_a_reminder_leaves_and_is_sent_in_the_ledger(office: Office) -> None:
    chat = await office.reminder()
    assert await office.send() == [("send", 1, "Dag")]
    assert await office.ledger(chat) == ("sent", None)


async def test_a_reminder_that_was_cancelled_meanwhile_does_not_leave(office: Office) -> None:
    chat = await office.chat()
    await office.tells(chat, "notice", DAG, key="reminder:none")
    other = await office.reminder(2)
    assert await office.send() == [("send", 2, "Dag")]
    assert (await office.rows())[0] == ("notice", "dropped", "cancelled")
    assert await office.ledger(other) == ("sent", None)


async def test_on_a_phone_that_is_nobodys_any_more_nothing_is_shown(office: Office) -> None:
    chat = await office.reminder()
    await office.tells(chat, "fold", DAG)
    await office.tells(chat, "delete", delete(7))
    async with office.records.database.write() as connection:
        await office.records.chats.forget(connection, chat)
    for _ in range(2):
        await office.send()
    assert office.line.done == [("delete", 1, 7)]
    assert [row[1:] for row in await office.rows()] == [("dropped", "no chat"), ("dropped", "no chat"), ("sent", None)]
    assert await office.ledger(chat) == ("handed_to_worker", "no chat")


NIGHT = datetime(2026, 11, 24, 22, 0, tzinfo=UTC)
MORNING = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)  # nine on the wall


@pytest.mark.parametrize(("minutes", "leaves"), [(29, True), (30, False), (300, False)])
async def test_a_reminder_that_could_not_leave_in_time_does_not_come_in_the_night(
    office: Office, minutes: int, leaves: bool
) -> None:
    chat = await office.reminder()
    async with office.records.database.write() as connection:
        made = NIGHT - timedelta(minutes=minutes)
        await connection.execute(update(outbox).values(made_at=made, not_before=made))
    await office.tells(chat, "notice", saying("Geen herinnering"))
    office.clock.forward_to(NIGHT)
    assert [what for _, _, what in await office.send()] == (["Dag"] if leaves else [])
    if not leaves:
        # What comes after it in its chat does not wait with it.
        assert await office.send() == [("send", 1, "Geen herinnering")]
        assert (await office.rows())[0] == ("notice", "open", "night")
        office.clock.forward_to(MORNING - timedelta(seconds=1))
        assert await office.send() == []
        office.clock.forward_to(MORNING)
        assert await office.send() == [("send", 1, "Dag")]


async def test_a_reminder_that_is_late_by_day_leaves_at_once(office: Office) -> None:
    await office.reminder()
    office.clock.forward(hours=5)
    assert await office.send() == [("send", 1, "Dag")]
