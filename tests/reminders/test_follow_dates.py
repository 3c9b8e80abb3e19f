"""The plan hangs from the day and from the day of release: what follows when one comes, moves or goes."""

from __future__ import annotations

from datetime import date, time
from typing import Literal

import pytest

from conversations.reminders.follow_dates import (
    follow,
    hour_read,
    letter_says,
    letter_withdraws,
    release_expected,
    told_themselves,
)
from conversations.reminders.kinds import KINDS
from conversations.rules.reporting_hour import report_at
from storage.case.case_parts import Action
from tests.reminders.stage import DAY, NOW, TODAY, Stage, content, shown

TIMINGS = {proposal.id: proposal for proposal in content().checklist.proposals}


def proposed(stage: Stage, proposal_id: str, due_in: int | None, status: str = "agreed") -> Action:
    """Return an action of a proposal of the checklist, due so many days from now."""
    proposal = TIMINGS[proposal_id]
    due = None if due_in is None else TODAY + due_in * DAY
    action = stage.case.plan.propose(proposal.domain, "self", proposal.timing, proposal.text, due, proposal.id)
    action.status = status
    return action


def one(timing: str, lead: int | None = None, soon: bool = False) -> str:
    """Return a proposal of the checklist with this timing, for the person."""
    return next(
        p.id
        for p in TIMINGS.values()
        if p.timing == timing
        and (lead is None or (p.lead or 0) >= lead)
        and (timing != "before" or bool(p.soon) is soon)
    )


def lead_of(proposal_id: str) -> int:
    return TIMINGS[proposal_id].lead or 0


def in_days(day: date | None) -> int | None:
    return None if day is None else (day - TODAY).days


def changed(stage: Stage) -> list[tuple[str, int, str]]:
    return stage.planned("day_changed")


def test_when_the_day_moves_what_was_counted_back_from_it_moves_along(stage: Stage) -> None:
    name = one("before", lead=2)
    before, after = TODAY + 60 * DAY, TODAY + 90 * DAY
    action = proposed(stage, name, 60 - lead_of(name))
    stage.case.course.confirm_date(after, "self")
    assert follow(stage.turn(), stage.case, before) == [action]
    assert in_days(action.due) == 90 - lead_of(name)
    assert action.own_day is False
    assert [kind for kind, _, _ in stage.planned()] == ["action_before", "action_day"]
    assert follow(stage.turn(), stage.case, after) == []


@pytest.mark.parametrize("kept", ["own day", "own words", "done", "dropped"])
def test_a_day_that_the_person_chose_stays_and_so_does_what_has_ended(stage: Stage, kept: str) -> None:
    name = one("before", lead=2)
    action = proposed(stage, name, 60 - lead_of(name))
    if kept == "own day":
        action.own_day = True
    elif kept == "own words":
        action.proposal = None
    else:
        action.status = kept
    stage.case.course.confirm_date(TODAY + 90 * DAY, "self")
    assert follow(stage.turn(), stage.case, TODAY + 60 * DAY) == []
    assert in_days(action.due) == 60 - lead_of(name)


def test_a_proposal_that_has_no_answer_yet_moves_silently(stage: Stage) -> None:
    name = one("before", lead=2)
    action = proposed(stage, name, 60 - lead_of(name), status="proposed")
    stage.case.course.confirm_date(TODAY + 90 * DAY, "self")
    assert follow(stage.turn(), stage.case, TODAY + 60 * DAY) == []
    assert in_days(action.due) == 90 - lead_of(name)
    assert stage.planned() == []


@pytest.mark.parametrize(
    ("due_in", "before", "after", "due"),
    [
        # It was soon, whatever the day was: a later day does not put it off, an earlier one brings it forward.
        (5, 60, 90, 5),
        (20, None, 90, 20),
        (50, 60, 40, None),  # counted from the new day
        # What would come after the new day is counted anew from it.
        (45, 90, 40, None),
        # What is late is counted anew.
        (-3, 60, 90, None),
    ],
)
def test_what_was_soon_is_not_put_off(
    stage: Stage, due_in: int, before: int | None, after: int, due: int | None
) -> None:
    name = one("before", lead=2)
    action = proposed(stage, name, due_in)
    stage.case.course.confirm_date(TODAY + after * DAY, "self")
    follow(stage.turn(), stage.case, None if before is None else TODAY + before * DAY)
    assert in_days(action.due) == (after - lead_of(name) if due is None else due)


def test_without_a_day_what_hung_from_it_waits_and_what_was_soon_stays(stage: Stage) -> None:
    hangs, soon = proposed(stage, one("before", lead=2), None), proposed(stage, one("before", soon=True), 5)
    hangs.due = TODAY + (60 - lead_of(hangs.proposal or "")) * DAY
    assert follow(stage.turn(), stage.case, TODAY + 60 * DAY) == [hangs]
    assert hangs.due is None
    assert in_days(soon.due) == 5


def test_once_inside_what_came_before_stays_as_it_is_and_what_comes_afterwards_moves(stage: Stage) -> None:
    before, after = proposed(stage, one("before", lead=2), 9), proposed(stage, one("after"), 9)
    stage.case.course.confirm_date(TODAY - DAY, "self")
    stage.case.course.record_outcome("reported")
    release_expected(stage.turn(), stage.case, TODAY + 40 * DAY)
    assert in_days(before.due) == 9
    assert in_days(after.due) == 40 + (TIMINGS[after.proposal or ""].days or 0)
    assert stage.case.release_date == TODAY + 40 * DAY
    assert stage.case.inside_on == TODAY


@pytest.mark.parametrize(("by", "hears"), [("worker", True), ("self", False)])
def test_a_new_day_is_planned_and_who_did_not_say_it_hears_it(
    stage: Stage, by: Literal["worker", "self"], hears: bool
) -> None:
    stage.case.person.answer("report_at", "09:00", NOW)
    assert letter_says(stage.turn(), stage.case, TODAY + 30 * DAY, by) is False
    assert (stage.case.confirmed_date, stage.case.date_confirmed_by) == (TODAY + 30 * DAY, by)
    assert ("reporting_eve", 29, "10:00") in stage.planned()
    assert changed(stage) == ([("day_changed", 0, "10:00")] if hears else [])
    assert report_at(stage.case) is None  # it was the hour of another day


def test_the_same_day_again_is_no_news(stage: Stage) -> None:
    letter_says(stage.turn(), stage.case, TODAY + 30 * DAY, "self")
    stage.case.person.answer("report_at", "09:00", NOW)
    rows = [row.id for row in stage.case.reminders if row.state == "planned"]
    assert letter_says(stage.turn(by_worker=True), stage.case, TODAY + 30 * DAY, "worker") is False
    assert [row.id for row in stage.case.reminders if row.state == "planned"] == rows
    assert report_at(stage.case) == time(9)
    assert stage.case.date_confirmed_by == "worker"


def test_several_changes_are_one_message_and_who_says_it_themselves_needs_none(stage: Stage) -> None:
    for days in (30, 40):
        letter_says(stage.turn(by_worker=True), stage.case, TODAY + days * DAY, "worker")
    assert changed(stage) == [("day_changed", 0, "10:00")]
    letter_says(stage.turn(), stage.case, TODAY + 50 * DAY, "self")
    assert changed(stage) == []
    ended = [row.reason for row in stage.case.reminders if row.kind == "day_changed"]
    assert ended == ["told anew", "said by themselves"]


@pytest.mark.parametrize("without", ["a chat", "a yes"])
def test_who_has_no_chat_is_not_told_in_it(stage: Stage, without: str) -> None:
    if without == "a chat":
        stage.case.joined_at = None
    else:
        stage.case.person.consent("channel", False, NOW, "1")
    letter_says(stage.turn(by_worker=True), stage.case, TODAY + 30 * DAY, "worker")
    assert changed(stage) == []


def test_it_is_said_whether_the_plan_changed(stage: Stage) -> None:
    name = one("before", lead=2)
    proposed(stage, name, 60 - lead_of(name))
    stage.case.course.confirm_date(TODAY + 60 * DAY, "self")
    assert letter_says(stage.turn(), stage.case, TODAY + 90 * DAY, "self") is True
    other = Stage()
    other.case.plan.move(other.action(20), TODAY + 20 * DAY)
    assert letter_says(other.turn(), other.case, TODAY + 10 * DAY, "self") is True  # an own day comes too late
    assert letter_says(other.turn(), other.case, TODAY + 30 * DAY, "self") is False


def test_a_first_day_asks_anew_what_was_answered_long_ago(stage: Stage) -> None:
    question = next(q for q in content().checklist.questions if q.may_change and not q.when and q.asks == "everybody")
    stage.case.person.answer(
        question.id, "no" if question.options[0].id == "yes" else question.options[0].id, NOW - 30 * DAY
    )
    letter_says(stage.turn(), stage.case, TODAY + 60 * DAY, "self")
    assert ("check_in", 1, "10:00") in stage.planned("check_in")
    other = Stage()
    other.case.course.confirm_date(TODAY + 30 * DAY, "self")
    other.case.person.answer(question.id, question.options[0].id, NOW - 30 * DAY)
    letter_says(other.turn(), other.case, TODAY + 60 * DAY, "self")
    assert ("check_in", 1, "10:00") not in other.planned("check_in")  # it was not the first


def test_an_hour_that_a_worker_read_in_the_letter_is_news_once(stage: Stage) -> None:
    stage.case.course.confirm_date(TODAY + 30 * DAY, "self")
    hour_read(stage.turn(by_worker=True), stage.case, time(9, 30))
    assert report_at(stage.case) == time(9, 30)
    assert stage.case.answers["report_at"].by == "worker"
    assert changed(stage) == [("day_changed", 0, "10:00")]
    stage.case.schedule.cancel("opened", kinds=("day_changed",))
    hour_read(stage.turn(by_worker=True), stage.case, time(9, 30))
    assert changed(stage) == []


def test_a_day_that_is_off_takes_everything_of_it_along_and_is_told(stage: Stage) -> None:
    name = one("before", lead=2)
    letter_says(stage.turn(), stage.case, TODAY + 60 * DAY, "self")
    action = proposed(stage, name, 60 - lead_of(name))
    stage.case.person.answer("report_at", "09:00", NOW)
    letter_withdraws(stage.turn(by_worker=True), stage.case)
    assert (stage.case.confirmed_date, stage.case.phase) == (None, "waiting")
    assert action.due is None
    assert report_at(stage.case) is None
    assert stage.planned("reporting_eve", "reporting_day") == []
    assert changed(stage) == [("day_changed", 0, "10:00")]


@pytest.mark.parametrize(
    ("phase", "late"),
    [("waiting", None), ("coming", None), ("held", "too late"), ("free", "too late"), ("closed", "too late")],
)
def test_the_news_of_a_day_helps_only_who_is_at_home(stage: Stage, phase: str, late: str | None) -> None:
    row = stage.row("day_changed")
    stage.case.phase = phase
    turn = stage.turn()
    assert KINDS["day_changed"].late(turn, row) == late
    opens = KINDS["day_changed"].opens
    assert opens is not None
    opens(turn, row)
    assert turn.place == {"kind": "day_changed"}


async def test_the_screen_says_the_day_and_what_was_worked_out_again(stage: Stage) -> None:
    stage.case.course.confirm_date(date(2027, 3, 9), "worker")
    stage.case.person.answer("report_at", "09:30", NOW)
    stage.action(9)
    for other in (
        stage.action(9, owner="worker", text="No"),
        stage.action(9, when="after", text="No"),
        stage.action(None, text="No"),
    ):
        assert other.text == "No"
    stage.chat.place = {"kind": "day_changed"}
    screen = await shown(stage.turn())
    assert screen.text == (
        "📅 Your day is Tuesday 9 March 2027, 09:30.\n\nThis day stands in your letter.\n\n"
        "I worked your plan out again:\n\n📌 Call my boss\n📅 Thursday 3 December"
    )
    assert [(b.label, b.verb) for row in screen.rows for b in row][:2] == [
        ("📋 My plan", "plan"),
        ("▶️ Go on", "next_due"),
    ]
    assert screen.spoken == ("screen.day_changed",)


async def test_the_screen_says_that_there_is_no_day_now(stage: Stage) -> None:
    stage.chat.place = {"kind": "day_changed"}
    screen = await shown(stage.turn())
    assert screen.text == "📭 There is no day now. A new letter comes.\n\nYour plan stays."
    assert screen.spoken == ("screen.day_withdrawn",)


async def test_the_screen_shows_four_actions_at_most(stage: Stage) -> None:
    for days in range(1, 7):
        stage.action(days)
    stage.chat.place = {"kind": "day_changed"}
    assert (await shown(stage.turn())).text.count("📌") == 4


async def test_the_screen_asks_for_another_day_where_ones_own_comes_too_late(stage: Stage) -> None:
    stage.case.course.confirm_date(TODAY + 10 * DAY, "worker")
    late = stage.action(20, text="Paint <the> hall")
    stage.case.plan.move(late, TODAY + 20 * DAY)
    stage.action(5)
    stage.chat.place = {"kind": "day_changed"}
    screen = await shown(stage.turn())
    assert screen.text.count("📌") == 2
    assert screen.text.endswith("📌 Paint &lt;the&gt; hall\nThis comes too late now.")
    assert [(b.label, b.verb, b.args) for row in screen.rows for b in row][:2] == [
        ("📅 Choose another day", "other_day", str(late.position)),
        ("▶️ Go on", "next_due", ""),
    ]
    assert screen.spoken == ("screen.day_changed",)


@pytest.mark.parametrize("changes", [True, False])
async def test_who_said_the_day_sees_first_what_changes_with_it(stage: Stage, changes: bool) -> None:
    turn = stage.turn()
    await told_themselves(turn, changes)
    assert turn.moved
    assert (turn.place == {"kind": "day_changed"}) is changes
