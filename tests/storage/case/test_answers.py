"""What a person says: answers, wishes, a yes and a no, and whether they have stopped."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from storage.case.case import Case
from storage.case.case_parts import Identity, Preferences

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def case() -> Case:
    return Case("c1", "GR-AAAAA", "Groningen", "Groningen", NOW, Identity("Sam", "Postma", 2002, "Z1"))


def test_a_later_answer_takes_the_place_of_the_former(case: Case) -> None:
    case.person.answer("home", "rent", NOW)
    case.person.answer("home", ["own", "shelter"], LATER, "worker")
    assert case.person.answer_to("home") == ["own", "shelter"]
    assert (case.answers["home"].at, case.answers["home"].by, case.last_answer_at) == (LATER, "worker", LATER)
    assert case.person.answer_to("work") is None


def test_one_answer_is_forgotten_and_no_other(case: Case) -> None:
    case.person.answer("home", "rent", NOW)
    case.person.answer("work", "no", NOW)
    case.person.forget_answer("home")
    case.person.forget_answer("never said")
    assert list(case.answers) == ["work"]


def test_whose_phone_it_is_is_yes_no_or_unknown(case: Case) -> None:
    for shared in (True, False, None):
        case.person.say_phone_is_shared(shared)
        assert case.shares_phone is shared


def test_one_wish_leaves_the_others_as_they_are(case: Case) -> None:
    case.person.prefer(hour=time(12), quiet_from=time(22))
    case.person.prefer(paused_until=date(2026, 12, 1), quiet_from=None)
    assert case.preferences == Preferences(hour=time(12), paused_until=date(2026, 12, 1))


def test_the_latest_word_counts_and_each_for_its_own(case: Case) -> None:
    assert case.person.consents_to("channel") is False
    case.person.consent("channel", True, NOW, "1")
    case.person.consent("health", False, NOW, "2")
    assert (case.person.consents_to("channel"), case.person.consents_to("health")) == (True, False)
    case.person.consent("channel", False, LATER, "1")
    case.person.consent("health", True, LATER, "2")
    assert (case.person.consents_to("channel"), case.person.consents_to("health")) == (False, True)
    assert [(c.to, c.given, c.at, c.text_version) for c in case.consents][-1] == ("health", True, LATER, "2")


def test_who_said_nothing_or_yes_has_not_stopped(case: Case) -> None:
    assert case.person.has_stopped is False
    case.person.consent("health", False, NOW, "1")
    assert case.person.has_stopped is False
    case.person.consent("channel", False, NOW, "1")
    assert case.person.has_stopped is True
    case.person.consent("health", True, LATER, "1")
    assert case.person.has_stopped is True
    case.person.consent("channel", True, LATER, "1")
    assert case.person.has_stopped is False


@pytest.mark.parametrize(
    ("sender", "kind", "after", "stopped"),
    [
        ("self_reporter", "text", timedelta(0), False),  # they have turned to us since
        ("self_reporter", "text", timedelta(hours=1), False),
        ("self_reporter", "help", timedelta(hours=1), False),
        ("self_reporter", "text", timedelta(hours=-1), True),
        ("worker", "text", timedelta(hours=1), True),
        # With these words they leave.
        ("self_reporter", "stop", timedelta(0), True),
        ("self_reporter", "call", timedelta(0), True),
    ],
)
def test_who_wrote_since_has_not_stopped(case: Case, sender: str, kind: str, after: timedelta, stopped: bool) -> None:
    case.person.consent("channel", False, NOW, "1")
    case.thread.write(sender, "words", NOW + after, kind)
    assert case.person.has_stopped is stopped
