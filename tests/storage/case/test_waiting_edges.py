"""Why a case waits, at the edges: the first day and the last, the very moment, and what a phone or a talk changes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from storage.case.case import Case
from storage.case.case_parts import Identity, Reminder
from storage.case.handed import handed, settle_handed, still_asks
from storage.case.phases import kind_of
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


def holds(case: Case, reason: str, day: date) -> bool:
    return reason in reasons_to_wait(case, instant(day, time(12), ZONE), ZONE)


def _called_up(case: Case) -> None:
    case.course.confirm_date(REPORTING, "self")


def _not_listed(case: Case) -> None:
    case.course.list_date(REPORTING)
    case.missing_since = TODAY


def _risky(case: Case) -> None:
    _called_up(case)
    case.signals.raise_flag("eviction", "housing", "high", "why", NOW)


def _urgent(case: Case) -> None:
    _called_up(case)
    case.signals.acknowledge(case.signals.raise_flag("eviction", "housing", "urgent", "why", NOW), NOW)


def _no_plan(case: Case) -> None:
    _called_up(case)
    case.plan.settle(case.actions[0], "dropped", "x")


def _shared(case: Case) -> None:
    _called_up(case)
    case.prison = "PI Veenhuizen"
    action = case.plan.propose("identity", "casemanager", "inside", "ID-kaart", None, None)
    case.plan.agree(action)
    case.shares.let_prison_read(action, True, NOW, "1")


def _nobody_fetches(case: Case) -> None:
    case.phase, case.release_date = "inside", REPORTING
    case.course.know_collected(False)


@pytest.mark.parametrize(
    ("reason", "build", "before", "until"),
    [
        ("not_listed", _not_listed, 365, 0),
        ("risk_near", _risky, 7, 0),
        ("risk_near", _urgent, 7, 0),
        ("plan_not_agreed", _no_plan, 14, 0),
        ("share_not_confirmed", _shared, 14, 0),
        ("nobody_to_collect", _nobody_fetches, 14, 0),
        ("outcome_unknown", _called_up, -1, -365),
    ],
)
def test_a_reason_that_comes_on_a_day_holds_from_its_first_to_its_last(
    reason: str, build: Callable[[Case], None], before: int, until: int
) -> None:
    case = a_case()
    build(case)
    assert [holds(case, reason, REPORTING - n * DAY) for n in (before, until)] == [True, True]
    if before < 365:
        assert not holds(case, reason, REPORTING - (before + 1) * DAY)
    if until > -365:
        assert not holds(case, reason, REPORTING - (until - 1) * DAY)


def test_what_was_done_is_a_plan_too() -> None:
    case = a_case()
    _called_up(case)
    case.plan.settle(case.actions[0], "done", "done")
    assert not holds(case, "plan_not_agreed", REPORTING)


def test_an_action_is_overdue_the_day_after_and_of_who_is_free_only_what_others_were_to_do() -> None:
    case = a_case()
    case.plan.move(case.actions[0], REPORTING)
    assert [holds(case, "action_overdue", REPORTING + n * DAY) for n in (0, 1)] == [False, True]
    case.phase = "released"
    assert not holds(case, "action_overdue", REPORTING + DAY)
    case.actions[0].owner = "worker"
    assert holds(case, "action_overdue", REPORTING + DAY)
    case.actions[0].owner, case.actions[0].when = "self", "after"
    assert holds(case, "action_overdue", REPORTING + DAY)


def test_a_reason_keeps_since_when_it_was_seen_and_begins_anew_once_it_was_gone() -> None:
    case = a_case()
    _risky(case)
    first, later = (instant(REPORTING - n * DAY, time(12), ZONE) for n in (6, 5))
    assert reasons_to_wait(case, first, ZONE)["risk_near"] == first
    case.waiting = {"risk_near": first, "no_worker": NOW}
    assert reasons_to_wait(case, later, ZONE)["risk_near"] == first
    case.waiting = {}
    assert reasons_to_wait(case, later, ZONE)["risk_near"] == later


def test_the_day_is_that_on_the_wall_at_night() -> None:
    case = a_case()
    case.plan.move(case.actions[0], TODAY)
    night = datetime(2026, 11, 24, 23, 0, tzinfo=UTC)  # midnight in Amsterdam
    assert "action_overdue" not in reasons_to_wait(case, night - SECOND, ZONE)
    assert "action_overdue" in reasons_to_wait(case, night, ZONE)
    assert next_look(case, NOW, ZONE) == night


# The next look.


def looks(case: Case) -> list[datetime]:
    """Return every moment at which the case is looked at, one after the other."""
    found, now = [], NOW
    while (look := next_look(case, now, ZONE)) is not None:
        assert look > now
        found.append(look)
        now = look
    return found


def midnights(*days: date) -> list[datetime]:
    return [instant(day, time(0), ZONE) for day in days]


def test_a_case_with_a_day_is_looked_at_two_weeks_and_one_before_it_and_the_day_after() -> None:
    case = a_case()
    assert looks(case) == []
    _called_up(case)
    assert looks(case) == midnights(REPORTING - 14 * DAY, REPORTING - 7 * DAY, REPORTING + DAY)


def test_a_case_of_somebody_inside_is_looked_at_when_release_comes_near_and_has_passed() -> None:
    case = a_case()
    _nobody_fetches(case)
    case.reporting_date = case.arrived_on = TODAY - 30 * DAY
    case.course.known_inside(REPORTING - 5 * DAY)  # they are asked about again on the day that was told
    assert looks(case) == midnights(REPORTING - 14 * DAY, REPORTING, REPORTING + DAY)


def test_a_case_with_agreed_actions_is_looked_at_the_day_after_each() -> None:
    case = a_case()
    case.plan.move(case.actions[0], REPORTING)
    case.plan.propose("report", "self", "before", "schrijven", REPORTING + 5 * DAY, None)
    assert looks(case) == midnights(REPORTING + DAY)


def test_a_closed_case_is_never_looked_at() -> None:
    case = a_case()
    _called_up(case)
    case.course.close("finished", TODAY)
    assert next_look(case, NOW, ZONE) is None


@pytest.mark.parametrize("state", ["planned", "leaving", "sent"])
def test_a_case_is_looked_at_when_a_reminder_of_the_day_before_was_not_opened_for_long(state: str) -> None:
    case = a_case()
    eve_of(case, "reporting_eve", 1, state)
    assert REPORTED_BY in looks(case)


# Reminders of the day that nobody opens.

DUE = instant(REPORTING - DAY, time(10), ZONE)
REPORTED_BY = DUE + timedelta(hours=6, minutes=15)


def eve_of(case: Case, kind: str, days: int, state: str = "sent") -> Reminder:
    """Plan a reminder so many days before the reporting day."""
    if case.reporting_date is None:
        _called_up(case)
    row = case.schedule.remind(kind, REPORTING - days * DAY, time(10), ZONE)
    row.state = state
    return row


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
    case.outcome, case.phase = None, "inside"
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
    case.phase = "inside"
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


def test_each_phase_is_of_a_kind() -> None:
    phases = ("waiting", "called_up", "inside", "released", "closed")
    assert [kind_of(phase) for phase in phases] == ["waiting", "coming", "held", "free", "closed"]
