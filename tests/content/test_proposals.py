"""What is proposed on which answers, and the day by which it is done."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.content.checklist.model import Proposal
from conversations.rules import checklist_rules
from tests.rules.test_rules import CHECKLIST, TODAY, answers, choices, question


def test_what_was_proposed_once_is_not_proposed_again() -> None:
    said = answers(letter="none")
    first = checklist_rules.proposals(CHECKLIST, said, set(), None)
    assert [p.id for p in first] == ["keep_post"]
    assert not checklist_rules.proposals(CHECKLIST, said, {"keep_post"}, None)


def test_nothing_that_others_may_see_is_proposed_on_suicide_or_an_unsafe_home() -> None:
    about = {condition.question for p in CHECKLIST.proposals for condition in p.when}
    assert not about & {"suicide", "safe"}


def test_everybody_with_a_day_is_told_to_write_telephone_numbers_down() -> None:
    for said in choices(question("going")):
        held = answers(letter="day", going=said)
        assert "numbers" in [p.id for p in checklist_rules.proposals(CHECKLIST, held, set(), TODAY)]
        assert "numbers" not in [p.id for p in checklist_rules.proposals(CHECKLIST, held, set(), None)]


@given(st.sampled_from(CHECKLIST.proposals), st.integers(-400, 800), st.integers(-400, 800))
def test_a_proposed_day_is_never_past_and_before_the_reporting_date_when_that_can_be(
    proposal: Proposal, days: int, stay: int
) -> None:
    reporting = TODAY + timedelta(days=days)
    due = checklist_rules.due_day(proposal, reporting, TODAY, reporting + timedelta(days=stay))
    assert due is not None
    # Who reports today or tomorrow has only today; and a bed and money are for the day of release itself.
    today_only = (0 <= days <= 1 and proposal.timing == "before") or (proposal.timing == "after" and not proposal.days)
    assert due > TODAY or (due == TODAY and today_only)
    if days > 1 and proposal.timing == "before":
        assert due < reporting


@pytest.mark.parametrize(
    ("proposal", "reporting", "release", "due"),
    [
        ("keep_post", None, None, TODAY + timedelta(days=7)),
        ("numbers", None, None, None),
        ("numbers", date(2027, 3, 9), None, date(2027, 3, 8)),
        ("tell_allowances", None, None, None),
        ("tell_allowances", date(2027, 3, 9), None, date(2027, 3, 23)),
        ("first_money", date(2027, 3, 9), None, None),
        ("first_money", date(2027, 3, 9), date(2027, 4, 6), date(2027, 3, 23)),
        ("call_week", date(2027, 3, 9), date(2027, 4, 6), date(2027, 4, 9)),
        ("call_week", date(2026, 10, 1), date(2026, 11, 1), TODAY + timedelta(days=1)),
    ],
)
def test_an_action_hangs_from_the_day_it_belongs_to(
    proposal: str, reporting: date | None, release: date | None, due: date | None
) -> None:
    found = CHECKLIST.proposal(proposal)
    assert found is not None
    assert checklist_rules.due_day(found, reporting, TODAY, release) == due
