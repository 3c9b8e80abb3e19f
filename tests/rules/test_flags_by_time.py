"""Signals that come with time alone: near the day, on the day, after it, and after two weeks of silence."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from conversations.content.checklist.model import Checklist
from conversations.rules.flags import pressing, review
from storage.case.case import Case
from storage.case.case_parts import Answer, Identity
from storage.clock import instant

CHECKLIST = Checklist.load()
ZONE = ZoneInfo("Europe/Amsterdam")
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 24)
DAY = timedelta(days=1)


@pytest.fixture
def case() -> Case:
    return Case("c1", "GR-AAAAA", "Groningen", "Groningen", NOW, Identity("Sam", "Postma", 2002, "Z1"))


def midnight(days: int) -> datetime:
    """Return the beginning of a day on the wall, so many days from today."""
    return instant(TODAY + days * DAY, time(0), ZONE)


def stands(case: Case, now: datetime = NOW) -> set[str]:
    """Return what stands after a review at a moment."""
    review(CHECKLIST, case, now, ZONE)
    return {flag.flag for flag in case.flags if flag.stands}


@pytest.mark.parametrize(("days", "near"), [(21, False), (20, True), (1, True), (0, True), (-1, False), (None, False)])
def test_an_expired_card_is_a_signal_within_three_weeks_of_the_day_and_on_it(
    case: Case, days: int | None, near: bool
) -> None:
    case.person.answer("id", "expired", NOW)
    if days is not None:
        case.course.list_date(TODAY + days * DAY)
    assert ("no_id" in stands(case)) is near


def test_it_is_so_only_for_who_is_called_up(case: Case) -> None:
    case.person.answer("id", "expired", NOW)
    case.course.list_date(TODAY + 3 * DAY)
    case.course.record_outcome("arrested", TODAY)
    assert "no_id" not in stands(case)


@pytest.mark.parametrize(("days", "near"), [(7, False), (6, True), (0, True), (-1, False)])
def test_a_high_signal_that_stands_open_is_one_more_within_a_week(case: Case, days: int, near: bool) -> None:
    case.person.answer("safe", "no", NOW)
    case.course.list_date(TODAY + days * DAY)
    new = review(CHECKLIST, case, NOW, ZONE)
    assert {flag.flag for flag in new} == ({"unsafe_home", "open_high"} if near else {"unsafe_home"})
    rules = {rule.id: rule for rule in CHECKLIST.flags}
    for flag in new:
        rule = rules[flag.flag]
        assert (flag.domain, flag.level, flag.reason, flag.since) == (rule.domain, rule.level, rule.reason, NOW)


def test_what_was_overruled_is_not_open_and_it_does_not_keep_itself_up(case: Case) -> None:
    case.course.list_date(TODAY + 3 * DAY)
    high = case.signals.raise_flag("crisis_words", "health", "urgent", "why", NOW)
    assert stands(case) == {"crisis_words", "open_high"}
    case.signals.overrule(high, "about a film", NOW)
    assert stands(case) == set()


def test_what_is_not_high_is_not_open(case: Case) -> None:
    case.course.list_date(TODAY + 3 * DAY)
    case.signals.raise_flag("crisis_words", "health", "medium", "why", NOW)
    assert stands(case) == {"crisis_words"}


def test_a_worrying_domain_is_open_until_something_is_done_in_it(case: Case) -> None:
    case.course.list_date(TODAY + 3 * DAY)
    signalled = {c.question for rule in CHECKLIST.flags for c in (*rule.when, *rule.any_of)}
    worrying = next(
        q for q in CHECKLIST.questions if not q.when and "high" in q.levels.values() and q.id not in signalled
    )
    case.person.answer(worrying.id, next(name for name, level in worrying.levels.items() if level == "high"), NOW)
    assert stands(case) == {"open_high"}
    action = case.plan.propose(worrying.domain, "self", "before", "x", None, None)
    case.plan.agree(action)
    assert stands(case) == {"open_high"}
    case.plan.settle(action, "done", "done")
    assert stands(case) == set()


def test_what_only_a_worker_asks_counts_as_open_too(case: Case) -> None:
    case.course.list_date(TODAY + 3 * DAY)
    case.person.answer("safe", "no", NOW, "worker")
    assert {"unsafe_home", "open_high"} <= stands(case)


@pytest.mark.parametrize(("days", "silent"), [(13, False), (14, True)])
def test_two_weeks_after_a_letter_silence_is_a_signal(case: Case, days: int, silent: bool) -> None:
    case.reach.contacted("letter", "out", NOW)
    assert ("no_contact" in stands(case, NOW + days * DAY)) is silent


@pytest.mark.parametrize(
    ("days", "again"),
    [
        # The first midnight at which something counts that did not: three weeks, two, one; then the day is past.
        (40, midnight(40 - 20)),
        (20, midnight(20 - 13)),
        (13, midnight(13 - 6)),
        (6, midnight(7)),
        (0, midnight(1)),
        (-1, None),
    ],
)
def test_it_is_known_when_time_alone_changes_a_signal(case: Case, days: int, again: datetime | None) -> None:
    case.course.list_date(TODAY + days * DAY)
    review(CHECKLIST, case, NOW, ZONE)
    assert case.flags_reviewed
    assert case.flags_look_at == again


def test_silence_is_looked_at_when_its_days_are_over(case: Case) -> None:
    case.reach.contacted("letter", "out", NOW)
    review(CHECKLIST, case, NOW, ZONE)
    assert case.flags_look_at == NOW + 14 * DAY
    review(CHECKLIST, case, NOW + 14 * DAY, ZONE)
    assert case.flags_look_at is None


def test_a_closed_case_is_not_looked_at_again(case: Case) -> None:
    case.person.answer("safe", "no", NOW)
    case.course.list_date(TODAY + 40 * DAY)
    case.course.close("done", TODAY)
    assert review(CHECKLIST, case, NOW, ZONE) == []
    assert (case.flags, case.flags_look_at) == ([], None)


def test_a_review_closes_what_is_private_by_now_and_knows_who_is_fetched(case: Case) -> None:
    private = next(p for p in CHECKLIST.proposals if CHECKLIST.private.of_action(p.domain, p.id))
    action = case.plan.propose("work", "self", "before", private.text, None, None)
    assert action.private is False
    action.domain, action.proposal = private.domain, private.id
    (question,) = [q for q in CHECKLIST.questions if q.means == "collecting"]
    fetched = next(o.id for o in question.options if CHECKLIST.is_collected({question.id: Answer(o.id, NOW)}))
    case.person.answer(question.id, fetched, NOW)
    review(CHECKLIST, case, NOW, ZONE)
    assert action.private is True
    assert case.course.collected is True


@pytest.mark.parametrize(("phase", "days", "more"), [("coming", 0, 1), ("coming", -1, 0), ("held", 3, 0)])
def test_the_day_itself_is_pressing_too_and_what_is_past_is_not(case: Case, phase: str, days: int, more: int) -> None:
    case.person.answer("letter", "no_day", NOW)
    case.person.answer("address", "unknown", NOW)
    plain = pressing(CHECKLIST, case, TODAY)
    assert plain == 2
    case.course.list_date(TODAY + days * DAY)
    case.phase = phase
    assert pressing(CHECKLIST, case, TODAY) == plain + more


def test_nothing_is_more_pressing_than_the_most_pressing(case: Case) -> None:
    case.person.answer("letter", "no_day", NOW)
    case.person.answer("address", "unknown", NOW)
    case.signals.raise_flag("crisis_words", "health", "urgent", "why", NOW)
    case.course.list_date(TODAY + 3 * DAY)
    assert pressing(CHECKLIST, case, TODAY) == 4


def test_what_was_put_away_helps_no_more(case: Case) -> None:
    case.person.answer("letter", "no_day", NOW)
    case.person.answer("address", "unknown", NOW)
    case.course.list_date(TODAY + 3 * DAY)
    assert pressing(CHECKLIST, case, TODAY) == 3
    for proposal in CHECKLIST.proposals:
        case.plan.settle(case.plan.propose(proposal.domain, "self", "before", "x", None, proposal.id), "dropped", "x")
    assert pressing(CHECKLIST, case, TODAY) == 2
