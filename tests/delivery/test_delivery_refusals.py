"""A server that refuses: wait as long as it says, try again later, or give up and let the worker know."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.webchat.phone import PATIENCE
from bot.webchat.telegram import faults
from tests.delivery.conftest import Timer
from tests.delivery.post import BUSY, MESSAGE, QUESTION, REMINDER, SECOND_QUESTION, Post


async def test_a_429_holds_that_kind_of_call_in_that_chat_and_nobody_else(post: Post, timer: Timer) -> None:
    _, mila = await post.other()
    await post.message()
    too_many = faults.error(429, "Too Many Requests: retry after 30", retry_after=30)
    plan = post.faults.add("sendMessage", too_many, chat_id=post.samira.id)
    await post.house.pump()
    assert post.samira.lock_screen == []
    await post.house.tap(mila, "Geld")
    assert SECOND_QUESTION in mila.last.text
    # Another kind of call in the same chat goes on too; the same kind is not even tried.
    await post.message("Nog iets.")
    await post.house.tap(post.samira, "Geld")
    assert SECOND_QUESTION in post.samira.last.text
    assert (post.samira.lock_screen, plan.hits) == ([], 1)
    timer.seconds += 30
    await post.later(seconds=30)
    assert post.samira.lock_screen == [MESSAGE, MESSAGE]
    assert await post.open_rows() == 0


async def test_a_429_waits_by_the_clock_too_so_that_a_restart_does_not_shorten_it(post: Post, timer: Timer) -> None:
    await post.message()
    too_many = faults.error(429, "Too Many Requests: retry after 30", retry_after=30)
    post.faults.add("sendMessage", too_many, chat_id=post.samira.id)
    await post.house.pump()
    await post.house.restart()
    await post.later(seconds=29)
    assert post.samira.lock_screen == []
    await post.later(seconds=1)
    assert post.samira.lock_screen == [MESSAGE]


async def test_many_429s_are_no_failing_tries(post: Post, timer: Timer) -> None:
    await post.message()
    too_many = faults.error(429, "Too Many Requests: retry after 3", retry_after=3)
    plan = post.faults.add("sendMessage", too_many, times=20, chat_id=post.samira.id)
    for _ in range(20):
        await post.house.pump()
        timer.seconds += 3
        post.house.clock.forward(seconds=3)
    assert plan.hits == 20
    await post.house.pump()
    assert post.samira.lock_screen == [MESSAGE]


async def test_an_answer_to_a_tap_is_not_sent_again_after_a_429(post: Post, timer: Timer) -> None:
    plan = post.faults.add("answerCallbackQuery", faults.error(429, "Too Many Requests", retry_after=3))
    answered = post.calls["answercallbackquery"]
    post.samira.tap("Geld")
    await post.house.pump()
    timer.seconds += 3
    await post.later(seconds=3)
    assert plan.hits == 1
    assert post.calls["answercallbackquery"] == answered + 1
    assert await post.last("answer") == ("failed", "429")
    assert SECOND_QUESTION in post.samira.last.text


@pytest.mark.parametrize("code", [500, 502, 503, 504])
async def test_a_server_in_trouble_is_asked_again_after_longer_and_longer(post: Post, code: int) -> None:
    await post.message()
    plan = post.faults.add("sendMessage", faults.error(code, "Bad Gateway"), times=4, chat_id=post.samira.id)
    await post.house.pump()
    for tries, seconds in enumerate((1, 2, 5, 15), start=1):
        assert (plan.hits, post.samira.lock_screen) == (tries, [])
        await post.later(seconds=seconds - 0.1)
        assert (plan.hits, post.samira.lock_screen) == (tries, [])
        await post.later(seconds=0.1)
    assert post.samira.lock_screen == [MESSAGE]
    assert await post.last("notice") == ("sent", None)


@pytest.mark.parametrize("code", [500, 502])
async def test_a_screen_that_met_a_server_in_trouble_stands_there_in_the_end(post: Post, code: int) -> None:
    post.faults.add("editMessageText", faults.error(code, "Internal Server Error"), times=3)
    post.samira.tap("Geld")
    await post.house.pump()
    assert post.samira.last.text == QUESTION
    for seconds in (1, 2, 5):
        await post.later(seconds=seconds)
    assert SECOND_QUESTION in post.samira.last.text
    assert len(post.samira.messages) == 1


async def test_what_could_not_leave_for_a_day_is_handed_to_the_worker(post: Post) -> None:
    await post.plan()
    post.faults.add("sendMessage", BUSY, times=None, chat_id=post.samira.id)
    await post.reminder_due()
    for _ in range(24 * 12):
        await post.later(minutes=5)
    assert post.anneke.lock_screen == []
    await post.later(minutes=5)
    assert (await post.ledger())[0] == "handed_to_worker"
    assert (await post.reasons())[0] == "network"
    assert post.anneke.lock_screen[0] == f"⚠️ Kijk hiernaar · {post.ref}"
    # The one of the next day arrives.
    post.faults.clear()
    await post.house.tick()
    assert await post.ledger() == ["handed_to_worker", "sent"]
    assert post.samira.lock_screen == [REMINDER]


async def test_a_message_that_telegram_refuses_is_given_up_and_told_to_the_worker(post: Post) -> None:
    post.faults.add("sendMessage", faults.error(400, "Bad Request: can't parse entities"), chat_id=post.samira.id)
    await post.message()
    await post.house.pump()
    assert await post.last("notice") == ("sent", None)  # the alert
    assert ("notice", "failed", "refused") in await post.outbox("notice")
    assert post.samira.lock_screen == []
    assert post.anneke.lock_screen[-1] == f"⚠️ Kijk hiernaar · {post.ref}"
    # It is this message that is wrong, and nobody's chat: the next one arrives.
    assert "not_reachable" not in await post.waiting_for()
    await post.later(days=1)
    await post.message()
    await post.house.pump()
    assert post.samira.lock_screen == [MESSAGE]


async def test_a_reminder_that_telegram_refuses_is_handed_to_the_worker(post: Post) -> None:
    await post.plan()
    post.faults.add("sendMessage", faults.error(400, "Bad Request: message is too long"), chat_id=post.samira.id)
    await post.reminder_due()
    await post.house.pump()
    assert await post.ledger() == ["handed_to_worker", "planned"]
    assert (await post.reasons())[0] == "refused"
    assert post.anneke.lock_screen == [f"⚠️ Kijk hiernaar · {post.ref}"]


async def test_a_screen_that_telegram_refuses_does_not_hold_up_the_next_one(post: Post) -> None:
    post.faults.add("editMessageText", faults.error(400, "Bad Request: can't parse entities"))
    await post.house.tap(post.samira, "Geld")
    assert post.anneke.lock_screen == [f"⚠️ Kijk hiernaar · {post.ref}"]
    await post.house.say(post.samira, "/start")
    assert SECOND_QUESTION in post.samira.last.text


async def test_tidying_that_telegram_refuses_is_no_trouble_to_anybody(post: Post) -> None:
    refusal = faults.error(400, "Bad Request: message can't be deleted")
    post.faults.add("deleteMessage", refusal, times=None)
    await post.house.say(post.samira, "/bericht", "Tot morgen")
    assert "Tot morgen" in post.samira.last.text
    assert post.anneke.lock_screen == [f"💬 Bericht · {post.ref}"]
    assert {state for _, state, _ in await post.outbox("delete", "clear")} == {"sent"}


async def test_a_token_that_telegram_does_not_know_any_more_ends_the_program_with_the_reason(post: Post) -> None:
    await post.message()
    post.faults.add("*", faults.error(401, "Unauthorized"), times=None)
    assert await post.house.app.delivery.send_batch() == 0
    assert "VOORZORG_BOT_TOKEN" in str(post.house.app.delivery.failure)
    assert await post.open_rows() > 0
    # The running program says the same of its poll, and stops.
    await post.house.app.start()
    with pytest.raises(PermissionError, match="VOORZORG_BOT_TOKEN"):
        async with asyncio.timeout(PATIENCE):
            await post.house.app.failed
    post.faults.clear()
    await post.house.restart()
    await post.house.pump()
    assert post.samira.lock_screen == [MESSAGE]


async def test_a_day_of_trouble_ends_each_row_once(post: Post) -> None:
    post.faults.add("*", BUSY, times=None, chat_id=post.samira.id)
    post.samira.say("/bericht")
    await post.house.pump()
    post.house.clock.forward_to(post.house.clock.now() + timedelta(hours=24, seconds=1))
    await post.house.pump()
    assert {state for _, state, _ in await post.outbox("screen")} == {"sent", "failed"}
    assert await post.open_rows() == 0
