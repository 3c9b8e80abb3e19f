"""By when somebody must have seen to a case: the earliest of what waits, each by its own norm in office hours."""

from __future__ import annotations

import tomllib
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from conversations.content.checklist.model import Checklist
from conversations.content.region import OfficeHours
from conversations.rules.norms import attend_by, see_by
from storage.case.case import Case
from storage.case.case_parts import Identity
from storage.clock import instant

ZONE = ZoneInfo("Europe/Amsterdam")
# A Tuesday, at ten on the wall.
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
# What norms are read from.
Norms = tuple[Checklist, OfficeHours, ZoneInfo]

_RULES = """
    version = "1"
    domain = [{ id = "health", symbol = "x", name = "H" }]
    [[question]]
    id = "well"
    number = 1
    domain = "health"
    text = "?"
    options = [{ id = "no", symbol = "x", label = "no" }]
    [[question]]
    id = "day"
    number = 2
    domain = "health"
    kind = "date"
    means = "reporting_date"
    text = "?"
"""
_RULE = """
    [[flag]]
    id = "%s"
    domain = "health"
    level = "urgent"
    reason = "is unwell"
    when = [{ question = "well", options = ["no"] }]
    todo = ["a", "b"]
    %s
"""


@pytest.fixture(scope="module")
def content() -> Norms:
    rules = _RULE % ("hours", "norm_hours = 2") + _RULE % ("days", "norm_days = 1") + _RULE % ("none", "")
    office = OfficeHours(
        opens=time(9),
        closes=time(17),
        working_days=("monday", "tuesday", "wednesday", "thursday", "friday"),
        message_norm_hours=4,
    )
    return Checklist.model_validate(tomllib.loads(_RULES + rules)), office, ZONE


@pytest.fixture
def case() -> Case:
    return Case("c1", "GR-AAAAA", "Groningen", "Groningen", NOW, Identity("Sam", "Postma", 2002, "Z1"))


def test_nothing_that_waits_asks_for_nobody(case: Case, content: Norms) -> None:
    assert attend_by(case, *content) is None


def test_a_message_is_answered_within_the_norm_of_the_office(case: Case, content: Norms) -> None:
    case.thread.write("self_reporter", "When can I call?", NOW)
    assert attend_by(case, *content) == NOW + 4 * HOUR
    case.thread.answered(NOW)
    assert attend_by(case, *content) is None


def test_what_a_worker_wrote_waits_for_nobody_of_the_team(case: Case, content: Norms) -> None:
    case.thread.write("worker", "I call you.", NOW)
    assert attend_by(case, *content) is None


def test_another_phone_is_answered_within_the_same_norm(case: Case, content: Norms) -> None:
    case.door.knock("phone", NOW)
    assert attend_by(case, *content) == NOW + 4 * HOUR


@pytest.mark.parametrize(
    ("rule", "by"),
    [
        ("hours", NOW + 2 * HOUR),
        ("days", instant(date(2026, 11, 25), time(17), ZONE)),
        # A rule without a norm, or one that the checklist no longer has: as a message.
        ("none", NOW + 4 * HOUR),
        ("gone", NOW + 4 * HOUR),
    ],
)
def test_an_urgent_risk_is_seen_by_the_norm_of_its_rule(case: Case, content: Norms, rule: str, by: datetime) -> None:
    flag = case.signals.raise_flag(rule, "health", "urgent", "is unwell", NOW)
    assert attend_by(case, *content) == by
    assert see_by(flag, content[0].flag_rule(flag.flag), *content[1:]) == (None if rule in ("none", "gone") else by)


def test_a_risk_that_was_seen_overruled_or_is_not_urgent_waits_for_nobody(case: Case, content: Norms) -> None:
    seen = case.signals.raise_flag("hours", "health", "urgent", "why", NOW)
    case.signals.acknowledge(seen, NOW, "m1")
    overruled = case.signals.raise_flag("days", "health", "urgent", "why", NOW)
    overruled.overruled_at = NOW
    case.signals.raise_flag("none", "health", "high", "why", NOW)
    assert attend_by(case, *content) is None


def test_of_all_that_waits_the_earliest_counts(case: Case, content: Norms) -> None:
    case.signals.raise_flag("hours", "health", "urgent", "why", NOW + 3 * HOUR)
    case.thread.write("self_reporter", "Later", NOW + HOUR)
    case.thread.write("self_reporter", "First", NOW)
    assert attend_by(case, *content) == NOW + 4 * HOUR
    case.signals.raise_flag("days", "health", "urgent", "why", NOW)
    assert attend_by(case, *content) == NOW + 4 * HOUR
    case.thread.answered(NOW)
    assert attend_by(case, *content) == NOW + 5 * HOUR


def test_nobody_has_to_see_to_a_closed_case(case: Case, content: Norms) -> None:
    case.thread.write("self_reporter", "Hello?", NOW)
    case.course.close("done", NOW.date())
    assert attend_by(case, *content) is None


def test_the_norm_is_counted_in_the_hours_of_the_place(case: Case, content: Norms) -> None:
    checklist, office, _ = content
    auckland = ZoneInfo("Pacific/Auckland")  # there it is ten in the evening
    opens = instant(date(2026, 11, 25), time(9), auckland)
    case.door.knock("phone", NOW)
    assert attend_by(case, checklist, office, auckland) == opens + 4 * HOUR
    case.door.answer()
    case.thread.write("self_reporter", "Hello?", NOW)
    assert attend_by(case, checklist, office, auckland) == opens + 4 * HOUR
    case.thread.answered(NOW)
    for rule, hours in (("none", 4), ("hours", 2)):
        case.signals.raise_flag(rule, "health", "urgent", "why", NOW)
        assert attend_by(case, checklist, office, auckland) == opens + hours * HOUR
