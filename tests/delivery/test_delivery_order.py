"""In which order things leave: by chat, answers to taps before all else, and no faster than Telegram allows."""

from __future__ import annotations

import asyncio
from itertools import cycle

import pytest

from bot.delivery.pace import CHAT_BURST, Pace
from bot.webchat.telegram.rates import Rates
from storage.queues.outbox import KINDS
from tests.delivery.conftest import Timer
from tests.delivery.post import BUSY, MESSAGE, QUESTION, REMINDER, SECOND_QUESTION, Post


async def test_nothing_overtakes_what_waits_in_its_own_chat(post: Post) -> None:
    _, mila = await post.other()
    await post.message("Eerst dit")
    post.faults.add("sendMessage", BUSY, times=2, chat_id=post.samira.id)
    await post.house.pump()
    post.samira.say("/plan")
    mila.tap("Geld")
    await post.house.pump()
    # Others go on; Samira's plan waits behind her notice.
    assert SECOND_QUESTION in mila.last.text
    assert post.shown(post.samira, "Je plan") == []
    await post.later(seconds=1)
    assert post.shown(post.samira, "Je plan") == []
    await post.later(seconds=2)
    texts = [message.text for message in post.samira.messages if not message.mine]
    assert texts[0] == MESSAGE
    assert "Je plan" in texts[1]


async def test_what_is_in_no_chat_of_ours_waits_for_nothing_else_that_is_in_none(post: Post) -> None:
    post.faults.add("leaveChat", BUSY, times=2)  # added, and told so: two reasons to leave
    group = post.house.world.group()
    await post.house.pump()
    post.samira.inline_results = [{"id": "old"}]
    post.samira.inline("hoi")
    await post.house.pump()
    assert not group.left
    assert post.samira.inline_results == []
    await post.later(seconds=1)
    assert group.left


async def test_notices_arrive_in_the_order_in_which_they_were_decided(post: Post) -> None:
    await post.plan()
    await post.message()
    await post.reminder_due()
    await post.message()
    await post.house.pump()
    assert post.samira.lock_screen == [MESSAGE, REMINDER, MESSAGE]


async def test_what_a_person_typed_is_gone_before_the_screen_that_answers_it(post: Post) -> None:
    await post.house.say(post.samira, "/bericht")
    seen: list[tuple[bool, bool]] = []
    typed = post.samira.say("Mijn bericht")

    def look(chat_id: int) -> None:
        if chat_id == post.samira.id:
            seen.append((typed in post.samira.history, bool(post.shown(post.samira, "Mijn bericht"))))

    post.house.world.listeners.add(look)
    await post.house.pump()
    post.house.world.listeners.clear()
    assert (True, True) not in seen
    assert seen[-1] == (False, True)


async def test_an_answer_to_a_tap_is_first_of_all_that_comes_of_it(post: Post) -> None:
    before = len(await post.outbox(*KINDS))
    post.samira.tap("Ik wil iemand spreken")
    await post.decide()
    assert [kind for kind, _, _ in (await post.outbox(*KINDS))[before:]] == ["answer", "screen", "notice"]


async def test_an_answer_to_a_tap_does_not_wait_behind_a_retry(post: Post) -> None:
    await post.message()
    post.faults.add("sendMessage", BUSY, chat_id=post.samira.id)
    await post.house.pump()
    answered = post.calls["answercallbackquery"]
    post.samira.tap("Geld")
    await post.house.pump()
    assert post.calls["answercallbackquery"] == answered + 1
    assert post.samira.last.text == QUESTION  # the screen keeps its place behind the notice
    await post.later(seconds=1)
    assert SECOND_QUESTION in post.samira.last.text
    assert post.calls["answercallbackquery"] == answered + 1


async def test_an_answer_to_a_tap_does_not_wait_for_the_pace_either(post: Post, timer: Timer) -> None:
    post.at_a_pace(timer, in_chat=1)
    for _ in range(CHAT_BURST):
        await post.message()
    await post.house.pump()
    answered = post.calls["answercallbackquery"]
    post.samira.tap("Geld")
    await post.house.pump()
    assert post.calls["answercallbackquery"] == answered + 1
    assert post.shown(post.samira, SECOND_QUESTION) == []
    timer.seconds += 1
    await post.house.pump()
    assert SECOND_QUESTION in post.samira.last.text


async def test_a_chat_gets_a_short_burst_and_then_a_message_a_second_while_others_go_on(
    post: Post, timer: Timer
) -> None:
    _, mila = await post.other()
    post.at_a_pace(timer, in_chat=1)
    for _ in range(CHAT_BURST + 2):
        await post.message()
    await post.house.pump()
    assert len(post.samira.lock_screen) == CHAT_BURST
    await post.house.say(mila, "/plan")
    assert "Je plan" in mila.last.text
    timer.seconds += 0.9
    await post.house.pump()
    assert len(post.samira.lock_screen) == CHAT_BURST
    timer.seconds += 0.1
    await post.house.pump()
    assert len(post.samira.lock_screen) == CHAT_BURST + 1
    timer.seconds += 1
    await post.house.pump()
    assert len(post.samira.lock_screen) == CHAT_BURST + 2


async def test_the_pace_gives_a_quiet_chat_its_burst_again() -> None:
    timer = Timer()
    pace = Pace(1e6, 1, timer)
    for _ in range(2):
        for _ in range(CHAT_BURST):
            assert pace.chat_waits(5) == 0
            async with pace.turn(5):
                pass
        assert pace.chat_waits(5) == 1
        assert pace.chat_waits(6) == 0
        timer.seconds += 60


async def test_a_message_that_is_held_up_on_its_way_leaves_the_others_within_the_limit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    timer = Timer()

    async def sleep(seconds: float) -> None:
        timer.seconds += seconds

    monkeypatch.setattr(asyncio, "sleep", sleep)
    telegram, pace = Rates(per_second=30, timer=timer), Pace(30, 1, timer)
    began = timer.seconds
    for chat, held_up in zip(range(300), cycle((0.05, *[0.0] * 39)), strict=False):
        async with pace.turn(chat):
            timer.seconds += held_up
            telegram.take(str(chat))
    assert telegram.refused == 0
    assert 299 / (timer.seconds - began) >= 28


async def test_a_reminder_that_was_cancelled_while_its_notice_waited_does_not_leave(post: Post) -> None:
    await post.plan()
    await post.house.say(post.samira, "/stop")
    post.samira.lock_screen.clear()
    await post.reminder_due()
    post.samira.tap("Stoppen")
    await post.decide()
    await post.house.pump()
    assert post.samira.lock_screen == []
    assert post.shown(post.samira, REMINDER) == []
    assert await post.ledger() == ["cancelled", "cancelled"]
    assert await post.reasons() == ["stopped", "stopped"]
    assert ("notice", "dropped", "cancelled") in await post.outbox("notice")


async def test_a_notice_for_two_reminders_leaves_while_one_of_them_still_stands(post: Post) -> None:
    await post.plan()
    await post.house.tap(post.samira, "Ja, dat klopt")
    case = await post.house.load(post.ref)
    day = min(row.day for row in case.reminders)
    async with post.house.app.database.write() as connection:
        now = post.house.clock.now()
        first = case.actions[0]
        second = case.plan.propose(first.domain, "self", "before", "Bel oma", None, None)
        case.plan.agree(second)
        case.schedule.remind("action_day", day, case.reminders[0].at, post.house.settings.zone, second)
        second.due = day
        await post.house.stores.cases.save(connection, [case], now, post.house.settings.zone)
    post.samira.lock_screen.clear()
    await post.reminder_due()
    assert sorted(await post.ledger()) == ["leaving", "leaving", "planned"]
    async with post.house.app.database.write() as connection:
        case = await post.house.load(post.ref)
        case.plan.settle(case.actions[0], "done", "done")
        await post.house.stores.cases.save(connection, [case], post.house.clock.now(), post.house.settings.zone)
    await post.house.pump()
    assert post.samira.lock_screen == [REMINDER]
    assert sorted(await post.ledger()) == ["cancelled", "cancelled", "sent"]
