"""Who says nothing is not left alone: a call after three days, a letter after ten, a visit after three weeks."""

from __future__ import annotations

from datetime import timedelta

import pytest

from conversations.reminders.kinds import KINDS
from conversations.reminders.schedule import fall_due
from conversations.reminders.silence import WAYS, begin
from storage.case.case_parts import Reminder
from tests.reminders.stage import DAY, HOUR, NOW, TODAY, Stage, told

STEPS = [("silence_call", 3, "08:30"), ("silence_letter", 10, "08:30"), ("silence_visit", 21, "08:30")]


def step(stage: Stage, kind: str = "silence_call") -> Reminder:
    return next(row for row in stage.case.reminders if row.kind == kind and row.state == "planned")


def test_when_a_message_leaves_the_three_steps_are_planned(stage: Stage) -> None:
    begin(stage.turn(), stage.case)
    assert stage.planned() == STEPS


def test_while_nobody_is_heard_it_goes_on_counting_from_the_first_message(stage: Stage) -> None:
    begin(stage.turn(), stage.case)
    rows = [row.id for row in stage.case.reminders]
    stage.chat.last_seen = NOW - DAY
    begin(stage.turn(NOW + 2 * DAY), stage.case)
    assert [row.id for row in stage.case.reminders] == rows
    assert stage.planned() == STEPS


def test_who_was_heard_since_is_counted_anew(stage: Stage) -> None:
    begin(stage.turn(), stage.case)
    stage.chat.last_seen = NOW + DAY
    begin(stage.turn(NOW + 2 * DAY), stage.case)
    assert stage.planned() == [(kind, days + 2, at) for kind, days, at in STEPS]
    ended = [row for row in stage.case.reminders if row.state != "planned"]
    assert [(row.kind, row.state, row.reason) for row in ended] == [
        (kind, "cancelled", "heard from them") for kind, _, _ in STEPS
    ]


@pytest.mark.parametrize(("phase", "counts"), [("waiting", True), ("coming", True), ("held", False), ("free", False)])
def test_only_who_still_is_at_home_is_looked_for(stage: Stage, phase: str, counts: bool) -> None:
    stage.case.phase = phase
    begin(stage.turn(), stage.case)
    assert bool(stage.planned()) is counts


@pytest.mark.parametrize(
    ("kind", "days", "words"),
    [
        ("silence_call", 3, "Nothing was heard for 3 days after a reminder. Call: how are you?"),
        ("silence_letter", 10, "Nothing was heard for 10 days after a reminder. Write a letter."),
        ("silence_visit", 21, "Nothing was heard for 21 days after a reminder. Go and see them."),
    ],
)
async def test_each_step_goes_to_the_worker_when_its_time_comes_and_says_what_to_do(
    stage: Stage, kind: str, days: int, words: str
) -> None:
    stage.chat.last_seen = NOW - DAY
    begin(stage.turn(), stage.case)
    row = step(stage, kind)
    turn = stage.turn(NOW + days * DAY)
    await fall_due(turn, [row])
    assert (row.state, row.reason) == ("handed_to_worker", kind)
    assert told(turn) == [("m1", "alert", stage.case.ref)]
    say = KINDS[kind].words
    assert say is not None
    assert say(turn, stage.case, row) == words


def heard(stage: Stage, how: str, when_: timedelta) -> None:
    """Let something be heard of the person, so long after the message left."""
    if how == "a tap":
        stage.chat.last_seen = NOW + when_
    elif how == "a call from them":
        stage.case.reach.contacted("phone", "in", NOW + when_)
    elif how == "a call to them":
        stage.case.reach.contacted("phone", "out", NOW + when_)
    else:
        stage.case.schedule.mark_opened(stage.row("check_in"), NOW + when_)


@pytest.mark.parametrize(
    ("how", "when_", "enough"),
    [
        ("a tap", -10 * HOUR, True),  # the same day on the wall
        ("a tap", -11 * HOUR, False),
        ("a tap", DAY, True),
        ("a call from them", HOUR, True),
        ("a call from them", -DAY, False),
        ("a call to them", HOUR, False),
        ("a reminder that was opened", HOUR, True),
        ("a reminder that was opened", -DAY, False),
    ],
)
async def test_a_word_from_them_since_that_day_is_enough(
    stage: Stage, how: str, when_: timedelta, enough: bool
) -> None:
    stage.chat.last_seen = NOW - 5 * DAY
    begin(stage.turn(), stage.case)
    heard(stage, how, when_)
    row = step(stage)
    turn = stage.turn(NOW + 3 * DAY)
    await fall_due(turn, [row])
    expected = ("skipped", "heard from them") if enough else ("handed_to_worker", "silence_call")
    assert (row.state, row.reason) == expected


async def test_what_another_person_did_on_that_phone_is_no_word_from_them(stage: Stage) -> None:
    begin(stage.turn(), stage.case)
    stage.chat.last_seen, stage.chat.case_id = NOW + DAY, "c2"
    row = step(stage)
    await fall_due(stage.turn(NOW + 3 * DAY), [row])
    assert row.state == "handed_to_worker"


@pytest.mark.parametrize(("paused_days", "state"), [(4, "skipped"), (3, "handed_to_worker")])
async def test_who_asked_for_a_pause_is_not_looked_for(stage: Stage, paused_days: int, state: str) -> None:
    stage.chat.last_seen = NOW - 5 * DAY
    begin(stage.turn(), stage.case)
    stage.case.person.prefer(paused_until=TODAY + paused_days * DAY)
    row = step(stage)
    await fall_due(stage.turn(NOW + 3 * DAY), [row])
    assert row.state == state


async def test_who_has_a_day_is_looked_for_as_well(stage: Stage) -> None:
    stage.chat.last_seen = NOW - 5 * DAY
    stage.case.course.confirm_date(TODAY + 30 * DAY, "self")
    begin(stage.turn(), stage.case)
    row = step(stage)
    await fall_due(stage.turn(NOW + 3 * DAY), [row])
    assert (row.state, row.reason) == ("handed_to_worker", "silence_call")


def test_while_only_the_visit_is_left_it_goes_on_counting(stage: Stage) -> None:
    begin(stage.turn(), stage.case)
    for kind in ("silence_call", "silence_letter"):
        stage.case.schedule.end(step(stage, kind), "handed_to_worker", kind)
    stage.chat.last_seen = NOW - DAY
    begin(stage.turn(NOW + 12 * DAY), stage.case)
    assert stage.planned() == STEPS[2:]


def test_each_step_is_a_kind_of_contact_that_a_worker_can_note() -> None:
    assert WAYS == {"silence_call": "phone", "silence_letter": "letter", "silence_visit": "visit"}


@pytest.mark.parametrize("over", ["inside", "no yes"])
async def test_who_is_inside_or_took_their_yes_back_is_not_looked_for(stage: Stage, over: str) -> None:
    stage.chat.last_seen = NOW - 5 * DAY
    begin(stage.turn(), stage.case)
    if over == "inside":
        stage.case.course.record_outcome("arrested", TODAY)
    else:
        stage.case.person.consent("channel", False, NOW, "1")
    row = step(stage)
    await fall_due(stage.turn(NOW + 3 * DAY), [row])
    assert (row.state, row.reason) == ("skipped", "no longer so")
