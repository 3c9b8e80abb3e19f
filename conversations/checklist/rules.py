"""Pure rules over a checklist and answers: what is asked next, how worrying it is, what to propose."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from conversations.checklist.model import UNKNOWN, Checklist, Condition, Proposal, Question
from storage.parts import LEVELS, Answer, Level

Answers = dict[str, Answer]


def holds(conditions: Iterable[Condition], answers: Answers) -> bool:
    """Tell whether every condition holds; a question without an answer makes its condition not hold."""
    return all(c.question in answers and answers[c.question].value in c.options for c in conditions)


def applicable(checklist: Checklist, answers: Answers) -> list[Question]:
    """Return the questions that apply now, in order: an answer that no longer applies asks nothing."""
    return [q for q in checklist.questions if holds(q.when, answers)]


def next_question(checklist: Checklist, answers: Answers) -> Question | None:
    """Return the first question that applies and has no answer."""
    return next((q for q in applicable(checklist, answers) if q.id not in answers), None)


def questions_left(checklist: Checklist, answers: Answers) -> int:
    """Return how many questions apply and have no answer."""
    return sum(q.id not in answers for q in applicable(checklist, answers))


def previous_question(checklist: Checklist, answers: Answers, question_id: str) -> Question | None:
    """Return the question that was asked before this one and can be answered again."""
    ids = [q for q in applicable(checklist, answers) if q.id in answers or q.id == question_id]
    at = next((i for i, q in enumerate(ids) if q.id == question_id), 0)
    return ids[at - 1] if at else None


@dataclass(frozen=True, slots=True)
class Standing:
    """How a domain stands: its level, and how many of its questions that apply have an answer."""

    level: Level
    answered: int
    total: int


def level_of(question: Question, answers: Answers) -> Level:
    """Return how worrying the answer to a question is; no answer worries nobody."""
    said = answers.get(question.id)
    if said is None:
        return "none"
    if said.value == UNKNOWN:
        return question.unknown
    option = question.option(said.value) if isinstance(said.value, str) else None
    return option.level if option else "none"


def standing(checklist: Checklist, answers: Answers) -> dict[str, Standing]:
    """Return how each domain stands that has questions which apply."""
    found: dict[str, Standing] = {}
    for domain in checklist.domains:
        asked = [q for q in applicable(checklist, answers) if q.domain == domain.id]
        if asked:
            level = LEVELS[max(LEVELS.index(level_of(q, answers)) for q in asked)]
            found[domain.id] = Standing(level, sum(q.id in answers for q in asked), len(asked))
    return found


def proposals(checklist: Checklist, answers: Answers, known: set[str], reporting: date | None) -> list[Proposal]:
    """Return what to propose now, beside what was proposed before (`known` ids)."""
    return [
        p
        for p in checklist.proposals
        if p.id not in known and holds(p.when, answers) and (reporting is not None or not p.needs_date)
    ]


def due_day(proposal: Proposal, reporting: date | None, today: date) -> date | None:
    """Return the day by which a proposed action is done: counted back from the reporting date, never before tomorrow.

    Without a date: `soon` days from now, or no day yet.
    """
    tomorrow = today + timedelta(days=1)
    soon = today + timedelta(days=proposal.soon) if proposal.soon else None
    if reporting is None:
        return soon
    possible = [reporting - timedelta(days=proposal.lead), *([soon] if soon else [])]
    return min((day for day in possible if tomorrow <= day < reporting), default=tomorrow)
