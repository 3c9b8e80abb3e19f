"""Own things due within a week: what a worker does themselves, the first due first, each a tap away."""

from __future__ import annotations

from datetime import date, timedelta

from conversations.roles import worker
from conversations.screen import Button, Screen
from conversations.turn import Turn
from conversations.words.wording import unlinked
from conversations.worker.case.steps import in_rows
from conversations.worker.measures.actions import words_of
from conversations.worker.today.reasons import in_brief

# Cases on one screen, and days ahead.
SHOWN, AHEAD = 10, timedelta(days=7)


@worker.screen("own_due")
async def own_due(turn: Turn) -> Screen:
    """Show each with its day; those whose day is over come first."""
    refs = await turn.reads.lists(turn.scope, turn.today).own_due(SHOWN)
    found = [
        (action.due or date.max, case, action)
        for case in await turn.reads.glance(refs)
        for action in case.actions
        if action.owner == "worker" and action.status == "agreed" and action.due and action.due <= turn.today + AHEAD
    ]
    found.sort(key=lambda one: (one[0], one[1].ref, one[2].position))
    lines = [turn.text("🤝 <b>What I do myself</b>, within a week")]
    for number, (due, case, action) in enumerate(found, start=1):
        sign = "🟠" if due < turn.today else "📌"
        said = [case.ref, unlinked(in_brief(case.identity.name)), words_of(turn, case, action), turn.words.short(due)]
        lines.append(f"{sign} {number}. " + " · ".join(filter(None, said)))
    if not found:
        lines.append(turn.text("Nothing within a week."))
    buttons = [
        Button(str(number), "action", f"{case.ref}/{action.position}")
        for number, (_, case, action) in enumerate(found, start=1)
    ]
    return Screen("\n".join(lines), (*in_rows(buttons, 5), (Button(turn.text("⬅️ My list"), "today", "0"),)))


@worker.tap("own_due")
async def to_own_due(turn: Turn, _args: str) -> None:
    """Go to what is their own to do."""
    turn.go("own_due")
