"""What is planned: around the reporting day, of each agreed action, and for who has no chat on a day somebody works."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest

from conversations.reminders.agenda import (
    ask_again,
    now_on_the_wall,
    plan_action,
    plan_again,
    plan_last_message,
    plan_reporting_day,
    reporting_rows,
)
from storage.case.case_parts import Preferences
from storage.clock import instant
from tests.reminders.stage import DAY, HOUR, NOW, TODAY, ZONE, Stage, content

OFFICE, REMINDERS = content().region.office, content().reminders
MONDAY = date(2026, 12, 14)


def rows(
    day: date, now: datetime = NOW, leaves: time | None = None, office: bool = False
) -> list[tuple[str, int, str]]:
    """Return what still comes for a day: kind, days before it, time on the wall."""
    wishes = Preferences(hour=time(11))
    found = reporting_rows(day, now, ZONE, wishes, leaves, REMINDERS, OFFICE if office else None)
    return [(kind, (day - on).days, f"{at:%H:%M}") for kind, on, at in found]


def test_a_day_far_ahead_is_told_of_at_each_milestone_the_day_before_and_on_it() -> None:
    assert rows(TODAY + 30 * DAY) == [
        ("reporting_14", 14, "11:00"),
        ("reporting_7", 7, "11:00"),
        ("reporting_3", 3, "11:00"),
        ("reporting_eve", 1, "10:00"),
        ("reporting_again", 1, "16:00"),
        ("reporting_day", 0, "09:00"),
    ]


@pytest.mark.parametrize(
    ("hour", "minute", "comes"),
    [
        (9, 59, [("reporting_eve", "10:00"), ("reporting_again", "16:00"), ("reporting_day", "07:00")]),
        (10, 0, [("reporting_again", "16:00"), ("reporting_day", "07:00"), ("reporting_eve", "10:00")]),
        (15, 30, [("reporting_again", "16:00"), ("reporting_day", "07:00"), ("reporting_eve", "15:30")]),
        (18, 45, [("reporting_day", "07:00"), ("reporting_eve", "18:45")]),
    ],
)
def test_who_learns_of_it_the_day_before_hears_of_it_at_once(
    hour: int, minute: int, comes: list[tuple[str, str]]
) -> None:
    now = instant(TODAY, time(hour, minute), ZONE)
    assert [(kind, at) for kind, _, at in rows(TODAY + DAY, now, leaves=time(8, 30))] == comes


def test_on_the_day_itself_only_the_last_message_comes_and_later_nothing() -> None:
    early = instant(TODAY, time(6), ZONE)
    assert rows(TODAY, early, leaves=time(8, 30)) == [("reporting_day", 0, "07:00")]
    assert rows(TODAY, NOW) == []
    assert rows(TODAY - DAY, NOW) == []


def test_where_nobody_works_the_day_before_it_comes_on_their_last_working_day_too() -> None:
    assert rows(MONDAY, office=True) == [
        ("reporting_14", 14, "11:00"),
        ("reporting_7", 7, "11:00"),
        # Of the Friday one is enough: the milestone of three days is the day on which somebody can still call.
        ("reporting_ahead", 3, "10:00"),
        ("reporting_eve", 1, "10:00"),
        ("reporting_again", 1, "16:00"),
        ("reporting_day", 0, "09:00"),
    ]
    assert ("reporting_3", 3, "11:00") in rows(MONDAY - DAY, office=True)
    assert ("reporting_ahead", 2, "10:00") in rows(MONDAY - DAY, office=True)
    assert all(kind != "reporting_ahead" for kind, _, _ in rows(MONDAY + DAY, office=True))


@pytest.mark.parametrize(("closes", "at"), [(time(17), "10:00"), (time(16, 30), "09:45"), (time(14), "09:00")])
def test_it_comes_so_early_that_there_is_time_to_call_that_day(closes: time, at: str) -> None:
    office = OFFICE.model_copy(update={"opens": time(8), "closes": closes})
    found = reporting_rows(MONDAY, NOW, ZONE, Preferences(), None, REMINDERS, office)
    assert [f"{hour:%H:%M}" for kind, _, hour in found if kind == "reporting_ahead"] == [at]


def test_a_confirmed_day_is_planned_and_another_one_takes_its_place(stage: Stage) -> None:
    stage.case.course.confirm_date(TODAY + 21 * DAY, "self")
    plan_reporting_day(stage.turn(), stage.case)
    first = [row.id for row in stage.case.reminders]
    assert stage.planned() == [
        ("reporting_14", 7, "10:00"),
        ("reporting_7", 14, "10:00"),
        ("reporting_3", 18, "10:00"),
        ("reporting_eve", 20, "10:00"),
        ("reporting_again", 20, "16:00"),
        ("reporting_day", 21, "09:00"),
    ]
    stage.case.course.confirm_date(TODAY + 2 * DAY, "self")
    plan_reporting_day(stage.turn(), stage.case)
    assert {(r.state, r.reason) for r in stage.case.reminders if r.id in first} == {("cancelled", "another date")}
    assert [kind for kind, _, _ in stage.planned()] == ["reporting_eve", "reporting_again", "reporting_day"]


@pytest.mark.parametrize("without", ["a list alone", "an outcome"])
def test_a_day_that_is_no_fact_or_is_over_is_not_reminded_of(stage: Stage, without: str) -> None:
    if without == "a list alone":
        stage.case.course.list_date(TODAY + 20 * DAY)
    else:
        stage.case.course.confirm_date(TODAY + 20 * DAY, "self")
        stage.case.course.record_outcome("reported")
    plan_reporting_day(stage.turn(), stage.case)
    assert stage.planned() == []


@pytest.mark.parametrize(
    ("state", "again"), [("sent", False), ("handed_to_worker", False), ("skipped", True), ("cancelled", True)]
)
def test_what_has_left_for_this_day_does_not_leave_again(stage: Stage, state: str, again: bool) -> None:
    stage.case.course.confirm_date(TODAY + 20 * DAY, "self")
    row = stage.row("reporting_14", day_in=6)
    other = stage.row("reporting_7", day_in=6)  # of another day
    row.state = other.state = state
    plan_reporting_day(stage.turn(), stage.case)
    assert (("reporting_14", 6, "10:00") in stage.planned()) is again
    assert ("reporting_7", 13, "10:00") in stage.planned()


def friday(hour: int) -> datetime:
    return instant(MONDAY - 3 * DAY, time(hour), ZONE)


@pytest.mark.parametrize(
    ("now", "by_worker", "calls"),
    [
        (friday(11), True, True),  # too late for the person to open anything before the weekend
        (friday(10), True, True),
        (friday(9), True, False),  # it still comes to the person
        (friday(11), False, False),  # who says it themselves knows it
        (friday(11) - DAY, True, False),
        (friday(11) + DAY, True, False),
    ],
)
def test_a_worker_who_enters_a_day_after_a_weekend_too_late_is_asked_to_call(
    stage: Stage, now: datetime, by_worker: bool, calls: bool
) -> None:
    stage.case.course.confirm_date(MONDAY, "worker")
    plan_reporting_day(stage.turn(now, by_worker=by_worker), stage.case)
    rows_ = [row for row in stage.case.reminders if row.kind == "reporting_ahead" and row.state != "planned"]
    assert [(r.state, r.reason, r.day, r.at) for r in rows_] == (
        [("handed_to_worker", "nobody works on the day before", MONDAY - 3 * DAY, time(now.hour + 1))] if calls else []
    )


def test_it_is_asked_once_and_not_where_somebody_works_on_the_day_before(stage: Stage) -> None:
    stage.case.course.confirm_date(MONDAY, "worker")
    for _ in range(2):
        plan_reporting_day(stage.turn(friday(11), by_worker=True), stage.case)
    assert [row.state for row in stage.case.reminders if row.kind == "reporting_ahead"] == ["handed_to_worker"]
    other = Stage()
    other.case.course.confirm_date(MONDAY - 2 * DAY, "worker")
    plan_reporting_day(other.turn(friday(11), by_worker=True), other.case)
    assert all(row.state == "planned" for row in other.case.reminders)


@pytest.mark.parametrize("how", ["never joined", "by telephone", "stopped"])
def test_who_has_no_chat_is_reminded_on_a_day_on_which_somebody_can_call(stage: Stage, how: str) -> None:
    if how == "never joined":
        stage.case.joined_at = None
    elif how == "by telephone":
        stage.case.reach.by("phone")
    else:
        stage.case.person.consent("channel", False, NOW, "1")
    saturday, sunday = (MONDAY - 2 * DAY - TODAY).days, (MONDAY - DAY - TODAY).days
    action = stage.action(sunday)
    plan_action(stage.turn(), stage.case, action)
    assert stage.planned() == [("action_before", saturday - 1, "10:00"), ("action_day", saturday - 1, "10:00")]


def test_where_that_working_day_is_over_it_stays_on_its_own_day(stage: Stage) -> None:
    stage.case.joined_at = None
    saturday = (MONDAY - 2 * DAY - TODAY).days
    action = stage.action(saturday)
    plan_action(stage.turn(friday(11)), stage.case, action)
    assert stage.planned() == [("action_day", saturday, "10:00")]


def test_who_has_a_chat_is_reminded_on_the_day_itself(stage: Stage) -> None:
    saturday = (MONDAY - 2 * DAY - TODAY).days
    plan_action(stage.turn(), stage.case, stage.action(saturday))
    assert stage.planned() == [("action_before", saturday - 1, "10:00"), ("action_day", saturday, "10:00")]


def test_the_last_message_gets_the_hour_that_fits_when_somebody_leaves(stage: Stage) -> None:
    stage.case.course.confirm_date(TODAY + 5 * DAY, "self")
    plan_reporting_day(stage.turn(), stage.case)
    stage.case.person.answer("leave_at", "07:30", NOW)
    plan_last_message(stage.turn(), stage.case)
    assert stage.planned("reporting_day") == [("reporting_day", 5, "06:00")]
    assert [r.reason for r in stage.case.reminders if r.state == "cancelled"] == ["another hour"]
    assert ("reporting_eve", 4, "10:00") in stage.planned()


@pytest.mark.parametrize("over", ["no day", "inside", "sent", "gone by"])
def test_the_last_message_is_not_planned_where_it_can_come_no_more(stage: Stage, over: str) -> None:
    if over != "no day":
        stage.case.course.confirm_date(TODAY if over == "gone by" else TODAY + 5 * DAY, "self")
    row = stage.row("reporting_day", day_in=5)
    if over == "inside":
        stage.case.course.record_outcome("reported")
    if over == "sent":
        row.state = "sent"
    before = len(stage.case.reminders)
    plan_last_message(stage.turn(), stage.case)
    assert len(stage.case.reminders) == before
    assert row.state == ("sent" if over == "sent" else "cancelled" if over == "gone by" else "planned")


def test_what_was_sent_for_another_day_does_not_keep_the_last_message_away(stage: Stage) -> None:
    stage.row("reporting_day", day_in=-9).state = "sent"
    stage.case.course.confirm_date(TODAY + 5 * DAY, "self")
    plan_last_message(stage.turn(), stage.case)
    assert stage.planned() == [("reporting_day", 5, "09:00")]


@pytest.mark.parametrize(
    ("due_in", "owner", "when", "planned"),
    [
        (3, "self", "before", [("action_before", 2, "10:00"), ("action_day", 3, "10:00")]),
        (3, "self", "after", [("action_before", 2, "10:00"), ("action_day", 3, "10:00")]),
        (3, "self", "inside", []),
        (3, "worker", "before", []),
        (None, "self", "before", []),
        # Tomorrow: the day before was this morning. Today, at ten: it is asked in two hours.
        (1, "self", "before", [("action_day", 1, "10:00")]),
        (0, "self", "before", [("action_day", 0, "12:00")]),
        # What is late is asked tomorrow.
        (-2, "self", "before", [("action_day", 1, "10:00")]),
    ],
)
def test_an_action_of_ones_own_is_asked_about_the_day_before_and_on_its_day(
    stage: Stage, due_in: int | None, owner: str, when: str, planned: list[tuple[str, int, str]]
) -> None:
    action = stage.action(due_in, owner, when)
    plan_action(stage.turn(), stage.case, action)
    assert stage.planned() == planned


def test_what_was_planned_for_an_action_ends_when_it_is_planned_anew_and_for_no_other(stage: Stage) -> None:
    action, other = stage.action(3), stage.action(3)
    for one in (action, other, action):
        plan_action(stage.turn(), stage.case, one)
    ended = [row for row in stage.case.reminders if row.state == "cancelled"]
    assert [(row.action_id, row.reason) for row in ended] == [(action.id, "planned anew")] * 2


@pytest.mark.parametrize(
    ("hour", "wish", "asked_today", "planned"),
    [
        (9, None, False, ("action_day", 0, "10:00")),  # the hour is still to come
        (13, None, False, ("action_day", 0, "15:00")),
        (13, None, True, ("action_day", 1, "10:00")),  # once a day
        (18, None, False, ("action_day", 1, "10:00")),  # there is no later today
        (13, time(15, 30), False, ("action_day", 0, "15:30")),
    ],
)
def test_an_action_of_today_is_asked_later_today_or_else_tomorrow(
    stage: Stage, hour: int, wish: time | None, asked_today: bool, planned: tuple[str, int, str]
) -> None:
    stage.case.person.prefer(hour=wish)
    action = stage.action(0)
    if asked_today:
        stage.row("action_day", action).state = "sent"
    stage.row("action_day", stage.action(0)).state = "sent"  # another action says nothing of this one
    stage.row("action_day", action, day_in=-1).state = "sent"
    stage.row("action_day", action).state = "cancelled"
    plan_action(stage.turn(instant(TODAY, time(hour), ZONE)), stage.case, action)
    assert stage.planned() == [planned]


@pytest.mark.parametrize(
    ("day_in", "when", "hour", "quiet", "planned"),
    [
        # The evening before the day it is asked at half past seven: tomorrow is too late.
        (1, "before", 18, False, [("action_day", 0, "19:30")]),
        (1, "before", 18, True, []),
        (1, "after", 18, False, [("action_day", 1, "10:00")]),
        (1, "before", 20, False, []),
        (0, "before", 18, False, []),
        (2, "before", 18, False, [("action_day", 1, "10:00")]),
    ],
)
def test_what_comes_before_the_day_is_asked_before_it(
    stage: Stage, day_in: int, when: str, hour: int, quiet: bool, planned: list[tuple[str, int, str]]
) -> None:
    stage.case.course.confirm_date(TODAY + day_in * DAY, "self")
    if quiet:
        stage.case.person.prefer(quiet_from=time(19), quiet_until=time(21))
    action = stage.action(0, when=when)
    plan_action(stage.turn(instant(TODAY, time(hour), ZONE)), stage.case, action)
    assert stage.planned() == planned


def test_it_is_not_asked_in_that_evening_what_was_asked_that_day(stage: Stage) -> None:
    stage.case.course.confirm_date(TODAY + DAY, "self")
    action = stage.action(0)
    stage.row("action_day", action).state = "sent"
    plan_action(stage.turn(instant(TODAY, time(18), ZONE)), stage.case, action)
    assert stage.planned() == []


def test_after_somebody_had_stopped_all_that_stands_is_planned_again(stage: Stage) -> None:
    stage.case.course.confirm_date(TODAY + 5 * DAY, "self")
    stage.action(3)
    gone = stage.action(3)
    gone.status = "declined"
    plan_again(stage.turn(), stage.case)
    assert stage.planned("action_before", "action_day") == [("action_before", 2, "10:00"), ("action_day", 3, "10:00")]
    assert ("reporting_eve", 4, "10:00") in stage.planned()


def test_it_is_asked_once_more_at_the_hour_that_is_said_or_ones_own_and_never_in_the_past(stage: Stage) -> None:
    stage.case.person.prefer(hour=time(14))
    action = stage.action(0)
    ask_again(stage.turn(), stage.case, action, TODAY + DAY)
    ask_again(stage.turn(), stage.case, action, TODAY + DAY, time(17, 15))
    ask_again(stage.turn(), stage.case, action, TODAY, time(10))
    ask_again(stage.turn(), stage.case, action, TODAY, time(10, 1))
    assert stage.planned() == [("action_day", 1, "14:00"), ("action_day", 1, "17:15"), ("action_day", 0, "10:01")]
    assert {row.action_id for row in stage.case.reminders} == {action.id}
    assert {row.zone for row in stage.case.reminders} == {"Europe/Amsterdam"}


def test_now_is_a_day_and_a_time_that_can_be_kept(stage: Stage) -> None:
    moment = NOW + 13 * HOUR + timedelta(minutes=59, microseconds=5)
    assert now_on_the_wall(stage.turn(moment)) == (TODAY, time(23, 59))
    repeated = datetime(2026, 10, 25, 1, 30, tzinfo=NOW.tzinfo)  # the second half past two of that night
    day, at = now_on_the_wall(stage.turn(repeated))
    assert (day, at, at.fold) == (date(2026, 10, 25), time(2, 30), 0)


def test_the_day_is_planned_at_ones_own_hour_before_one_leaves_and_before_a_weekend(stage: Stage) -> None:
    stage.case.course.confirm_date(MONDAY, "self")
    stage.case.person.prefer(hour=time(12))
    stage.case.person.answer("leave_at", "07:30", NOW)
    plan_reporting_day(stage.turn(), stage.case)
    assert ("reporting_14", (MONDAY - TODAY).days - 14, "12:00") in stage.planned()
    assert ("reporting_ahead", (MONDAY - TODAY).days - 3, "10:00") in stage.planned()
    assert ("reporting_day", (MONDAY - TODAY).days, "06:00") in stage.planned()


def test_for_who_has_no_chat_the_day_too_is_planned_on_days_on_which_somebody_can_call(stage: Stage) -> None:
    stage.case.joined_at = None
    stage.case.course.confirm_date(MONDAY - DAY, "worker")  # a Sunday
    plan_reporting_day(stage.turn(), stage.case)
    friday_ = (MONDAY - 3 * DAY - TODAY).days
    assert ("reporting_eve", friday_, "10:00") in stage.planned()
    assert ("reporting_day", friday_, "09:00") in stage.planned()


def test_what_is_asked_soon_is_asked_of_its_action(stage: Stage) -> None:
    later_today, tomorrow = stage.action(0), stage.action(-2)
    for action in (later_today, tomorrow):
        plan_action(stage.turn(), stage.case, action)
    other = Stage()
    other.case.course.confirm_date(TODAY + DAY, "self")
    evening = other.action(0)
    plan_action(other.turn(instant(TODAY, time(18), ZONE)), other.case, evening)
    assert [row.action_id for row in stage.case.reminders] == [later_today.id, tomorrow.id]
    assert [row.action_id for row in other.case.reminders] == [evening.id]


def test_what_is_asked_today_already_or_was_withdrawn_is_not_taken_for_asked(stage: Stage) -> None:
    action = stage.action(0)
    stage.row("action_day", action)
    plan_action(stage.turn(), stage.case, action)
    assert stage.planned() == [("action_day", 0, "12:00")]


def test_after_somebody_had_stopped_only_what_stands_in_the_plan_is_asked(stage: Stage) -> None:
    agreed, proposed = stage.action(3), stage.action(3)
    proposed.status = "proposed"
    plan_again(stage.turn(), stage.case)
    assert {row.action_id for row in stage.case.reminders} == {agreed.id}


def test_the_eve_that_comes_at_once_keeps_whole_seconds(stage: Stage) -> None:
    now = instant(TODAY, time(12), ZONE) + timedelta(microseconds=7)
    found = reporting_rows(TODAY + DAY, now, ZONE, Preferences(), None, REMINDERS)
    assert [at for kind, _, at in found if kind == "reporting_eve"] == [time(12)]
