"""The setting of a PIN, or taking it off: offered on arrival to who shares a phone, and by /pin at any time."""

from __future__ import annotations

from typing import Any

from conversations.roles import self_reporter
from conversations.rules.pin import DIGITS, Pin
from conversations.screen import Button, Screen
from conversations.self_reporter.phone import keypad, lock
from conversations.self_reporter.phrases import screen
from conversations.self_reporter.script import Choice, Script, text
from conversations.turn import Turn

MENU = Script(
    "screen.pin_menu",
    text("🔒 You have a PIN. What do you want?"),
    choices=(
        Choice(text("🔒 Another PIN"), "pin_new"),
        Choice(text("🔓 No PIN any more"), "pin_off"),
        Choice(text("⬅️ Back"), "pin_done"),
    ),
)
NEW = Script("screen.pin_new", text("🔒 Choose 4 digits. Tap them."))
AGAIN = Script("screen.pin_again", text("🔒 Once more, please. Tap the same 4 digits."))


@self_reporter.screen("pin_offer")
async def offer(turn: Turn) -> Screen:
    """Say what a shared phone shows, and offer a PIN."""
    return screen(
        turn,
        turn.text(
            "Good that you say it. The screen shows only: you have a message. Who opens the chat reads all "
            "of it. With a PIN the chat is locked.\n\nDo you want a PIN too?"
        ),
        (Button(turn.text("🔒 Yes, a PIN"), "pin_new"),),
        (Button(turn.text("⏭ Later"), "pin_later"),),
    )


@self_reporter.tap("pin_later")
async def later(turn: Turn, _args: str) -> None:
    """Go on without."""
    turn.go("intro")


@self_reporter.command("pin")
async def wanted(turn: Turn, _args: str) -> None:
    """Set a PIN; who has one can change it or take it off."""
    back = turn.place.get("back", {"kind": "plan"}) if turn.place["kind"].startswith("pin_") else turn.place
    turn.go("pin_new" if lock.pin_of(turn) is None else "pin_menu", back=_bare(back))


def _bare(place: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in place.items() if name != "note"}


@self_reporter.tap("pin")
async def tapped(turn: Turn, args: str) -> None:
    """The same from a menu."""
    await wanted(turn, args)


@self_reporter.screen("pin_menu")
async def menu(turn: Turn) -> Screen:
    """Ask what to do with the PIN."""
    return MENU.screen(turn)


@self_reporter.tap("pin_new")
async def new(turn: Turn, _args: str) -> None:
    """Ask the digits."""
    turn.go("pin_new", back=turn.place.get("back", {"kind": "intro"}))


@self_reporter.screen("pin_new", "pin_again")
async def digits(turn: Turn) -> Screen:
    """Ask four digits, and the same ones again."""
    script = NEW if turn.place["kind"] == "pin_new" else AGAIN
    said, back = f"{script.said(turn)}\n\n{keypad.dots(turn)}", (Button(turn.text("⬅️ Back"), "pin_done"),)
    return screen(turn, said, *keypad.keys(), back, spoken=(script.id,))


@self_reporter.tap("pin_done")
async def done(turn: Turn, _args: str) -> None:
    """Back to where it was."""
    turn.go(**turn.place.get("back", {"kind": "intro"}))


@self_reporter.tap("pin_off")
async def off(turn: Turn, _args: str) -> None:
    """Take the PIN off."""
    turn.case.person.prefer(pin=None)
    turn.toast = turn.text("✅ The PIN is off.")
    await done(turn, "")


@self_reporter.tap("key")
async def key(turn: Turn, args: str) -> None:
    """Take a digit of a new PIN; the one that is asked for is taken in `lock.entered`."""
    case = turn.case
    place, entered = turn.place, keypad.typed(turn, args)
    if len(entered) < DIGITS:
        turn.go(**(_bare(place) | {"digits": entered}))
    elif place["kind"] == "pin_new":
        turn.go("pin_again", back=place["back"], first=entered)
    elif place["kind"] == "pin_again" and entered != place["first"]:
        turn.go("pin_new", turn.text("Those are other digits. Choose once more."), back=place["back"])
    elif place["kind"] == "pin_again":
        case.person.prefer(pin=Pin.of(entered).kept())
        turn.toast = turn.text("✅ Your PIN is on. I ask it after 15 minutes.")
        await done(turn, "")
