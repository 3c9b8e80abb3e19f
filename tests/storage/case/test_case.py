"""A case as an object: its verbs, without a database."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from storage.case.case import Case
from storage.case.case_parts import Identity
from storage.case.waiting import REASONS, reasons_to_wait

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 24)
ZONE = ZoneInfo("Europe/Amsterdam")


def a_case() -> Case:
    return Case("c1", "GR-AAAAA", "Groningen", "Groningen", NOW, Identity("Sam", "Postma", 2002, "Z1"))


def test_the_letter_rules_and_never_the_list() -> None:
    case = a_case()
    case.course.list_date(date(2027, 3, 9))
    assert (case.reporting_date, case.confirmed_date, case.phase) == (date(2027, 3, 9), None, "coming")
    case.course.confirm_date(date(2027, 3, 16), "self")
    case.listed_on = TODAY
    case.course.list_date(date(2027, 4, 1))
    assert case.confirmed_date == date(2027, 3, 16)
    assert "date_differs" in reasons_to_wait(case, NOW, ZONE)


def test_a_date_withdrawn_before_it_was_confirmed_makes_the_case_wait_again() -> None:
    case = a_case()
    case.course.list_date(date(2027, 3, 9))
    case.course.list_date(None)
    assert (case.phase, case.reporting_date) == ("waiting", None)


def test_a_reminder_on_a_wall_time_that_does_not_exist_comes_at_the_next_that_does() -> None:
    row = a_case().schedule.remind("action_day", date(2027, 3, 28), time(2, 30), ZONE)
    assert row.due_at.astimezone(ZONE) == datetime(2027, 3, 28, 3, 30, tzinfo=ZONE)


def test_settling_an_action_ends_its_reminders_and_no_others() -> None:
    case = a_case()
    mine = case.plan.propose("report", "self", "before", "bellen", TODAY, None)
    other = case.plan.propose("report", "self", "before", "schrijven", TODAY, None)
    for action in (mine, other):
        case.plan.agree(action)
        case.schedule.remind("action_day", TODAY, time(10), ZONE, action)
    case.plan.settle(mine, "done", "done")
    assert [(r.state, r.reason) for r in case.reminders] == [("cancelled", "done"), ("planned", None)]


def test_a_reminder_that_has_left_keeps_its_end() -> None:
    case = a_case()
    action = case.plan.propose("report", "self", "before", "bellen", TODAY, None)
    row = case.schedule.remind("action_day", TODAY, time(10), ZONE, action)
    row.state = "sent"
    case.plan.settle(action, "done", "done")
    assert row.state == "sent"


def test_a_flag_that_stands_keeps_its_age_and_asks_again_when_it_gets_worse() -> None:
    case = a_case()
    flag = case.signals.raise_flag("x", "report", "high", "why", NOW)
    case.signals.acknowledge(flag, NOW)
    later = NOW + timedelta(days=1)
    assert case.signals.raise_flag("x", "report", "high", "why", later) is flag
    assert flag.acknowledged_at == NOW
    case.signals.raise_flag("x", "report", "urgent", "worse", later)
    assert (flag.since, flag.acknowledged_at, case.signals.level) == (NOW, None, "urgent")
    case.signals.lower_flag(flag, later)
    assert case.signals.level == "none"


def test_the_latest_word_of_a_consent_counts() -> None:
    case = a_case()
    assert not case.person.consents_to("channel")
    case.person.consent("channel", True, NOW, "1")
    case.person.consent("channel", False, NOW, "1")
    assert not case.person.consents_to("channel")


def test_every_reason_has_its_rank() -> None:
    assert len(set(REASONS)) == len(REASONS)


def test_what_holds_personal_data_does_not_show_when_printed() -> None:
    case = a_case()
    case.thread.write("self_reporter", "een geheim", NOW)
    assert "Postma" not in repr(case) + repr(case.identity)
    assert "geheim" not in repr(case.messages[0])
