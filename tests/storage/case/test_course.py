"""The course of a case: the day, what came of it, being inside, free and closed, and the phone that somebody has."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.case.case import Case
from storage.case.case_parts import Identity
from storage.case.postponement import ask_from, open_request
from storage.case.verbs.course import phase_of

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
TODAY = date(2026, 11, 24)
DAY = timedelta(days=1)
ZONE = ZoneInfo("Europe/Amsterdam")


@pytest.fixture
def case() -> Case:
    return Case("c1", "GR-AAAAA", "Groningen", "Groningen", NOW, Identity("Sam", "Postma", 2002, "Z1"))


@pytest.mark.parametrize(
    ("outcome", "phase", "arrived"),
    [
        ("reported", "held", TODAY),
        ("arrested", "held", TODAY - DAY),
        ("absent", "coming", None),
        ("postponed", "coming", None),
        ("cancelled", "coming", None),
    ],
)
def test_who_reported_or_was_arrested_is_inside_from_that_day_on(
    case: Case, outcome: str, phase: str, arrived: date | None
) -> None:
    case.course.confirm_date(TODAY, "self")
    case.course.record_outcome(outcome, TODAY - DAY)
    assert (case.outcome, case.phase, case.arrived_on) == (outcome, phase, arrived)


def test_who_reported_without_a_day_did_so_on_the_day_that_is_told(case: Case) -> None:
    case.course.record_outcome("reported", TODAY)
    assert (case.phase, case.arrived_on) == ("held", TODAY)


@pytest.mark.parametrize(("day", "phase"), [(TODAY, "coming"), (None, "waiting")])
def test_an_outcome_that_was_noted_by_mistake_leaves_nothing_behind(case: Case, day: date | None, phase: str) -> None:
    if day is not None:
        case.course.confirm_date(day, "self")
    case.course.record_outcome("arrested", TODAY)
    case.course.known_inside(TODAY)
    case.course.expect_release(TODAY + 9 * DAY)
    case.course.record_outcome("absent")
    assert (case.phase, case.arrived_on, case.inside_on, case.release_date) == (phase, None, None, None)


def test_what_is_noted_of_a_day_does_not_bring_back_who_is_free(case: Case) -> None:
    case.course.record_outcome("arrested", TODAY)
    case.course.release(TODAY + DAY)
    case.course.record_outcome("absent")
    assert (case.phase, case.release_date) == ("free", TODAY + DAY)


def test_who_is_out_is_free_from_that_day_on_until_the_formal_end_on_leave(case: Case) -> None:
    case.course.record_outcome("arrested", TODAY)
    case.course.known_inside(TODAY)
    case.course.release(TODAY + DAY, TODAY + 9 * DAY)
    assert (case.phase, case.release_date, case.formal_release) == ("free", TODAY + DAY, TODAY + 9 * DAY)
    assert case.inside_on is None


def test_a_closed_case_says_why_and_since_when_and_nothing_of_it_goes_out(case: Case) -> None:
    planned, leaving, sent = (case.schedule.remind("check_in", TODAY, time(10), ZONE) for _ in range(3))
    leaving.state, sent.state = "leaving", "sent"
    case.course.close("moved away", TODAY)
    assert (case.phase, case.closed_reason, case.closed_on) == ("closed", "moved away", TODAY)
    assert [row.state for row in case.reminders] == ["cancelled", "cancelled", "sent"]
    assert planned.reason == leaving.reason == "case closed"


@pytest.mark.parametrize(
    ("outcome", "out", "said_inside", "day", "phase"),
    [
        ("reported", False, False, True, "held"),
        ("arrested", True, False, True, "free"),
        ("arrested", True, True, True, "held"),  # a day of release that was only expected
        ("absent", False, False, True, "coming"),
        (None, False, False, False, "waiting"),
    ],
)
def test_a_case_that_goes_on_after_all_goes_on_where_it_was(
    case: Case, outcome: str | None, out: bool, said_inside: bool, day: bool, phase: str
) -> None:
    if day:
        case.course.confirm_date(TODAY, "self")
    if outcome:
        case.course.record_outcome(outcome, TODAY)
    if out:
        case.release_date = TODAY + DAY
    if said_inside:
        case.course.known_inside(TODAY)
    case.course.close("by mistake", TODAY)
    case.course.reopen()
    assert (case.phase, case.closed_reason, case.closed_on) == (phase, None, None)


def test_who_tells_the_day_of_release_knows_the_person_inside(case: Case) -> None:
    case.course.expect_release(TODAY + DAY, TODAY)
    assert (case.release_date, case.inside_on) == (TODAY + DAY, None)  # nobody is inside
    case.course.record_outcome("arrested", TODAY - DAY)
    case.course.expect_release(TODAY + 2 * DAY)
    assert case.inside_on is None
    case.course.expect_release(TODAY + 3 * DAY, TODAY)
    assert (case.release_date, case.inside_on) == (TODAY + 3 * DAY, TODAY)


@pytest.mark.parametrize("outcome", ["postponed", "absent", "cancelled"])
def test_another_day_is_another_call_up(case: Case, outcome: str) -> None:
    case.course.confirm_date(TODAY, "self")
    case.course.record_outcome(outcome)
    case.course.confirm_date(TODAY, "worker")
    assert (case.outcome, case.date_confirmed_by) == (outcome, "worker")
    case.list_withdrew = True
    case.course.confirm_date(TODAY + 9 * DAY, "self")
    assert (case.outcome, case.list_withdrew, case.confirmed_date) == (None, False, TODAY + 9 * DAY)


def test_a_day_does_not_bring_out_who_is_inside(case: Case) -> None:
    case.course.confirm_date(TODAY, "self")
    case.course.record_outcome("reported")
    case.course.confirm_date(TODAY + DAY, "worker")
    assert (case.outcome, case.phase) == ("reported", "held")
    case.course.list_date(TODAY + 2 * DAY)
    assert case.phase == "held"
    case.course.withdraw_date()
    assert (case.phase, case.reporting_date, case.date_confirmed_by) == ("held", None, None)


def test_a_list_says_a_day_until_the_letter_does_and_what_it_takes_back_is_remembered(case: Case) -> None:
    case.course.list_date(None)
    assert (case.list_withdrew, case.phase) == (False, "waiting")  # it never named one
    case.course.list_date(TODAY)
    assert (case.overview_date, case.reporting_date, case.phase) == (TODAY, TODAY, "coming")
    for _ in range(2):
        case.course.list_date(None)
        assert (case.list_withdrew, case.phase, case.reporting_date) == (True, "waiting", None)
    case.course.list_date(TODAY)
    assert case.list_withdrew is False
    case.course.record_outcome("arrested", TODAY)
    case.course.list_date(None)
    assert (case.phase, case.reporting_date) == ("held", None)
    case.course.release(TODAY)
    case.course.list_date(TODAY)
    assert case.phase == "free"


def test_a_day_that_a_letter_takes_back_makes_the_case_wait(case: Case) -> None:
    case.course.confirm_date(TODAY, "self")
    case.course.withdraw_date()
    assert (case.phase, case.reporting_date, case.confirmed_date) == ("waiting", None, None)


def test_days_are_counted_to_the_day_and_may_be_past(case: Case) -> None:
    assert case.days_left(TODAY) is None
    case.course.list_date(TODAY + 9 * DAY)
    assert (case.days_left(TODAY), case.days_left(TODAY + 10 * DAY)) == (9, -1)


def test_first_times_are_kept_once(case: Case) -> None:
    case.figures.mark(TODAY, TODAY - 2 * DAY)
    assert (case.first_listed_on, case.first_action_on, case.plan_agreed_on) == (TODAY - 2 * DAY, None, None)
    case.listed_on = TODAY
    case.plan.propose("work", "self", "before", "x", None, None)
    case.figures.mark(TODAY, TODAY)
    assert (case.first_listed_on, case.first_action_on) == (TODAY - 2 * DAY, None)
    by_worker = case.plan.propose("work", "worker", "before", "x", None, None, by="worker")
    case.plan.agree(by_worker)
    case.figures.mark(TODAY, TODAY)
    assert (case.first_action_on, case.plan_agreed_on) == (TODAY, None)  # it asks for nobody's agreement
    case.plan.propose("work", "self", "before", "x", None, None, by="worker").status = "done"
    case.figures.mark(TODAY + DAY, TODAY)
    assert (case.first_action_on, case.plan_agreed_on) == (TODAY, TODAY + DAY)
    case.figures.mark(TODAY + 2 * DAY, TODAY)
    assert (case.first_action_on, case.plan_agreed_on) == (TODAY, TODAY + DAY)


def test_a_case_of_a_list_first_stood_on_it(case: Case) -> None:
    case.listed_on = TODAY - 5 * DAY
    case.figures.mark(TODAY, TODAY)
    assert case.first_listed_on == TODAY - 5 * DAY


def test_what_a_worker_agrees_on_with_the_person_is_their_plan(case: Case) -> None:
    case.plan.agree(case.plan.propose("work", "worker", "before", "x", None, None))  # the person asked for it
    case.figures.mark(TODAY, TODAY)
    assert case.plan_agreed_on == TODAY


def test_a_fact_is_yes_no_or_unknown(case: Case) -> None:
    for fact, known in (("home", True), ("home", False), ("work", True), ("home", None)):
        case.figures.know(fact, known)
    assert case.facts == {"work": True}
    case.figures.know("home", False)
    assert case.facts == {"work": True, "home": False}


@pytest.mark.parametrize(
    ("known", "stored", "waits", "fetched"),
    [
        (True, True, True, True),
        (False, True, False, False),
        (None, True, False, True),
        (None, True, True, False),
        (None, False, False, False),
    ],
)
def test_whether_somebody_is_fetched_is_as_it_was_until_it_is_known(
    case: Case, known: bool | None, stored: bool, waits: bool, fetched: bool
) -> None:
    if known is not None:
        case.course.know_collected(known)
    if stored:
        case.stored.add(case.id)
    if waits:
        case.waiting["nobody_to_collect"] = NOW
    assert case.course.collected is fetched


def test_an_alarm_is_given_once_for_each_moment(case: Case) -> None:
    case.attention.needed_by(LATER)
    assert (case.attend_by, case.alarmed_until) == (LATER, None)
    case.attention.alarm()
    assert case.alarmed_until == LATER


def test_who_comes_in_is_there_since_the_first_time_and_is_reached(case: Case) -> None:
    case.reach.messages_arrive(False, NOW)
    case.reach.messages_arrive(False, LATER)
    assert case.unreachable_since == NOW
    case.reach.joined(NOW)
    case.reach.joined(LATER)
    assert (case.joined_at, case.unreachable_since) == (NOW, None)
    case.reach.messages_arrive(False, LATER)
    case.reach.messages_arrive(True, LATER)
    assert case.unreachable_since is None


def test_a_case_has_begun_with_a_phone_an_answer_or_what_they_agreed_to(case: Case) -> None:
    case.plan.propose("work", "worker", "before", "x", None, None, by="worker")
    assert case.person.has_begun is False
    case.plan.propose("work", "self", "before", "x", None, None)
    assert case.person.has_begun is True
    case.actions.clear()
    case.person.answer("wish", "money", NOW)
    assert case.person.has_begun is True
    case.person.forget_answer("wish")
    assert case.person.has_begun is False
    case.reach.joined(NOW)
    assert case.person.has_begun is True


def test_another_phone_waits_for_a_yes_and_asks_once_to_be_called(case: Case) -> None:
    case.door.knock("018f6f1e-0000-7000-8000-00000000002a".replace("-", ""), NOW)
    assert (case.new_phone_at, case.door.number) == (NOW, 10 + 42)
    assert case.door.ask_call(NOW) is True
    assert case.door.ask_call(LATER) is False
    assert case.call_asked_at == NOW
    case.door.knock("f" * 32, LATER)
    assert (case.new_phone, case.new_phone_at, case.call_asked_at) == ("f" * 32, LATER, None)
    assert case.door.number == 10 + int("f" * 12, 16) % 90
    case.door.ask_call(LATER)
    case.door.answer()
    assert (case.new_phone, case.new_phone_at, case.call_asked_at) == (None, None, None)


def test_who_begins_with_a_code_that_we_showed_answers_no_former_letter(case: Case) -> None:
    case.reach.contacted("letter", "out", NOW - 9 * DAY)
    case.reach.contacted("letter", "in", NOW + DAY)
    case.reach.began(NOW, LATER)
    assert case.reach.letter_at == NOW - 9 * DAY
    assert [(c.kind, c.direction, c.on) for c in case.contacts[2:]] == [("chat", "out", LATER), ("chat", "in", LATER)]
    assert case.joined_at == LATER


@pytest.mark.parametrize("letters", [[], [NOW], [NOW - DAY, NOW]])
def test_who_begins_with_the_code_of_a_letter_answers_it(case: Case, letters: list[datetime]) -> None:
    for on in letters:
        case.reach.contacted("letter", "out", on)
    case.reach.began(NOW, LATER)
    assert [(c.kind, c.direction) for c in case.contacts[len(letters) :]] == [("chat", "in")]
    assert case.reach.letter_at == (letters[0] if letters else None)


def test_a_case_is_as_pressing_as_the_worst_flag_that_stands(case: Case) -> None:
    assert case.signals.level == "none"
    case.signals.raise_flag("no_id", "identity", "high", "why", NOW)
    urgent = case.signals.raise_flag("eviction", "housing", "urgent", "why", NOW)
    assert case.signals.level == "urgent"
    case.signals.overrule(urgent, "a slip", NOW)
    assert case.signals.level == "high"


def test_what_is_told_of_it_is_kept_as_it_is_told(case: Case) -> None:
    case.reach.by("visit")
    case.figures.know_care(True)
    case.person.count_questions(7)
    case.attention.press(3)
    case.person.speak("pl")
    case.reach.invited(NOW)
    assert (case.channel, case.known_to_care, case.questions_left, case.pressing) == ("visit", True, 7, 3)
    assert (case.language, case.invited_at) == ("pl", NOW)
    case.person.tell("helped", "after", "Anneke called", NOW)
    (story,) = case.stories
    assert (story.kind, story.moment, story.text, story.at) == ("helped", "after", "Anneke called", NOW)


DOINGS: dict[str, Callable[[Case], object]] = {
    "a list": lambda case: case.course.list_date(TODAY + 9 * DAY),
    "a list without": lambda case: case.course.list_date(None),
    "a letter": lambda case: case.course.confirm_date(TODAY, "self"),
    "a letter takes it back": lambda case: case.course.withdraw_date(),
    "reported": lambda case: case.course.record_outcome("reported"),
    "arrested": lambda case: case.course.record_outcome("arrested", TODAY),
    "stayed away": lambda case: case.course.record_outcome("absent", by="self"),
    "put off": lambda case: case.course.record_outcome("postponed"),
    "called off": lambda case: case.course.record_outcome("cancelled"),
    "asks for another day": lambda case: case.course.ask_postponement(TODAY, "worker"),
    "another day refused": lambda case: case.course.refuse_postponement(TODAY, "worker"),
    "seen inside": lambda case: case.course.known_inside(TODAY),
    "a day of release": lambda case: case.course.expect_release(TODAY + 20 * DAY, TODAY),
    "free": lambda case: case.course.release(TODAY, by="self"),
    "closed": lambda case: case.course.close("finished", TODAY),
    "opened again": lambda case: case.course.reopen(TODAY),
}


@given(st.lists(st.sampled_from(sorted(DOINGS)), max_size=12))
def test_over_any_history_the_phase_follows_from_what_happened(doings: list[str]) -> None:
    case = Case("c1", "GR-AAAAA", "Groningen", "Groningen", NOW, Identity("Sam", "Postma", 2002, "Z1"))
    for doing in doings:
        before = len(case.events)
        DOINGS[doing](case)
        assert case.phase == phase_of(case.events, case.reporting_date is not None)
        assert [event.position for event in case.events] == list(range(len(case.events)))
        assert all(event.id in case.touched["event"] for event in case.events[before:])
        for event in case.events[before:]:
            assert event.by == ("self" if doing in ("stayed away", "free", "a letter") else "worker")


def test_another_day_is_asked_for_until_there_is_a_decision(case: Case) -> None:
    assert not case.course.ask_postponement(TODAY, "self")  # there is no day
    case.course.confirm_date(TODAY + 9 * DAY, "self")
    assert case.course.ask_postponement(TODAY, "self")
    asked = open_request(case)
    assert asked is not None
    assert (asked.day, asked.by, case.reporting_date, case.phase) == (TODAY, "self", TODAY + 9 * DAY, "coming")
    case.course.confirm_date(TODAY + 9 * DAY, "worker")  # the same letter, read once more
    assert open_request(case) is asked
    case.course.confirm_date(TODAY + 60 * DAY, "worker")
    assert open_request(case) is None
    assert [event.what for event in case.events] == ["postpone_asked", "postpone_granted"]
    assert case.course.ask_postponement(TODAY, "worker")
    case.course.record_outcome("arrested", TODAY)
    assert open_request(case) is None


@pytest.mark.parametrize("put_off", [True, False])
def test_a_day_that_was_put_off_leaves_no_request_open_beside_the_next_letter(case: Case, put_off: bool) -> None:
    """Whoever got another day would read that an old request still waits, and their helper would be asked after it."""
    case.course.confirm_date(TODAY + 9 * DAY, "self")
    case.course.ask_postponement(TODAY, "self")
    if put_off:
        case.course.record_outcome("postponed")
    case.course.withdraw_date()
    case.course.confirm_date(TODAY + 60 * DAY, "self")
    assert (case.phase, case.outcome, open_request(case)) == ("coming", None, None)


@pytest.mark.parametrize(("ahead", "asks"), [(60, 14), (21, 14), (14, 7), (8, 1), (5, 0), (0, 0)])
def test_what_was_decided_is_asked_after_two_weeks_or_a_week_before_the_day(case: Case, ahead: int, asks: int) -> None:
    case.course.confirm_date(TODAY + ahead * DAY, "self")
    case.course.ask_postponement(TODAY, "self")
    assert ask_from(case) == TODAY + asks * DAY
