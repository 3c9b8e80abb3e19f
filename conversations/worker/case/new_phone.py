"""A new phone at a case with answers: who helps calls the number that they know, and says whether it is the person."""

from __future__ import annotations

from conversations.effects.notice import Notice
from conversations.effects.phone import AnswerPhone
from conversations.effects.trace import Trace
from conversations.roles import worker
from conversations.screen import Button, Screen
from conversations.turn import Turn
from conversations.worker.case.card import open_case
from conversations.worker.case.case_buttons import deed
from conversations.worker.case.opening import opened
from conversations.worker.case.steps import ask, done, split
from conversations.worker.today.reasons import since
from storage.case.case import Case

# Characters of the phone's id that the buttons carry: a yes to one phone is none to another that came since.
WHICH = 12


def _waits(case: Case) -> bool:
    return case.new_phone is not None


deed(9, "new_phone", lambda turn: turn.text("📱 New phone: call first"), "vouch", _waits)


@worker.screen("new_phone")
async def new_phone(turn: Turn) -> Screen:
    """Say what to do before a yes: call the number that was known, and let the person read what their screen says."""
    case = await turn.open(turn.place["ref"], "vouch")
    if case.new_phone is None or case.new_phone_at is None:
        return ask(turn, turn.text("No phone waits here any more."))
    name = case.identity.first_name or case.ref
    lines = [
        turn.text("📱 New phone · {when}", when=since(turn, case.new_phone_at)),
        turn.text("Call the known number of {name} and ask about it.", name=name),
        turn.text("The new phone shows {number}. Let {name} read it to you.", number=case.door.number, name=name),
    ]
    if case.call_asked_at is not None:
        lines.append(turn.text("📞 Wants a call · {when}", when=since(turn, case.call_asked_at)))
    which = f"{case.ref}/{case.new_phone[-WHICH:]}"
    return ask(
        turn,
        "\n\n".join(lines),
        (Button(turn.text("✅ It is right"), "phone_yes", which),),
        (Button(turn.text("⛔️ It is not right"), "phone_no", which),),
    )


@worker.tap("new_phone")
async def to_new_phone(turn: Turn, args: str) -> None:
    """Go and ask; who may not say so sees the front of the case, where it can be taken or given to somebody."""
    case = await opened(turn, args, "index")
    if case is None:
        return
    if _waits(case) and turn.scope.may("vouch", case):
        turn.go("new_phone", ref=case.ref)
    else:
        await open_case(turn, case.ref)


async def _answered(turn: Turn, args: str) -> Case | None:
    """Return the case whose waiting phone a button means; else say that it waits no longer, and return None."""
    ref, which = split(args, 2)
    case = await opened(turn, ref, "vouch")
    if case is None:
        return None
    if case.new_phone is None or case.new_phone[-WHICH:] != which:
        turn.go("new_phone", turn.text("Another phone waits now. Look again."), ref=case.ref)
        return None
    return case


@worker.tap("phone_yes")
async def is_theirs(turn: Turn, args: str) -> None:
    """Let the new phone in, behind the PIN where there is one; the old one is told, and leaves."""
    case = await _answered(turn, args)
    if case is None:
        return
    assert case.new_phone is not None
    if not await turn.reads.at_the_door(case):
        case.door.answer()
        done(turn, case, turn.text("That phone is not there any more."))
        return
    turn.decide(AnswerPhone(case, case.new_phone, True))
    turn.decide(Trace(turn.actor.id, "new_phone_yes", case.ref))
    case.door.answer()
    case.reach.joined(turn.now)
    done(turn, case, turn.text("The new phone goes on. The old one is told."))


@worker.tap("phone_no")
async def is_not_theirs(turn: Turn, args: str) -> None:
    """Send it away with the sentence that every code gets that opens nothing; the old phone goes on as it was."""
    case = await _answered(turn, args)
    if case is None:
        return
    assert case.new_phone is not None
    if await turn.reads.at_the_door(case):
        turn.decide(AnswerPhone(case, case.new_phone, False))
    turn.decide(Trace(turn.actor.id, "new_phone_no", case.ref))
    case.door.answer()
    others = [m for m in await turn.reads.coordinators(case) if m.id != turn.actor.id]
    turn.decide(*(Notice(("staff", m.id), "alert", "case", case.ref) for m in others))
    done(turn, case, turn.text("The new phone is shut out. Tell your coordinator how it got the code."))
