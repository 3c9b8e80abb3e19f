"""Sharing, asked by a worker of who has no chat or is away from it inside: may the prison read an action?"""

from __future__ import annotations

from conversations.roles import worker
from conversations.screen import Button, Screen
from conversations.turn import Turn
from conversations.words.share_sign import mark_of
from conversations.words.wording import escape
from conversations.worker.case.opening import opened
from conversations.worker.case.steps import ask, split
from conversations.worker.measures.actions import action_at, asks_by_hand, words_of
from storage.case.case import Case
from storage.case.case_parts import Action
from storage.case.sharing import ASKED_ANEW

# Which text was read, for the record: the one below, read out.
READ_OUT = "read out 11-30"


@worker.screen("share_ask")
async def share_ask(turn: Turn) -> Screen:
    """Show the words to read out, and the two answers."""
    case = await turn.open(turn.place["ref"], "change")
    action = action_at(case, turn.place["at"])
    text = turn.text(
        "Read out:\n\n“{prison} can do this for you. Then somebody there reads this sentence, your name and your "
        "day. They see who helps you, and in which municipality. Nothing else. You can always take it back. "
        "May {prison} read it?”",
        prison=escape(case.prison or "–"),
    )
    args = f"{case.ref}/{turn.place['at']}"
    said = f"\n\n📌 {words_of(turn, case, action)}" if action else ""
    return ask(
        turn,
        f"{text}{said}\n\n" + turn.text("Only when nothing about health stands in it."),
        (
            Button(turn.text("✅ The person says yes"), "share_is", f"{args}/yes/{mark_of(case)}"),
            Button(turn.text("❌ The person says no"), "share_is", f"{args}/no"),
        ),
    )


@worker.tap("share_ask")
async def to_share_ask(turn: Turn, args: str) -> None:
    """Go and ask."""
    ref, at = split(args, 2)
    if case := await opened(turn, ref, "change"):
        turn.go("share_ask", ref=case.ref, at=int(at))


@worker.tap("share_is")
async def share_is(turn: Turn, args: str) -> None:
    """Keep what the person said; a yes reaches the casemanager of the prison that was read out."""
    ref, at, said = split(args, 3)
    said, _, mark = said.partition("/")
    case = await opened(turn, ref, "change")
    action = action_at(case, at) if case is not None else None
    if case is None or action is None or not asks_by_hand(case, action):
        return
    if said == "yes" and mark != mark_of(case):
        turn.go("share_ask", turn.text("Another prison is named now."), ref=case.ref, at=action.position)
        return
    case.shares.let_prison_read(action, said == "yes", turn.now, READ_OUT)
    _settle_handed(turn, case, action)
    if action in case.shares.with_the_prison():
        turn.notify(await turn.reads.casemanagers(case.prison), "asked", case.ref)
    turn.go("actions", "✅ " + turn.text("Kept."), ref=case.ref)


def _settle_handed(turn: Turn, case: Case, action: Action) -> None:
    """What was handed to the worker to ask has been asked."""
    for row in case.reminders:
        if (row.kind, row.action_id, row.state) == (ASKED_ANEW, action.id, "handed_to_worker") and row.dealt is None:
            case.schedule.deal_with(row, "done", turn.now)
