"""An undelivered message: somebody who helps hears of it the same day."""

from __future__ import annotations

from conversations.turn import Turn


async def not_delivered(turn: Turn, kind: str) -> None:
    """Keep that messages do not arrive (`unreachable`), or that one was refused, held or not made; tell who helps.

    A colleague who waits for a file that could not be made (`not_made`) hears it where they wait.
    """
    if kind == "not_made" and turn.member is not None:
        if turn.place["kind"] == "letters_made":
            turn.go(
                "letters", turn.text("⛔️ The letters could not be made. There is nothing to send yet.") + _keeper(turn)
            )
        else:
            turn.remark(turn.text("⛔️ The file could not be made.") + _keeper(turn))
    if kind == "unreachable":
        if turn.chat.blocked_at is not None:
            return  # Telegram has said so itself in the meantime, and who helps has heard it then
        turn.chat.blocked_at = turn.now
        if turn.has_case:
            turn.case.reach.messages_arrive(False, turn.now)
    if turn.has_case:
        turn.notify(await turn.reads.helpers(turn.case), "alert", turn.case.ref)


def _keeper(turn: Turn) -> str:
    return " " + turn.text("Tell who keeps Voorzorg: the log says why.")
