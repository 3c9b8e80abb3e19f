"""Coming back after we could not reach somebody: nothing comes unasked until they tap, or write to who helps."""

from __future__ import annotations

from conversations.roles import self_reporter
from conversations.screen import Screen
from conversations.self_reporter.phrases import number
from conversations.self_reporter.script import Choice, Script, text
from conversations.turn import Turn

PAUSED = Script(
    "screen.paused",
    text(
        "Good that you are here again.\n\n"
        "My messages did not reach you. I have stopped them. Do you want them again?\n\n"
        "You can call too: {number}"
    ),
    choices=(Choice(text("▶️ Go on"), "onward"),),
)


def is_back(turn: Turn) -> None:
    """From here on messages may come again, if they had to stop."""
    if turn.chat.blocked_at is not None and turn.has_case:
        turn.chat.blocked_at = None
        turn.case.reach.messages_arrive(True, turn.now)


@self_reporter.screen("paused")
async def paused(turn: Turn) -> Screen:
    """Say why it was silent, and ask."""
    return PAUSED.screen(turn, number=number(turn))
