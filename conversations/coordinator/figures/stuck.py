"""Stuck cases, that wait longer than their norm: by municipality and worker, with the way to each."""

from __future__ import annotations

from conversations.coordinator.team.assigning import pages
from conversations.roles import coordinator
from conversations.screen import Button, Screen
from conversations.turn import Turn
from conversations.words.wording import escape
from conversations.worker.case.steps import in_rows
from conversations.worker.today.reasons import line

# Cases on one screen.
PAGE = 8


@coordinator.screen("stuck")
async def stuck(turn: Turn) -> Screen:
    """Show them, each municipality and worker under its own line."""
    found = await turn.reads.coordination(turn.scope).stuck()
    page = min(turn.place.get("page", 0), max(0, (len(found) - 1) // PAGE))
    counted = turn.words.plural("{number} case", "{number} cases", len(found))
    lines = [turn.text("⏳ <b>Longer than the norm</b>") + f" · {counted}"]
    buttons, heading = [], ""
    for n, row in enumerate(found[page * PAGE : (page + 1) * PAGE], start=page * PAGE + 1):
        name = row.worker or turn.text("nobody has this case")
        if (above := f"\n🏘 <b>{escape(row.case.municipality)}</b> · 👤 {escape(name)}") != heading:
            heading = above
            lines.append(above)
        lines.append(line(turn, n, row.case))
        buttons.append(Button(str(n), "case", row.case.ref))
    if not found:
        lines.append(turn.text("There is nobody in this list."))
    back = (Button(turn.text("⬅️ Figures"), "monitor"),)
    return Screen("\n".join(lines), (*in_rows(buttons, 4), *pages("stuck", page, len(found), PAGE), back))


@coordinator.tap("stuck")
async def to_stuck(turn: Turn, args: str) -> None:
    """Go to what stands still."""
    turn.go("stuck", page=int(args or 0))
