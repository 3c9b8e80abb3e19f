"""Every walk through a checklist: each route, each phone, and each truth of the conditions that questions refer to.

Answers that make the same conditions true lead the same way, so one stands for all of them. And what no condition
connects cannot change each other's course: the truths of one question are walked while the others stand at their first.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import product

from conversations.content.checklist.model import UNKNOWN, UNSAID, Checklist, Question
from conversations.rules import checklist_rules
from conversations.rules.checklist_rules import Answers, Situation
from storage.case.case_parts import Answer

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
NEAR, FAR = 9, 90


@dataclass(frozen=True, slots=True)
class Route:
    """What somebody wishes, how near their day is, whose phone it is, and who asks."""

    wish: str
    situation: Situation

    @property
    def name(self) -> str:
        """What the counts call it."""
        if self.situation.by_worker:
            return "by a worker"
        return "short" if self.situation.days_left == NEAR else "full"


def routes(checklist: Checklist) -> Iterator[Route]:
    """Yield every route: whatever is wished, with and without a day, on every phone, in a chat and by a human."""
    assert checklist.wish is not None
    wishes = [d.id for d in checklist.wishes] + choices(checklist, checklist.wish)[len(checklist.wishes) :]
    for wish, days in product(wishes, (None, FAR, NEAR)):
        yield Route(wish, Situation(days, own_phone=True))
        yield Route(wish, Situation(days, own_phone=False))
        yield Route(wish, Situation(days, own_phone=False, by_worker=True))


def choices(checklist: Checklist, question: Question) -> list[str]:
    """Return all that can be answered to a question with one tap; a date as it would be kept."""
    own = [o.id for o in question.options]
    if question.kind == "wish":
        own = [d.id for d in checklist.wishes] + own
    if question.kind == "date":
        own = ["2027-03-09"]
    return [*own, UNKNOWN, UNSAID]


def truths(checklist: Checklist, question: Question) -> list[str]:
    """Return one answer for each set of conditions that answers to this question make true."""
    found: dict[frozenset[tuple[str, ...]], str] = {}
    for choice in choices(checklist, question):
        true = {
            (other.id, *condition.options)
            for other in checklist.questions
            for condition in other.when
            if condition.question == question.id and choice in condition.options
        }
        found.setdefault(frozenset(true), choice)
    return list(found.values())


def turning_points(checklist: Checklist) -> list[Question]:
    """Return the questions that conditions of others refer to."""
    asked = {condition.question for q in checklist.questions for condition in q.when}
    return [q for q in checklist.questions if q.id in asked]


def ancestors(checklist: Checklist, question_id: str) -> set[str]:
    """Return the questions on whose answers it hangs whether this one is asked."""
    question = checklist.question(question_id)
    assert question is not None
    found = {condition.question for condition in question.when}
    return found | {further for one in found for further in ancestors(checklist, one)}


@dataclass(frozen=True, slots=True)
class Walk:
    """One way from the first question to the last: what was asked, in order, and what was answered."""

    route: Route
    asked: tuple[Question, ...]
    answers: Answers


def walk(checklist: Checklist, route: Route, given: dict[str, str]) -> Walk:
    """Answer question after question until none is left; raises AssertionError when one comes twice."""
    answers: Answers = {}
    asked: list[Question] = []
    while question := checklist_rules.next_question(checklist, answers, route.situation):
        assert question not in asked, f"{question.id} is asked again"
        asked.append(question)
        choice = given.get(question.id, choices(checklist, question)[0])
        is_list = question.kind == "several" and question.option(choice) is not None
        answers = answers | {question.id: Answer([choice] if is_list else choice, NOW)}
    return Walk(route, tuple(asked), answers)


def walks(checklist: Checklist) -> Iterator[Walk]:
    """Yield every walk: each route, with each truth of each question that others refer to."""
    assert checklist.wish is not None
    points = turning_points(checklist)
    for route in routes(checklist):
        wished = {checklist.wish.id: route.wish}
        for point in points:
            for choice in truths(checklist, point):
                yield walk(checklist, route, wished | {point.id: choice})
