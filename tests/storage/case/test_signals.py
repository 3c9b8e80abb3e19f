"""The signals of a case: flags with their age, contact with the person, and messages that wait for an answer."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from storage.case.case import Case
from storage.case.case_parts import Identity

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def case() -> Case:
    return Case("c1", "GR-AAAAA", "Groningen", "Groningen", NOW, Identity("Sam", "Postma", 2002, "Z1"))


def test_a_flag_is_raised_once_and_keeps_its_age(case: Case) -> None:
    flag = case.signals.raise_flag("eviction", "housing", "high", "why", NOW)
    assert (flag.flag, flag.domain, flag.level, flag.reason, flag.since) == ("eviction", "housing", "high", "why", NOW)
    other = case.signals.raise_flag("no_id", "identity", "high", "why", NOW)
    assert case.signals.raise_flag("eviction", "housing", "high", "why", LATER) is flag
    assert (case.flags, flag.since) == ([flag, other], NOW)


def test_a_flag_that_was_lowered_is_raised_anew(case: Case) -> None:
    flag = case.signals.raise_flag("eviction", "housing", "high", "why", NOW)
    case.signals.lower_flag(flag, LATER)
    assert (flag.lowered_at, flag.stands) == (LATER, False)
    again = case.signals.raise_flag("eviction", "housing", "high", "why", LATER)
    assert again is not flag
    assert case.flags == [flag, again]


@pytest.mark.parametrize(
    ("level", "reason", "forgets"),
    [("urgent", "why", True), ("medium", "why", False), ("high", "another reason", False), ("high", "why", False)],
)
def test_what_was_seen_or_overruled_is_asked_again_only_when_it_gets_worse(
    case: Case, level: str, reason: str, forgets: bool
) -> None:
    flag = case.signals.raise_flag("eviction", "housing", "high", "why", NOW)
    case.signals.overrule(flag, "a slip", NOW, "m1")
    case.signals.raise_flag("eviction", "housing", level, reason, LATER)  # type: ignore[arg-type]
    assert (flag.level, flag.reason, flag.since) == (level, reason, NOW)
    seen = (flag.acknowledged_at, flag.overruled_at, flag.seen_by, flag.overruled_by, flag.why)
    assert seen == ((None,) * 5 if forgets else (NOW, NOW, "m1", "m1", "a slip"))
    assert flag.stands is forgets


def test_the_first_who_sees_a_flag_counts_and_who_overrules_it_has_seen_it(case: Case) -> None:
    flag = case.signals.raise_flag("eviction", "housing", "high", "why", NOW)
    case.signals.acknowledge(flag, NOW, "m1")
    case.signals.acknowledge(flag, LATER, "m2")
    assert (flag.acknowledged_at, flag.seen_by, flag.stands) == (NOW, "m1", True)
    case.signals.overrule(flag, "a slip", LATER, "m2")
    assert (flag.overruled_at, flag.overruled_by, flag.why, flag.seen_by) == (LATER, "m2", "a slip", "m1")
    assert flag.stands is False


def test_it_is_kept_that_flags_were_looked_at_and_when_to_look_again(case: Case) -> None:
    case.signals.reviewed(LATER)
    assert (case.flags_reviewed, case.flags_look_at) == (True, LATER)


@pytest.mark.parametrize(
    ("kind", "direction", "answers"),
    [
        ("phone", "in", True),
        ("visit", "in", True),
        ("phone", "out", False),
        ("letter", "out", False),
        ("chat", "in", False),
        ("letter", "in", False),
    ],
)
def test_who_was_spoken_to_has_been_answered(case: Case, kind: str, direction: str, answers: bool) -> None:
    message = case.thread.write("self_reporter", "Hello?", NOW)
    case.reach.contacted(kind, direction, LATER)
    (contact,) = case.contacts
    assert (contact.kind, contact.direction, contact.on) == (kind, direction, LATER)
    assert message.settled_at == (LATER if answers else None)


def test_a_letter_that_stayed_behind_is_taken_back_and_no_other_contact(case: Case) -> None:
    case.reach.contacted("letter", "out", NOW - timedelta(days=9))
    for kind, direction in (("letter", "out"), ("letter", "in"), ("phone", "out")):
        case.reach.contacted(kind, direction, NOW)
    case.reach.contacted("letter", "out", NOW - timedelta(days=3))
    mistaken = case.contacts[1].id
    case.reach.invited(NOW)
    case.reach.letter_not_sent(NOW)
    assert case.dropped == {mistaken}
    assert [(c.kind, c.direction) for c in case.contacts] == [
        *(("letter", "out"), ("letter", "in"), ("phone", "out"), ("letter", "out"))
    ]
    assert case.invited_at == NOW - timedelta(days=3)  # the last that did leave


@pytest.mark.parametrize(("invited", "left"), [(NOW, None), (LATER, LATER)])
def test_the_first_letter_taken_back_leaves_nobody_invited_but_by_another_way(
    case: Case, invited: datetime, left: datetime | None
) -> None:
    case.reach.contacted("letter", "out", NOW)
    case.reach.invited(invited)
    case.reach.letter_not_sent(NOW)
    assert (case.contacts, case.invited_at) == ([], left)


def test_what_the_person_wrote_waits_for_an_answer_read_or_not(case: Case) -> None:
    first, ours, help_ = (
        case.thread.write("self_reporter", "Hello?", NOW),
        case.thread.write("worker", "Hi", NOW),
        case.thread.write("self_reporter", "", LATER, "help"),
    )
    assert (first.sender, first.kind, first.at, first.text) == ("self_reporter", "text", NOW, "Hello?")
    assert case.messages == [first, ours, help_]
    case.thread.read("self_reporter", NOW)
    assert case.thread.unanswered() == [first, help_]
    case.thread.answered(NOW, "help")
    assert (help_.settled_at, case.thread.unanswered()) == (NOW, [first])
    case.thread.answered(LATER)
    assert (first.settled_at, help_.settled_at, ours.settled_at) == (LATER, NOW, None)


def test_each_side_reads_what_the_other_wrote_once(case: Case) -> None:
    theirs, ours = case.thread.write("self_reporter", "Hello?", NOW), case.thread.write("worker", "Hi", NOW)
    assert (case.thread.unread("self_reporter"), case.thread.unread("worker")) == ([theirs], [ours])
    case.thread.read("self_reporter", NOW)
    case.thread.read("self_reporter", LATER)
    assert (theirs.read_at, ours.read_at) == (NOW, None)
    assert (case.thread.unread("self_reporter"), case.thread.unread("worker")) == ([], [ours])
