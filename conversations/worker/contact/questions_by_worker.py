"""The questions asked by a worker, of somebody who has no chat: in a talk, at the door or on the telephone.

The answers are the person's, and marked as written down by somebody else.
"""

from __future__ import annotations

from dataclasses import replace

from conversations.content.checklist.parts import UNKNOWN, UNSAID
from conversations.content.checklist.questions import Question
from conversations.reminders import home_check_plan
from conversations.reminders.follow_dates import letter_says
from conversations.roles import worker
from conversations.rules import checklist_rules
from conversations.screen import Button, Screen
from conversations.self_reporter.day.hour_in_letter import keep_hour
from conversations.self_reporter.phrases import EXAMPLE
from conversations.self_reporter.questions import several
from conversations.self_reporter.questions.next_step import propose
from conversations.self_reporter.questions.questions import wishes
from conversations.shared.signals import settle
from conversations.turn import Turn
from conversations.words.typed import appointment_of
from conversations.worker.case.case_buttons import deed
from conversations.worker.case.opening import opened
from conversations.worker.case.steps import ask, in_rows, split
from conversations.worker.measures.actions import in_chat
from storage.case.case import Case

# The button that keeps several answers; no option of the checklist is called so short.
ALL = "ok"

deed(30, "together", lambda turn: turn.text("🗣 Ask the questions"), when=lambda case: not in_chat(case))
deed(95, "together", lambda turn: turn.text("🗣 Questions that you ask"), when=in_chat)


def _open(turn: Turn, case: Case) -> list[Question]:
    """Return what is still to be asked by a worker: all of it, or beside a chat what only a human asks."""
    checklist, situation = turn.content.checklist, checklist_rules.situation_of(case, turn.today)
    if in_chat(case):
        asked = checklist_rules.workers_own(checklist, case.answers, situation)
    else:
        asked = checklist_rules.applicable(checklist, case.answers, replace(situation, by_worker=True))
    again = home_check_plan.for_who_calls(turn, case)
    return again + [q for q in asked if q.id not in case.answers and q not in again]


def _next(turn: Turn, case: Case) -> Question | None:
    return next(iter(_open(turn, case)), None)


@worker.screen("together")
async def together(turn: Turn) -> Screen:
    """Show the next question, to read out, with its answers."""
    case = await turn.open(turn.place["ref"], "change")
    question = _next(turn, case)
    if question is None:
        return ask(turn, turn.text("✅ All questions are asked."), (Button(turn.text("📌 Plan"), "actions", case.ref),))
    values = {"example": turn.words.full_date(EXAMPLE)} if question.kind == "date" else {}
    text = turn.words.content(question.id, question.text, **values)
    left = len(_open(turn, case))
    counted = turn.words.plural("{number} question to go", "{number} questions to go", left)
    said = [(o.id, f"{o.symbol} {turn.words.content(question.id, o.label)}") for o in question.options]
    if question.kind == "wish":
        said = wishes(turn, question)
    buttons = [Button(label, "with_say", f"{case.ref}/{question.id}/{option}") for option, label in said]
    if question.kind == "several":
        buttons = _several(turn, case, question)
    unsure = [
        Button(turn.text("🤷 Does not know"), "with_say", f"{case.ref}/{question.id}/{UNKNOWN}"),
        Button(turn.text("🤐 Would rather not say"), "with_say", f"{case.ref}/{question.id}/{UNSAID}"),
    ]
    hint = f"\n\n❓ {turn.words.content(question.id, question.help)}" if question.help else ""
    return ask(turn, f"“{text}”{hint}\n\n{counted}", *in_rows(buttons, 1), *in_rows(unsure))


def _several(turn: Turn, case: Case, question: Question) -> list[Button]:
    now = several.picked(turn, question, None)
    args = f"{case.ref}/{question.id}"
    buttons = [button for row in several.rows(turn, question, now, "with_say", args) for button in row]
    if now:
        return [*buttons, Button(turn.text("✅ That is all"), "with_say", f"{args}/{ALL}")]
    alone = [(o.id, f"{o.symbol} {turn.words.content(question.id, o.label)}") for o in question.options if o.alone]
    return buttons + [Button(label, "with_say", f"{args}/{option}") for option, label in alone]


@worker.tap("together")
async def to_together(turn: Turn, args: str) -> None:
    """Go through the questions with the person."""
    if case := await opened(turn, args, "change"):
        turn.go("together", ref=case.ref)


async def _keep(turn: Turn, case: Case, question_id: str, value: str | list[str]) -> None:
    case.person.answer(question_id, value, turn.now, by="worker")
    home_check_plan.answered(turn, case)
    await settle(turn, case)
    while propose(turn, case) is not None:
        pass
    turn.go("together", ref=case.ref)


@worker.tap("with_say")
async def say(turn: Turn, args: str) -> None:
    """Write an answer down."""
    ref, question_id, option = split(args, 3)
    case = await opened(turn, ref, "change")
    question = turn.content.checklist.question(question_id)
    if case is None or question is None:
        return
    chosen = question.option(option)
    now = several.picked(turn, question, None)
    if option == ALL and now:
        await _keep(turn, case, question_id, now)
    elif question.kind == "several" and chosen is not None and not chosen.alone:
        turn.go("together", ref=case.ref, picked=several.toggled(question, now, option))
    else:
        await _keep(turn, case, question_id, several.value_of(question, option))


@worker.typed("together")
async def typed(turn: Turn, text: str) -> None:
    """Write a date down, where one is asked."""
    turn.delete(turn.message_id)
    case = await opened(turn, turn.place["ref"], "change")
    if case is None:
        return
    question = _next(turn, case)
    if question is None or question.kind != "date":
        turn.remark(turn.text("I do not read this here. Tap on a button, or type /help."))
        return
    if (said := appointment_of(turn, text)) is not None:
        day, at = said
        if question.means == "reporting_date":
            letter_says(turn, case, day, "self")
            if at is not None:
                keep_hour(turn, case, at, "worker")
        await _keep(turn, case, question.id, day.isoformat())
