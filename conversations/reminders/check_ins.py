"""Check-ins: what may have changed is asked again: every eight weeks without a day, when one comes, and before it."""

from __future__ import annotations

from conversations.reminders.check_in_plan import left
from conversations.roles import self_reporter
from conversations.screen import Screen
from conversations.self_reporter.questions.next_step import onward
from conversations.self_reporter.script import Choice, Script, text
from conversations.turn import Turn

CHECK_IN = Script(
    "screen.check_in",
    text("We spoke some time ago. Has anything changed since then?"),
    choices=(Choice(text("🔄 Yes, ask me again"), "check_ask"), Choice(text("✅ All is the same"), "check_same")),
)


@self_reporter.screen("check_in")
async def check_in(turn: Turn) -> Screen:
    """Ask whether anything has changed."""
    return CHECK_IN.screen(turn)


@self_reporter.tap("check_ask")
async def ask_again(turn: Turn, _args: str) -> None:
    """Ask again what may have changed."""
    await onward(turn)


@self_reporter.tap("check_same")
async def same(turn: Turn, _args: str) -> None:
    """What was said stands, as of now."""
    case = turn.case
    for question in left(turn):
        case.person.answer(question.id, case.answers[question.id].value, turn.now)
    await onward(turn)
