"""A shared action that waits for the prison's answer, within what is shared, or with one same answer."""

from __future__ import annotations

from conversations.casemanager.shared_items import waits
from conversations.turn import Turn
from conversations.worker.case.opening import opened
from storage.case.case import Case
from storage.case.case_parts import Action


async def item(turn: Turn, ref: str, position: str | int) -> tuple[Case, Action] | None:
    """Return a shared action that waits for the prison; else say that it is settled, or go back."""
    case = await opened(turn, ref, "confirm")
    if case is None:
        return None
    for action in case.shares.with_the_prison():
        if str(action.position) == str(position) and waits(case, action):
            return case, action
    turn.go("case", turn.text("✅ This is settled."), ref=case.ref)
    return None
