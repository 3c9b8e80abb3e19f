"""What those who help do in a case: notes, measures, decisions, what a meeting decided, efforts, and who has it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from storage.case.case import Case
from storage.case.case_parts import Identity

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
TODAY = date(2026, 11, 24)


@pytest.fixture
def case() -> Case:
    return Case("c1", "GR-AAAAA", "Groningen", "Groningen", NOW, Identity("Sam", "Postma", 2002, "Z1"))


def test_a_note_says_who_wrote_it_and_when(case: Case) -> None:
    case.helpers.note("Called", "m1", NOW)
    (note,) = case.notes
    assert (note.text, note.by, note.at) == ("Called", "m1", NOW)


def test_a_later_word_on_a_measure_takes_the_place_of_the_former(case: Case) -> None:
    other = case.helpers.weigh("debts", "considered", None, "m1", NOW)
    rent = case.helpers.weigh("rent", "considered", "too dear", "m1", NOW)
    assert (rent.code, rent.decision, rent.reason, rent.by, rent.at) == ("rent", "considered", "too dear", "m1", NOW)
    case.helpers.hear_wish(rent, "unsure")
    again = case.helpers.weigh("rent", "used", None, "m2", LATER)
    assert again is rent
    assert (rent.decision, rent.reason, rent.by, rent.at, rent.wish) == ("used", None, "m2", LATER, "unsure")
    assert (other.decision, other.by) == ("considered", "m1")
    assert case.measures == [other, rent]


def test_a_colleague_is_asked_to_decide_and_answers(case: Case) -> None:
    row = case.helpers.ask_decision("rent", "m1", "m2", TODAY, "May we?", NOW)
    assert case.decisions == [row]
    assert (row.measure, row.asked_by, row.asked_of, row.asked_at) == ("rent", "m1", "m2", NOW)
    assert (row.decide_by, row.question, row.answer, row.answered_at) == (TODAY, "May we?", None, None)
    case.helpers.decide(row, "yes", "for three months", LATER)
    assert (row.answer, row.explanation, row.answered_at) == ("yes", "for three months", LATER)


def test_what_a_meeting_decided_is_done_once(case: Case) -> None:
    row = case.helpers.resolve("Call the landlord", "m1", TODAY, "m2", NOW)
    assert case.resolutions == [row]
    assert (row.text, row.owner, row.due, row.by, row.at) == ("Call the landlord", "m1", TODAY, "m2", NOW)
    case.helpers.carry_out(row, NOW)
    case.helpers.carry_out(row, LATER)
    assert row.done_at == NOW


def test_what_was_tried_to_the_limit_says_where_it_stopped(case: Case) -> None:
    row = case.helpers.go_to_the_limit("everything", "at the door", "m1", NOW)
    assert case.efforts == [row]
    assert (row.tried, row.stopped, row.by, row.at) == ("everything", "at the door", "m1", NOW)


def test_a_case_that_is_handed_over_waits_until_the_new_one_has_read_of_it(case: Case) -> None:
    assert case.helpers.unread_handover is None
    case.helpers.assign("m1")
    case.helpers.hand_over("m2", "Knows nobody", NOW)
    row = case.helpers.unread_handover
    assert row is not None
    assert (row.from_, row.to, row.summary, row.at, case.worker) == ("m1", "m2", "Knows nobody", NOW, "m2")
    case.helpers.hand_over("m3", "Still nobody", LATER)
    assert case.helpers.unread_handover is case.handovers[-1] is not row
    case.helpers.take_in(case.handovers[-1], NOW)
    case.helpers.take_in(case.handovers[-1], LATER)
    assert case.handovers[-1].seen_at == NOW
    assert case.helpers.unread_handover is None


def test_what_was_written_for_one_worker_is_not_for_the_next_one_who_gets_it(case: Case) -> None:
    case.helpers.hand_over("m2", "Knows nobody", NOW)
    case.helpers.assign("m3")
    assert case.helpers.unread_handover is None
    assert case.worker == "m3"


def test_a_case_is_opened_to_the_coordinator_until_a_moment_or_no_more(case: Case) -> None:
    case.helpers.let_coordinator_read(LATER)
    assert case.shared_until == LATER
    case.helpers.let_coordinator_read(None)
    assert case.shared_until is None
