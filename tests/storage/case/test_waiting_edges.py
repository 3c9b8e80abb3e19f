"""Why a case waits, at the edges: the first day and the last, the very moment, and what a phone or a talk changes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from storage.case.case import Case
from storage.case.case_parts import Identity
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
    case.phase, case.release_date = "held", REPORTING
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
    case.phase = "free"
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


def _differs(case: Case) -> None:
    _called_up(case)
    case.course.list_date(REPORTING + DAY)


def _perhaps_free(case: Case) -> None:
    case.phase, case.arrived_on, case.sentence_days = "held", TODAY, 7


def _overdue(case: Case) -> None:
    case.plan.move(case.actions[0], TODAY)


@pytest.mark.parametrize(
    ("reason", "build", "day"),
    [
        ("date_differs", _differs, REPORTING - DAY),
        ("not_listed", _not_listed, REPORTING - DAY),
        ("outcome_unknown", _called_up, REPORTING + 2 * DAY),
        ("perhaps_free", _perhaps_free, REPORTING),
        ("risk_near", _risky, REPORTING - DAY),
        ("plan_not_agreed", _no_plan, REPORTING - DAY),
        ("action_overdue", _overdue, REPORTING),
        ("share_not_confirmed", _shared, REPORTING - DAY),
        ("nobody_to_collect", _nobody_fetches, REPORTING - DAY),
    ],
)
def test_each_reason_that_is_noticed_keeps_its_own_beginning(
    reason: str, build: Callable[[Case], None], day: date
) -> None:
    case = a_case()
    build(case)
    case.waiting = {reason: NOW, "another": NOW + DAY}
    assert reasons_to_wait(case, instant(day, time(12), ZONE), ZONE)[reason] == NOW


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
