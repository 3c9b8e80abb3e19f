"""The ending of a case: it is closed, with its reason, and can be opened again."""

from __future__ import annotations

from conversations.roles import worker
from conversations.screen import Button, Screen
from conversations.turn import Turn
from conversations.worker.case.case_buttons import deed
from conversations.worker.case.opening import opened
from conversations.worker.case.steps import ask, done, in_rows, split

REASONS = ("finished", "not_called", "moved", "no_contact", "own_wish", "died")


def reason(turn: Turn, name: str) -> str:
    """Return why a case was closed, in words."""
    return {
        "finished": turn.text("✅ All is arranged"),
        "not_called": turn.text("📭 Is not called up any more"),
        "moved": turn.text("🚚 Moved out of our area"),
        "no_contact": turn.text("📵 Never reached"),
        "own_wish": turn.text("🙋 Wants no help"),
        "died": turn.text("🕯 Died"),
    }[name]


deed(90, "close", lambda turn: turn.text("📁 Close the case"), when=lambda case: case.phase != "closed")
deed(90, "open_again", lambda turn: turn.text("📂 Open again"), when=lambda case: case.phase == "closed")


@worker.tap("open_again")
async def open_again(turn: Turn, args: str) -> None:
    """Go on with a case that was closed."""
    case = await opened(turn, args, "change")
    if case is not None and case.phase == "closed":
        case.course.reopen()
        done(turn, case, turn.text("📂 The case is open again."))


@worker.screen("close")
async def close(turn: Turn) -> Screen:
    """Ask why."""
    await turn.open(turn.place["ref"], "change")
    buttons = [Button(reason(turn, name), "close_for", f"{turn.place['ref']}/{name}") for name in REASONS]
    question = turn.text("Why do you close the case? Nothing goes out to the person any more.")
    return ask(turn, question, *in_rows(buttons, 1))


@worker.tap("close")
async def to_close(turn: Turn, args: str) -> None:
    """Go and say why."""
    if case := await opened(turn, args, "change"):
        turn.go("close", ref=case.ref)


@worker.tap("close_for")
async def close_for(turn: Turn, args: str) -> None:
    """Close it."""
    ref, name = split(args, 2)
    case = await opened(turn, ref, "change")
    if case is not None and case.phase != "closed" and name in REASONS:
        case.course.close(name, turn.today)
        done(turn, case, turn.text("The case is closed: {reason}", reason=reason(turn, name)))
