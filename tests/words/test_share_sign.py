"""The one sentence on how an action stands with the prison: whoever reads it, and whatever the prison said."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from conversations.words.share_sign import mark_of, share_sign
from conversations.words.wording import Words
from storage.case.case import Case
from storage.case.case_parts import Action, Identity

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
WORDS = Words("en", ZoneInfo("Europe/Amsterdam"))


@pytest.fixture
def case() -> Case:
    case = Case("c1", "GR-AAAAA", "Groningen", "Groningen", NOW, Identity("Sam", "Postma", 2002, "Z1"))
    case.prison = "PI Veenhuizen"
    return case


@pytest.fixture
def action(case: Case) -> Action:
    action = case.plan.propose("work", "casemanager", "inside", "Keep my job", date(2027, 3, 1), None)
    case.plan.agree(action)
    return action


def test_before_a_yes_the_prison_reads_nothing_and_each_reader_is_told_whose_yes_it_takes(
    case: Case, action: Action
) -> None:
    assert share_sign(WORDS, case, action) == "🔒 The prison reads this only after your yes."
    assert share_sign(WORDS, case, action, to_staff=True) == "🔒 The prison reads this only after a yes."


def test_after_a_yes_it_says_what_the_prison_said_by_its_name(case: Case, action: Action) -> None:
    case.shares.let_prison_read(action, True, NOW, "1")
    assert share_sign(WORDS, case, action) == "❔ PI Veenhuizen is asked. There is no answer yet."
    case.shares.confirm(action, NOW)
    assert share_sign(WORDS, case, action) == "👍 PI Veenhuizen said yes: they do this."
    case.shares.decline(action, NOW)
    assert share_sign(WORDS, case, action) == "✋ PI Veenhuizen cannot do this."


def test_what_is_private_is_never_read_there(case: Case) -> None:
    action = case.plan.propose("health", "casemanager", "inside", "My medicine", None, None)
    case.plan.agree(action)
    assert share_sign(WORDS, case, action) == "🔒 The prison never reads this."


def test_what_the_prison_does_not_do_it_does_not_read(case: Case) -> None:
    action = case.plan.propose("work", "self", "before", "Tell my boss", None, None)
    case.plan.agree(action)
    assert share_sign(WORDS, case, action, to_staff=True) == "🔒 The prison does not read this."


def test_a_button_carries_of_which_prison_its_screen_spoke(case: Case) -> None:
    mark = mark_of(case)
    assert len(mark) == 8
    case.prison = "PI Leeuwarden"
    assert mark_of(case) != mark
    case.prison = None
    nobody = mark_of(case)
    case.prison = ""
    assert mark_of(case) == nobody
