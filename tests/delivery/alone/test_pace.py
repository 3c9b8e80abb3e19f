"""The pace, by itself: one after the other for the bot, a burst and then one at a time for a chat."""

from __future__ import annotations

import asyncio
from math import inf

import pytest

from bot.delivery.pace import Pace
from tests.delivery.conftest import Timer

# Messages that may follow each other in a chat; those that are looked back at, and how much longer they take.
CHAT_BURST, LOOK_BACK, MARGIN = 3, 30, 1.005


@pytest.fixture
def slept(timer: Timer, monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long was waited each time, on a timer that goes on by that."""
    found: list[float] = []

    async def sleep(seconds: float) -> None:
        found.append(seconds)
        timer.seconds += seconds

    monkeypatch.setattr(asyncio, "sleep", sleep)
    return found


async def send(pace: Pace, chat: int) -> None:
    """Send one message."""
    async with pace.turn(chat):
        pass


async def test_messages_leave_one_after_the_other_at_the_pace_of_the_bot(timer: Timer, slept: list[float]) -> None:
    pace = Pace(4, inf, timer)
    for chat in range(3):
        await send(pace, chat)
    assert slept == [0.25, 0.25]
    timer.seconds += 0.25
    await send(pace, 3)
    assert slept == [0.25, 0.25], "its moment has come by itself"
    timer.seconds += 60
    await send(pace, 4)
    await send(pace, 5)
    assert slept[2:] == [0.25], "a quiet minute is not saved up"


async def test_no_more_than_the_limit_leaves_in_any_time_as_long_as_it_counts(timer: Timer, slept: list[float]) -> None:
    pace = Pace(2, inf, timer)
    began = timer.seconds
    async with pace.turn(1):
        timer.seconds += 3  # the answer took so long: until then it may have been counted
    async with pace.turn(2):
        pass
    async with pace.turn(3):
        pass
    # Two a second: the third one leaves a second, and the margin, after the answer to the first.
    assert timer.seconds == pytest.approx(began + 3 + MARGIN)


async def test_while_a_message_is_under_way_the_next_are_counted_from_when_it_left(
    timer: Timer, slept: list[float]
) -> None:
    pace = Pace(1, inf, timer)
    began = timer.seconds
    async with pace.turn(1), pace.turn(2):
        pass
    assert timer.seconds == pytest.approx(began + MARGIN)


async def test_a_slow_bot_still_sends_one_and_a_fast_one_looks_back_no_further_than_it_must(
    timer: Timer, slept: list[float]
) -> None:
    slow = Pace(0.5, inf, timer)
    await send(slow, 1)
    await send(slow, 2)
    assert slept == [pytest.approx(2 * MARGIN)]
    slept.clear()
    fast = Pace(100, inf, timer)
    for chat in range(LOOK_BACK + 1):
        await send(fast, chat)
    assert sum(slept) == pytest.approx(LOOK_BACK / 100 * MARGIN)


async def test_a_message_that_fails_is_counted_as_well(timer: Timer, slept: list[float]) -> None:
    pace = Pace(1, inf, timer)

    async def fail() -> None:
        async with pace.turn(1):
            timer.seconds += 5
            raise ConnectionError

    with pytest.raises(ConnectionError):
        await fail()
    await send(pace, 2)
    assert slept == [pytest.approx(MARGIN)]


async def test_a_chat_gets_a_burst_and_then_one_at_a_time(timer: Timer, slept: list[float]) -> None:
    pace = Pace(inf, 0.5, timer)
    assert pace.chat_waits(1) == 0
    for _ in range(CHAT_BURST):
        assert pace.chat_waits(1) == 0
        await send(pace, 1)
    assert (pace.chat_waits(1), pace.chat_waits(2)) == (2, 0)
    timer.seconds += 0.5
    assert pace.chat_waits(1) == 1.5
    timer.seconds += 1.5
    assert pace.chat_waits(1) == 0
    await send(pace, 1)
    assert pace.chat_waits(1) == 2
    timer.seconds += 600
    assert pace.chat_waits(1) == 0
    assert slept == []


async def test_chats_of_long_ago_are_forgotten_and_those_of_now_are_not(timer: Timer, slept: list[float]) -> None:
    pace = Pace(inf, 1, timer)
    for chat in range(9_999):
        await send(pace, chat)
    timer.seconds += 3600
    for _ in range(CHAT_BURST):
        await send(pace, 9_999)
    await send(pace, 10_000)
    assert pace.chat_waits(9_999) == 1


async def test_without_a_timer_it_is_the_loops_own() -> None:
    assert Pace(30, 1).timer == asyncio.get_running_loop().time


async def test_the_first_message_leaves_at_once_also_on_a_machine_that_has_just_started(slept: list[float]) -> None:
    pace = Pace(30, 0.5, Timer(0.0))
    assert pace.chat_waits(1) == 0
    for _ in range(CHAT_BURST):
        assert pace.chat_waits(1) == 0
        await send(pace, 1)
    assert sum(slept) < 0.2
    assert pace.chat_waits(1) == pytest.approx(2, abs=0.2)
