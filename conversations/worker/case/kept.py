"""Kept things: what somebody still has at release, and half a year later, for the figures (domain.md, 4)."""

from __future__ import annotations

from conversations.figures.weighing import topic_name
from conversations.roles import worker
from conversations.screen import Button, Screen
from conversations.turn import Turn
from conversations.worker.case.case_buttons import deed
from conversations.worker.case.opening import opened
from conversations.worker.case.steps import ask, in_rows, split
from storage.case.case import Case
from storage.schema import TOPICS

_SIGNS = {True: "✅", False: "❌", None: "🤷"}
# A tap goes on to the next: not known, yes, no.
_NEXT = {None: True, True: False, False: None}
MOMENTS = ("release", "later")


def _is_over(case: Case) -> bool:
    return case.phase in ("held", "free", "closed") or case.release_date is not None


deed(62, "kept", lambda turn: turn.text("🧭 What they kept"), when=_is_over)


@worker.screen("kept_facts")
async def kept(turn: Turn) -> Screen:
    """Show what there was at the start and what there is now; a tap on a line changes it."""
    case, moment = await turn.open(turn.place["ref"], "change"), turn.place["moment"]
    names = {"release": turn.text("🔓 At release"), "later": turn.text("🗓 Six months later")}
    lines = [f"<b>{names[moment]}</b>", turn.text("Before → now. Tap to change: ✅ has it, ❌ lost it, 🤷 not known.")]
    buttons = []
    for topic in TOPICS:
        before, now = case.facts.get(f"{topic}_start"), case.facts.get(f"{topic}_{moment}")
        name = topic_name(turn.words, topic)
        lines.append(f"{_SIGNS[before]} → {_SIGNS[now]} {name}")
        buttons.append(Button(f"{_SIGNS[now]} {name}", "kept_is", f"{case.ref}/{moment}/{topic}"))
    other = MOMENTS[1 - MOMENTS.index(moment)]
    return ask(turn, "\n".join(lines), *in_rows(buttons), (Button(names[other], "kept", f"{case.ref}/{other}"),))


@worker.tap("kept")
async def to_kept(turn: Turn, args: str) -> None:
    """Go to what was kept, at release unless it says later."""
    ref, _, moment = args.partition("/")
    if case := await opened(turn, ref, "change"):
        turn.go("kept_facts", ref=case.ref, moment=moment or MOMENTS[0])


@worker.tap("kept_is")
async def kept_is(turn: Turn, args: str) -> None:
    """Keep the next of yes, no and not known."""
    ref, moment, topic = split(args, 3)
    case = await opened(turn, ref, "change")
    if case is not None and topic in TOPICS and moment in MOMENTS:
        fact = f"{topic}_{moment}"
        case.figures.know(fact, _NEXT[case.facts.get(fact)])
        turn.go("kept_facts", ref=case.ref, moment=moment)
