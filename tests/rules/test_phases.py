"""What is asked and proposed knows where somebody stands: nobody who is free is asked which prison they go to."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conversations.content.checklist.model import Checklist
from conversations.rules import checklist_rules
from conversations.rules.flags import pressing, review
from storage.case.case import Case
from storage.case.case_parts import Identity
from storage.case.phases import BEFORE

CHECKLIST = Checklist.load()
NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
TODAY = NOW.date()
ZONE = ZoneInfo("Europe/Amsterdam")
# Of the gate, of being away, of the household left behind: nothing to ask somebody who is back.
OF_BEFORE = ("letter", "date", "prison", "going", "journey", "prison_reads", "pay", "keeper", "family_money", "visit")


def _case(phase: str, **said: str | list[str]) -> Case:
    case = Case("c1", "GR-AAAAA", "Groningen", "Groningen", NOW, Identity("Sam", "Postma", 2002, "Z1"))
    case.reporting_date, case.date_confirmed_by = TODAY - timedelta(days=40), "self"
    case.phase, case.shares_phone = phase, False
    for question, value in said.items():
        case.person.answer(question, value, NOW)
    return case


def _asked(case: Case, by_worker: bool = False) -> list[str]:
    situation = checklist_rules.situation_of(case, TODAY, by_worker)
    return [q.id for q in checklist_rules.applicable(CHECKLIST, case.answers, situation)]


@pytest.mark.parametrize("by_worker", [True, False])
def test_who_is_free_is_asked_what_helps_now_and_nothing_of_before(by_worker: bool) -> None:
    asked = _asked(_case("free", letter="day", home="rent"), by_worker)
    assert not set(asked) & set(OF_BEFORE)
    assert {"id", "income", "money_now", "insurance_now", "bills", "support"} <= set(asked)
    assert "insurance" not in asked, "whether it works says more than whether there is one"


@pytest.mark.parametrize("by_worker", [True, False])
def test_inside_only_what_is_for_afterwards_is_asked(by_worker: bool) -> None:
    asked = _asked(_case("held", letter="day", home="rent"), by_worker)
    assert set(asked) == {"return", "first_week", "collect", "call_after"}


def test_a_closed_case_is_asked_nothing() -> None:
    assert _asked(_case("closed", letter="day")) == []


@pytest.mark.parametrize("phase", ["waiting", "coming"])
def test_before_the_gate_everything_is_asked_as_ever(phase: str) -> None:
    asked = _asked(_case(phase, letter="day", home="rent", children="alone"), by_worker=True)
    assert set(OF_BEFORE) <= set(asked)


def test_a_check_in_asks_again_only_what_fits_now() -> None:
    case = _case("free", going="badly", home="rent", id="lost", bills="badly")
    again = checklist_rules.may_have_changed(CHECKLIST, case.answers, checklist_rules.situation_of(case, TODAY))
    assert {q.id for q in again} == {"home", "id", "bills"}


def test_after_release_what_is_proposed_comes_after_it() -> None:
    case = _case("free", income="benefit", id="lost", home="shelter", insurance_now="no", allowances=["care"])
    found = checklist_rules.proposals(CHECKLIST, case.answers, set(), case.confirmed_date, case.phase)
    assert {p.id for p in found} >= {"benefit_new", "id_again", "place_now", "insurance_new", "allowances_again"}
    assert {p.timing for p in found} == {"after"}
    for proposal in found:
        due = checklist_rules.due_day(proposal, case.confirmed_date, TODAY, TODAY)
        assert due == TODAY + timedelta(days=proposal.days or 0)
    today = {p.id for p in found if p.days == 0}
    assert today == {"benefit_new", "place_now", "post_address"}
    before = checklist_rules.proposals(CHECKLIST, case.answers, set(), case.confirmed_date, "coming")
    assert not {"benefit_new", "id_again", "place_now", "insurance_new"} & {p.id for p in before}


def test_a_worry_of_before_weighs_inside_and_no_more_once_home() -> None:
    said = {"home": "rent", "pay": "no", "children": "alone", "children_care": "nobody"}
    inside, home = _case("held", **said), _case("free", **said)
    for case in (inside, home):
        review(CHECKLIST, case, NOW, ZONE)
    assert [f.flag for f in inside.flags if f.stands] == ["child_alone"]
    assert [f.flag for f in home.flags if f.stands] == []
    assert pressing(CHECKLIST, inside, TODAY) == 4
    assert pressing(CHECKLIST, home, TODAY) == 0
    situation = checklist_rules.situation_of(home, TODAY)
    assert checklist_rules.standing(CHECKLIST, home.answers, situation)["housing"].level == "none"


def test_what_matters_after_release_stays_a_signal_through_the_gate() -> None:
    case = _case("coming", home="rent", eviction="yes", suicide="sometimes", safe="no", **{"return": "no"})
    for phase in ("coming", "held", "free"):
        case.phase = phase
        review(CHECKLIST, case, NOW, ZONE)
        stands = {f.flag for f in case.flags if f.stands}
        assert {"eviction", "suicide", "unsafe_home", "homeless_after"} <= stands, phase


@pytest.mark.parametrize(
    ("question", "said", "flag"),
    [
        ("home", "nowhere", "homeless_now"),
        ("money_now", "no", "no_money_now"),
        ("insurance_now", "no", "no_insurance_now"),
        ("id", "lost", "no_id_now"),
        ("bills", "badly", "debts_after"),
    ],
)
def test_what_somebody_has_lost_is_a_signal_once_they_are_free_and_never_before(
    question: str, said: str, flag: str
) -> None:
    for phase in ("waiting", "coming", "held", "free"):
        case = _case(phase, **{question: said})
        review(CHECKLIST, case, NOW, ZONE)
        assert (flag in {f.flag for f in case.flags if f.stands}) is (phase == "free"), phase
        case.person.answer(question, "unsaid", NOW)
        review(CHECKLIST, case, NOW, ZONE)
        assert flag not in {f.flag for f in case.flags if f.stands}


_OPTIONS = {q.id: [o.id for o in q.options] or ["2027-03-09"] for q in CHECKLIST.questions}


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(["waiting", "coming", "held", "free", "closed"]),
    st.dictionaries(st.sampled_from(sorted(_OPTIONS)), st.integers(0, 9), max_size=30),
    st.booleans(),
)
def test_all_counts_of_what_is_left_agree_in_every_phase(phase: str, said: dict[str, int], by_worker: bool) -> None:
    case = _case(phase, **{q: _OPTIONS[q][n % len(_OPTIONS[q])] for q, n in said.items()})
    situation = checklist_rules.situation_of(case, TODAY, by_worker)
    left = checklist_rules.questions_left(CHECKLIST, case.answers, situation)
    standing = checklist_rules.standing(CHECKLIST, case.answers, situation).values()
    assert left == sum(s.total - s.answered for s in standing)
    following = checklist_rules.next_question(CHECKLIST, case.answers, situation)
    assert (following is None) == (left == 0)
    assert following is None or phase in following.phases
    again = checklist_rules.may_have_changed(CHECKLIST, case.answers, situation)
    assert all(phase in q.phases for q in again)
    for proposal in checklist_rules.proposals(CHECKLIST, case.answers, set(), date(2026, 12, 9), phase):
        assert phase in proposal.phases
        assert phase in BEFORE or proposal.timing != "before"
