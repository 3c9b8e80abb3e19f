"""Silence and calls by hand, at the edges: which reminder asks for a call, when, and what makes it needless."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from storage.case.case import Case
from storage.case.case_parts import Identity, Reminder
from storage.case.handed import handed, settle_handed, still_asks
from storage.case.silence import silent_from, silent_since, stalled_from, unopened
from storage.case.waiting import next_look, reasons_to_wait
from storage.clock import instant

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 24)
ZONE = ZoneInfo("Europe/Amsterdam")
DAY, SECOND = timedelta(days=1), timedelta(seconds=1)
# A day of reporting far enough ahead for all that counts back from it.
REPORTING = date(2027, 1, 20)


def a_case() -> Case:
    """A case in good order: a worker, a chat, a plan."""
    case = Case("c1", "GR-AAAAA", "Groningen", "Groningen", NOW, Identity("Sam", "Postma", 2002, "Z1"))
    case.helpers.assign("w1")
    case.reach.invited(NOW)
    case.reach.joined(NOW)
    case.plan.agree(case.plan.propose("report", "self", "before", "bellen", None, None))
    return case


def _called_up(case: Case) -> None:
    case.course.confirm_date(REPORTING, "self")


DUE = instant(REPORTING - DAY, time(10), ZONE)
REPORTED_BY = DUE + timedelta(hours=6, minutes=15)


def eve_of(case: Case, kind: str, days: int, state: str = "sent") -> Reminder:
    """Plan a reminder so many days before the reporting day."""
    if case.reporting_date is None:
        _called_up(case)
    row = case.schedule.remind(kind, REPORTING - days * DAY, time(10), ZONE)
    row.state = state
    return row


@pytest.mark.parametrize("state", ["planned", "leaving", "sent"])
def test_a_case_is_looked_at_when_a_reminder_of_the_day_before_was_not_opened_for_long(state: str) -> None:
    case = a_case()
    eve_of(case, "reporting_eve", 1, state)
    assert next_look(case, DUE, ZONE) == REPORTED_BY


@pytest.mark.parametrize("state", ["leaving", "sent"])
def test_a_reminder_of_the_day_before_asks_for_a_call_six_hours_and_a_quarter_later(state: str) -> None:
    case = a_case()
    row = eve_of(case, "reporting_eve", 1, state)
    assert "not_opened" not in reasons_to_wait(case, REPORTED_BY - SECOND, ZONE)
    assert reasons_to_wait(case, REPORTED_BY, ZONE)["not_opened"] == REPORTED_BY
    row.state = "cancelled"
    assert "not_opened" not in reasons_to_wait(case, REPORTED_BY, ZONE)


@pytest.mark.parametrize(
    ("kind", "days", "asks"),
    [
        ("reporting_eve", 1, True),
        ("reporting_eve", 2, False),  # it was of another day
        ("reporting_ahead", 1, False),
        ("reporting_ahead", 2, True),
        ("reporting_ahead", 8, True),
        ("reporting_ahead", 9, False),
        ("check_in", 1, False),
    ],
)
def test_only_reminders_of_this_day_ask_for_a_call(kind: str, days: int, asks: bool) -> None:
    case = a_case()
    eve_of(case, kind, days)
    assert bool(list(unopened(case, "sent"))) is asks


def test_who_is_not_called_up_or_of_whose_day_something_came_needs_no_call() -> None:
    case = a_case()
    row = eve_of(case, "reporting_eve", 1)
    assert list(unopened(case, "sent")) == [REPORTED_BY]
    assert list(unopened(case, "leaving", "planned")) == []
    row.opened_at = DUE
    assert list(unopened(case, "sent")) == []
    row.opened_at, case.outcome = None, "postponed"
    assert list(unopened(case, "sent")) == []
    case.outcome, case.phase = None, "held"
    assert list(unopened(case, "sent")) == []


@pytest.mark.parametrize(
    ("kind", "direction", "at", "asks"),
    [
        ("phone", "in", DUE - SECOND, True),
        ("phone", "in", DUE, False),
        ("phone", "in", DUE + SECOND, False),
        ("phone", "out", DUE + SECOND, True),
        ("chat", "in", DUE + SECOND, True),
        ("letter", "in", DUE + SECOND, True),
    ],
)
def test_who_was_spoken_to_since_has_heard_of_it(kind: str, direction: str, at: datetime, asks: bool) -> None:
    case = a_case()
    eve_of(case, "reporting_eve", 1)
    case.reach.contacted(kind, direction, at)
    assert bool(list(unopened(case, "sent"))) is asks


# Letters that nobody answers, questions that nobody goes on with.


def test_a_letter_without_an_answer_is_a_reason_after_two_weeks_and_a_word_at_that_very_moment_is_one() -> None:
    case = a_case()
    case.joined_at = None
    assert (silent_since(case), silent_from(case)) == (None, None)
    case.reach.contacted("letter", "out", NOW)
    assert (silent_since(case), silent_from(case)) == (NOW, NOW + 14 * DAY)
    case.reach.contacted("phone", "in", NOW - SECOND)
    case.reach.contacted("phone", "out", NOW + SECOND)
    assert silent_since(case) == NOW
    case.reach.contacted("phone", "in", NOW)
    assert silent_since(case) is None


def test_questions_that_nobody_goes_on_with_are_a_reason_two_weeks_after_the_last_answer() -> None:
    case = a_case()
    assert stalled_from(case) is None
    case.person.count_questions(3)
    assert stalled_from(case) == NOW + 14 * DAY
    case.person.answer("home", "rent", NOW + DAY)
    assert stalled_from(case) == NOW + 15 * DAY
    case.phase = "held"
    assert stalled_from(case) is None


# Calls that were handed over.


def handed_row(case: Case, kind: str, day: date, action: bool = False) -> Reminder:
    """Return a reminder that the worker is to call about."""
    row = case.schedule.remind(kind, day, time(10), ZONE, case.actions[0] if action else None)
    case.schedule.end(row, "handed_to_worker", "no chat")
    return row


def test_a_call_is_over_with_words_from_them_at_that_very_moment_and_not_with_ours() -> None:
    case = a_case()
    row = handed_row(case, "action_day", TODAY, action=True)
    case.reach.contacted("phone", "out", row.due_at + SECOND)
    case.reach.contacted("phone", "in", row.due_at - SECOND)
    assert still_asks(case, row, TODAY)
    case.reach.contacted("phone", "in", row.due_at)
    assert not still_asks(case, row, TODAY)


def test_a_call_about_a_prison_waits_for_a_word_on_that_action_and_for_nothing_else() -> None:
    case = a_case()
    case.prison = "PI Veenhuizen"
    asked = case.plan.propose("identity", "casemanager", "inside", "ID-kaart", None, None)
    case.plan.agree(asked)
    row = case.schedule.remind("share_again", TODAY, time(10), ZONE, asked)
    case.schedule.end(row, "handed_to_worker", "no chat")
    of_none = handed_row(case, "share_again", TODAY)
    case.reach.contacted("phone", "in", row.due_at + SECOND)
    assert list(handed(case, TODAY)) == [row]
    assert not still_asks(case, of_none, TODAY)
    case.shares.let_prison_read(asked, False, NOW, "1")
    assert not still_asks(case, row, TODAY)


def test_a_call_of_the_day_itself_is_asked_for_until_that_day_is_over_on_the_wall() -> None:
    case = a_case()
    _called_up(case)
    row = handed_row(case, "reporting_morning", REPORTING)
    later = handed_row(case, "reporting_morning", REPORTING + DAY)
    assert [still_asks(case, one, REPORTING) for one in (row, later)] == [True, False]
    assert not still_asks(case, row, REPORTING + DAY)
    midnight = instant(REPORTING + DAY, time(0), ZONE)
    settle_handed(case, midnight - SECOND, ZONE)
    assert [row.dealt, later.dealt] == [None, "over"]
    settle_handed(case, midnight, ZONE)
    assert (row.dealt, row.dealt_at) == ("over", midnight)


def test_of_a_closed_case_nobody_is_called_whatever_it_was_for() -> None:
    case = a_case()
    case.actions[0].when = "after"
    row = handed_row(case, "action_day", TODAY, action=True)
    assert still_asks(case, row, TODAY)
    case.course.close("finished", TODAY)
    assert not still_asks(case, row, TODAY)
