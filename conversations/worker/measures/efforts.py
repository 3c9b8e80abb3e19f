"""Efforts to the edge of the possible (*maximale inzet*): what was tried for a case, where it stopped, and why."""

from __future__ import annotations

from conversations.roles import coordinator, worker
from conversations.screen import Button, Screen
from conversations.turn import Turn
from conversations.words.typed import too_long
from conversations.words.wording import escape, unlinked
from conversations.worker.case.case_buttons import deed
from conversations.worker.case.opening import opened
from conversations.worker.case.steps import LONGEST_NOTE, ask, in_rows, kept

# On the screen of a case, and in the coordinator's list.
SHOWN, LISTED = 3, 8

deed(85, "effort", lambda turn: turn.text("💪 To the limit"), "open")


@worker.tap("effort")
async def to_effort(turn: Turn, args: str) -> None:
    """Go and tell what was tried."""
    if case := await opened(turn, args, "open"):
        turn.go("effort", ref=case.ref)


@worker.screen("effort")
async def effort(turn: Turn) -> Screen:
    """Show what was told before, and ask what was tried, then where it stopped."""
    case = await turn.open(turn.place["ref"], "open")
    if "tried" in turn.place:
        return ask(turn, turn.text("Where did it stop, and why?"))
    lines = []
    for row in case.efforts[-SHOWN:]:
        lines.append(f"💪 {turn.words.moment(row.at)}\n{unlinked(row.tried)}\n⛔️ {unlinked(row.stopped)}")
    lines.append(turn.text("What was tried, to the edge of the possible? No names: the coordinator reads it."))
    return ask(turn, "\n\n".join(lines))


@worker.typed("effort")
async def typed(turn: Turn, text: str) -> None:
    """Take what was tried, then where it stopped."""
    if too_long(turn, text, LONGEST_NOTE):
        return
    turn.delete(turn.message_id)
    case = await opened(turn, turn.place["ref"], "open")
    if case is None:
        return
    if "tried" not in turn.place:
        turn.go("effort", ref=case.ref, tried=text)
        return
    case.helpers.go_to_the_limit(turn.place["tried"], text, turn.actor.id, turn.now)
    kept(turn, turn.text("Kept. The coordinator sees it."), case.ref)


@coordinator.screen("efforts")
async def efforts(turn: Turn) -> Screen:
    """Show the newest of the area."""
    found = await turn.reads.coordination(turn.scope).tried()
    lines = [turn.text("💪 <b>To the limit</b>")]
    for n, row in enumerate(found[:LISTED], start=1):
        one = row.effort
        day = turn.words.short(one.at.astimezone(turn.content.zone).date())
        lines.append(
            f"{n}. {row.ref} · {escape(row.municipality)} · {day}\n{unlinked(one.tried)}\n⛔️ {unlinked(one.stopped)}"
        )
    if not found:
        lines.append(turn.text("Nothing told yet."))
    buttons = [Button(str(n), "case", row.ref) for n, row in enumerate(found[:LISTED], start=1)]
    return Screen("\n".join(lines), (*in_rows(buttons, 4), (Button(turn.text("⬅️ Meeting"), "meeting"),)))


@coordinator.tap("efforts")
async def to_efforts(turn: Turn, _args: str) -> None:
    """Go to what was tried."""
    turn.go("efforts")
