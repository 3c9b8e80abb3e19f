"""Every verb of a case leaves what it changed to be written, and nothing else: what is not written is forgotten."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from storage.case.case import Case
from storage.case.case_parts import Identity

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 24)
ZONE = ZoneInfo("Europe/Amsterdam")


@pytest.fixture
def case() -> Case:
    """A case with one row of each kind, as if it had just been loaded."""
    case = Case("c1", "GR-AAAAA", "Groningen", "Groningen", NOW, Identity("Sam", "Postma", 2002, "Z1"))
    case.prison = "PI Veenhuizen"
    case.plan.agree(case.plan.propose("work", "casemanager", "inside", "Keep my job", TODAY, None))
    case.signals.raise_flag("eviction", "housing", "high", "why", NOW)
    case.thread.write("self_reporter", "Hello?", NOW)
    case.schedule.remind("action_day", TODAY, time(10), ZONE, case.actions[0])
    case.person.consent("channel", True, NOW, "1")
    case.person.consent(f"share:prison:PI Veenhuizen:{case.actions[0].id}", True, NOW, "1")
    case.helpers.weigh("rent", "considered", None, "m1", NOW)
    case.helpers.ask_decision("rent", "m1", "m2", TODAY, "May we?", NOW)
    case.helpers.resolve("Call the landlord", "m1", TODAY, "m2", NOW)
    case.helpers.hand_over("m1", "Knows nobody", NOW)
    case.reach.contacted("letter", "out", NOW)
    case.person.answer("wish", "money", NOW)
    case.touched.clear()
    return case


def _asks_for_another_day(case: Case) -> None:
    case.course.confirm_date(TODAY, "self")
    assert case.course.ask_postponement(TODAY, "self")
    assert not case.course.ask_postponement(TODAY, "self")


def _hears_no(case: Case) -> None:
    _asks_for_another_day(case)
    assert case.course.refuse_postponement(TODAY, "worker")
    assert not case.course.refuse_postponement(TODAY, "worker")


# What is done, and which rows are to be written: of each table the place of the row in its list, or the case itself.
VERBS: dict[str, tuple[Callable[[Case], object], set[str]]] = {
    "reach_by": (lambda case: case.reach.by("phone"), {"cases"}),
    "know_care": (lambda case: case.figures.know_care(True), {"cases"}),
    "count_questions": (lambda case: case.person.count_questions(3), {"cases"}),
    "press": (lambda case: case.attention.press(2), {"cases"}),
    "record_outcome": (lambda case: case.course.record_outcome("absent"), {"cases", "event"}),
    "release": (lambda case: case.course.release(TODAY), {"cases", "consent", "event"}),
    "ask_postponement": (_asks_for_another_day, {"cases", "event"}),
    "refuse_postponement": (_hears_no, {"cases", "event"}),
    "known_inside": (lambda case: case.course.known_inside(TODAY), {"cases"}),
    "close": (lambda case: case.course.close("done", TODAY), {"cases", "consent", "due", "event"}),
    "reopen": (lambda case: case.course.reopen(), {"cases", "event"}),
    "know": (lambda case: case.figures.know("has_home", True), {"cases"}),
    "tell": (lambda case: case.person.tell("helped", "plan", "Anneke", NOW), {"story"}),
    "expect_release": (lambda case: case.course.expect_release(TODAY), {"cases"}),
    "attend": (lambda case: case.attention.needed_by(NOW), {"cases"}),
    "alarm": (lambda case: case.attention.alarm(), {"cases"}),
    "invite": (lambda case: case.reach.invited(NOW), {"cases"}),
    "join": (lambda case: case.reach.joined(NOW), {"cases"}),
    "knock": (lambda case: case.door.knock("p1", NOW), {"cases"}),
    "ask_call": (lambda case: case.door.ask_call(NOW), {"cases"}),
    "answer_knock": (lambda case: case.door.answer(), {"cases"}),
    "speak": (lambda case: case.person.speak("pl"), {"cases"}),
    "reached": (lambda case: case.reach.messages_arrive(False, NOW), {"cases"}),
    "confirm_date": (lambda case: case.course.confirm_date(TODAY, "self"), {"cases"}),
    "withdraw_date": (lambda case: case.course.withdraw_date(), {"cases"}),
    "list_date": (lambda case: case.course.list_date(TODAY), {"cases"}),
    "answer": (lambda case: case.person.answer("home", "rent", NOW), {"cases"}),
    "forget_answer": (lambda case: case.person.forget_answer("wish"), {"cases"}),
    "say_phone_is_shared": (lambda case: case.person.say_phone_is_shared(True), {"cases"}),
    "prefer": (lambda case: case.person.prefer(hour=time(12)), {"cases"}),
    "consent": (lambda case: case.person.consent("health", True, NOW, "1"), {"consent"}),
    "propose": (lambda case: case.plan.propose("work", "self", "before", "x", None, None), {"action"}),
    "keep_private": (lambda case: case.plan.keep_private(lambda _domain, _proposal: True), {"action"}),
    "agree": (lambda case: case.plan.agree(case.actions[0]), {"action"}),
    "settle done": (lambda case: case.plan.settle(case.actions[0], "done", "done"), {"action", "due"}),
    "settle dropped": (lambda case: case.plan.settle(case.actions[0], "dropped", "x"), {"action", "due", "consent"}),
    "move": (lambda case: case.plan.move(case.actions[0], TODAY), {"action"}),
    "put_first": (lambda case: case.plan.put_first(case.actions[0]), {"action"}),
    "count_not_yet": (lambda case: case.plan.count_not_yet(case.actions[0], 1), {"action"}),
    "pass_on": (lambda case: case.plan.pass_on(case.actions[0], "worker"), {"action", "due", "consent"}),
    "remind": (lambda case: case.schedule.remind("check_in", TODAY, time(10), ZONE), {"due"}),
    "cancel_reminders": (lambda case: case.schedule.cancel("x", kinds=("action_day",)), {"due"}),
    "end_reminder": (lambda case: case.schedule.end(case.reminders[0], "skipped", "x"), {"due"}),
    "open_reminder": (lambda case: case.schedule.mark_opened(case.reminders[0], NOW), {"due"}),
    "deal_with": (lambda case: case.schedule.deal_with(case.reminders[0], "done", NOW), {"due"}),
    "raise_flag": (lambda case: case.signals.raise_flag("no_id", "identity", "high", "why", NOW), {"flag"}),
    "raise_flag again": (lambda case: case.signals.raise_flag("eviction", "housing", "urgent", "why", NOW), {"flag"}),
    "lower_flag": (lambda case: case.signals.lower_flag(case.flags[0], NOW), {"flag"}),
    "acknowledge": (lambda case: case.signals.acknowledge(case.flags[0], NOW, "m1"), {"flag"}),
    "overrule": (lambda case: case.signals.overrule(case.flags[0], "a slip", NOW, "m1"), {"flag"}),
    "contacted": (lambda case: case.reach.contacted("phone", "out", NOW), {"contact"}),
    "contacted by them": (lambda case: case.reach.contacted("phone", "in", NOW), {"contact", "message"}),
    "letter_not_sent": (lambda case: case.reach.letter_not_sent(NOW), {"cases"}),
    "message": (lambda case: case.thread.write("worker", "Hello", NOW), {"message"}),
    "answered": (lambda case: case.thread.answered(NOW), {"message"}),
    "read": (lambda case: case.thread.read("self_reporter", NOW), {"message"}),
    "note": (lambda case: case.helpers.note("Called", "m1", NOW), {"note"}),
    "weigh": (lambda case: case.helpers.weigh("debts", "used", None, "m1", NOW), {"measure"}),
    "weigh again": (lambda case: case.helpers.weigh("rent", "used", None, "m1", NOW), {"measure"}),
    "hear_wish": (lambda case: case.helpers.hear_wish(case.measures[0], "yes"), {"measure"}),
    "ask_decision": (lambda case: case.helpers.ask_decision("rent", "m1", "m2", TODAY, "?", NOW), {"decision"}),
    "decide": (lambda case: case.helpers.decide(case.decisions[0], "yes", None, NOW), {"decision"}),
    "resolve": (lambda case: case.helpers.resolve("Call", None, TODAY, "m1", NOW), {"resolution"}),
    "carry_out": (lambda case: case.helpers.carry_out(case.resolutions[0], NOW), {"resolution"}),
    "go_to_the_limit": (lambda case: case.helpers.go_to_the_limit("all", "there", "m1", NOW), {"effort"}),
    "hand_over": (lambda case: case.helpers.hand_over("m2", "Knows nobody", NOW), {"handover", "cases"}),
    "take_in": (lambda case: case.helpers.take_in(case.handovers[0], NOW), {"handover"}),
    "share": (lambda case: case.helpers.let_coordinator_read(NOW), {"cases"}),
    "assign": (lambda case: case.helpers.assign("m2"), {"cases"}),
    "confirm_share": (lambda case: case.shares.confirm(case.actions[0], NOW), {"consent"}),
    "decline_share": (lambda case: case.shares.decline(case.actions[0], NOW), {"consent"}),
    "let_prison_read": (lambda case: case.shares.let_prison_read(case.actions[0], False, NOW, "1"), {"consent"}),
    "tell_answer": (lambda case: case.shares.tell_answer(case.actions[0], NOW, ZONE), {"due"}),
    "change_prison": (lambda case: case.shares.change_prison("PI Leeuwarden", NOW, ZONE), {"cases", "consent", "due"}),
    "end_shares": (lambda case: case.shares.end("closed"), {"consent"}),
}


@pytest.mark.parametrize("verb", VERBS)
def test_what_a_verb_changes_is_written(case: Case, verb: str) -> None:
    do, tables = VERBS[verb]
    do(case)
    assert set(case.touched) == tables
    lists = [
        *(case.actions, case.flags, case.contacts, case.consents, case.messages, case.reminders, case.notes),
        *(
            case.measures,
            case.decisions,
            case.handovers,
            case.stories,
            case.resolutions,
            case.efforts,
            case.events,
            [case],
        ),
    ]
    known = {row.id: row for rows in lists for row in rows}
    for table, rows in case.touched.items():
        for row_id, row in rows.items():
            assert row_id
            assert known[row_id] is row, table
            assert (row is case) == (table == "cases"), table


@pytest.mark.parametrize(
    "do",
    [
        lambda case: case.person.count_questions(None),
        lambda case: case.attention.press(0),
        lambda case: case.figures.know("unknown", None),
        lambda case: case.attention.needed_by(None),
        lambda case: case.person.forget_answer("never said"),
        lambda case: case.plan.keep_private(lambda _domain, _proposal: False),
        lambda case: case.signals.raise_flag("eviction", "housing", "high", "why", NOW),
        lambda case: case.shares.change_prison("PI Veenhuizen", NOW, ZONE),
        lambda case: case.schedule.cancel("x", kinds=("check_in",)),
        lambda case: case.thread.answered(NOW, "help"),
        lambda case: case.thread.read("worker", NOW),
        lambda case: case.signals.reviewed(NOW),
    ],
)
def test_what_changes_nothing_writes_nothing(case: Case, do: Callable[[Case], object]) -> None:
    do(case)
    assert case.touched == {}
