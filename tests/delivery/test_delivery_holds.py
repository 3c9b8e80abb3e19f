"""Telegram refuses for minutes or hours (429): that chat waits, whoever types is answered, and nothing is lost."""

from __future__ import annotations

from random import Random

import pytest

from bot.webchat.phone import Phone
from bot.webchat.telegram import faults
from tests.delivery.conftest import Timer
from tests.delivery.post import MESSAGE, REMINDER, SECOND_QUESTION, Post

HOURS = 4 * 3600


def wait(seconds: int) -> faults.Refuse:
    return faults.error(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)


def said(phone: Phone) -> str:
    """Return what the bot said last; what was typed may stand below it, where taking it away is refused."""
    return next(message.text for message in reversed(phone.messages) if not message.mine)


async def passes(post: Post, timer: Timer, seconds: float) -> None:
    """Let time pass on both clocks, and what waited for it happen."""
    timer.seconds += seconds
    post.house.clock.forward(seconds=seconds)
    await post.house.tick()


async def test_an_edit_that_is_refused_for_hours_holds_no_number_to_call(post: Post, timer: Timer) -> None:
    _, mila = await post.other()
    post.faults.add("editMessageText", wait(HOURS), times=None, chat_id=post.samira.id)
    await post.house.tap(post.samira, "Geld")
    # Her own answer comes in a message of its own, and somebody else in need reads the number at once.
    assert SECOND_QUESTION in post.samira.last.text
    await post.house.say(mila, "ik wil dood")
    assert "113" in mila.last.text
    await post.house.say(post.samira, "ik wil dood")
    assert "113" in post.samira.last.text
    assert await post.open_rows() == 0


async def test_on_a_phone_that_others_use_too_the_number_comes_though_its_place_is_refused(post: Post) -> None:
    phone = await post.house.arrived(await post.house.case(first_name="Mila", last_name="Bos"), name="Mila")
    await post.house.tap(phone, "Ja, een ander ook", "Straks", "Verder", "Ja, hier")
    post.faults.add("editMessageText", wait(HOURS), times=None, chat_id=phone.id)
    for _ in range(2):  # refused while it is shown, and known to be refused before
        await post.house.say(phone, "ik wil dood")
        assert "113" in phone.last.text
    assert await post.open_rows() == 0


async def test_a_person_in_need_is_answered_while_several_other_chats_are_refused(post: Post, timer: Timer) -> None:
    refs = [post.ref] + [(await post.other(name, last_name=name))[0] for name in ("Mila", "Noor")]
    _, kim = await post.other("Kim", last_name="Kim")
    phones = [phone for phone in post.house.world.phones if phone.id not in (kim.id, post.anneke.id)]
    for phone in phones:
        post.faults.add("sendMessage", wait(HOURS), times=None, chat_id=phone.id)
    for ref in refs:
        for said in (f"/bericht {ref}", "Ik bel je."):
            post.anneke.say(said)
            await post.decide()
    await post.house.pump()
    await post.house.say(kim, "ik wil dood")
    assert "113" in kim.last.text
    # It was all of us: what was said to last for hours is tried again within minutes.
    post.faults.clear()
    for _ in range(3):
        await passes(post, timer, 60)
    assert [phone.lock_screen for phone in phones] == [[MESSAGE]] * len(phones)
    assert await post.open_rows() == 0


async def test_who_helps_hears_of_a_chat_that_is_refused_for_more_than_a_minute(post: Post, timer: Timer) -> None:
    post.faults.add("sendMessage", wait(61), chat_id=post.samira.id)
    await post.message()
    await post.house.pump()
    assert post.anneke.lock_screen[-1] == f"⚠️ Kijk hiernaar · {post.ref}"
    await passes(post, timer, 61)
    assert post.samira.lock_screen == [MESSAGE]
    post.anneke.lock_screen.clear()
    post.faults.add("sendMessage", wait(59), chat_id=post.samira.id)
    await post.message()
    await post.house.pump()
    assert not any("Kijk hiernaar" in line for line in post.anneke.lock_screen)


async def test_a_reminder_that_telegram_would_hold_for_more_than_a_day_goes_to_the_worker_at_once(
    post: Post, timer: Timer
) -> None:
    await post.plan()
    post.faults.add("sendMessage", wait(90_000), chat_id=post.samira.id)
    await post.reminder_due()
    await post.house.pump()
    assert (await post.ledger())[0] == "handed_to_worker"
    assert (await post.reasons())[0] == "429"
    assert f"⚠️ Kijk hiernaar · {post.ref}" in post.anneke.lock_screen


async def test_a_reminder_held_for_hours_comes_after_them_and_only_once(post: Post, timer: Timer) -> None:
    await post.plan()
    plan = post.faults.add("sendMessage", wait(3 * 3600), chat_id=post.samira.id)
    await post.reminder_due()
    await post.house.pump()
    await passes(post, timer, 2 * 3600)
    assert (plan.hits, (await post.ledger())[0], post.samira.lock_screen) == (1, "leaving", [])
    await passes(post, timer, 3600)
    assert ((await post.ledger())[0], post.samira.lock_screen) == ("sent", [REMINDER])


@pytest.mark.parametrize("seed", range(4))
async def test_on_a_day_of_refusals_who_types_is_answered_and_all_arrives(post: Post, timer: Timer, seed: int) -> None:
    dice = Random(seed)
    _, mila = await post.other()
    _, noor = await post.other("Noor", last_name="Noor")
    people = [post.samira, mila, noor]
    for _ in range(12):
        method = dice.choice(["sendMessage", "editMessageText", "deleteMessage", "answerCallbackQuery"])
        refused = dice.choice(people)
        post.faults.add(method, wait(dice.choice([1, 7, 45, 600, HOURS])), chat_id=refused.id)
        if dice.random() < 0.5:
            await post.message()
        free = next(phone for phone in dice.sample(people, 3) if phone is not refused)
        await post.house.say(free, "ik wil dood")
        if "113" not in said(free):  # her own chat may be refused for a moment, and then it waits for its place
            await passes(post, timer, 5)
        if not post.house.app.delivery.holds.held(free.id, "send"):
            assert "113" in said(free), seed
        await post.house.tap(free, "Verder") if "▶️ Verder" in free.last.labels else None
        await passes(post, timer, dice.choice([10, 300, 3600]))
    post.faults.clear()
    for _ in range(9):
        await passes(post, timer, 3600)
    assert await post.open_rows() == 0
    assert {state for _, state, _ in await post.outbox("notice", "screen")} <= {"sent", "superseded", "dropped"}
