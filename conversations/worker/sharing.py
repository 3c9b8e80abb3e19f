"""May the prison read an action? Asked by a worker of somebody who has no chat; who has one is asked there."""

from __future__ import annotations

from conversations.roles import worker
from conversations.turn import Button, Screen, Turn
from conversations.worker.actions import action_at, in_chat, words_of
from conversations.worker.opening import opened
from conversations.worker.steps import ask, split
from storage.plan import TO_THE_PRISON

# Which text was read, for the record: the one below, read out.
READ_OUT = "read out"


@worker.screen("share_ask")
async def share_ask(turn: Turn) -> Screen:
    """Show the words to read out, and the two answers."""
    case = await turn.open(turn.place["ref"], "change")
    action = action_at(case, turn.place["at"])
    text = turn.text(
        "Read out:\n\n“The prison can do this for you. Then somebody there reads this sentence, your name and your "
        "day. Nothing else. You can always take it back. May the prison read it?”"
    )
    args = f"{case.ref}/{turn.place['at']}"
    said = f"\n\n📌 {words_of(turn, case, action)}" if action else ""
    return ask(
        turn,
        f"{text}{said}\n\n" + turn.text("Only when nothing about health stands in it."),
        (
            Button(turn.text("✅ The person says yes"), "share_is", f"{args}/yes"),
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
    """Keep what the person said; a yes reaches the casemanager."""
    ref, at, said = split(args, 3)
    case = await opened(turn, ref, "change")
    action = action_at(case, at) if case is not None else None
    if case is None or action is None or action.owner != "casemanager" or in_chat(case):
        return
    case.consent(TO_THE_PRISON + action.id, said == "yes", turn.now, READ_OUT)
    if action in case.with_the_prison():
        turn.notify(await turn.reads.casemanagers(case), "asked", case.ref)
    turn.go("actions", "✅ " + turn.text("Kept."), ref=case.ref)
