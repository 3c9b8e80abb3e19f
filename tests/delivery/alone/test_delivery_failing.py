"""Delivery that fails, on a channel in memory: tried again, given up, held for a while, or taken back meanwhile."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from bot.channels.port import Attachment, GoneError, LaterError, RefusedError, UnknownError
from storage.queues.outbox import Outgoing
from storage.schema import outbox
from tests.delivery.alone.line import Office, saying
from tests.delivery.conftest import Timer

DAG = saying("Dag")


def delete(number: int) -> dict[str, Any]:
    return {"message_id": number}


async def test_what_fails_is_tried_again_and_what_comes_after_it_in_its_chat_waits(office: Office) -> None:
    chat, other = await office.chat(1), await office.chat(2)
    await office.tells(chat, "delete", delete(5))
    await office.tells(chat, "notice", DAG)
    await office.tells(other, "notice", DAG)
    office.line.fails["delete"] = [LaterError("500")]
    assert await office.delivery.send_batch() == 2
    assert office.line.done == [("send", 2, "Dag")]
    assert (await office.rows())[0] == ("delete", "open", "500")
    assert await office.waits() == [(1, 1), (0, 0)]
    office.clock.forward(seconds=1)
    assert await office.send() == [("delete", 1, 5), ("send", 1, "Dag")]


async def test_what_may_have_arrived_is_sent_once_more_and_a_screen_comes_below_it(office: Office) -> None:
    chat = await office.chat(screen=50, newest=50)
    await office.tells(chat, "notice", DAG)
    office.line.fails["send"] = [UnknownError()]
    await office.send()
    assert (await office.rows())[0] == ("notice", "open", "no answer")
    office.clock.forward(seconds=1)
    assert await office.send() == [("send", 1, "Dag")]
    # It is noted now: the chat is sure again, though its newest message is not the screen.
    assert await office.standing(chat) == (50, 101, False)


async def test_who_blocked_us_gets_nothing_and_who_helps_hears_it(office: Office) -> None:
    chat = await office.reminder()
    await office.tells(chat, "notice", DAG)
    await office.tells(chat, "menu", {"commands": []})
    office.line.fails["send"] = [GoneError("blocked")]
    await office.send()
    assert [row[1:] for row in await office.rows()] == [
        ("failed", "blocked"),
        ("failed", "unreachable"),
        ("failed", "unreachable"),
    ]
    assert await office.told() == [(1, "unreachable")]
    assert await office.ledger(chat) == ("handed_to_worker", "blocked")


async def test_a_second_reminder_that_waits_for_who_blocked_us_goes_to_the_worker_too(office: Office) -> None:
    chat = await office.chat()
    await office.tells(chat, "notice", DAG)
    later = await office.reminder(2)
    async with office.records.database.write() as connection:
        await connection.execute(update(outbox).where(outbox.c.chat_id == later.id).values(chat_id=chat.id))
    office.line.fails["send"] = [GoneError("blocked")]
    await office.send()
    assert office.line.done == []
    assert await office.ledger(later) == ("handed_to_worker", "unreachable")


async def test_a_message_that_is_refused_fails_and_who_helps_hears_it(office: Office) -> None:
    await office.tells(await office.chat(), "notice", DAG)
    office.line.fails["send"] = [RefusedError()]
    assert await office.delivery.send_batch() == 1
    assert await office.rows() == [("notice", "failed", "refused")]
    assert await office.told() == [(1, "refused")]


async def test_when_the_channel_refuses_us_all_waits_and_the_program_can_tell_why(office: Office) -> None:
    chat = await office.chat()
    await office.tells(chat, "delete", delete(5))
    await office.tells(chat, "delete", delete(6))
    assert office.delivery.failure is None
    office.line.fails["delete"] = [PermissionError("the token")]
    assert await office.delivery.send_batch() == 0
    assert str(office.delivery.failure) == "the token"
    assert await office.waits() == [(0, 0), (0, 0)]


# Refused for a while.


async def test_a_call_that_is_refused_for_a_while_is_not_tried_before_and_another_kind_is(
    office: Office, timer: Timer
) -> None:
    chat, other = await office.chat(1), await office.chat(2)
    await office.tells(chat, "delete", delete(5))
    office.line.fails["delete"] = [LaterError("429", 30)]
    await office.send()
    assert (await office.rows())[0] == ("delete", "open", "429")
    assert await office.waits() == [(0, 30)]
    office.clock.forward(seconds=30)
    timer.seconds += 20
    await office.tells(other, "delete", delete(9))
    assert await office.send() == [("delete", 2, 9)], "by the timer it is held for ten seconds more"
    assert await office.waits() == [(0, 10)]
    office.clock.forward(seconds=10)
    timer.seconds += 10
    assert await office.send() == [("delete", 1, 5)]
    assert await office.told() == []


@pytest.mark.parametrize(("seconds", "told"), [(60, []), (61, [(1, "held")])])
async def test_who_helps_hears_of_a_message_that_is_refused_for_more_than_a_minute_and_once(
    office: Office, timer: Timer, seconds: int, told: list[tuple[int, str]]
) -> None:
    await office.tells(await office.chat(), "notice", DAG)
    office.line.fails["send"] = [LaterError("429", seconds), LaterError("429", seconds)]
    for _ in range(2):
        await office.send()
        assert await office.told() == told
        office.clock.forward(seconds=seconds)
        timer.seconds += seconds
    assert await office.send() == [("send", 1, "Dag")]


async def test_nobody_hears_of_tidying_or_of_a_chat_of_nobody_that_is_refused(office: Office) -> None:
    await office.tells(await office.chat(), "delete", delete(5))
    await office.put(Outgoing("", "notice", {"to": 2} | DAG))
    office.line.fails = {way: [LaterError("429", 3600)] for way in ("delete", "send")}
    await office.send()
    assert await office.told() == []


async def test_an_answer_to_a_tap_that_is_refused_holds_nobodys_chat(office: Office) -> None:
    await office.put(Outgoing("", "answer", {"tap": "t", "text": ""}), Outgoing("", "inline", {"query": "q"}))
    office.line.fails = {"answer": [LaterError("429", 3600)], "inline": [LaterError("429", 5)]}
    await office.send()
    assert (await office.rows())[0] == ("answer", "failed", "429")
    assert await office.waits() == [(0, 5)]


async def test_when_several_chats_are_refused_all_wait_together_and_who_taps_is_answered(
    office: Office, timer: Timer
) -> None:
    for number in (1, 2, 3):
        await office.tells(await office.chat(number), "delete", delete(5))
    kim = await office.chat(4)
    office.line.fails["delete"] = [LaterError("429", 3600) for _ in range(3)]
    await office.send()
    assert office.delivery.holds.closed_for == 120
    assert await office.waits() == [(0, 120)] * 3
    assert await office.told() == [], "it is all of us: who keeps the program hears of it"
    await office.tells(kim, "notice", DAG)
    await office.tells(await office.chat(5), "screen", saying("113"))
    assert await office.send() == [("send", 5, "113")]
    # Whoever is refused now waits no longer than the others.
    await office.tells(await office.chat(6), "screen", saying("113"))
    office.line.fails["send"] = [LaterError("429", 3600)]
    await office.send()
    assert (await office.waits())[-1] == (0, 120)
    assert await office.told() == []
    office.clock.forward(seconds=120)
    timer.seconds += 120
    done = await office.send()
    assert sorted(done, key=str) == sorted(
        [*(("delete", n, 5) for n in (1, 2, 3)), ("send", 4, "Dag"), ("send", 6, "113")], key=str
    )


async def test_what_fails_beside_several_that_are_refused_keeps_its_own_wait(office: Office) -> None:
    for number in (1, 2, 3, 4):
        await office.tells(await office.chat(number), "delete", delete(5))
    office.line.fails["delete"] = [LaterError("500"), *(LaterError("429", 3600) for _ in range(3))]
    await office.send()
    assert await office.waits() == [(1, 1), (0, 120), (0, 120), (0, 120)]
    assert [reason for _, _, reason in await office.rows()] == ["500", "429", "429", "429"]


# Something that a colleague waits for, and that is taken back meanwhile.


async def test_what_is_taken_back_while_the_batch_is_sent_does_not_arrive_at_a_colleague(office: Office) -> None:
    chat = await office.colleague()
    await office.tells(chat, "delete", delete(5))
    await office.tells(chat, "notice", DAG)

    async def taken_back() -> None:
        async with office.records.database.write() as connection:
            await connection.execute(
                update(outbox).where(outbox.c.kind == "notice").values(state="dropped", payload=None)
            )

    office.line.meanwhile["delete"] = taken_back
    await office.send()
    assert office.line.done == [("delete", 9, 5)]
    assert (await office.rows())[1] == ("notice", "dropped", None)


async def test_paper_that_is_taken_back_while_it_is_made_does_not_arrive(office: Office, tmp_path: Path) -> None:
    chat = await office.colleague()
    (tmp_path / "a.ogg").write_bytes(b"OggS")
    paper = {
        "document": {"template": "audio", "file": str(tmp_path / "a.ogg")},
        "caption": "Hoor",
        "file_name": "a.ogg",
    }
    await office.tells(chat, "document", paper)
    assert await office.send() == [("attach", 9, Attachment(b"OggS", "a.ogg", "Hoor", picture=False))]
    assert await office.standing(chat) == (None, 101, False)


async def test_a_picture_is_shown_where_it_stands_and_what_cannot_be_made_is_told(
    office: Office, tmp_path: Path
) -> None:
    (tmp_path / "a").write_bytes(b"PNG")
    paper = {"document": {"template": "audio", "file": str(tmp_path / "a")}, "caption": "", "file_name": "kaart.png"}
    await office.tells(await office.chat(), "document", paper)
    [(_, _, attached)] = await office.send()
    assert attached.picture
    lost = paper | {"document": {"template": "audio", "file": str(tmp_path / "b")}}
    await office.tells(await office.chat(2), "document", lost)
    assert await office.send() == []
    assert (await office.rows())[1] == ("document", "failed", "not made")
    assert await office.told() == [(2, "not_made")]
