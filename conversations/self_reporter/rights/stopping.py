"""Stopping: one button, what it means, how to come back, and erasing beside it."""

from __future__ import annotations

from conversations.roles import self_reporter
from conversations.screen import Screen
from conversations.self_reporter.phrases import number
from conversations.self_reporter.script import Choice, Script, text
from conversations.turn import Turn

# What works without a yes to this chat: before it is given, and after it was taken back.
WITHOUT_A_YES = frozenset(
    {
        *("start", "help", "taal", "language", "bericht", "message", "verberg", "hide", "pin", "stop"),
        *("wissen", "erase", "mijngegevens", "mydata", "wiekeek", "whoviewed"),
    }
)
STOP = Script(
    "screen.stop",
    text(
        "Do you want to stop here?\n\n"
        "🔕 Then I send you nothing any more.\n"
        "💾 Your answers stay. Erasing can too.\n"
        "↩️ You can begin again with one tap.\n\n"
        "You still get help: {number}"
    ),
    choices=(
        Choice(text("🚪 Stop"), "consent", "stop"),
        Choice(text("🗑 Erase everything"), "erase_ask"),
        Choice(text("▶️ Go on here"), "onward"),
    ),
)


def needs_a_yes(turn: Turn, command: str) -> bool:
    """Tell whether a command waits for the person to say that they want to go on in this chat."""
    case = turn.own_case
    return case is not None and not case.person.consents_to("channel") and command not in WITHOUT_A_YES


@self_reporter.command("stop")
async def wanted(turn: Turn, _args: str) -> None:
    """Say what stopping means before it happens."""
    turn.go("stop")


@self_reporter.tap("stop_ask")
async def asked(turn: Turn, _args: str) -> None:
    """The same from a menu."""
    turn.go("stop")


@self_reporter.screen("stop")
async def stop(turn: Turn) -> Screen:
    """Say what it means, and how to come back."""
    return STOP.screen(turn, number=number(turn))
