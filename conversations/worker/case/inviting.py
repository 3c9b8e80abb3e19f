"""A fresh invitation on the worker's own screen: a picture for the person's phone, and a code to type."""

from __future__ import annotations

from conversations.effects.invitation import Invite
from conversations.roles import worker
from conversations.turn import Turn
from conversations.worker.case.case_buttons import deed
from conversations.worker.case.opening import opened
from conversations.worker.case.steps import done
from storage.case.case import Case


def _reachable(case: Case) -> bool:
    return case.channel == "chat" and case.phase != "closed"


deed(45, "invite", lambda turn: turn.text("🔑 Fresh invitation"), "invite", _reachable)


@worker.tap("invite")
async def invite(turn: Turn, args: str) -> None:
    """Make one; the former one ends."""
    case = await opened(turn, args, "invite")
    if case is None:
        return
    case.reach.invited(turn.now)
    turn.decide(Invite(case))
    done(turn, case, turn.text("Here is the picture. Let the person point their camera at it. It works for 7 days."))
