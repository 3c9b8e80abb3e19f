"""Handing a case to a colleague, or letting the coordinator look along. Nothing goes over in silence."""

from __future__ import annotations

from datetime import timedelta

from conversations.effects.notice import Notice
from conversations.roles import worker
from conversations.screen import Button, Screen
from conversations.turn import Turn
from conversations.words.typed import too_long
from conversations.worker.case.case_buttons import deed
from conversations.worker.case.opening import named, opened
from conversations.worker.case.steps import LONGEST_NOTE, ask, done, in_rows, kept, split
from storage.case.case import Case
from storage.people.staff import Member

# A coordinator looks along for so long (design.md, Who may what).
SHARED = timedelta(days=14)
# Colleagues on one screen.
SHOWN = 12

deed(70, "hand_over", lambda turn: turn.text("🔁 Hand over"), "assign")
deed(
    72,
    "share",
    lambda turn: turn.text("👀 Let the coordinator look along"),
    "share",
    lambda case: not case.shared_until,
)
deed(72, "unshare", lambda turn: turn.text("🙈 End looking along"), "share", lambda case: bool(case.shared_until))


async def colleagues(turn: Turn, case: Case, *roles: str) -> list[Member]:
    """Return who else works in the place of a case: at most a screen full."""
    found = await turn.reads.colleagues(case.municipality, case.province)
    return [m for m in found if m.id != turn.actor.id and (not roles or m.role in roles)][:SHOWN]


@worker.screen("hand_over")
async def hand_over(turn: Turn) -> Screen:
    """Ask to whom."""
    case = await turn.open(turn.place["ref"], "assign")
    found = await colleagues(turn, case)
    buttons = [Button(f"👤 {m.name}", "hand_to", f"{case.ref}/{m.id}") for m in found]
    text = turn.text("Who takes this case over?") if found else turn.text("Nobody else works in this place yet.")
    waits = len(case.thread.unanswered())
    if waits:
        text += "\n" + turn.words.plural(
            "⚠️ 1 message waits for an answer. It goes along.",
            "⚠️ {number} messages wait for an answer. They go along.",
            waits,
        )
    return ask(turn, text, *in_rows(buttons, 1))


@worker.tap("hand_over")
async def to_hand_over(turn: Turn, args: str) -> None:
    """Go and choose a colleague."""
    if case := await opened(turn, args, "assign"):
        turn.go("hand_over", ref=case.ref)


@worker.command("overdragen", "transfer")
async def hand_over_wanted(turn: Turn, args: str) -> None:
    """Hand a case over."""
    if case := await named(turn, args, "assign", "/overdragen GR-4K7Q2"):
        turn.go("hand_over", ref=case.ref)


@worker.screen("hand_summary")
async def hand_summary(turn: Turn) -> Screen:
    """Ask what the colleague must know."""
    to = await turn.reads.staff(turn.place["to"])
    name = to.name if to else "?"
    text = turn.text(
        "What must {colleague} know? Type it in a few sentences. The person hears who helps from now on.",
        colleague=name,
    )
    return ask(turn, text)


@worker.tap("hand_to")
async def hand_to(turn: Turn, args: str) -> None:
    """Choose the colleague; then what they must know."""
    ref, to = split(args, 2)
    if case := await opened(turn, ref, "assign"):
        turn.go("hand_summary", ref=case.ref, to=to)


@worker.typed("hand_summary")
async def summary_typed(turn: Turn, text: str) -> None:
    """Hand over: the colleague and the person hear it. What is unanswered and due goes along, and waits there."""
    if too_long(turn, text, LONGEST_NOTE):
        return
    turn.delete(turn.message_id)
    case = await opened(turn, turn.place["ref"], "assign")
    to = await turn.reads.staff(turn.place["to"])
    if case is None:
        return
    if to is None:
        turn.go("hand_over", turn.text("That colleague is no longer there. Choose somebody else."), ref=case.ref)
        return
    case.helpers.hand_over(to.id, text, turn.now)
    turn.decide(Notice(("staff", to.id), "alert", "case", case.ref))
    if case.joined_at is not None:
        case.thread.write("worker", f"{to.name}\n{to.working_days}", turn.now, kind="new_helper")
        turn.decide(Notice(("case", case.id), "message", "messages"))
    kept(turn, turn.text("{ref} is with {colleague} now.", ref=case.ref, colleague=to.name))


@worker.tap("share")
async def share(turn: Turn, args: str) -> None:
    """Let the coordinator of the place look along for a while."""
    case = await opened(turn, args, "share")
    if case is None:
        return
    case.helpers.let_coordinator_read(turn.now + SHARED)
    for member in await colleagues(turn, case, "coordinator"):
        turn.decide(Notice(("staff", member.id), "alert", "case", case.ref))
    day = turn.words.day((turn.now + SHARED).astimezone(turn.content.zone).date())
    done(turn, case, turn.text("The coordinator can look along until {day}.", day=day))


@worker.tap("unshare")
async def unshare(turn: Turn, args: str) -> None:
    """End it."""
    if case := await opened(turn, args, "share"):
        case.helpers.let_coordinator_read(None)
        done(turn, case, turn.text("Nobody looks along any more."))
