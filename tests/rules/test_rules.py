"""The rules over the checklist: pure. That every way through it can be walked is proved in test_proof.py."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from conversations.content.checklist.model import UNKNOWN, UNSAID, Checklist, FlagRule, Proposal, Question
from conversations.rules import checklist_rules
from conversations.rules.checklist_rules import Situation
from conversations.rules.flags import review
from storage.case.case import Case
from storage.case.case_parts import Answer, Identity

CHECKLIST = Checklist.load()
PACKAGED = Path(checklist_rules.__file__).parents[1] / "content" / "packaged" / "checklist.toml"
NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
TODAY = NOW.date()
CALM, NEAR, SHARED = Situation(), Situation(days_left=9), Situation(own_phone=False)


def answers(**said: str | list[str]) -> checklist_rules.Answers:
    return {question: Answer(value, NOW) for question, value in said.items()}


def question(question_id: str) -> Question:
    found = CHECKLIST.question(question_id)
    assert found is not None
    return found


def choices(asked: Question) -> list[str]:
    own = [o.id for o in asked.options] + [UNKNOWN, UNSAID]
    match asked.kind:
        case "date":
            return ["2027-03-09", *own]
        case "wish":
            return [d.id for d in CHECKLIST.wishes] + own
        case _:
            return own


def asked(said: checklist_rules.Answers, situation: Situation = CALM) -> list[str]:
    return [q.id for q in checklist_rules.applicable(CHECKLIST, said, situation)]


def test_every_question_of_the_field_is_there_once() -> None:
    numbers = [q.number for q in CHECKLIST.questions]
    # 46 is two: afraid or tense, and voices; the last two are of afterwards.
    assert sorted(numbers) == sorted([*range(1, 64), 46, 76, 78])


@pytest.mark.parametrize("one", CHECKLIST.questions, ids=lambda q: q.id)
def test_every_question_is_explained_with_an_example_and_says_why(one: Question) -> None:
    assert one.help
    assert "Example: " in one.help
    assert one.why
    labels = [o.label for o in one.options]
    assert len(labels) == len(set(labels)) == len({o.symbol for o in one.options})


@pytest.mark.parametrize("part", [*CHECKLIST.proposals, *CHECKLIST.flags], ids=lambda part: part.id)
def test_every_proposal_and_flag_comes_with_some_answer(part: Proposal | FlagRule) -> None:
    for condition in (*part.when, *(part.any_of if isinstance(part, FlagRule) else ())):
        assert set(condition.options) <= set(choices(question(condition.question)))


# The order.


def test_the_wish_is_asked_first_the_letter_next_and_then_the_domain_of_the_wish() -> None:
    assert asked({})[:2] == ["wish", "letter"]
    assert asked(answers(wish="money", letter="day"))[:4] == ["wish", "letter", "date", "bills"]
    assert asked(answers(wish="housing", letter="no_day"))[:3] == ["wish", "letter", "home"]


@pytest.mark.parametrize("said", [*(d.id for d in CHECKLIST.wishes), "other", UNKNOWN, UNSAID])
def test_whatever_is_wished_all_the_same_questions_come(said: str) -> None:
    assert sorted(asked(answers(wish=said))) == sorted(asked(answers(wish="report")))


def test_what_a_question_depends_on_is_asked_before_it_also_out_of_another_domain() -> None:
    order = asked(answers(wish="money", letter="none", income="benefit"))
    assert order.index("bills") < order.index("income") < order.index("benefit") < order.index("home")


def test_with_nine_days_to_go_the_short_route_comes_first_and_the_rest_after_it() -> None:
    said = answers(wish="family", letter="day", income="job", children="alone", home="rent")
    order = asked(said, NEAR)
    assert order[:9] == ["wish", "letter", "date", "prison", "going", "income", "job_known", "job_fear", "children"]
    assert order.index("safe") < order.index("address")
    assert sorted(order) == sorted(asked(said))


@pytest.mark.parametrize(("days", "short"), [(None, False), (28, False), (27, True), (0, True)])
def test_the_short_route_begins_four_weeks_before(days: int | None, short: bool) -> None:
    assert checklist_rules.is_short(CHECKLIST, Situation(days_left=days)) is short


def test_without_a_letter_nothing_is_asked_about_the_day() -> None:
    report = [q for q in asked(answers(wish="money", letter="no_day")) if question(q).domain == "report"]
    assert report == ["wish", "letter", "address", "other_fines", "lawyer", "prison_reads"]


def test_the_question_before_is_the_one_that_was_asked() -> None:
    said = answers(wish="money", letter="no_day")
    before = checklist_rules.previous_question(CHECKLIST, said, CALM, "bills")
    assert before is not None
    assert before.id == "letter"
    assert checklist_rules.previous_question(CHECKLIST, {}, CALM, "wish") is None


# Who asks.


def test_an_unsafe_home_is_asked_about_on_a_phone_of_ones_own_only_and_otherwise_by_a_human() -> None:
    assert "safe" in asked({}, CALM)
    assert "safe" not in asked({}, SHARED)
    assert "safe" in asked({}, Situation(own_phone=False, by_worker=True))
    assert [q.id for q in checklist_rules.workers_own(CHECKLIST, {}, SHARED)] == ["safe"]


def test_who_else_gets_money_at_home_is_asked_by_a_human_alone() -> None:
    said = answers(home="rent")
    assert "housemates" not in asked(said)
    assert "housemates" in asked(said, Situation(by_worker=True))
    assert [q.id for q in checklist_rules.workers_own(CHECKLIST, said, CALM)] == ["housemates"]


def test_what_a_human_was_told_weighs_also_where_the_bot_would_not_ask() -> None:
    stands = checklist_rules.standing(CHECKLIST, answers(safe="no"), SHARED)["family"]
    assert (stands.level, stands.answered) == ("urgent", 1)


@pytest.mark.parametrize(("shares", "own"), [(False, True), (True, False), (None, False)])
def test_a_phone_counts_as_shared_until_its_owner_says_that_it_is_not(shares: bool | None, own: bool) -> None:
    case = Case("c1", "GR-4K7Q2", "Groningen", "Groningen", NOW, Identity("", "", None, None))
    case.shares_phone = shares
    case.reporting_date = TODAY + timedelta(days=9)
    assert checklist_rules.situation_of(case, TODAY) == Situation(
        None, own, phase="waiting"
    )  # a date of the list counts for nothing yet
    case.course.confirm_date(TODAY + timedelta(days=9), "self")
    assert checklist_rules.situation_of(case, TODAY, by_worker=True) == Situation(9, own, True, "coming")
    assert checklist_rules.usual_situation(case, TODAY).by_worker


# What answers weigh.


@pytest.mark.parametrize(
    ("said", "level"),
    [
        ({"letter": "day"}, "none"),
        ({"letter": "none"}, "medium"),
        ({"letter": UNKNOWN}, "medium"),
        ({"letter": UNSAID}, "none"),
        ({"letter": "day", "going": "badly"}, "high"),
        ({"wish": UNKNOWN}, "none"),
        ({}, "none"),
    ],
)
def test_a_domain_is_as_worrying_as_its_most_worrying_answer(said: dict[str, str], level: str) -> None:
    assert checklist_rules.standing(CHECKLIST, answers(**said), CALM)["report"].level == level


@pytest.mark.parametrize(("left", "level"), [(None, "none"), (28, "none"), (27, "medium"), (7, "medium"), (6, "high")])
def test_a_day_weighs_more_the_nearer_it_is(left: int | None, level: str) -> None:
    said = answers(letter="day", date="2027-03-09")
    assert checklist_rules.level_of(question("date"), said, Situation(days_left=left)) == level


@pytest.mark.parametrize(
    ("value", "level"),
    [
        (["rent"], "none"),
        (["rent", "care"], "low"),
        (["care", "kids"], "medium"),
        (["gone", "care"], "low"),
        (["none"], "none"),
        ("kids", "medium"),  # kept when only one could be chosen
        (UNKNOWN, "medium"),
    ],
)
def test_of_several_answers_the_worst_counts(value: str | list[str], level: str) -> None:
    assert checklist_rules.level_of(question("allowances"), answers(allowances=value)) == level


def test_one_of_several_answers_is_enough_for_a_condition() -> None:
    found = checklist_rules.proposals(CHECKLIST, answers(allowances=["rent", "care"]), set(), None)
    assert [p.id for p in found] == ["tell_allowances", "allowances_again"]
    assert not checklist_rules.proposals(CHECKLIST, answers(allowances=["none"]), set(), None)


def test_no_i_do_not_know_i_would_rather_not_say_and_no_answer_are_four_things() -> None:
    def of(**said: str) -> tuple[str, bool, bool, list[str]]:
        held = answers(wish="report", letter="none", **said)
        level = checklist_rules.level_of(question("address"), held)
        is_next = checklist_rules.next_question(CHECKLIST, held, CALM) == question("address")
        again = question("address") in checklist_rules.may_have_changed(CHECKLIST, held, CALM)
        proposed = [p.id for p in checklist_rules.proposals(CHECKLIST, held, {"keep_post"}, None)]
        return level, is_next, again, proposed

    assert of(address="no") == ("high", False, True, ["old_address"])
    assert of(address=UNKNOWN) == ("medium", False, True, ["old_address"])
    assert of(address=UNSAID) == ("none", False, False, [])
    assert of() == ("none", True, False, [])


def test_an_answer_whose_question_or_option_has_gone_is_kept_and_weighs_nothing() -> None:
    said = answers(letter="pigeon", horse="yes", address="no", wish="horses")
    kept = dict(said)
    assert asked(said)[:3] == ["wish", "letter", "address"]
    assert checklist_rules.level_of(question("letter"), said) == "none"
    assert checklist_rules.standing(CHECKLIST, said, CALM)["report"].level == "high"
    assert [p.id for p in checklist_rules.proposals(CHECKLIST, said, set(), None)] == ["old_address"]
    assert said == kept


def test_an_answer_that_applies_no_longer_is_kept_and_signals_nothing_until_it_applies_again() -> None:
    said = answers(children="alone", children_care="nobody")
    proposed = {p.id for p in checklist_rules.proposals(CHECKLIST, said, set(), None)}
    assert "children_home" in proposed
    corrected = said | answers(children="no")
    assert "children_care" in corrected
    assert not checklist_rules.proposals(CHECKLIST, corrected, set(), None)
    assert checklist_rules.standing(CHECKLIST, corrected, CALM)["family"].level == "none"


def test_a_flag_stands_as_long_as_its_answer_counts() -> None:
    case = Case("c1", "GR-4K7Q2", "Groningen", "Groningen", NOW, Identity("", "", None, None))
    zone = ZoneInfo("Europe/Amsterdam")
    for question_id, said, flagged in (
        ("home", "rent", []),
        ("eviction", "yes", ["eviction"]),
        ("home", "with", []),  # the letter was about another home
        ("home", "rent", ["eviction"]),
        ("eviction", "no", []),
    ):
        case.person.answer(question_id, said, NOW)
        review(CHECKLIST, case, NOW, zone)
        assert [f.flag for f in case.flags if f.stands] == flagged


# When a proposal is due.


def a_proposal(timing: str, **days: int) -> Proposal:
    return Proposal.model_validate(
        {"id": "p", "domain": "money", "owner": "self", "timing": timing, "text": "x", "why": "y"} | days
    )


def due(proposal: Proposal, reporting: int | None = None, release: int | None = None) -> int | None:
    """Return in how many days it is due, with the reporting date and the day of release as many days from today."""
    days = [None if day is None else TODAY + timedelta(days=day) for day in (reporting, release)]
    found = checklist_rules.due_day(proposal, days[0], TODAY, days[1])
    return None if found is None else (found - TODAY).days


@pytest.mark.parametrize(
    ("lead", "soon", "reporting", "in_days"),
    [
        # Without a day: soon, or no day yet.
        (14, None, None, None),
        (14, 3, None, 3),
        # So many days before the day, or soon if that is earlier.
        (14, None, 40, 26),
        (14, 3, 40, 3),
        (14, 30, 40, 26),
        # What should have been done already is done tomorrow; what is soon only after the day is not put off till then.
        (14, None, 10, 1),
        (14, None, 15, 1),
        (14, 3, 15, 1),
        (14, None, 16, 2),
        (14, 3, 10, 3),
        (14, 10, 10, 1),
        (0, None, 10, 1),
        # Who reports tomorrow does it today, and who reports today too; a day that has passed changes nothing.
        (14, None, 1, 0),
        (14, None, 0, 0),
        (14, None, 2, 1),
        (14, None, -1, 1),
        (0, 1, 2, 1),
    ],
)
def test_what_comes_before_the_day_is_counted_back_from_it_and_is_never_in_the_past(
    lead: int, soon: int | None, reporting: int | None, in_days: int | None
) -> None:
    proposal = a_proposal("before", lead=lead) if soon is None else a_proposal("before", lead=lead, soon=soon)
    assert due(proposal, reporting) == in_days


@pytest.mark.parametrize(
    ("timing", "days", "reporting", "release", "in_days"),
    [
        ("inside", 7, 10, 40, 17),
        ("inside", 0, 10, 40, 10),
        ("inside", 7, None, 40, None),
        ("inside", 0, -9, None, 1),
        ("after", 7, 10, 40, 47),
        ("after", -14, 10, 40, 26),
        ("after", 0, 10, 40, 40),
        ("after", 7, 10, None, None),
        ("after", -14, 10, 5, 1),
    ],
)
def test_what_comes_inside_or_afterwards_is_counted_from_the_gate_that_it_hangs_from(
    timing: str, days: int, reporting: int | None, release: int | None, in_days: int | None
) -> None:
    assert due(a_proposal(timing, days=days), reporting, release) == in_days


# In which situation somebody is asked.


def a_case() -> Case:
    return Case("c1", "GR-AAAAA", "Groningen", "Groningen", NOW, Identity("Sam", "Postma", 2002, "Z1"))


@pytest.mark.parametrize(
    ("joined", "channel", "by_worker"),
    [(True, "chat", False), (False, "chat", True), (True, "phone", True), (False, "visit", True)],
)
def test_who_has_no_chat_is_asked_by_a_worker(joined: bool, channel: str, by_worker: bool) -> None:
    case = a_case()
    case.joined_at = NOW if joined else None
    case.reach.by(channel)
    assert checklist_rules.usual_situation(case, TODAY).by_worker is by_worker


def test_only_a_day_that_the_letter_confirmed_counts_down() -> None:
    case = a_case()
    case.course.list_date(TODAY + timedelta(days=9))
    assert checklist_rules.situation_of(case, TODAY) == Situation(None, False, False, "coming")
    case.course.confirm_date(TODAY + timedelta(days=9), "self")
    case.person.say_phone_is_shared(False)
    assert checklist_rules.situation_of(case, TODAY, by_worker=True) == Situation(9, True, True, "coming")


def test_once_inside_no_day_makes_the_route_short() -> None:
    assert not checklist_rules.is_short(CHECKLIST, Situation(days_left=-3, phase="held"))
    assert checklist_rules.is_short(CHECKLIST, Situation(days_left=3, phase="coming"))


def test_a_wish_of_several_words_leads_no_other_way_than_none() -> None:
    assert asked(answers(wish=["money", "work"])) == asked(answers(wish="unknown"))


def test_before_a_question_that_is_not_asked_stands_nothing() -> None:
    said = answers(wish="money", letter="no_day")
    assert checklist_rules.previous_question(CHECKLIST, said, CALM, "no_such_question") is None


def test_without_a_situation_a_date_weighs_nothing() -> None:
    (date_question,) = [q for q in CHECKLIST.questions if q.means == "reporting_date"]
    said = answers(letter="day", **{date_question.id: "2026-11-26"})
    assert checklist_rules.level_of(date_question, said) == "none"
    assert checklist_rules.level_of(date_question, said, Situation(days_left=2)) != "none"
    assert checklist_rules.standing(CHECKLIST, said, Situation(days_left=2))["report"].level != "none"


def test_of_several_options_that_have_gone_nothing_weighs() -> None:
    asked_of = next(q for q in CHECKLIST.questions if q.kind == "choice")
    assert checklist_rules.level_of(asked_of, answers(**{asked_of.id: []})) == "none"
    assert checklist_rules.level_of(asked_of, answers(**{asked_of.id: ["gone", "gone too"]})) == "none"


def test_what_needs_a_day_is_proposed_only_once_there_is_one() -> None:
    said = answers(letter="day", date="2026-12-24", going="yes")
    found, without = ({p.id for p in checklist_rules.proposals(CHECKLIST, said, set(), day)} for day in (TODAY, None))
    assert "numbers" in found
    assert "numbers" not in without
    assert found - without == {p.id for p in CHECKLIST.proposals if p.id in found and p.needs_date}
