"""The day stands: a letter with another day, or with none, is asked about, and nothing is let go by itself."""

from __future__ import annotations

from conversations.content.checklist.questions import Question
from conversations.roles import self_reporter
from conversations.rules import checklist_rules
from conversations.screen import Screen
from conversations.self_reporter.home import ask_for_human
from conversations.self_reporter.phrases import helper, screen
from conversations.self_reporter.script import Choice, Script, text
from conversations.turn import Turn

STANDS = Script(
    "screen.day_stands",
    text("📅 You said before: {day}. That day stands.\n\n{helper} hears it and finds out what is right."),
    choices=(Choice(text("✏️ It is another day"), "question"), Choice(text("▶️ Go on"), "onward")),
)


def day_question(turn: Turn, question_id: str) -> Question | None:
    """Return the question for the day that hangs from another one, if it is one of those."""
    asked = turn.content.checklist.meaning("reporting_date")
    return asked if asked is not None and any(c.question == question_id for c in asked.when) else None


async def after_letter(turn: Turn, question_id: str) -> None:
    """Ask the day of a letter, also when there was one before; without one, say that the former day stands."""
    case, question = turn.case, day_question(turn, question_id)
    if question is None:
        return
    if checklist_rules.holds(question.when, case.answers):
        turn.go("question", id=question.id)
    elif case.confirmed_date is not None and case.phase == "coming":
        await ask_for_human(turn, turn.text("I say now: there is no day in my letter."))
        if case.confirmed_date >= turn.today:
            turn.go("day_stands", id=question.id)


@self_reporter.screen("day_stands")
async def day_stands(turn: Turn) -> Screen:
    """Say which day stands, and who finds out."""
    day = turn.case.confirmed_date
    said = STANDS.said(turn, day=turn.words.full_date(day) if day else "–", helper=helper(turn))
    another, go_on = STANDS.choices
    return screen(turn, said, (another.button(turn, turn.place["id"]),), (go_on.button(turn),), spoken=(STANDS.id,))
