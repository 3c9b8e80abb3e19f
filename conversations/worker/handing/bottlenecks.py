"""Bottlenecks: what stands in the way, and what would help: a worker tells it once, and it is counted for all."""

from __future__ import annotations

from conversations.effects.coordination import KeepBottleneck
from conversations.roles import worker
from conversations.screen import Button, Screen
from conversations.turn import Turn
from conversations.words.typed import too_long
from conversations.words.wording import unlinked
from conversations.worker.case.case_buttons import deed
from conversations.worker.case.opening import opened
from conversations.worker.case.steps import LONGEST_NOTE, in_rows, kept, split
from storage.case.case_parts import new_id
from storage.case.references import reference_before
from storage.coordination.bottlenecks import Bottleneck

deed(80, "bottleneck", lambda turn: turn.text("🧱 Bottleneck"))


@worker.screen("bottleneck")
async def bottleneck(turn: Turn) -> Screen:
    """Ask which of the two, then what."""
    ref = turn.place.get("ref", "")
    back = Button(turn.text("⬅️ Back"), "case", ref) if ref else Button(turn.text("⬅️ My list"), "today", "0")
    if "what" not in turn.place:
        buttons = [
            Button(turn.text("🧱 It stands in the way"), "bottleneck_is", f"{ref}/bottleneck"),
            Button(turn.text("💡 It would help"), "bottleneck_is", f"{ref}/improvement"),
        ]
        said = f"“{unlinked(turn.place['said'])}”\n" if "said" in turn.place else ""
        return Screen(said + turn.text("What do you want to tell?"), (*in_rows(buttons, 1), (back,)))
    text = turn.text("Type it in a few sentences. No names: colleagues read it.")
    return Screen(text, ((back,),))


@worker.tap("bottleneck")
async def to_bottleneck(turn: Turn, args: str) -> None:
    """Go and tell, about a case."""
    if case := await opened(turn, args, "change"):
        turn.go("bottleneck", ref=case.ref)


@worker.command("knelpunt", "bottleneck")
async def bottleneck_wanted(turn: Turn, args: str) -> None:
    """Go and tell, about a case or in general."""
    ref, said = reference_before(args)
    if ref is None:
        turn.go("bottleneck")
    elif case := await opened(turn, ref, "change"):
        turn.go("bottleneck", ref=case.ref)
    else:
        return
    if said:
        await typed(turn, said)


@worker.tap("bottleneck_is")
async def bottleneck_is(turn: Turn, args: str) -> None:
    """Choose which of the two; what was typed before is kept as that."""
    ref, what = split(args, 2)
    said = turn.place.get("said")
    turn.go("bottleneck", what=what, **({"ref": ref} if ref else {}))
    if said:
        await _keep(turn, said)


@worker.typed("bottleneck")
async def typed(turn: Turn, text: str) -> None:
    """Keep it, or ask first which of the two it is."""
    if too_long(turn, text, LONGEST_NOTE):
        return
    turn.delete(turn.message_id)
    if "what" in turn.place:
        await _keep(turn, text)
    else:
        turn.go(**(turn.place | {"said": text}))


async def _keep(turn: Turn, text: str) -> None:
    place = turn.place
    municipality, case_id = turn.actor.area, None
    if ref := place.get("ref"):
        case = await opened(turn, ref, "change")
        if case is None:
            return
        municipality, case_id = case.municipality, case.id
    told = Bottleneck(new_id(), place["what"], case_id, municipality, turn.actor.id, turn.now, text)
    turn.decide(KeepBottleneck(told))
    kept(turn, turn.text("Kept. The coordinator sees it."), place.get("ref", ""))


@worker.tap("told")
async def told_before(turn: Turn, args: str) -> None:
    """Show what one told oneself, and that it is solved."""
    turn.go("told", of=args)


@worker.screen("told")
async def told(turn: Turn) -> Screen:
    """Show how something stands that one told."""
    one = await turn.reads.coordination(turn.scope).told(turn.place["of"])
    state = turn.text("✅ It is solved.") if one.status == "solved" else turn.text("The coordinator sees to it.")
    return Screen(f"{state}\n\n{unlinked(one.text)}", ((Button(turn.text("⬅️ My list"), "today", "0"),),))
