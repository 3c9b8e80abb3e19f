"""When a message could not be delivered: somebody who helps hears it the same day."""

from __future__ import annotations

from conversations.turn import Turn


async def not_delivered(turn: Turn, kind: str) -> None:
    """Keep that messages do not arrive (`unreachable`), or that one was refused (`refused`), and tell who helps."""
    if kind == "unreachable":
        if turn.chat.blocked_at is not None:
            return  # Telegram has said so itself in the meantime, and who helps has heard it then
        turn.chat.blocked_at = turn.now
        if turn.case is not None:
            turn.case.reached(False, turn.now)
    if turn.case is not None:
        turn.notify(await turn.reads.helpers(turn.case), "alert", turn.case.ref)
