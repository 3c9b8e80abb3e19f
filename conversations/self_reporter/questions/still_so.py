"""A question of a check-in after release: what was said before stands with it, and one tap says that it is still so."""

from __future__ import annotations

from conversations.content.checklist.parts import UNKNOWN, UNSAID
from conversations.content.checklist.questions import Question
from conversations.papers.my_data.plan import answer_of
from conversations.reminders import home_check_plan
from conversations.screen import Button
from conversations.turn import Turn
from storage.case.case_parts import Answer


def _is_asked(turn: Turn, question: Question) -> bool:
    row = home_check_plan.going_on(turn) if turn.has_case else None
    return row is not None and question in home_check_plan.left_of(turn, turn.case, row)


def _known(turn: Turn, question: Question) -> Answer | None:
    """Return what was answered before a check-in that asks it again, if anything was."""
    answer = turn.case.answers.get(question.id) if _is_asked(turn, question) else None
    return None if answer is None or answer.value in (UNKNOWN, UNSAID) else answer


def lines(turn: Turn, question: Question) -> list[str]:
    """Return what stands below a question of a check-in: what they said before, and how many it asks."""
    row = home_check_plan.going_on(turn) if turn.has_case else None
    asked = home_check_plan.asked_by(turn, turn.case, row) if row is not None else []
    if question not in asked:
        return []
    known = _known(turn, question)
    said = [turn.text("You said: {answer}", answer=answer_of(turn, question.id, known))] if known is not None else []
    count = turn.text("question {number} of {total}", number=asked.index(question) + 1, total=len(asked))
    return [*said, count]


def rows(turn: Turn, question: Question) -> tuple[tuple[Button, ...], ...]:
    """Return a row for what still is so; none where it is asked for the first time."""
    known = _known(turn, question)
    return ((Button(turn.text("🔁 That is still so"), "still_so", question.id),),) if known is not None else ()


def before(turn: Turn, question: Question) -> Question | None:
    """Return the question that a check-in asked before this one, if it is going through one."""
    row = home_check_plan.going_on(turn) if turn.has_case else None
    asked = home_check_plan.asked_by(turn, turn.case, row) if row is not None else []
    return asked[asked.index(question) - 1] if question in asked[1:] else None


def skip(turn: Turn, question: Question) -> tuple[Button, ...]:
    """Return a button that leaves a question of a check-in as it is."""
    return (Button(turn.text("⏭ Skip"), "check_skip", question.id),) if _is_asked(turn, question) else ()
