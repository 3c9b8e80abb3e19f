"""The rules over the checklist: pure, and proved over every way through the questions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.checklist import rules
from conversations.checklist.model import UNKNOWN, UNSAID, Checklist, ChecklistError, FlagRule, Proposal, Question
from storage.parts import Answer

CHECKLIST = Checklist.load()
NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
TODAY = NOW.date()


def answers(**said: str) -> rules.Answers:
    return {question: Answer(value, NOW) for question, value in said.items()}


def choices(question: Question) -> list[str]:
    match question.kind:
        case "date":
            return ["2027-03-09", UNKNOWN, UNSAID]
        case "wish":
            return [d.id for d in CHECKLIST.domains] + [UNKNOWN, UNSAID]
        case _:
            return [o.id for o in question.options] + [UNKNOWN, UNSAID]


def asked_in(domain: str, said: rules.Answers) -> Question | None:
    return next((q for q in rules.applicable(CHECKLIST, said) if q.domain == domain and q.id not in said), None)


def every_way(domain: str, said: rules.Answers | None = None) -> Iterator[rules.Answers]:
    """Walk through a domain by every truth of its conditions: options that lead to the same questions count once."""
    said = said or {}
    question = asked_in(domain, said)
    if question is None:
        yield said
        return
    seen: set[tuple[str, ...]] = set()
    for option in choices(question):
        then = said | answers(**{question.id: option})
        leads_to = tuple(q.id for q in rules.applicable(CHECKLIST, then))
        if leads_to not in seen:
            seen.add(leads_to)
            yield from every_way(domain, then)


DOMAINS = sorted({q.domain for q in CHECKLIST.questions})


@pytest.mark.parametrize("domain", DOMAINS)
def test_every_way_through_a_domain_ends_and_together_they_ask_everything(domain: str) -> None:
    ways = list(every_way(domain))
    asked = {question for way in ways for question in way}
    assert asked == {q.id for q in CHECKLIST.questions if q.domain == domain}
    print(f"{domain}: {len(ways)} ways through {len(asked)} questions")


@pytest.mark.parametrize("domain", DOMAINS)
def test_no_condition_looks_into_another_domain(domain: str) -> None:
    """What the walk above relies on; a checklist that needs it walks both domains together."""
    own = {q.id for q in CHECKLIST.questions if q.domain == domain}
    for question in CHECKLIST.questions:
        if question.domain == domain:
            assert {condition.question for condition in question.when} <= own


@pytest.mark.parametrize("part", [*CHECKLIST.proposals, *CHECKLIST.flags], ids=lambda part: part.id)
def test_every_proposal_and_flag_comes_with_some_answer(part: Proposal | FlagRule) -> None:
    for condition in (*part.when, *(part.any_of if isinstance(part, FlagRule) else ())):
        question = CHECKLIST.question(condition.question)
        assert question is not None
        assert set(condition.options) <= set(choices(question))


def test_the_wish_is_asked_first_and_the_letter_next() -> None:
    first = rules.next_question(CHECKLIST, {})
    assert first is not None
    assert first.id == "wish"
    second = rules.next_question(CHECKLIST, answers(wish="money"))
    assert second is not None
    assert second.id == "letter"


def test_without_a_letter_nothing_is_asked_about_the_day() -> None:
    asked = rules.applicable(CHECKLIST, answers(wish="money", letter="no_day"))
    assert [q.id for q in asked if q.domain == "report"] == ["wish", "letter", "address"]


def test_the_question_before_is_the_one_that_was_asked() -> None:
    said = answers(wish="money", letter="no_day")
    before = rules.previous_question(CHECKLIST, said, "address")
    assert before is not None
    assert before.id == "letter"
    assert rules.previous_question(CHECKLIST, {}, "wish") is None


@pytest.mark.parametrize(
    ("said", "level"),
    [
        ({"letter": "day"}, "none"),
        ({"letter": "none"}, "medium"),
        ({"letter": UNKNOWN}, "medium"),
        ({"letter": UNSAID}, "none"),
        ({"letter": "day", "going": "badly"}, "high"),
        ({}, "none"),
    ],
)
def test_a_domain_is_as_worrying_as_its_most_worrying_answer(said: dict[str, str], level: str) -> None:
    assert rules.standing(CHECKLIST, answers(**said))["report"].level == level


def test_i_would_rather_not_say_raises_nothing_and_counts_as_answered() -> None:
    said = answers(wish="money", letter=UNSAID, address=UNSAID)
    stands = rules.standing(CHECKLIST, said)["report"]
    assert (stands.level, stands.answered, stands.total) == ("none", 3, 3)
    assert asked_in("report", said) is None


def test_what_was_proposed_once_is_not_proposed_again() -> None:
    said = answers(letter="none")
    first = rules.proposals(CHECKLIST, said, set(), None)
    assert [p.id for p in first] == ["keep_post"]
    assert not rules.proposals(CHECKLIST, said, {"keep_post"}, None)


@given(st.sampled_from(CHECKLIST.proposals), st.integers(-400, 800))
def test_a_proposed_day_is_never_past_and_before_the_reporting_date_when_that_can_be(
    proposal: object, days: int
) -> None:
    reporting = TODAY + timedelta(days=days)
    due = rules.due_day(proposal, reporting, TODAY)  # type: ignore[arg-type]
    assert due is not None
    assert due > TODAY
    if days > 1:
        assert due < reporting


def test_a_proposal_without_a_date_is_due_soon_or_not_yet() -> None:
    by_id = {p.id: p for p in CHECKLIST.proposals}
    assert rules.due_day(by_id["keep_post"], None, TODAY) == TODAY + timedelta(days=7)
    assert rules.due_day(by_id["numbers"], None, TODAY) is None
    assert rules.due_day(by_id["numbers"], date(2027, 3, 9), TODAY) == date(2027, 3, 8)


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (('domain = "report"\nnumber', 'domain = "raport"\nnumber'), "domain"),
        (('options = ["day"] }]', 'options = ["dag"] }]'), "no option dag"),
        (('question = "letter"', 'question = "brief"'), "no question brief"),
        (('id = "address"', 'id = "letter"'), "twice"),
        (('level = "high"', 'level = "very"'), "level"),
        (('version = "2026-11"', ""), "version"),
    ],
)
def test_a_wrong_checklist_says_what_is_wrong(tmp_path: Path, change: tuple[str, str], complaint: str) -> None:
    packaged = Path(rules.__file__).parent.parent / "content" / "checklist.toml"
    text = packaged.read_text().replace('number = 60\ndomain = "report"', 'domain = "report"\nnumber = 60')
    assert change[0] in text
    wrong = tmp_path / "checklist.toml"
    wrong.write_text(text.replace(*change))
    with pytest.raises(ChecklistError, match=complaint):
        Checklist.load(wrong)
