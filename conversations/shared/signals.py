"""Signals in a turn: raised and lowered with what was just said, and told to who helps when they are urgent."""

from __future__ import annotations

from conversations.rules.flags import review
from conversations.turn import Turn
from storage.case.case import Case


async def settle(turn: Turn, case: Case) -> None:
    """Raise and lower the signals of a case; who helps hears at once of one that is urgent and new."""
    raised = review(turn.content.checklist, case, turn.now, turn.content.zone)
    if any(flag.level == "urgent" for flag in raised):
        turn.notify(await turn.reads.helpers(case), "alert", case.ref)
