"""Nouns of a case: each works on the fields of a case alone, and a case holds none of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time

import pytest

from storage.case.case import Case
from storage.case.case_fields import CaseFields
from storage.case.case_parts import Action, Identity
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


def _shared(fields: CaseFields) -> tuple[Shares, Plan]:
    """Two actions that the prison may read, with nothing planned about them yet."""
    fields.prison = "PI Veenhuizen"
    shares, plan = Shares(fields), Plan(fields)
    for text in ("ID-kaart", "Werk"):
        action = plan.propose("identity", "casemanager", "inside", text, None, None)
        plan.agree(action)
        shares.let_prison_read(action, True, NOW, "1")
    return shares, plan


@pytest.mark.parametrize(
    ("end", "why"),
    [
        (lambda of: Course(of).record_outcome("cancelled"), "cancelled"),
        (lambda of: Course(of).release(TODAY), "released"),
        (lambda of: Course(of).close("finished", TODAY), "closed"),
        (lambda of: Shares(of).change_prison("PI Leeuwarden", NOW, ZONE), "moved"),
    ],
)
def test_what_the_prison_may_read_ends_with_its_reason(
    fields: CaseFields, end: Callable[[CaseFields], object], why: str
) -> None:
    _shared(fields)
    end(fields)
    assert [consent.ended for consent in fields.consents] == [why, why]


@pytest.mark.parametrize(
    "end", [lambda plan, one: plan.settle(one, "dropped", "x"), lambda plan, one: plan.pass_on(one, "self")]
)
def test_an_action_that_is_nobodys_there_any_more_ends_its_own_share_and_no_other(
    fields: CaseFields, end: Callable[[Plan, Action], object]
) -> None:
    _, plan = _shared(fields)
    end(plan, fields.actions[0])
    assert [consent.ended for consent in fields.consents] == ["dropped", None]


def test_a_yes_that_is_said_anew_or_taken_back_ends_the_one_before(fields: CaseFields) -> None:
    person = Person(fields)
    fields.prison = "PI Veenhuizen"
    action = Plan(fields).propose("identity", "casemanager", "inside", "ID-kaart", None, None)
    to = f"share:prison:PI Veenhuizen:{action.id}"
    person.consent("channel", True, NOW, "1")
    for given in (True, True, False):
        person.consent(to, given, NOW, "1")
    assert [(one.to, one.given, one.ended) for one in fields.consents] == [
        ("channel", True, None),
        (to, True, "anew"),
        (to, True, "withdrawn"),
        (to, False, None),
    ]


def test_an_answer_is_the_persons_own_unless_somebody_else_wrote_it(fields: CaseFields) -> None:
    Person(fields).answer("home", "rent", NOW)
    Person(fields).answer("wish", "money", NOW, by="worker")
    assert [answer.by for answer in fields.answers.values()] == ["self_reporter", "worker"]


def test_what_comes_first_stands_above_what_came_first_before(fields: CaseFields) -> None:
    plan = Plan(fields)
    one, two = (plan.propose("money", "self", "before", text, None, None) for text in ("Bel", "Schrijf"))
    plan.put_first(one)
    plan.put_first(two)
    assert (one.rank, two.rank) == (1, 2)


def test_reminders_that_are_cancelled_say_why(fields: CaseFields) -> None:
    schedule = Schedule(fields)
    row, other = (schedule.remind(kind, TODAY, time(9), ZONE) for kind in ("check_in", "sitting"))
    schedule.cancel("no longer so", kinds=("check_in",))
    assert [(one.state, one.reason) for one in (row, other)] == [("cancelled", "no longer so"), ("planned", None)]


def test_what_was_to_be_said_of_another_prison_is_not_said_any_more(fields: CaseFields) -> None:
    shares, _ = _shared(fields)
    assert shares.confirm(fields.actions[0], NOW)
    shares.tell_answer(fields.actions[0], NOW, ZONE)
    shares.change_prison("PI Leeuwarden", NOW, ZONE)
    told = [row for row in fields.reminders if row.kind == "share_answered"]
    assert [(row.state, row.reason) for row in told] == [("cancelled", "another prison")]


def test_an_answer_is_told_once_however_often_it_changes(fields: CaseFields) -> None:
    shares, _ = _shared(fields)
    action = fields.actions[0]
    for _ in range(2):
        shares.tell_answer(action, NOW, ZONE)
    told = [(row.action_id, row.state, row.reason) for row in fields.reminders if row.kind == "share_answered"]
    assert told == [(action.id, "cancelled", "told anew"), (action.id, "planned", None)]


def test_who_read_what_is_told_once_that_it_ended(fields: CaseFields) -> None:
    shares, _ = _shared(fields)
    assert list(shares.tell_ends(NOW)) == []
    shares.end("closed")
    fields.touched.clear()
    assert list(shares.tell_ends(NOW)) == ["PI Veenhuizen"]
    assert {row.id for row in fields.consents} == set(fields.touched["consent"])
    assert all(fields.touched["consent"][row.id] is row for row in fields.consents)
    assert list(shares.tell_ends(NOW)) == []


def test_how_worrying_a_case_is_stays_until_it_is_weighed_anew(fields: CaseFields) -> None:
    Attention(fields).press(2)
    assert fields.pressing == 2
    Attention(fields).press(0)
    assert fields.pressing == 0
