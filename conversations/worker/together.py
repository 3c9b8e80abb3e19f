"""The questions asked by a worker, of somebody who has no chat: in a talk, at the door or on the telephone.

The answers are the person's, and marked as written down by somebody else.
"""

from __future__ import annotations

from datetime import date

from conversations.checklist import rules
from conversations.checklist.model import UNKNOWN, UNSAID, Question
from conversations.dates import NoSuchDayError, NotADateError, read_date
from conversations.flags import settle
from conversations.roles import worker
from conversations.self_reporter.agenda import plan_reporting_day
from conversations.self_reporter.onward import propose
from conversations.self_reporter.questions import EXAMPLE
from conversations.turn import Button, Screen, Turn
from conversations.worker.deeds import deed
from conversations.worker.opening import opened
from conversations.worker.steps import ask, in_rows, split
from storage.case import Case

deed(
    30,
    "together",
    lambda turn: turn.text("🗣 Ask the questions"),
    when=lambda case: case.joined_at is None or case.channel != "chat",
)


def _next(turn: Turn, case: Case) -> Question | None:
    return rules.next_question(turn.content.checklist, case.answers)


@worker.screen("together")
async def together(turn: Turn) -> Screen:
    """Show the next question, to read out, with its answers."""
    case = await turn.open(turn.place["ref"], "change")
    question = _next(turn, case)
    if question is None:
        return ask(turn, turn.text("✅ All questions are asked."), (Button(turn.text("📌 Plan"), "actions", case.ref),))
    values = {"example": turn.words.full_date(EXAMPLE)} if question.kind == "date" else {}
    text = turn.words.content(question.id, question.text, **values)
    left = rules.questions_left(turn.content.checklist, case.answers)
    counted = turn.words.plural("{number} question to go", "{number} questions to go", left)
    said = [(o.id, f"{o.symbol} {turn.words.content(question.id, o.label)}") for o in question.options]
    if question.kind == "wish":
        checklist = turn.content.checklist
        said = [(d.id, f"{d.symbol} {turn.words.content(d.id, d.name)}") for d in checklist.domains]
    buttons = [Button(label, "together_say", f"{case.ref}/{question.id}/{option}") for option, label in said]
    unsure = [
        Button(turn.text("🤷 Does not know"), "together_say", f"{case.ref}/{question.id}/{UNKNOWN}"),
        Button(turn.text("🤐 Would rather not say"), "together_say", f"{case.ref}/{question.id}/{UNSAID}"),
    ]
    hint = f"\n\n❓ {turn.words.content(question.id, question.help)}" if question.help else ""
    return ask(turn, f"“{text}”{hint}\n\n{counted}", *in_rows(buttons, 1), *in_rows(unsure))


@worker.tap("together")
async def to_together(turn: Turn, args: str) -> None:
    """Go through the questions with the person."""
    if case := await opened(turn, args, "change"):
        turn.go("together", ref=case.ref)


async def _keep(turn: Turn, case: Case, question_id: str, value: str) -> None:
    case.answer(question_id, value, turn.now, by="worker")
    await settle(turn, case)
    while propose(turn, case) is not None:
        pass
    turn.go("together", ref=case.ref)


@worker.tap("together_say")
async def say(turn: Turn, args: str) -> None:
    """Write an answer down."""
    ref, question_id, option = split(args, 3)
    case = await opened(turn, ref, "change")
    if case is not None and turn.content.checklist.question(question_id) is not None:
        await _keep(turn, case, question_id, option)


@worker.typed("together")
async def typed(turn: Turn, text: str) -> None:
    """Write a date down, where one is asked."""
    turn.delete(turn.message_id)
    case = await opened(turn, turn.place["ref"], "change")
    if case is None:
        return
    question = _next(turn, case)
    if question is None or question.kind != "date":
        turn.remark(turn.text("Tap on one of the buttons, please."))
        return
    try:
        day: date = read_date(text, turn.today)
    except NoSuchDayError:
        turn.remark(turn.text("That day does not exist. Look once more."))
    except NotADateError:
        turn.remark(turn.text("I cannot read that as a date."))
    else:
        case.confirm_date(day, "self")
        plan_reporting_day(turn, case)
        await _keep(turn, case, question.id, day.isoformat())
