"""Shares of a case, each word by itself: what was said before, what a prison answered, and what falls due of it."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from storage.case.case import Case
from storage.case.case_parts import Action, Identity
from storage.case.sharing import to_prison
from storage.figures.monitoring import measured
from tests.storage.records import NOW, TODAY, ZONE, after

HERE, THERE, ELSEWHERE = "PI Veenhuizen", "PI Leeuwarden", "PI Zwolle"


def a_case() -> Case:
    return Case("c1", "GR-AAAAA", "Groningen", "Groningen", NOW, Identity("", "", None, None), prison=HERE)


def agreed(case: Case) -> Action:
    action = case.plan.propose("identity", "casemanager", "inside", "ID-kaart", None, None)
    case.plan.agree(action)
    return action


def shared(case: Case) -> Action:
    action = agreed(case)
    case.shares.let_prison_read(action, True, NOW, "1")
    return action


def reminders(case: Case) -> list[tuple[str, str | None, str, str | None]]:
    return [(row.kind, row.action_id, row.state, row.reason) for row in case.reminders]


def test_a_yes_while_no_prison_is_known_says_nothing_anew_to_the_one_of_before() -> None:
    case = a_case()
    action = shared(case)
    case.shares.change_prison(None, NOW, ZONE)
    case.shares.let_prison_read(action, True, after(days=1), "1")
    assert [(row.to, row.at, row.ended) for row in case.consents] == [(to_prison(HERE, action.id), NOW, None)]
    # The same prison is named once more: what was said to it still stands.
    case.shares.change_prison(HERE, NOW, ZONE)
    assert (case.shares.state(action), reminders(case)) == ("asked", [])


def test_who_said_it_by_themselves_is_asked_no_more() -> None:
    case = a_case()
    action = shared(case)
    case.shares.change_prison(THERE, NOW, ZONE)
    case.shares.let_prison_read(action, True, NOW, "1")
    assert reminders(case) == [("share_again", action.id, "cancelled", "said by themselves")]


def test_a_yes_can_be_taken_back_while_it_stands_and_each_action_has_its_own() -> None:
    case = a_case()
    action, other = shared(case), agreed(case)
    assert (case.shares.has_yes(action), case.shares.has_yes(other)) == (True, False)
    case.shares.let_prison_read(action, False, NOW, "1")
    assert not case.shares.has_yes(action)


def test_when_a_prison_said_something_is_kept_and_who_said_nothing_has_no_moment() -> None:
    case = a_case()
    action, other = shared(case), agreed(case)
    assert (case.shares.said_at(action), case.shares.said_at(other)) == (None, None)
    case.shares.confirm(action, after(hours=1))
    assert case.shares.said_at(action) == after(hours=1)
    case.shares.decline(action, after(hours=2))
    assert case.shares.said_at(action) == after(hours=2)


def test_what_was_confirmed_already_or_is_not_shared_is_no_news() -> None:
    case = a_case()
    action, other = shared(case), agreed(case)
    assert case.shares.confirm(action, NOW)
    assert not case.shares.confirm(action, after(hours=1))
    assert not case.shares.confirm(other, NOW)
    assert not case.shares.decline(other, NOW)
    assert case.shares.said_at(action) == NOW


def test_the_figures_count_what_was_shared_until_the_case_closed_and_nothing_beside_it() -> None:
    case = a_case()
    action, other = shared(case), agreed(case)
    case.course.close("finished", TODAY)
    assert (case.shares.was_handed_over(action), case.shares.was_handed_over(other)) == (True, False)
    assert measured(case, TODAY, ZONE)["handed_over"] == 1


def test_who_said_yes_to_another_prison_hears_to_which_one() -> None:
    case = a_case()
    action, other = agreed(case), shared(case)
    assert case.shares.said_yes_before(action) is None
    # Three words, so that the first, the last and the one before it differ.
    for prison in (ELSEWHERE, HERE, THERE):
        case.shares.change_prison(prison, NOW, ZONE)
        case.shares.let_prison_read(action, True, NOW, "1")
    assert case.shares.said_yes_before(action) is None, "it is the one that is known now"
    case.shares.change_prison(ELSEWHERE, NOW, ZONE)
    assert case.shares.said_yes_before(action) == THERE
    assert case.shares.said_yes_before(other) == HERE
    case.shares.let_prison_read(action, False, NOW, "1")
    case.shares.change_prison(HERE, NOW, ZONE)
    assert case.shares.said_yes_before(action) is None, "the last word was no"


def test_of_all_that_ends_nothing_is_asked_or_told_any_more_and_of_one_only_its_own() -> None:
    case = a_case()
    one, other = shared(case), shared(case)
    case.shares.change_prison(THERE, NOW, ZONE)
    case.shares.end("dropped", one)
    assert [state for _, _, state, _ in reminders(case)] == ["planned", "planned"]
    case.shares.tell_answer(other, NOW, ZONE)
    case.shares.end("released")
    assert reminders(case) == [
        ("share_again", one.id, "cancelled", "no longer so"),
        ("share_again", other.id, "cancelled", "no longer so"),
        ("share_answered", other.id, "cancelled", "no longer so"),
    ]


def test_an_end_is_told_also_after_one_that_still_stands_and_never_of_a_yes_that_was_given_once_more() -> None:
    case = a_case()
    stands, gone = shared(case), shared(case)
    case.shares.let_prison_read(stands, True, NOW, "1")
    assert case.shares.tell_ends(NOW) == [], "a yes that was given once more still stands"
    case.plan.settle(gone, "dropped", "taken away", TODAY)
    assert case.shares.state(stands) == "asked"
    assert case.shares.tell_ends(NOW) == [HERE]


def test_a_prison_reads_nothing_of_who_is_free_nor_of_what_is_not_agreed_or_not_its_to_do() -> None:
    case = a_case()
    proposed = case.plan.propose("identity", "casemanager", "inside", "ID-kaart", None, None)
    of_another = agreed(case)
    case.plan.pass_on(of_another, "worker")
    for action in (proposed, of_another):
        case.shares.let_prison_read(action, True, NOW, "1")
        assert case.shares.state(action) == "not_shared"
    case.plan.agree(proposed)
    assert case.shares.state(proposed) == "asked"
    case.course.release(TODAY)
    case.shares.let_prison_read(proposed, True, NOW, "1")
    assert case.shares.state(proposed) == "not_shared"


def test_what_a_prison_said_is_told_at_once_by_the_clock_on_the_wall() -> None:
    case = a_case()
    action = shared(case)
    case.shares.tell_answer(action, NOW + timedelta(microseconds=7), ZONE)
    told = case.reminders[0]
    assert (told.day, told.at, told.zone, told.due_at) == (TODAY, time(10), "Europe/Amsterdam", NOW)
    # The hour that comes twice when summer ends: a rule of the wall knows its first one only.
    case.shares.tell_answer(action, datetime(2026, 10, 25, 1, 30, tzinfo=UTC), ZONE)
    again = case.reminders[1]
    assert (again.at, again.at.fold) == (time(2, 30), 0)
    assert (told.state, told.reason) == ("cancelled", "told anew")


def test_a_prison_reads_it_from_the_waiting_for_a_day_until_the_release_and_also_once_it_is_done() -> None:
    case = a_case()
    action = shared(case)
    assert case.shares.state(action) == "asked"
    case.course.confirm_date(TODAY, "self")
    assert case.shares.state(action) == "asked"
    case.course.record_outcome("reported")
    case.plan.settle(action, "done", "done")
    assert (case.phase, case.shares.state(action)) == ("held", "asked")
