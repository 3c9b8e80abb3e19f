"""Routes of a checklist: a wish first, its domain next, and the short route when the day is near."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pydantic import Field

from conversations.content.checklist.parts import Id
from conversations.content.checklist.questions import Question
from conversations.content.files.content_file import Data


class ShortRoute(Data):
    """What is asked first when the reporting date is fewer than `days` away (domain.md section 2, "Spoedroute")."""

    days: int = Field(ge=1, le=60)
    questions: tuple[Id, ...] = Field(min_length=1)


def in_order(questions: Sequence[Question], first: Iterable[str], wish: str | None) -> tuple[Question, ...]:
    """Return all questions in the order of a route: `first`, then the domain of the wish, then the others.

    What a question's conditions refer to comes before it, in whatever domain it stands.
    """
    by_id = {q.id: q for q in questions}
    placed: dict[str, Question] = {}

    def place(question: Question) -> None:
        if question.id not in placed:
            for condition in question.when:
                place(by_id[condition.question])
            placed[question.id] = question

    for question_id in first:
        place(by_id[question_id])
    for question in (*(q for q in questions if q.domain == wish), *questions):
        place(question)
    return tuple(placed.values())
