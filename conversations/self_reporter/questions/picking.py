"""Picking several answers: taps are put together on the screen, and kept once all are there."""

from __future__ import annotations

from conversations.roles import self_reporter
from conversations.self_reporter.questions import several
from conversations.self_reporter.questions.next_step import onward
from conversations.self_reporter.questions.still_needed import keep_answer
from conversations.turn import Turn


@self_reporter.tap("pick")
async def pick(turn: Turn, args: str) -> None:
    """Put one of several answers in, or take it out; nothing is kept yet."""
    question_id, _, option = args.partition("/")
    question = turn.content.checklist.question(question_id)
    if question is not None:
        now = several.picked(turn, question, turn.case.answers.get(question_id))
        turn.go("question", id=question_id, picked=several.toggled(question, now, option))


@self_reporter.tap("picked")
async def all_picked(turn: Turn, args: str) -> None:
    """Keep several answers."""
    case, question = turn.case, turn.content.checklist.question(args)
    if question is not None and (now := several.picked(turn, question, case.answers.get(args))):
        await keep_answer(turn, args, now)
    else:
        await onward(turn)
