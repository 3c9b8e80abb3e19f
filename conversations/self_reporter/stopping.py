"""Stopping: one button, what it means, how to come back, and erasing beside it."""

from __future__ import annotations

from conversations.roles import self_reporter
from conversations.self_reporter.phrases import human, number
from conversations.turn import Button, Screen, Turn


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
    return Screen(
        turn.text(
            "Do you want to stop here?\n\n"
            "🔕 Then I send you nothing any more.\n"
            "💾 Your answers stay. Erasing can too.\n"
            "↩️ You can begin again with one tap.\n\n"
            "You still get help: {number}",
            number=number(turn),
        ),
        (
            (Button(turn.text("🚪 Stop"), "consent", "stop"),),
            (Button(turn.text("🗑 Erase everything"), "erase_ask"),),
            (Button(turn.text("▶️ Go on here"), "onward"),),
            (human(turn),),
        ),
    )
