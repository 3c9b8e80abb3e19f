"""The ending of a case: it is closed, with its reason, and can be opened again."""

from __future__ import annotations

from conversations.content.tracks.track import Closing
from conversations.roles import worker
from conversations.screen import Button, Screen
from conversations.turn import Turn
from conversations.worker.case.case_buttons import deed
from conversations.worker.case.opening import opened
from conversations.worker.case.steps import ask, done, in_rows, split
from storage.case.case import Case
from storage.case.case_parts import UNSETTLED
from storage.case.home_checks import CHECKS, KINDS


def reason(turn: Turn, closing: Closing) -> str:
    """Return why a case was closed, in words."""
    return f"{closing.symbol} {turn.words.content(closing.id, closing.label)}"


def is_over(case: Case) -> bool:
    """Tell whether the last check-in after release is over, and nothing waits any more: the case can be closed."""
    last = [row for row in case.reminders if row.kind == CHECKS[-1] and row.state != "cancelled"]
    coming = any(row.kind in KINDS and row.state in UNSETTLED for row in case.reminders)
    return case.phase == "free" and bool(last) and not coming and not case.waiting


deed(3, "close", lambda turn: turn.text("📁 Close: 22 weeks are over"), when=is_over)
deed(
    90,
    "close",
    lambda turn: turn.text("📁 Close the case"),
    when=lambda case: case.phase != "closed" and not is_over(case),
)
deed(90, "open_again", lambda turn: turn.text("📂 Open again"), when=lambda case: case.phase == "closed")


@worker.tap("open_again")
async def open_again(turn: Turn, args: str) -> None:
    """Go on with a case that was closed."""
    case = await opened(turn, args, "change")
    if case is not None and case.phase == "closed":
        case.course.reopen(turn.today)
        done(turn, case, turn.text("📂 The case is open again."))


@worker.screen("close")
async def close(turn: Turn) -> Screen:
    """Ask why."""
    case = await turn.open(turn.place["ref"], "change")
    closings = turn.content.tracks.of(case.track).closings
    buttons = [Button(reason(turn, one), "close_for", f"{turn.place['ref']}/{one.id}") for one in closings]
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
    closing = turn.content.tracks.of(case.track).closing(name) if case is not None else None
    if case is not None and case.phase != "closed" and closing is not None:
        case.course.close(closing.id, turn.today)
        done(turn, case, turn.text("The case is closed: {reason}", reason=reason(turn, closing)))
