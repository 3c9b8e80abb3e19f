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
    case.agree(case.propose("work", "casemanager", "inside", "Keep my job", TODAY, None))
    case.raise_flag("eviction", "housing", "high", "why", NOW)
    case.message("self_reporter", "Hello?", NOW)
    case.remind("action_day", TODAY, time(10), ZONE, case.actions[0])
    case.consent("channel", True, NOW, "1")
    case.consent(f"share:prison:PI Veenhuizen:{case.actions[0].id}", True, NOW, "1")
    case.weigh("rent", "considered", None, "m1", NOW)
    case.ask_decision("rent", "m1", "m2", TODAY, "May we?", NOW)
    case.resolve("Call the landlord", "m1", TODAY, "m2", NOW)
    case.hand_over("m1", "Knows nobody", NOW)
    case.contacted("letter", "out", NOW)
    case.answer("wish", "money", NOW)
    case.touched.clear()
    return case


# What is done, and which rows are to be written: of each table the place of the row in its list, or the case itself.
VERBS: dict[str, tuple[Callable[[Case], object], set[str]]] = {
    "reach_by": (lambda case: case.reach_by("phone"), {"cases"}),
    "know_care": (lambda case: case.know_care(True), {"cases"}),
    "count_questions": (lambda case: case.count_questions(3), {"cases"}),
    "press": (lambda case: case.press(2), {"cases"}),
    "record_outcome": (lambda case: case.record_outcome("absent"), {"cases"}),
    "release": (lambda case: case.release(TODAY), {"cases", "consent"}),
    "known_inside": (lambda case: case.known_inside(TODAY), {"cases"}),
    "close": (lambda case: case.close("done", TODAY), {"cases", "consent", "due"}),
    "reopen": (lambda case: case.reopen(), {"cases"}),
    "know": (lambda case: case.know("has_home", True), {"cases"}),
    "tell": (lambda case: case.tell("helped", "plan", "Anneke", NOW), {"story"}),
    "expect_release": (lambda case: case.expect_release(TODAY), {"cases"}),
    "attend": (lambda case: case.attend(NOW), {"cases"}),
    "alarm": (lambda case: case.alarm(), {"cases"}),
    "invite": (lambda case: case.invite(NOW), {"cases"}),
    "join": (lambda case: case.join(NOW), {"cases"}),
    "knock": (lambda case: case.knock("p1", NOW), {"cases"}),
    "ask_call": (lambda case: case.ask_call(NOW), {"cases"}),
    "answer_knock": (lambda case: case.answer_knock(), {"cases"}),
    "speak": (lambda case: case.speak("pl"), {"cases"}),
    "reached": (lambda case: case.reached(False, NOW), {"cases"}),
    "confirm_date": (lambda case: case.confirm_date(TODAY, "self"), {"cases"}),
    "withdraw_date": (lambda case: case.withdraw_date(), {"cases"}),
    "list_date": (lambda case: case.list_date(TODAY), {"cases"}),
    "answer": (lambda case: case.answer("home", "rent", NOW), {"cases"}),
    "forget_answer": (lambda case: case.forget_answer("wish"), {"cases"}),
    "say_phone_is_shared": (lambda case: case.say_phone_is_shared(True), {"cases"}),
    "prefer": (lambda case: case.prefer(hour=time(12)), {"cases"}),
    "consent": (lambda case: case.consent("health", True, NOW, "1"), {"consent"}),
    "propose": (lambda case: case.propose("work", "self", "before", "x", None, None), {"action"}),
    "keep_private": (lambda case: case.keep_private(lambda _domain, _proposal: True), {"action"}),
    "agree": (lambda case: case.agree(case.actions[0]), {"action"}),
    "settle done": (lambda case: case.settle(case.actions[0], "done", "done"), {"action", "due"}),
    "settle dropped": (lambda case: case.settle(case.actions[0], "dropped", "x"), {"action", "due", "consent"}),
    "move": (lambda case: case.move(case.actions[0], TODAY), {"action"}),
    "put_first": (lambda case: case.put_first(case.actions[0]), {"action"}),
    "count_not_yet": (lambda case: case.count_not_yet(case.actions[0], 1), {"action"}),
    "pass_on": (lambda case: case.pass_on(case.actions[0], "worker"), {"action", "due", "consent"}),
    "remind": (lambda case: case.remind("check_in", TODAY, time(10), ZONE), {"due"}),
    "cancel_reminders": (lambda case: case.cancel_reminders("x", kinds=("action_day",)), {"due"}),
    "end_reminder": (lambda case: case.end_reminder(case.reminders[0], "skipped", "x"), {"due"}),
    "open_reminder": (lambda case: case.open_reminder(case.reminders[0], NOW), {"due"}),
    "deal_with": (lambda case: case.deal_with(case.reminders[0], "done", NOW), {"due"}),
    "raise_flag": (lambda case: case.raise_flag("no_id", "identity", "high", "why", NOW), {"flag"}),
    "raise_flag again": (lambda case: case.raise_flag("eviction", "housing", "urgent", "why", NOW), {"flag"}),
    "lower_flag": (lambda case: case.lower_flag(case.flags[0], NOW), {"flag"}),
    "acknowledge": (lambda case: case.acknowledge(case.flags[0], NOW, "m1"), {"flag"}),
    "overrule": (lambda case: case.overrule(case.flags[0], "a slip", NOW, "m1"), {"flag"}),
    "contacted": (lambda case: case.contacted("phone", "out", NOW), {"contact"}),
    "contacted by them": (lambda case: case.contacted("phone", "in", NOW), {"contact", "message"}),
    "letter_not_sent": (lambda case: case.letter_not_sent(NOW), {"cases"}),
    "message": (lambda case: case.message("worker", "Hello", NOW), {"message"}),
    "answered": (lambda case: case.answered(NOW), {"message"}),
    "read": (lambda case: case.read("self_reporter", NOW), {"message"}),
    "note": (lambda case: case.note("Called", "m1", NOW), {"note"}),
    "weigh": (lambda case: case.weigh("debts", "used", None, "m1", NOW), {"measure"}),
    "weigh again": (lambda case: case.weigh("rent", "used", None, "m1", NOW), {"measure"}),
    "hear_wish": (lambda case: case.hear_wish(case.measures[0], "yes"), {"measure"}),
    "ask_decision": (lambda case: case.ask_decision("rent", "m1", "m2", TODAY, "?", NOW), {"decision"}),
    "decide": (lambda case: case.decide(case.decisions[0], "yes", None, NOW), {"decision"}),
    "resolve": (lambda case: case.resolve("Call", None, TODAY, "m1", NOW), {"resolution"}),
    "carry_out": (lambda case: case.carry_out(case.resolutions[0], NOW), {"resolution"}),
    "go_to_the_limit": (lambda case: case.go_to_the_limit("all", "there", "m1", NOW), {"effort"}),
    "hand_over": (lambda case: case.hand_over("m2", "Knows nobody", NOW), {"handover", "cases"}),
    "take_in": (lambda case: case.take_in(case.handovers[0], NOW), {"handover"}),
    "share": (lambda case: case.share(NOW), {"cases"}),
    "assign": (lambda case: case.assign("m2"), {"cases"}),
    "confirm_share": (lambda case: case.confirm_share(case.actions[0], NOW), {"consent"}),
    "decline_share": (lambda case: case.decline_share(case.actions[0], NOW), {"consent"}),
    "let_prison_read": (lambda case: case.let_prison_read(case.actions[0], False, NOW, "1"), {"consent"}),
    "tell_answer": (lambda case: case.tell_answer(case.actions[0], NOW, ZONE), {"due"}),
    "change_prison": (lambda case: case.change_prison("PI Leeuwarden", NOW, ZONE), {"cases", "consent", "due"}),
    "end_shares": (lambda case: case.end_shares("closed"), {"consent"}),
}


@pytest.mark.parametrize("verb", VERBS)
def test_what_a_verb_changes_is_written(case: Case, verb: str) -> None:
    do, tables = VERBS[verb]
    do(case)
    assert set(case.touched) == tables
    lists = [
        *(case.actions, case.flags, case.contacts, case.consents, case.messages, case.reminders, case.notes),
        *(case.measures, case.decisions, case.handovers, case.stories, case.resolutions, case.efforts, [case]),
    ]
    known = {row.id: row for rows in lists for row in rows}
    for table, rows in case.touched.items():
        for row_id, row in rows.items():
            assert known[row_id] is row, table


@pytest.mark.parametrize(
    "do",
    [
        lambda case: case.count_questions(None),
        lambda case: case.press(0),
        lambda case: case.know("unknown", None),
        lambda case: case.attend(None),
        lambda case: case.forget_answer("never said"),
        lambda case: case.keep_private(lambda _domain, _proposal: False),
        lambda case: case.raise_flag("eviction", "housing", "high", "why", NOW),
        lambda case: case.change_prison("PI Veenhuizen", NOW, ZONE),
        lambda case: case.cancel_reminders("x", kinds=("check_in",)),
        lambda case: case.answered(NOW, "help"),
        lambda case: case.read("worker", NOW),
        lambda case: case.look_at_flags(NOW),
    ],
)
def test_what_changes_nothing_writes_nothing(case: Case, do: Callable[[Case], object]) -> None:
    do(case)
    assert case.touched == {}
