"""What falls due: it leaves in one neutral notice, waits for a fitting moment, or ends with its reason."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest

from conversations.effects.notice import Notice
from conversations.reminders.kind import Kind
from conversations.reminders.kinds import KINDS
from conversations.reminders.schedule import LATER, fall_due, is_unattended, of_id, shows_next, still_helps
from storage.clock import instant
from tests.reminders.stage import DAY, HOUR, NOW, TODAY, ZONE, Stage, tapped, told

MINUTE = timedelta(minutes=1)


def at(day_in: int, hour: int, minute: int = 0) -> datetime:
    return instant(TODAY + day_in * DAY, time(hour, minute), ZONE)


def called_up(stage: Stage, days: int = 20) -> None:
    stage.case.course.confirm_date(TODAY + days * DAY, "self")


# Of each kind: what stands on the lock screen, whether it waits for quiet hours to end and for a pause, whether it
# leaves at any hour and while others may hold the phone, whether it goes to the worker when it is too late, whether
# the worker does it for who has no chat, and whether nothing comes after it.
TABLE: dict[str, tuple[str, bool, bool, bool, bool, bool, bool, bool]] = {
    "action_before": ("reminder", True, True, False, False, False, True, False),
    "action_day": ("reminder", True, True, False, False, False, True, False),
    "check_in": ("reminder", True, True, False, False, False, False, False),
    "day_changed": ("important", True, True, False, False, False, True, False),
    "home_check": ("message", True, True, False, False, False, True, False),
    "check_day": ("message", True, False, False, False, False, True, False),
    "check_week": ("message", True, True, False, False, False, True, False),
    "check_month": ("message", True, True, False, False, False, True, False),
    "check_22": ("message", True, True, False, False, False, True, False),
    "reporting_14": ("important", True, False, False, False, False, False, False),
    "reporting_7": ("important", True, False, False, False, False, True, False),
    "reporting_3": ("important", True, False, False, False, False, False, False),
    "reporting_ahead": ("important", False, True, False, False, True, True, False),
    "reporting_eve": ("important", False, True, False, False, True, True, False),
    "reporting_again": ("important", False, True, False, False, False, False, False),
    "reporting_day": ("important", False, True, True, False, False, False, True),
    "silence_call": ("reminder", True, True, False, False, False, True, False),
    "silence_letter": ("reminder", True, True, False, False, False, True, False),
    "silence_visit": ("reminder", True, True, False, False, False, True, False),
}


def manners(of: Kind) -> tuple[str, bool, bool, bool, bool, bool, bool, bool]:
    return of.notice, of.waits, of.pauses, of.any_hour, of.unattended, of.vital, of.by_hand, of.last


@pytest.mark.parametrize("name", TABLE)
def test_each_kind_comes_in_its_own_manner(name: str) -> None:
    assert manners(KINDS[name]) == TABLE[name]


def test_only_what_is_for_the_worker_opens_nothing_for_the_person() -> None:
    assert {name for name in KINDS if KINDS[name].opens is None} == {
        *("silence_call", "silence_letter", "silence_visit", "check_call")
    }


async def test_what_is_due_leaves_in_one_notice_that_opens_it(stage: Stage) -> None:
    row = stage.row("action_day", stage.action(0))
    turn = stage.turn()
    await fall_due(turn, [row])
    assert (row.state, row.notice) == ("leaving", f"reminder:{row.id}")
    assert told(turn) == [("c1", "reminder", row.id)]
    (notice,) = turn.decided(Notice)
    assert (notice.to, notice.verb, notice.key) == (("case", "c1"), "see", row.notice)


async def test_of_several_the_day_comes_first_then_what_belongs_to_no_action(stage: Stage) -> None:
    called_up(stage, 1)
    action_row, check_in = stage.row("action_day", stage.action(0)), stage.row("check_in")
    eve = stage.row("reporting_eve")
    turn = stage.turn()
    await fall_due(turn, [action_row, check_in, eve])
    assert told(turn)[0] == ("c1", "important", eve.id)
    assert {row.notice for row in (action_row, check_in, eve)} == {f"reminder:{eve.id}"}

    other = Stage()
    action_row, check_in = other.row("action_day", other.action(0)), other.row("check_in")
    turn = other.turn()
    await fall_due(turn, [check_in, action_row])
    assert told(turn)[0] == ("c1", "reminder", action_row.id)  # a check-in leads away to questions


async def test_what_leaves_while_another_still_waits_for_telegram_comes_with_it(stage: Stage) -> None:
    first, second = stage.row("action_day", stage.action(0)), stage.row("action_day", stage.action(0))
    await fall_due(stage.turn(), [first])
    turn = stage.turn(NOW + MINUTE)
    await fall_due(turn, [second])
    assert told(turn) == []
    assert second.notice == first.notice


async def test_the_day_has_a_notice_of_its_own_and_takes_along_what_is_less_pressing(stage: Stage) -> None:
    called_up(stage, 1)
    first, eve, again = (
        stage.row("action_day", stage.action(0)),
        stage.row("reporting_eve"),
        stage.row("reporting_again"),
    )
    await fall_due(stage.turn(), [first])
    turn = stage.turn(NOW + MINUTE)
    await fall_due(turn, [eve])
    assert told(turn) == [("c1", "important", eve.id)]
    assert first.notice == eve.notice == f"reminder:{eve.id}"
    turn = stage.turn(NOW + 2 * MINUTE)
    await fall_due(turn, [again])
    assert told(turn) == []
    assert again.notice == eve.notice


@pytest.mark.parametrize(
    ("kind", "state", "reason", "hears"),
    [
        # Too late: what the day hangs on goes to the worker; another one is skipped.
        ("reporting_eve", "handed_to_worker", "no longer so", True),
        ("reporting_7", "skipped", "no longer so", False),
        ("check_in", "leaving", None, False),
        # What is for the worker goes to them at once.
        ("silence_call", "handed_to_worker", "silence_call", True),
    ],
)
async def test_what_helps_nobody_any_more_ends_with_its_reason(
    stage: Stage, kind: str, state: str, reason: str | None, hears: bool
) -> None:
    row = stage.row(kind)
    stage.chat.last_seen = NOW - 30 * DAY
    turn = stage.turn()
    await fall_due(turn, [row])
    assert (row.state, row.reason) == (state, reason)
    assert (("m1", "alert", stage.case.ref) in told(turn)) is hears


@pytest.mark.parametrize("gone", ["another case", "blocked", "no yes"])
async def test_for_who_has_no_chat_the_worker_does_it_or_it_is_skipped(stage: Stage, gone: str) -> None:
    if gone == "another case":
        stage.chat.case_id = "c2"
    elif gone == "blocked":
        stage.chat.blocked_at = NOW
    else:
        stage.case.person.consent("channel", False, NOW, "1")
    by_hand, not_by_hand = stage.row("action_day", stage.action(0)), stage.row("check_in")
    turn = stage.turn()
    await fall_due(turn, [not_by_hand])
    assert (not_by_hand.state, not_by_hand.reason, told(turn)) == ("skipped", "no chat", [])
    await fall_due(turn, [by_hand])
    assert (by_hand.state, by_hand.reason) == ("handed_to_worker", "no chat")
    assert told(turn) == [("m1", "alert", stage.case.ref)]


async def test_one_that_nobody_needs_to_do_does_not_hide_one_that_the_worker_must_hear_of(stage: Stage) -> None:
    stage.chat.blocked_at = NOW
    rows = [stage.row("action_day", stage.action(0)), stage.row("check_in")]
    turn = stage.turn()
    await fall_due(turn, rows)
    assert told(turn) == [("m1", "alert", stage.case.ref)]


@pytest.mark.parametrize(
    ("kind", "now", "looked_at"),
    [
        # In the evening everything that can wait does, until nine.
        ("action_day", at(0, 21), at(1, 9)),
        ("reporting_eve", at(0, 7), at(0, 9)),
        # The last message comes before nine where the hour in the letter asks for it.
        ("reporting_day", at(0, 7), None),
        ("action_day", at(0, 10), None),
    ],
)
async def test_a_row_waits_for_the_hours_in_which_messages_leave(
    stage: Stage, kind: str, now: datetime, looked_at: datetime | None
) -> None:
    called_up(stage, 0 if kind == "reporting_day" else 1)
    stage.chat.last_seen = NOW - DAY
    row = stage.row(kind, stage.action(0) if kind == "action_day" else None)
    turn = stage.turn(now)
    await fall_due(turn, [row])
    assert row.state == ("leaving" if looked_at is None else "planned")
    assert looked_at is None or (row.due_at, told(turn)) == (looked_at, [])


@pytest.mark.parametrize(
    ("kind", "looked_at"),
    [
        ("action_day", at(3, 10)),  # a pause holds it
        ("reporting_7", at(0, 12)),  # a pause does not hold the day, quiet hours do
        ("reporting_eve", None),  # nothing holds the eve
    ],
)
async def test_a_pause_and_quiet_hours_hold_what_can_wait(stage: Stage, kind: str, looked_at: datetime | None) -> None:
    called_up(stage, 1 if kind == "reporting_eve" else 7)
    stage.case.person.prefer(paused_until=TODAY + 3 * DAY)
    row = stage.row(kind, stage.action(0) if kind == "action_day" else None)
    if kind == "reporting_7":
        stage.case.person.prefer(quiet_from=time(9), quiet_until=time(12))
    await fall_due(stage.turn(), [row])
    assert (row.state, row.due_at) == (("planned", looked_at) if looked_at else ("leaving", row.due_at))


@pytest.mark.parametrize(("ago", "waits"), [(timedelta(minutes=4, seconds=59), True), (timedelta(minutes=5), False)])
async def test_nothing_breaks_into_what_somebody_is_doing(stage: Stage, ago: timedelta, waits: bool) -> None:
    stage.chat.last_seen = NOW - ago
    row = stage.row("action_day", stage.action(0))
    await fall_due(stage.turn(), [row])
    assert row.state == ("planned" if waits else "leaving")
    assert not waits or row.due_at == NOW - ago + timedelta(minutes=5)


async def test_who_is_busy_in_the_evening_is_not_looked_for_before_the_morning(stage: Stage) -> None:
    stage.chat.last_seen = at(0, 20, 59)
    row = stage.row("action_day", stage.action(0))
    await fall_due(stage.turn(at(0, 21)), [row])
    assert row.due_at == at(1, 9)


@pytest.mark.parametrize(("wanted", "looked_at"), [(time(12), at(1, 12)), (time(8), at(1, 9))])
async def test_while_others_may_hold_the_phone_it_waits_for_the_next_day(
    stage: Stage, wanted: time, looked_at: datetime
) -> None:
    called_up(stage, 0)
    row = stage.row("day_changed", at=wanted)
    await fall_due(stage.turn(at(0, 10)), [row])
    assert (row.state, row.due_at) == ("planned", looked_at)


@pytest.mark.parametrize(
    ("now", "away"),
    [(at(0, 7, 29), False), (at(0, 7, 30), True), (at(1, 12), True), (at(-1, 12), False)],
)
def test_from_when_they_leave_home_on_the_day_others_may_hold_the_phone(
    stage: Stage, now: datetime, away: bool
) -> None:
    called_up(stage, 0)
    stage.case.person.answer("leave_at", "07:30", NOW - DAY)
    assert is_unattended(stage.turn(now), stage.case) is away


def test_inside_nobody_looks_after_the_phone(stage: Stage) -> None:
    called_up(stage, -3)
    stage.case.course.record_outcome("reported")
    assert is_unattended(stage.turn(), stage.case) is True


@pytest.mark.parametrize(("said_in", "away"), [(-1 * HOUR, True), (0 * HOUR, False), (2 * HOUR, False)])
def test_who_said_after_the_hour_that_they_are_home_has_their_phone(
    stage: Stage, said_in: timedelta, away: bool
) -> None:
    called_up(stage, 0)
    stage.case.person.answer("leave_at", "07:30", NOW - DAY)
    stage.case.person.answer("at_home", "yes", at(0, 7, 30) + said_in)
    assert is_unattended(stage.turn(at(0, 12)), stage.case) is away


def test_without_a_day_or_with_an_outcome_they_have_their_phone(stage: Stage) -> None:
    assert is_unattended(stage.turn(), stage.case) is False
    stage.case.course.list_date(TODAY - DAY)
    assert is_unattended(stage.turn(), stage.case) is False  # a list is no fact
    called_up(stage, -1)
    assert is_unattended(stage.turn(), stage.case) is True
    stage.case.course.record_outcome("absent")
    assert is_unattended(stage.turn(), stage.case) is False
    stage.case.course.record_outcome("reported")
    stage.case.course.release(TODAY, None)
    stage.case.outcome = None
    assert is_unattended(stage.turn(), stage.case) is False


async def test_what_a_newer_program_planned_waits_and_is_told_once(stage: Stage) -> None:
    row = stage.row("of_a_newer_program")
    turn = stage.turn()
    await fall_due(turn, [row])
    assert (row.state, row.due_at, row.reason) == ("planned", NOW + LATER, "no such kind")
    assert told(turn) == [("m1", "alert", stage.case.ref)]
    turn = stage.turn(NOW + LATER)
    await fall_due(turn, [row])
    assert (row.state, row.due_at) == ("planned", NOW + 2 * LATER)
    assert told(turn) == []
    assert timedelta(hours=1) == LATER


async def test_what_could_not_leave_and_helps_nobody_any_more_ends_and_the_helper_hears(stage: Stage) -> None:
    called_up(stage, 0)
    eve, last, changed = stage.row("reporting_eve"), stage.row("reporting_day"), stage.row("day_changed")
    unknown, ordinary = stage.row("of_a_newer_program"), stage.row("action_day", stage.action(-9))
    turn = stage.turn(at(0, 11))
    assert await still_helps(turn, [unknown, ordinary, changed, eve, last]) is True
    assert (eve.state, eve.reason) == ("handed_to_worker", "not delivered")
    assert (last.state, last.reason) == ("handed_to_worker", "not delivered")
    assert {row.state for row in (unknown, ordinary, changed)} == {"planned"}
    assert told(turn) == [("m1", "alert", stage.case.ref)]


async def test_what_the_next_one_says_too_is_skipped_without_a_word(stage: Stage) -> None:
    called_up(stage, 3)
    row = stage.row("reporting_7")
    turn = stage.turn()
    assert await still_helps(turn, [row]) is True
    assert (row.state, row.reason, told(turn)) == ("skipped", "too late", [])


async def test_what_still_helps_goes_on_waiting(stage: Stage) -> None:
    called_up(stage, 1)
    row = stage.row("reporting_eve")
    turn = stage.turn()
    assert await still_helps(turn, [row]) is False
    assert (row.state, told(turn)) == ("planned", [])


async def test_a_notice_opens_what_it_brought(stage: Stage) -> None:
    row = stage.row("action_day", stage.action(0))
    turn = stage.turn()
    await tapped(turn, "see", row.id)
    assert row.opened_at == NOW
    assert turn.place == {"kind": "reminder", "id": row.id}
    assert of_id(turn, row.id) is row
    assert of_id(turn, "another") is None


@pytest.mark.parametrize("gone", ["a row that is gone", "a kind that is not known"])
async def test_a_notice_of_what_is_gone_leads_on(stage: Stage, gone: str) -> None:
    stage.row("check_in")
    args = "gone" if gone == "a row that is gone" else stage.row("of_a_newer_program").id
    turn = stage.turn()
    await tapped(turn, "see", args)
    assert turn.moved
    assert turn.place["kind"] != "reminder"
    assert all(row.opened_at is None for row in stage.case.reminders)


async def test_after_one_comes_what_else_the_notice_brought(stage: Stage) -> None:
    called_up(stage, 1)
    first, second = stage.row("action_day", stage.action(0)), stage.row("action_day", stage.action(0))
    check_in = stage.row("check_in")
    await fall_due(stage.turn(), [check_in, first, second])
    turn = stage.turn(NOW + MINUTE)
    assert shows_next(turn) is False  # nobody has opened the notice yet
    await tapped(turn, "see", first.id)
    await tapped(turn, "next_due")
    assert (second.opened_at, turn.place) == (NOW + MINUTE, {"kind": "reminder", "id": second.id})
    assert check_in.opened_at is None  # it leads away to questions: the last of them
    assert shows_next(turn) is True
    assert (check_in.opened_at, turn.place) == (NOW + MINUTE, {"kind": "check_in"})
    assert shows_next(turn) is False


async def test_what_came_with_it_and_is_over_is_not_shown(stage: Stage) -> None:
    action = stage.action(0)
    first, second = stage.row("action_day", stage.action(0)), stage.row("action_day", action)
    other = stage.row("action_day", stage.action(0))
    await fall_due(stage.turn(), [first, second])
    other.state, other.notice = "sent", "reminder:of another notice"
    turn = stage.turn(NOW + MINUTE)
    await tapped(turn, "see", first.id)
    action.status = "done"
    await tapped(turn, "next_due")
    assert second.opened_at is None
    assert other.opened_at is None
    assert turn.place["kind"] != "reminder"


async def test_after_something_was_sent_it_is_counted_how_long_nobody_is_heard(stage: Stage) -> None:
    await fall_due(stage.turn(), [stage.row("action_day", stage.action(0))])
    assert [kind for kind, _, _ in stage.planned()] == ["silence_call", "silence_letter", "silence_visit"]


@pytest.mark.parametrize("how", ["waits", "leaves", "is taken along", "is of another program"])
async def test_what_becomes_of_a_row_is_written(stage: Stage, how: str) -> None:
    called_up(stage, 1)
    first = stage.row("action_day", stage.action(0))
    row = stage.row("of_a_newer_program") if how == "is of another program" else stage.row("reporting_eve")
    if how == "is taken along":
        await fall_due(stage.turn(), [first])
    stage.case.touched.clear()
    await fall_due(stage.turn(at(0, 21) if how == "waits" else NOW + MINUTE), [row])
    written = stage.case.touched["due"]
    assert written[row.id] is row
    assert (first.id in written) is (how == "is taken along")
    assert set(stage.case.touched) == {"due"}


async def test_one_that_the_worker_must_hear_of_is_not_hidden_by_what_comes_after_it(stage: Stage) -> None:
    rows = [stage.row("reporting_eve"), stage.row("reporting_7")]  # there is no day: one is vital, one is skipped
    turn = stage.turn()
    await fall_due(turn, rows)
    assert [row.state for row in rows] == ["handed_to_worker", "skipped"]
    assert told(turn) == [("m1", "alert", stage.case.ref)]
    other = Stage()
    rows = [other.row("reporting_eve"), other.row("reporting_7")]
    turn = other.turn()
    assert await still_helps(turn, rows) is True
    assert told(turn) == [("m1", "alert", other.case.ref)]


async def test_what_was_sent_with_the_notice_is_shown_too(stage: Stage) -> None:
    first, second = stage.row("action_day", stage.action(0)), stage.row("action_day", stage.action(0))
    await fall_due(stage.turn(), [first, second])
    first.state = second.state = "sent"
    turn = stage.turn(NOW + MINUTE)
    await tapped(turn, "see", first.id)
    assert shows_next(turn) is True
    assert second.opened_at == NOW + MINUTE
