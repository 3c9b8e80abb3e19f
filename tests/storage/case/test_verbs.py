"""Nouns of a case: each works on the fields of a case alone, and a case holds none of them."""

from __future__ import annotations

from datetime import time

import pytest

from storage.case.case import Case
from storage.case.case_fields import CaseFields
from storage.case.case_parts import Identity
from storage.case.verbs.attention import Attention
from storage.case.verbs.course import Course
from storage.case.verbs.door import Door
from storage.case.verbs.figures import CaseFigures
from storage.case.verbs.helpers import Helpers
from storage.case.verbs.person import Person
from storage.case.verbs.plan import Plan
from storage.case.verbs.reach import Reach
from storage.case.verbs.schedule import Schedule
from storage.case.verbs.shares import Shares
from storage.case.verbs.signals import Signals
from storage.case.verbs.thread import Thread
from tests.storage.records import NOW, TODAY, ZONE, after


@pytest.fixture
def fields() -> CaseFields:
    """The fields of a case, without any noun."""
    return CaseFields("c1", "GR-4K7Q2", "Groningen", "Groningen", NOW, Identity("Samira", "Kloosterboer", 1999, None))


def test_a_person_answers_and_is_asked_no_more_of_it(fields: CaseFields) -> None:
    Person(fields).answer("home", "rent", NOW)
    assert (Person(fields).answer_to("home"), Person(fields).has_begun) == ("rent", True)
    assert fields.touched == {"cases": {"c1": fields}}


def test_a_settled_action_is_reminded_of_no_more_and_read_by_no_prison(fields: CaseFields) -> None:
    fields.prison = "PI Veenhuizen"
    action = Plan(fields).propose("identity", "casemanager", "inside", "ID-kaart", None, None)
    Plan(fields).agree(action)
    row = Schedule(fields).remind("action", TODAY, time(9), ZONE, action)
    Shares(fields).let_prison_read(action, True, NOW, "1")
    assert Shares(fields).state(action) == "asked"
    Plan(fields).settle(action, "dropped", "no longer needed")
    assert (row.state, row.reason) == ("cancelled", "no longer needed")
    assert [consent.ended for consent in fields.consents] == ["dropped"]


def test_a_closed_case_sends_nothing_whatever_it_was_for(fields: CaseFields) -> None:
    planned, gone = (Schedule(fields).remind(kind, TODAY, time(9), ZONE) for kind in ("check_in", "reporting_eve"))
    Schedule(fields).end(gone, "skipped", "too late")
    Course(fields).close("finished", TODAY)
    assert [(row.state, row.reason) for row in (planned, gone)] == [
        ("cancelled", "case closed"),
        ("skipped", "too late"),
    ]


def test_who_was_spoken_to_has_been_answered_and_who_wrote_by_chat_has_not(fields: CaseFields) -> None:
    Thread(fields).write("self_reporter", "Wanneer belt u?", NOW)
    Reach(fields).contacted("chat", "in", after(hours=1))
    assert len(Thread(fields).unanswered()) == 1
    Reach(fields).contacted("phone", "in", after(hours=2))
    assert Thread(fields).unanswered() == []


def test_signals_weigh_until_they_are_overruled(fields: CaseFields) -> None:
    flag = Signals(fields).raise_flag("no_home", "home", "high", "no home afterwards", NOW)
    assert Signals(fields).level == "high"
    Signals(fields).overrule(flag, "lives with her sister", NOW)
    assert Signals(fields).level == "none"


def test_a_phone_at_the_door_has_two_digits_until_it_is_answered(fields: CaseFields) -> None:
    Door(fields).knock(f"{5:032x}", NOW)
    assert (Door(fields).number, Door(fields).ask_call(NOW), Door(fields).ask_call(NOW)) == (15, True, False)
    Door(fields).answer()
    assert (fields.new_phone, fields.new_phone_at, fields.call_asked_at) == (None, None, None)


def test_a_handed_over_case_says_what_must_be_known_until_it_is_read(fields: CaseFields) -> None:
    Helpers(fields).assign("anneke")
    Helpers(fields).hand_over("bram", "Bel na vijven.", NOW)
    handover = Helpers(fields).unread_handover
    assert handover is not None
    assert (handover.from_, handover.to, fields.worker) == ("anneke", "bram", "bram")
    Helpers(fields).take_in(handover, NOW)
    assert Helpers(fields).unread_handover is None


def test_a_new_norm_is_told_of_again(fields: CaseFields) -> None:
    Attention(fields).needed_by(NOW)
    Attention(fields).alarm()
    assert fields.alarmed_until == NOW
    Attention(fields).needed_by(after(days=1))
    assert fields.alarmed_until != fields.attend_by


def test_a_fact_that_nobody_knows_any_more_is_gone(fields: CaseFields) -> None:
    CaseFigures(fields).know("home_start", True)
    assert fields.facts == {"home_start": True}
    CaseFigures(fields).know("home_start", None)
    assert fields.facts == {}


def test_a_case_holds_none_of_its_nouns_and_each_is_a_view_of_its_fields() -> None:
    case = Case("c1", "GR-4K7Q2", "Groningen", "Groningen", NOW, Identity("Samira", "Kloosterboer", 1999, None))
    assert not hasattr(case, "__dict__")
    nouns = [
        *(case.person, case.course, case.plan, case.schedule, case.shares, case.signals),
        *(case.thread, case.reach, case.door, case.helpers, case.attention, case.figures),
    ]
    assert all(noun.case is case and not hasattr(noun, "__dict__") for noun in nouns)
    assert len({type(noun) for noun in nouns}) == len(nouns)
