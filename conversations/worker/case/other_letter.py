"""Another letter: a chat goes on with another case by the word of who helps there: they know that it is one person."""

from __future__ import annotations

from conversations import notices
from conversations.effects.case import Change
from conversations.effects.notice import Notice
from conversations.effects.phone import HandChat
from conversations.roles import worker
from conversations.screen import Button, Screen
from conversations.self_reporter.arrival.other_letter import SIGN
from conversations.turn import Turn
from conversations.worker.case.case_buttons import deed
from conversations.worker.case.opening import opened
from conversations.worker.case.steps import ask, done
from storage.case.case import Case


def _asking(case: Case) -> str | None:
    """Return the reference of the case whose chat asks for this one, until somebody has said yes or no."""
    signs = [m for m in case.messages if m.kind == SIGN]
    return signs[-1].text if signs and signs[-1].sender == "self_reporter" and case.joined_at is None else None


def _asked(case: Case) -> bool:
    return _asking(case) is not None


deed(11, "same_person", lambda turn: turn.text("✉️ New letter, same person?"), "change", _asked)


async def _owner(turn: Turn, case: Case) -> Case | None:
    """Return the case whose chat asks for this one, while it has that chat."""
    ref = _asking(case)
    found = await turn.reads.case(ref) if ref is not None else None
    return found if found is not None and found.joined_at is not None and found.channel == "chat" else None


def _may_let_go(turn: Turn, owner: Case) -> bool:
    """Tell whether nobody else loses a chat by it: the case is over, or theirs too."""
    return owner.phase == "closed" or turn.scope.may("change", owner)


@worker.screen("same_person")
async def same_person(turn: Turn) -> Screen:
    """Ask whether it is really them."""
    case = await turn.open(turn.place["ref"], "change")
    owner = await _owner(turn, case)
    if owner is None:
        return ask(turn, turn.text("That chat is not there any more. Give the person a fresh invitation."))
    if not _may_let_go(turn, owner):
        text = turn.text(
            "That chat is of an open case of a colleague. Let the person open the letter on another phone. "
            "Or ask your coordinator to give both cases to one of you."
        )
        return ask(turn, text)
    name = case.identity.first_name or case.ref
    lines = [
        turn.text(
            "Somebody opened the letter of {name} in the chat of another case, with the right year of birth. "
            "Call {name} first. Is it the same person?",
            name=name,
        )
    ]
    if turn.scope.may("names", owner):
        lines.append(f"👤 {owner.ref} · {owner.identity.name}")
    if owner.phase != "closed":
        lines.append(turn.text("After your yes the other case has no chat any more."))
    rows = (
        (Button(turn.text("✅ Yes, go on with this case"), "same_person_yes", case.ref),),
        (Button(turn.text("❌ No, somebody else"), "same_person_no", case.ref),),
    )
    return ask(turn, "\n".join(lines), *rows)


@worker.tap("same_person")
async def to_same_person(turn: Turn, args: str) -> None:
    """Go and say so."""
    if case := await opened(turn, args, "change"):
        turn.go("same_person", ref=case.ref)


@worker.tap("same_person_yes")
async def goes_on(turn: Turn, args: str) -> None:
    """Let the chat go on with this case, from its first questions; the other case is without a chat."""
    case = await opened(turn, args, "change")
    if case is None:
        return
    owner = await _owner(turn, case)
    if owner is None or not _may_let_go(turn, owner):
        turn.go("same_person", ref=case.ref)
        return
    owner.reach.by("telephone")
    case.reach.joined(turn.now)
    case.reach.contacted("chat", "in", turn.now)
    case.thread.read("self_reporter", turn.now)
    case.thread.answered(turn.now, SIGN)
    turn.decide(Change(owner))
    turn.decide(HandChat(owner, case))
    turn.decide(Notice(("case", case.id), "message", notices.UNFOLD))
    done(turn, case, turn.text("The chat goes on with this case. The person gets a message."))


@worker.tap("same_person_no")
async def stays(turn: Turn, args: str) -> None:
    """Leave the chat where it is."""
    case = await opened(turn, args, "change")
    if case is not None:
        case.thread.write("worker", "", turn.now, kind=SIGN).read_at = turn.now  # it tells the person nothing
        case.thread.answered(turn.now, SIGN)
        done(turn, case, turn.text("The chat stays with the other case. Call the person about it."))
