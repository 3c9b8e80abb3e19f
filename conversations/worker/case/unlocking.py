"""The unlocking of a chat: the PIN goes off by the word of who helps: they know that it is the person who asks."""

from __future__ import annotations

from conversations.effects.notice import Notice
from conversations.roles import worker
from conversations.rules.pin import Pin
from conversations.screen import Button, Screen
from conversations.turn import Turn
from conversations.worker.case.case_buttons import deed
from conversations.worker.case.opening import opened
from conversations.worker.case.steps import ask, done
from storage.case.case import Case


def _asks(case: Case) -> bool:
    kept = case.preferences.pin
    return kept is not None and Pin.read(kept).asked


deed(12, "unlock", lambda turn: turn.text("🔓 Take the PIN off"), "message", _asks)


@worker.screen("unlock")
async def unlock(turn: Turn) -> Screen:
    """Ask whether it is really them."""
    case = await turn.open(turn.place["ref"], "message")
    text = turn.text(
        "Somebody on the phone of {name} typed the right year of birth, and asks to take the PIN off. "
        "Call or see {name} first. Is it really {name}?",
        name=case.identity.first_name or case.ref,
    )
    return ask(turn, text, (Button(turn.text("🔓 Yes, take it off"), "unlock_yes", case.ref),))


@worker.tap("unlock")
async def to_unlock(turn: Turn, args: str) -> None:
    """Go and say so."""
    if case := await opened(turn, args, "message"):
        turn.go("unlock", ref=case.ref)


@worker.tap("unlock_yes")
async def unlocked(turn: Turn, args: str) -> None:
    """Take the PIN off; the person hears that they can go on."""
    case = await opened(turn, args, "message")
    if case is None:
        return
    if _asks(case):
        case.person.prefer(pin=None)
        case.thread.read("self_reporter", turn.now)
        case.thread.answered(turn.now, "pin")
        turn.decide(Notice(("case", case.id), "message", "onward"))
    done(turn, case, turn.text("The PIN is off."))
