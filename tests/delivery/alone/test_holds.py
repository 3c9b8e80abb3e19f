"""Holds, by themselves: whom a refusal holds, for how long, and when it means all of us."""

from __future__ import annotations

import pytest
from structlog.testing import capture_logs

from bot.delivery.holds import ANSWERS, LONG, Holds
from storage.queues.outbox import KINDS
from tests.delivery.conftest import Timer

# Seconds within which three chats that are refused are all of us, and for which all pauses then, at most.
WITHIN, PAUSE = 10, 120
# Chats, and rows that wait for them.
SAMIRA, MILA, NOOR, KIM = 1, 2, 3, 4


@pytest.fixture
def holds(timer: Timer) -> Holds:
    return Holds(timer)


def refuse(holds: Holds, chat: int, seconds: float, way: str = "send", attempts: int = 0) -> list[tuple[int, int]]:
    """Let a chat be refused; the row that waits for it is a hundred times its number."""
    return holds.refuse(chat, way, seconds, 100 * chat, attempts)


def test_a_refusal_holds_its_kind_of_call_in_its_chat_for_as_long_as_was_asked(holds: Holds, timer: Timer) -> None:
    assert holds.held(SAMIRA, "send") == 0
    assert refuse(holds, SAMIRA, 90.5) == []
    assert [holds.held(SAMIRA, "send"), holds.held(SAMIRA, "edit"), holds.held(MILA, "send")] == [90.5, 0, 0]
    assert holds.closed_for == 0
    timer.seconds += 90
    assert holds.held(SAMIRA, "send") == 0.5
    timer.seconds += 30
    assert holds.held(SAMIRA, "send") == 0


def test_a_second_refusal_keeps_what_is_held_beside_it(holds: Holds, timer: Timer) -> None:
    refuse(holds, SAMIRA, 60, "edit")
    timer.seconds += 20
    refuse(holds, SAMIRA, 5)
    assert (holds.held(SAMIRA, "edit"), holds.held(SAMIRA, "send")) == (40, 5)


def test_several_chats_within_seconds_are_all_of_us_and_everything_pauses(holds: Holds, timer: Timer) -> None:
    assert refuse(holds, SAMIRA, 4 * 3600, attempts=3) == []
    timer.seconds += 4
    assert refuse(holds, MILA, 30, "edit", attempts=1) == []
    timer.seconds += WITHIN - 4
    # The first one was exactly so long ago: it counts.
    assert refuse(holds, NOOR, 3600) == [(100, 3), (200, 1), (300, 0)]
    assert holds.closed_for == PAUSE
    # Nobody is held for longer than the pause, and who was told less waits less.
    assert [holds.held(SAMIRA, "send"), holds.held(MILA, "edit"), holds.held(NOOR, "send")] == [PAUSE, 24, PAUSE]
    timer.seconds += PAUSE + 1
    assert holds.closed_for == 0


def test_a_pause_lasts_no_longer_than_the_last_one_was_asked_to_wait(holds: Holds, timer: Timer) -> None:
    for chat in (SAMIRA, MILA, NOOR):
        refuse(holds, chat, 7)
    assert holds.closed_for == 7


def test_one_chat_that_is_refused_time_and_again_is_not_all_of_us(holds: Holds, timer: Timer) -> None:
    for way in ("send", "edit", "delete", "answer"):
        assert refuse(holds, SAMIRA, 5, way) == []
    assert refuse(holds, MILA, 5) == []
    assert holds.closed_for == 0


def test_refusals_further_apart_are_each_their_own(holds: Holds, timer: Timer) -> None:
    for chat in (SAMIRA, MILA, NOOR, KIM):
        assert refuse(holds, chat, 600) == []
        timer.seconds += 5.5
    assert holds.closed_for == 0
    assert holds.held(KIM, "send") > 590


def test_who_is_refused_while_all_pauses_waits_no_longer_than_the_pause(holds: Holds, timer: Timer) -> None:
    for chat in (SAMIRA, MILA, NOOR):
        refuse(holds, chat, 3600)
    timer.seconds += 20
    assert refuse(holds, KIM, 3600) == []
    assert holds.held(KIM, "send") == PAUSE - 20
    assert refuse(holds, KIM, 5, "edit") == []
    assert holds.held(KIM, "edit") == 5
    assert holds.closed_for == PAUSE - 20, "it is made no longer by that"


def test_after_a_pause_it_takes_several_anew(holds: Holds, timer: Timer) -> None:
    for chat in (SAMIRA, MILA, NOOR):
        refuse(holds, chat, 1)
    timer.seconds += 1
    assert refuse(holds, KIM, 1) == []
    assert refuse(holds, SAMIRA, 1) == []
    assert holds.closed_for == 0
    assert refuse(holds, MILA, 1) == [(400, 0), (100, 0), (200, 0)]


def test_before_anything_was_refused_nothing_is_held_also_on_a_machine_that_has_just_started() -> None:
    holds = Holds(Timer(0.0))
    assert (holds.held(SAMIRA, "send"), holds.closed_for) == (0, 0)


def test_a_refusal_that_is_over_counts_for_all_of_us_and_holds_its_chat_no_more(holds: Holds, timer: Timer) -> None:
    refuse(holds, SAMIRA, 1)
    timer.seconds += 5
    refuse(holds, MILA, 600)
    assert refuse(holds, NOOR, 600) == [(100, 0), (200, 0), (300, 0)]
    assert [holds.held(chat, "send") for chat in (SAMIRA, MILA, NOOR)] == [0, PAUSE, PAUSE]


def test_while_all_pauses_what_somebody_did_just_now_is_answered_and_nothing_else_leaves() -> None:
    assert set(ANSWERS) == set(KINDS) & {"answer", "screen", "delete", "sweep"}
    assert LONG == 60, "after a minute somebody has to hear of it"


def test_who_keeps_the_program_reads_of_each_refusal_and_loudly_of_one_over_a_minute_or_of_all_of_us(
    holds: Holds, timer: Timer
) -> None:
    with capture_logs() as lines:
        refuse(holds, SAMIRA, 60)
        refuse(holds, MILA, 61)
        refuse(holds, NOOR, 5)
    assert [(line["log_level"], line.get("way"), line["seconds"]) for line in lines] == [
        ("warning", "send", 60),
        ("error", "send", 61),
        ("warning", "send", 5),
        ("error", None, 5),
    ]
