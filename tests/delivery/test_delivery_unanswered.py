"""No answer: nobody knows whether it arrived. A screen is repeated, a notice is sent once more and no further."""

from __future__ import annotations

import pytest

from bot.webchat.telegram import faults
from tests.delivery.post import BELOW, BUSY, MESSAGE, QUESTION, REMINDER, SECOND_QUESTION, Post

DROPS = pytest.mark.parametrize("drop", [faults.drop_before, faults.drop_after], ids=["before", "after"])


async def test_a_notice_that_never_arrived_is_sent_once_more(post: Post) -> None:
    await post.message()
    post.faults.add("sendMessage", faults.drop_before, chat_id=post.samira.id)
    await post.house.pump()
    assert post.samira.lock_screen == []
    assert await post.last("notice") == ("open", "no answer")
    await post.later(seconds=1)
    assert post.samira.lock_screen == [MESSAGE]
    assert await post.last("notice") == ("sent", None)


async def test_a_notice_that_may_have_arrived_is_sent_once_more_and_no_further(post: Post) -> None:
    await post.message()
    plan = post.faults.add("sendMessage", faults.drop_after, times=None, chat_id=post.samira.id)
    for _ in range(10):
        await post.later(minutes=10)
    assert plan.hits == 2
    assert post.samira.lock_screen == [MESSAGE, MESSAGE]
    assert await post.last("notice") == ("uncertain", "no answer")
    # Either copy opens what it is about.
    post.faults.clear()
    await post.house.tap(post.samira, "Laat zien")
    assert "Ik bel je." in post.samira.last.text


async def test_a_reminder_that_was_not_confirmed_counts_as_sent_with_that_reason(post: Post) -> None:
    await post.plan()
    post.faults.add("sendMessage", faults.drop_after, times=None, chat_id=post.samira.id)
    await post.reminder_due()
    await post.house.pump()
    assert await post.ledger() == ["leaving", "planned"]
    await post.later(seconds=1)
    assert await post.ledger() == ["sent", "planned"]
    assert await post.reasons() == ["not confirmed", None]
    assert post.samira.lock_screen == [REMINDER, REMINDER]
    await post.later(hours=1)
    assert post.samira.lock_screen == [REMINDER, REMINDER]


async def test_a_reminder_that_arrives_the_second_time_is_simply_sent(post: Post) -> None:
    await post.plan()
    post.faults.add("sendMessage", faults.drop_before, chat_id=post.samira.id)
    await post.reminder_due()
    await post.house.pump()
    await post.later(seconds=1)
    assert await post.ledger() == ["sent", "planned"]
    assert await post.reasons() == [None, None]
    assert post.samira.lock_screen == [REMINDER]


async def test_tries_that_certainly_failed_do_not_cost_a_reminder_its_second_chance(post: Post) -> None:
    await post.plan()
    post.faults.add("sendMessage", BUSY, times=3, chat_id=post.samira.id)
    post.faults.add("sendMessage", faults.drop_before, chat_id=post.samira.id)
    await post.reminder_due()
    await post.house.pump()
    for seconds in (1, 2, 5, 15):
        assert post.samira.lock_screen == []
        await post.later(seconds=seconds)
    assert post.samira.lock_screen == [REMINDER]
    assert await post.ledger() == ["sent", "planned"]


async def test_trouble_in_between_does_not_give_a_notice_a_third_copy(post: Post) -> None:
    await post.message()
    post.faults.add("sendMessage", faults.drop_after, chat_id=post.samira.id)
    post.faults.add("sendMessage", BUSY, times=2, chat_id=post.samira.id)
    post.faults.add("sendMessage", faults.drop_after, chat_id=post.samira.id)
    await post.house.pump()
    for _ in range(10):
        await post.later(minutes=10)
    assert post.samira.lock_screen == [MESSAGE, MESSAGE]
    assert await post.last("notice") == ("uncertain", "no answer")


async def test_a_second_chance_outlives_a_restart(post: Post) -> None:
    await post.message()
    post.faults.add("sendMessage", faults.drop_after, times=2, chat_id=post.samira.id)
    await post.house.pump()
    await post.house.restart()
    await post.later(seconds=1)
    await post.house.restart()
    await post.later(hours=1)
    assert post.samira.lock_screen == [MESSAGE, MESSAGE]


@DROPS
async def test_an_edit_without_an_answer_is_repeated_until_there_is_one(post: Post, drop: faults.Drop) -> None:
    plan = post.faults.add("editMessageText", drop, times=5)
    post.samira.tap("Geld")
    await post.house.pump()
    for seconds in (1, 2, 5, 15, 60):
        await post.later(seconds=seconds)
    # Once it has happened, the repetition changes nothing, and that is said: an answer too.
    assert plan.hits == (2 if drop.done else 5)
    assert SECOND_QUESTION in post.samira.last.text
    assert len(post.samira.messages) == 1
    assert await post.last("screen") == ("sent", None)
    # The button that was tapped has had its one effect.
    assert (await post.house.document(post.ref))["answers"] == {"wish": "money"}


@DROPS
async def test_a_fresh_screen_without_an_answer_is_sent_again_and_the_last_copy_is_the_screen(
    post: Post, drop: faults.Drop
) -> None:
    post.faults.add("sendMessage", drop, chat_id=post.samira.id)
    post.samira.history.clear()
    await post.house.say(post.samira, "/start")
    await post.later(seconds=1)
    copies = post.shown(post.samira, QUESTION)
    assert copies[-1].message_id == (await post.chat(post.samira)).screen_message
    assert post.samira.last == copies[-1]
    # Each copy works, and the screen moves on in the last one.
    post.samira.tap_data(copies[0].message_id, copies[0].buttons[1][1][1])
    await post.house.pump()
    assert SECOND_QUESTION in post.samira.last.text
    assert (await post.house.document(post.ref))["answers"] == {"wish": "money"}


@DROPS
async def test_an_answer_to_a_tap_is_tried_once(post: Post, drop: faults.Drop) -> None:
    before = post.calls["answercallbackquery"]
    post.faults.add("answerCallbackQuery", drop, times=None)
    await post.house.tap(post.samira, "Geld")
    await post.later(minutes=1)
    assert post.calls["answercallbackquery"] == before + 1
    assert await post.last("answer") == ("uncertain", "no answer")
    assert SECOND_QUESTION in post.samira.last.text


@DROPS
async def test_tidying_without_an_answer_is_repeated_and_does_no_harm(post: Post, drop: faults.Drop) -> None:
    post.faults.add("deleteMessage", drop, times=2, chat_id=post.samira.id)
    await post.house.say(post.samira, "/bericht", "Tot morgen")
    for seconds in (1, 2, 5):
        await post.later(seconds=seconds)
    assert "Tot morgen" in post.samira.last.text
    assert [message.text for message in post.samira.messages if message.text == "Tot morgen"] == []
    assert post.shown(post.samira, BELOW) == []
    assert await post.open_rows() == 0


async def test_a_server_that_cannot_be_reached_costs_nothing_but_time(post: Post) -> None:
    await post.plan()
    await post.reminder_due()
    await post.house.server.stop()
    for seconds in (0, 1, 2, 5, 15, 60, 300, 300):
        post.house.clock.forward(seconds=seconds)
        await post.house.app.delivery.send_batch()
    assert await post.ledger() == ["leaving", "planned"]
    assert {state for _, state, _ in await post.outbox("fold", "notice")} >= {"open"}
    await post.house.server.start()
    await post.later(seconds=300)
    assert post.samira.lock_screen == [REMINDER]
    assert await post.ledger() == ["sent", "planned"]


async def test_a_screen_that_never_gets_an_answer_is_given_up_after_a_day(post: Post) -> None:
    post.faults.add("editMessageText", faults.drop_before, times=None, chat_id=post.samira.id)
    post.samira.tap("Geld")
    await post.house.pump()
    await post.later(hours=24, seconds=1)
    assert await post.last("screen") == ("failed", "no answer")
    assert post.anneke.lock_screen == [f"⚠️ Kijk hiernaar · {post.ref}"]
    post.faults.clear()
    await post.house.say(post.samira, "/start")
    assert SECOND_QUESTION in post.samira.last.text
