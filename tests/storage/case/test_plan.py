"""The plan of a case: what is put to the person, what they take on, how it ends, and what reminds them of it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from storage.case.case import Case
from storage.case.case_parts import Action, Identity

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
TODAY = date(2026, 11, 24)
ZONE = ZoneInfo("Europe/Amsterdam")


@pytest.fixture
def case() -> Case:
    return Case("c1", "GR-AAAAA", "Groningen", "Groningen", NOW, Identity("Sam", "Postma", 2002, "Z1"))


def an_action(case: Case, domain: str = "work") -> Action:
    return case.plan.propose(domain, "self", "before", "Call my boss", TODAY, "call_boss")


def test_what_is_put_before_the_person_counts_only_when_they_agree(case: Case) -> None:
    first, second = an_action(case), case.plan.propose("money", "worker", "after", "Ask", None, None, by="worker")
    assert (first.position, first.domain, first.owner, first.when) == (0, "work", "self", "before")
    assert (first.status, first.due, first.text, first.proposal) == ("proposed", TODAY, "Call my boss", "call_boss")
    assert (first.partner, first.by, first.private) == (None, "self_reporter", False)
    assert (second.position, second.by) == (1, "worker")
    assert first.id != second.id
    assert case.actions == [first, second]
    assert (case.action(second.id), case.action("gone")) == (second, None)


@pytest.mark.parametrize(
    ("domain", "said", "private"), [("work", False, False), ("work", True, True), ("health", False, True)]
)
def test_health_is_private_whatever_is_said(case: Case, domain: str, said: bool, private: bool) -> None:
    assert case.plan.propose(domain, "self", "before", "x", None, None, private=said).private is private


def test_what_is_private_by_now_is_closed_and_nothing_is_opened(case: Case) -> None:
    closed, other, was = an_action(case), an_action(case, "money"), an_action(case)
    was.private = True
    asked = []

    def is_private(domain: str, proposal: str | None) -> bool:
        asked.append((domain, proposal))
        return domain == "work"

    case.plan.keep_private(is_private)
    case.plan.keep_private(lambda _domain, _proposal: False)
    assert [action.private for action in (closed, other, was)] == [True, False, True]
    assert asked == [("work", "call_boss"), ("money", "call_boss")]


def test_an_action_is_taken_on_for_its_day_or_for_ones_own_alone_or_together(case: Case) -> None:
    action = an_action(case)
    case.plan.agree(action)
    assert (action.status, action.due, action.own_day, action.together) == ("agreed", TODAY, False, False)
    case.plan.agree(action, TODAY + timedelta(days=2), together=True)
    assert (action.due, action.own_day, action.together) == (TODAY + timedelta(days=2), True, True)


@pytest.mark.parametrize("status", ["done", "declined", "dropped"])
def test_an_action_ends_on_a_day_and_its_reminders_with_it(case: Case, status: str) -> None:
    action, other = an_action(case), an_action(case)
    rows = [case.schedule.remind("action_day", TODAY, time(10), ZONE, one) for one in (action, action, other)]
    general = case.schedule.remind("check_in", TODAY, time(10), ZONE)
    rows[1].state = "sent"
    case.plan.settle(action, status, "why", on=TODAY)  # type: ignore[arg-type]
    assert (action.status, action.settled_on, other.status) == (status, TODAY, "proposed")
    assert [row.state for row in (*rows, general)] == ["cancelled", "sent", "planned", "planned"]
    assert rows[0].reason == "why"


def test_an_action_is_moved_to_an_own_day_or_with_the_reporting_date(case: Case) -> None:
    action = an_action(case)
    case.plan.move(action, TODAY)
    assert (action.due, action.own_day) == (TODAY, True)
    case.plan.move(action, TODAY, own_day=False)
    assert action.own_day is False
    case.plan.move(action, None)
    assert (action.due, action.own_day) == (None, False)


def test_what_is_put_first_comes_before_what_was_put_first_before(case: Case) -> None:
    first, second = an_action(case), an_action(case)
    case.plan.put_first(first)
    case.plan.put_first(second)
    assert (first.rank, second.rank) == (1, 2)
    case.plan.put_first(first)
    assert first.rank == 3


def test_not_yet_is_counted_as_it_is_told(case: Case) -> None:
    action = an_action(case)
    case.plan.count_not_yet(action, 2)
    assert action.not_yet == 2


def test_what_somebody_else_does_reminds_the_person_no_more(case: Case) -> None:
    action, other = an_action(case), an_action(case)
    rows = [case.schedule.remind("action_day", TODAY, time(10), ZONE, one) for one in (action, other)]
    case.plan.pass_on(action, "worker")
    assert action.owner == "worker"
    assert [(row.state, row.reason) for row in rows] == [("cancelled", "somebody else does it"), ("planned", None)]


def test_a_reminder_is_a_rule_on_the_wall_and_its_moment(case: Case) -> None:
    action = an_action(case)
    row = case.schedule.remind("action_day", TODAY, time(10, 30), ZONE, action)
    assert (row.kind, row.action_id, row.day, row.at, row.zone) == (
        *("action_day", action.id, TODAY, time(10, 30)),
        "Europe/Amsterdam",
    )
    assert (row.due_at, row.state, row.reason) == (datetime(2026, 11, 24, 9, 30, tzinfo=UTC), "planned", None)
    assert case.schedule.remind("check_in", TODAY, time(10), ZONE).action_id is None


def test_what_is_cancelled_is_of_one_action_or_of_the_kinds_that_are_named(case: Case) -> None:
    rows = [case.schedule.remind(kind, TODAY, time(10), ZONE) for kind in ("check_in", "day_changed", "sitting")]
    case.schedule.cancel("why", kinds=("check_in", "sitting"))
    assert [row.state for row in rows] == ["cancelled", "planned", "cancelled"]
    case.schedule.cancel("nothing named")
    assert rows[1].state == "planned"
    rows[1].state = "leaving"
    case.schedule.cancel("while it leaves", kinds=("day_changed",))
    assert (rows[1].state, rows[1].reason) == ("cancelled", "while it leaves")


def test_a_reminder_ends_as_it_is_told_and_is_opened_once(case: Case) -> None:
    row = case.schedule.remind("check_in", TODAY, time(10), ZONE)
    case.schedule.end(row, "handed_to_worker", "no chat")
    assert (row.state, row.reason) == ("handed_to_worker", "no chat")
    case.schedule.mark_opened(row, NOW)
    case.schedule.mark_opened(row, LATER)
    assert row.opened_at == NOW
    case.schedule.deal_with(row, "not_done", LATER)
    assert (row.dealt, row.dealt_at) == ("not_done", LATER)
