"""Resolutions of the intake meeting on a case: its worker sees them, and says when they are done."""

from __future__ import annotations

from conversations.roles import worker
from conversations.screen import Button, Screen
from conversations.turn import Turn
from conversations.words.wording import unlinked
from conversations.worker.case.case_buttons import deed
from conversations.worker.case.opening import opened
from conversations.worker.case.steps import ask, in_rows, split

# Decisions on one screen.
SHOWN = 6

deed(62, "resolutions", lambda turn: turn.text("🗂 Decided"), "open", lambda case: bool(case.resolutions))


@worker.tap("resolutions")
async def to_resolutions(turn: Turn, args: str) -> None:
    """Go to what was decided."""
    if case := await opened(turn, args, "open"):
        turn.go("resolutions", ref=case.ref)


@worker.screen("resolutions")
async def resolutions(turn: Turn) -> Screen:
    """Show what was decided, what is not done first."""
    case = await turn.open(turn.place["ref"], "open")
    rows = sorted(case.resolutions, key=lambda row: (row.done_at is not None, row.due))[:SHOWN]
    lines, buttons = [turn.text("🗂 <b>Decided in the intake meeting</b>")], []
    for n, row in enumerate(rows, start=1):
        who = turn.text("you") if row.owner == turn.actor.id else turn.text("a colleague")
        sign = "✅" if row.done_at else "📌"
        lines.append(f"{sign} {n}. {unlinked(row.text)} · {who} · {turn.words.short(row.due)}")
        if row.done_at is None and turn.scope.may("change", case):
            buttons.append(Button(turn.text("✅ {number} done", number=n), "res_done", f"{case.ref}/{row.id[-8:]}"))
    return ask(turn, "\n".join(lines), *in_rows(buttons))


@worker.tap("res_done")
async def done(turn: Turn, args: str) -> None:
    """Say that it is done."""
    ref, tail = split(args, 2)
    if case := await opened(turn, ref, "change"):
        for row in case.resolutions:
            if row.id.endswith(tail):
                case.helpers.carry_out(row, turn.now)
        turn.go("resolutions", ref=case.ref)
