"""The lock on a phone that others use: after a quiet while nothing is shown before the PIN, but numbers to call.

That the phone is locked is where the conversation stands, so it holds after a restart; what was tapped or typed as a
command waits behind it.
"""

from __future__ import annotations

from datetime import timedelta

from conversations import notices
from conversations.effects.chat import Sweep
from conversations.roles import self_reporter
from conversations.rules.pin import DIGITS, PLACES, Pin
from conversations.screen import Button, Screen
from conversations.self_reporter.arrival.codes import read_year
from conversations.self_reporter.home import ask_for_human
from conversations.self_reporter.phone import keypad
from conversations.self_reporter.phrases import helper, human, number
from conversations.self_reporter.questions.next_step import onward
from conversations.shared.locked import is_locked
from conversations.turn import Turn

# As long as a screen stands before it folds (bot/writing/writer.py).
QUIET = timedelta(minutes=15)
# What can be tapped before the PIN.
OPEN = ("key", "pin_forgot", "pin_back", "unhide", "human")


def pin_of(turn: Turn) -> Pin | None:
    """Return the person's PIN, if they want one."""
    kept = turn.case.preferences.pin if turn.has_case else None
    return Pin.read(kept) if kept else None


def guard(turn: Turn) -> None:
    """Lock a chat that was quiet or folded; open one whose PIN was taken off."""
    if not turn.has_case or turn.actor.role != "self_reporter":
        return
    kind = turn.place["kind"]
    if turn.case.preferences.pin is None:
        if kind in ("locked", "pin_year"):
            turn.chat.place = turn.place["back"]
    elif kind not in PLACES and (turn.quiet_for >= QUIET or turn.chat.folded):
        turn.chat.place = {"kind": "locked", "back": turn.place}


def hold(turn: Turn, verb: str = "", args: str = "") -> None:
    """Ask the PIN before what was tapped, or typed as a command: then `verb` is its name behind a slash."""
    turn.go("locked", back=turn.place["back"], then=[verb, args] if verb else None)


def numbers(turn: Turn) -> str:
    """Return whom to call, which nothing holds back."""
    national = turn.content.region.numbers
    return turn.text(
        "Somebody to talk to: {number}\nDay and night: {suicide} or {suicide_free}\nDanger: {emergency}",
        number=number(turn),
        suicide=national.suicide_prevention.telephone,
        suicide_free=national.suicide_prevention.free or national.suicide_prevention.telephone,
        emergency=national.emergency.telephone,
    )


@self_reporter.screen("locked")
async def locked(turn: Turn) -> Screen:
    """Ask for the PIN, with the numbers to call."""
    pin = pin_of(turn)
    forgot = (Button(turn.text("🔑 I forgot it"), "pin_forgot"),)
    if pin is None or pin.is_closed:
        closed = turn.text("🔒 This is closed. Your helper can open it with you.")
        return Screen(f"{closed}\n\n{numbers(turn)}", (forgot, (human(turn),)))
    asked = turn.text("🔒 Tap your PIN.")
    return Screen(f"{asked}\n\n{keypad.dots(turn)}\n\n{numbers(turn)}", (*keypad.keys(), forgot, (human(turn),)))


async def entered(turn: Turn, key: str) -> list[str] | None:
    """Take a digit of the PIN; returns what was tapped before, once it is right: a verb and its arguments."""
    case, pin = turn.case, pin_of(turn)
    digits, back, then = keypad.typed(turn, key), turn.place["back"], turn.place.get("then")
    if pin is None or pin.is_closed or len(digits) < DIGITS:
        turn.go("locked", back=back, then=then, digits=digits)
        return None
    wrong = pin.tried(digits)
    if wrong is not None:
        case.person.prefer(pin=wrong.kept())
        turn.go("locked", turn.text("That is not right. Try it once more."), back=back, then=then)
        return None
    case.person.prefer(pin=pin.opened().kept())
    turn.go(**back)
    return then or None


@self_reporter.typed("locked", "hidden")
async def typed(turn: Turn, text: str) -> None:
    """Words show nothing: before the PIN its digits are tapped, and what is out of sight stays there."""
    await self_reporter.not_understood(turn, text)


async def call_a_human(turn: Turn) -> None:
    """Call a human from before the PIN."""
    await ask_for_human(turn)
    turn.remark(turn.text("I gave a sign. Call now too: {number}", number=number(turn)))


# Out of sight.


@self_reporter.command("verberg", "hide")
async def hide_wanted(turn: Turn, _args: str) -> None:
    """Put everything out of sight at once."""
    await hide(turn, "")


@self_reporter.tap("hide")
async def hide(turn: Turn, _args: str) -> None:
    """Put the screen out of sight, and take everything else out of the chat that still can be."""
    turn.decide(Sweep())
    back = turn.place["back"] if turn.place["kind"] in PLACES else turn.place
    turn.go("hidden", back=back)


@self_reporter.screen("hidden")
async def hidden(turn: Turn) -> Screen:
    """Show what a folded screen shows."""
    return Screen(notices.folded(turn.words).text, ((Button(turn.text("▶️ Go on"), "unhide"),),))


@self_reporter.tap("unhide")
async def unhidden(turn: Turn, _args: str) -> None:
    """Go on where it stood, after the PIN where there is one."""
    back = turn.place.get("back")
    if back is None:
        await onward(turn)
    elif is_locked(turn):
        turn.go("locked", back=back)
    else:
        turn.go(**back)


# Without the PIN: the year of birth, and the word of who helps.


@self_reporter.tap("pin_forgot")
async def forgotten(turn: Turn, _args: str) -> None:
    """Ask the year of birth."""
    if is_locked(turn):
        turn.go("pin_year", back=turn.place["back"])


@self_reporter.screen("pin_year")
async def year(turn: Turn) -> Screen:
    """Ask it."""
    return Screen(
        turn.text("In which year were you born? Type 4 digits. Example: 1990.") + f"\n\n{numbers(turn)}",
        ((Button(turn.text("⬅️ Back"), "pin_back"),), (human(turn),)),
    )


@self_reporter.tap("pin_back")
async def back_to_the_keys(turn: Turn, _args: str) -> None:
    """Back to the keys."""
    if is_locked(turn):
        hold(turn)


@self_reporter.typed("pin_year")
async def typed_year(turn: Turn, text: str) -> None:
    """With the right year who helps is asked to take it off, once; with another one nothing happens."""
    case, pin = turn.case, pin_of(turn)
    turn.delete(turn.message_id)
    if read_year(text) != case.identity.birth_year or pin is None:
        turn.remark(turn.text("That is not right. Try it once more."))
        return
    if not pin.asked:
        case.person.prefer(pin=pin.asked_off().kept())
        case.thread.write("self_reporter", "", turn.now, kind="pin")
        turn.notify(await turn.reads.helpers(case), "help", case.ref)
    note = turn.text(
        "{helper} gets a sign. Call {helper} too. Together you take the PIN off: {number}",
        helper=helper(turn),
        number=number(turn),
    )
    turn.go("locked", note, back=turn.place["back"])
