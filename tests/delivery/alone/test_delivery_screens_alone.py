"""Screens, on a channel in memory: edited where they stand, or below, and quiet where others look."""

from __future__ import annotations

from typing import Any

import pytest

from bot.channels.port import LaterError, RefusedError, UnknownError
from tests.delivery.alone.line import Office, saying
from tests.delivery.conftest import Timer

DAG = saying("Dag")


def delete(number: int) -> dict[str, Any]:
    return {"message_id": number}


async def test_a_screen_that_is_the_newest_message_is_edited_where_it_stands(office: Office) -> None:
    chat = await office.chat(screen=50, newest=50)
    await office.tells(chat, "screen", DAG)
    assert await office.send() == [("edit", 1, (50, "Dag"))]
    assert await office.standing(chat) == (50, 50, False)


async def test_a_screen_that_was_folded_stands_there_again_once_it_is_edited(office: Office) -> None:
    chat = await office.chat(screen=50, newest=50)
    chat.folded = True
    async with office.records.database.write() as connection:
        await office.records.chats.save(connection, [chat])
    assert (await office.standing(chat))[2]
    await office.tells(chat, "screen", DAG)
    await office.send()
    assert await office.standing(chat) == (50, 50, False)


async def test_a_screen_comes_below_what_was_said_since_without_a_sound_and_the_old_one_goes(office: Office) -> None:
    chat = await office.chat(screen=50, newest=51)
    await office.tells(chat, "screen", DAG)
    assert await office.send() == [("send", 1, "Dag")]
    assert office.line.silent == [True]
    assert await office.standing(chat) == (101, 101, False)
    assert await office.send() == [("delete", 1, 50)]
    # One that could not go says where it goes on, in the words of its chat.
    await office.tells(await office.chat(2, screen=50, newest=51), "screen", DAG)
    await office.send()
    office.line.fails["delete"] = [RefusedError()]
    assert await office.send() == [("edit", 2, (50, "⬇️ Ga hieronder verder."))]


async def test_the_first_screen_of_a_chat_leaves_nothing_above_it(office: Office) -> None:
    chat = await office.chat()
    await office.tells(chat, "screen", DAG)
    assert await office.send() == [("send", 1, "Dag")]
    assert await office.send() == []
    assert await office.standing(chat) == (101, 101, False)


async def test_a_screen_that_the_person_deleted_comes_anew_and_one_that_is_refused_fails(office: Office) -> None:
    gone, refused = await office.chat(1, screen=50, newest=50), await office.chat(2, screen=50, newest=50)
    await office.tells(gone, "screen", DAG)
    office.line.fails["edit"] = [RefusedError(missing=True)]
    assert await office.send() == [("send", 1, "Dag")]
    assert await office.send() == [], "there is nothing above it"
    await office.tells(refused, "screen", DAG)
    office.line.fails["edit"] = [RefusedError()]
    assert await office.send() == []
    assert await office.told() == [(2, "refused")]


@pytest.mark.parametrize(
    "faults",
    [[UnknownError(), LaterError("500")], [LaterError("500"), LaterError("500")], [RefusedError()]],
    ids=["no answer", "a failure", "refused"],
)
async def test_where_a_message_may_stand_that_is_not_noted_a_screen_comes_below_it(
    office: Office, faults: list[Exception]
) -> None:
    chat = await office.chat(screen=50, newest=50)
    await office.tells(chat, "notice", DAG)
    office.line.fails["send"] = list(faults)
    await office.send()
    office.clock.forward(days=2)
    if len(faults) > 1:  # tried once more, and given up
        assert await office.send() == []
    await office.tells(chat, "screen", saying("113"), not_before=office.clock.now())
    assert await office.send() == [("send", 1, "113")]


async def test_a_message_that_the_channel_turned_away_stands_nowhere_and_the_screen_is_edited(
    office: Office, timer: Timer
) -> None:
    chat = await office.chat(screen=50, newest=50)
    await office.tells(chat, "notice", DAG)
    office.line.fails["send"] = [LaterError("429", 30)]
    await office.send()
    await office.tells(chat, "screen", saying("113"))
    assert await office.send() == [("edit", 1, (50, "113"))]


async def test_what_may_have_been_on_its_way_when_we_were_ended_is_recalled(office: Office) -> None:
    chat, other = await office.chat(1, screen=50, newest=50), await office.chat(2, screen=50, newest=50)
    await office.tells(chat, "screen", DAG)
    await office.delivery.recall()
    await office.tells(other, "screen", DAG)
    assert sorted(await office.send(), key=str) == [("edit", 2, (50, "Dag")), ("send", 1, "Dag")]
    # It is noted where it stands: the next one takes its place.
    await office.send()
    await office.tells(chat, "screen", saying("Verder"))
    assert await office.send() == [("edit", 1, (101, "Verder"))]


async def test_what_was_typed_and_could_not_go_stands_below_the_screen(office: Office) -> None:
    chat = await office.chat(screen=50, newest=50)
    await office.tells(chat, "delete", delete(51))
    await office.tells(chat, "screen", DAG)
    office.line.fails["delete"] = [RefusedError()]
    assert await office.send() == [("send", 1, "Dag")]
    assert (await office.rows())[0] == ("delete", "sent", None)


@pytest.mark.parametrize(("seconds", "done"), [(5, []), (6, [("send", 1, "Dag")])])
async def test_an_edit_that_is_refused_for_longer_than_somebody_waits_comes_below(
    office: Office, seconds: int, done: list[Any]
) -> None:
    chat = await office.chat(screen=50, newest=50)
    await office.tells(chat, "screen", DAG)
    office.line.fails["edit"] = [LaterError("429", seconds)]
    assert await office.send() == done
    if done:
        assert await office.send() == [("delete", 1, 50)]
    else:
        assert await office.waits() == [(0, seconds)]


async def test_an_edit_that_fails_is_tried_again_in_its_place(office: Office) -> None:
    await office.tells(await office.chat(screen=50, newest=50), "screen", DAG)
    office.line.fails["edit"] = [LaterError("500")]
    assert await office.send() == []
    office.clock.forward(seconds=1)
    assert await office.send() == [("edit", 1, (50, "Dag"))]


# Where others see the lock screen.

HIDDEN = saying("113", stub=saying("Er is iets voor je"))


async def test_where_others_look_a_neutral_line_comes_first_and_becomes_the_screen(office: Office) -> None:
    chat = await office.chat()
    await office.tells(chat, "screen", HIDDEN)
    assert await office.send() == [("send", 1, "Er is iets voor je"), ("edit", 1, (101, "113"))]
    assert await office.standing(chat) == (101, 101, False)
    assert await office.send() == []


async def test_where_the_words_cannot_take_its_place_they_come_below_it_and_it_goes(
    office: Office, timer: Timer
) -> None:
    chat = await office.chat()
    await office.tells(chat, "screen", HIDDEN)
    office.line.fails["edit"] = [LaterError("429", 600)]
    assert await office.send() == [("send", 1, "Er is iets voor je"), ("send", 1, "113")]
    assert office.line.silent == [True, True]
    assert await office.standing(chat) == (102, 102, False)
    office.line.fails["delete"] = [RefusedError()]
    await office.send()
    timer.seconds += 600
    office.clock.forward(seconds=600)
    office.line.fails["delete"] = [RefusedError()]
    assert await office.send() == [("edit", 1, (101, "Er is iets voor je"))]


@pytest.mark.parametrize(("held", "first"), [(5, "Er is iets voor je"), (6, "113")])
async def test_where_its_place_is_refused_for_long_the_words_come_at_once(
    office: Office, timer: Timer, held: int, first: str
) -> None:
    chat = await office.chat(screen=50, newest=51)
    await office.tells(chat, "fold", DAG)
    office.line.fails["edit"] = [LaterError("429", held)]
    await office.send()
    await office.tells(chat, "screen", HIDDEN)
    done = await office.send()
    assert done[0] == ("send", 1, first)


async def test_a_line_that_leads_on_is_the_screen_when_its_words_fail(office: Office) -> None:
    chat = await office.chat()
    await office.tells(chat, "screen", HIDDEN)
    office.line.fails["edit"] = [LaterError("500")]
    await office.send()
    assert await office.standing(chat) == (101, 101, False)
    office.clock.forward(seconds=1)
    assert await office.send() == [("edit", 1, (101, "113"))]
