"""The opening of a case by a professional: by a button or a reference, within their scope, or with one same answer."""

from __future__ import annotations

from conversations.effects.trace import Trace
from conversations.turn import Turn
from storage.case.case import Case
from storage.case.references import read_reference, reference_before
from storage.scope import NotYoursError, Verb


def _home(turn: Turn) -> str:
    """Return the place of the list of who acts."""
    return "cases" if turn.actor.role == "casemanager" else "today"


async def closed(turn: Turn, ref: str) -> None:
    """Go back to the list: one same answer to a case of somebody else and one that does not exist."""
    text = turn.text("There is no case {ref} for you.", ref=ref[:20])
    shaped = read_reference(ref)
    meant = await turn.reads.similar(turn.scope, shaped) if shaped else None
    if meant is not None and meant != shaped:
        text += " " + turn.text("Do you mean {ref}?", ref=meant)
    turn.decide(Trace(turn.actor.id, "denied", None, "denied"))
    turn.go(_home(turn), note=text)


async def opened(turn: Turn, ref: str, verb: Verb) -> Case | None:
    """Return the case that a reference names when they may do `verb` to it; else go back, and return None."""
    try:
        return await turn.open(read_reference(ref) or ref, verb)
    except NotYoursError:
        await closed(turn, ref)
        return None


async def named(turn: Turn, args: str, verb: Verb, example: str) -> Case | None:
    """Return the case that a command names; without a reference say what to type, with an example."""
    ref, _ = reference_before(args)
    if ref is None:
        turn.go(_home(turn), note=turn.text("Type a reference behind it. Example: {example}", example=example))
        return None
    return await opened(turn, ref, verb)
