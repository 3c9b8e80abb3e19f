"""Words not understood, never the end: who helps can read them, one goes back to where one was, or calls a human.

The words wait, sealed with where the conversation stands, until a tap sends them; they are taken out of the chat.
"""

from __future__ import annotations

from typing import Any

from conversations.roles import self_reporter
from conversations.screen import Button, Screen
from conversations.self_reporter.arrival.coming_back import is_back
from conversations.self_reporter.day import how_it_went
from conversations.self_reporter.home import LONGEST_MESSAGE, send
from conversations.self_reporter.phrases import contact, helper, human, number, quiet_line
from conversations.self_reporter.understanding import typed_answer
from conversations.shared.locked import is_locked
from conversations.turn import Turn
from storage.people.invitations import find_code

PLACE = "not_understood"
# Where a PIN is chosen: digits that are typed are read by whoever looks along, and are nobody's message.
DIGITS_TAPPED = ("pin_new", "pin_again")
# Where words bring what was hidden back: here they are not understood, and it stays hidden.
OUT_OF_SIGHT = ("locked", "hidden")


@self_reporter.lost
async def offer(turn: Turn, said: str | None, why: str = "") -> None:
    """Offer ways on; `said`: what who helps may read, `why`: a sentence about what came, before them."""
    if is_locked(turn):
        if turn.place["kind"] == "hidden":
            turn.go("locked", back=turn.place["back"])
        turn.remark(f"{why}\n{_pin_first(turn)}" if why else _pin_first(turn))
        return
    if turn.place["kind"] in DIGITS_TAPPED:
        turn.remark(turn.text("Who looks along reads what you type. Tap the digits here."))
        return
    back = turn.place if turn.place["kind"] != PLACE else turn.place["back"]
    before = turn.place.get("said")
    said = "\n".join(filter(None, (before, said))) or None
    if said is not None and find_code(said):  # the code of a letter is nobody's message
        why = turn.text("This chat is yours already. Do you have a new letter? Call {number}", number=number(turn))
        said = before
    elif said is not None and len(said) > LONGEST_MESSAGE:
        why = turn.text("That is too long. I can keep {most} letters. Make it shorter.", most=LONGEST_MESSAGE)
        said = before
    if said is not None and how_it_went.is_said(turn, said):
        turn.go(how_it_went.PLACE, said=said)
    else:
        turn.go(PLACE, back=_bare(back), said=said, why=why)


def _pin_first(turn: Turn) -> str:
    return turn.text("I do not understand this. First tap your PIN. Or call.")


def _bare(place: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in place.items() if name not in ("note", "heard", "said")}


@self_reporter.screen(PLACE)
async def not_understood(turn: Turn) -> Screen:
    """Ask whether who helps shall read it; the way back, a human and a number are there too."""
    place = turn.place
    if place.get("said"):
        asked = turn.text("Shall {helper} read it?", helper=helper(turn))
        lines = [place["why"] or turn.text("I am a computer. I do not understand this."), asked]
        first = Button(turn.text("💬 Yes, send it"), "send_said")
    else:
        asked = turn.text("Do you want to tell {helper} something? Type it.", helper=helper(turn))
        lines = [place["why"] or turn.text("I am a computer. I do not understand this."), asked]
        first = Button(turn.text("✍️ Write a message"), "write")
    back = turn.text("▶️ Back to the question") if place["back"]["kind"] == "question" else turn.text("▶️ Back")
    text = f"{lines[0]} {lines[1]}\n\n{quiet_line(turn)}"
    return Screen(text, ((first,), (Button(back, "not_sent"),), (human(turn),)))


@self_reporter.tap("not_sent")
async def back(turn: Turn, _args: str) -> None:
    """Back to where it was: nothing has changed there."""
    turn.go(**turn.place.get("back", turn.place))


@self_reporter.tap("send_said")
async def sent(turn: Turn, _args: str) -> None:
    """Send the words on; they wait for an answer like any other message."""
    place = turn.place
    said = place.get("said")
    if not said:
        turn.show_again()
        return
    is_back(turn)
    await send(turn, said)
    back = place.get("back", _bare(place))
    note = turn.text("✅ Kept. {helper} reads it {days}.", helper=helper(turn), days=contact(turn).days)
    turn.go(**(back | {"note": f"{note}\n{quiet_line(turn)}"}))


@self_reporter.typed(PLACE)
async def typed(turn: Turn, text: str) -> None:
    """Take words here as they are taken where one was; what is not understood there either is added to what waits."""
    former = turn.chat.place
    turn.chat.place = former["back"]
    kind = turn.place["kind"]
    if await typed_answer.is_given(self_reporter, turn, text):
        return
    if kind in self_reporter.texts and kind not in OUT_OF_SIGHT:
        await self_reporter.texts[kind](turn, text)
        if turn.place["kind"] != PLACE:
            return
        why = turn.place["why"]
    else:
        why = ""
    turn.chat.place = former
    await offer(turn, text, why)
