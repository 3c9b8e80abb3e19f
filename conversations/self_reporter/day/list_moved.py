"""A moved list: it says another day than the person's letter; the letter's day stands, and the helper finds out."""

from __future__ import annotations

from conversations.roles import self_reporter
from conversations.screen import Screen
from conversations.self_reporter.questions.next_step import onward
from conversations.self_reporter.script import Choice, Script, text
from conversations.turn import Turn
from storage.case.case import Case

MOVED = Script(
    "screen.list_moved",
    text("The list has changed.\n\n📅 The day in your letter stands.\n\nYour helper finds out what is right."),
    choices=(Choice(text("▶️ Go on"), "onward"),),
)


def differs(case: Case) -> bool:
    """Tell whether the list contradicts the letter, now."""
    moved = case.overview_date is not None and case.overview_date != case.reporting_date
    return case.date_confirmed_by is not None and (moved or case.list_withdrew)


@self_reporter.screen("list_moved")
async def list_moved(turn: Turn) -> Screen:
    """Say that the letter counts. The other day is nobody's fact, so it is not named."""
    return MOVED.screen(turn)


@self_reporter.tap("list_moved")
async def to_list_moved(turn: Turn, _args: str) -> None:
    """Say it, unless it has been settled since the message left."""
    if differs(turn.case):
        turn.go("list_moved")
    else:
        await onward(turn)
