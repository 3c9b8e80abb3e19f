"""A closed case: whoever comes back to the chat hears that it is closed, whom to call, and what stays theirs to do."""

from __future__ import annotations

from conversations.roles import self_reporter
from conversations.screen import Screen
from conversations.self_reporter.phrases import number
from conversations.self_reporter.script import Choice, Script, text
from conversations.turn import Turn

CLOSED = "closed"
SCRIPT = Script(
    "screen.closed",
    text(
        "📁 Your help here is closed. Nobody reads this chat any more.\n\n"
        "Do you need help, or do you have a new letter? Call:\n{number}\n\n"
        "What you said here stays kept. You can read it. You can erase it."
    ),
    choices=(
        Choice(text("📄 My data"), "my_data"),
        Choice(text("👁 Who looked"), "viewed"),
        Choice(text("🗑 Erase everything"), "erase_ask"),
    ),
)


@self_reporter.screen(CLOSED)
async def closed(turn: Turn) -> Screen:
    """Say it, with the number of a human: nobody reads along here any more."""
    data, looked, erase = (choice.button(turn) for choice in SCRIPT.choices)
    return Screen(SCRIPT.said(turn, number=number(turn)), ((data, looked), (erase,)), (SCRIPT.id,))
