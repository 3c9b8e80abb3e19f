"""Steps of a deed, as its screens share them: the way back to the case, and the one word that it is done."""

from __future__ import annotations

from conversations.roles import worker
from conversations.screen import Button, Screen
from conversations.turn import Turn
from conversations.words.wording import escape
from storage.case.case import Case

# Characters that a worker types: notes, reasons, questions.
LONGEST_NOTE = 1000


def back_to(turn: Turn, ref: str) -> tuple[Button, ...]:
    """Return the row that leads back to the case."""
    return (Button(turn.text("⬅️ Back"), "case", ref),)


def ask(turn: Turn, text: str, *rows: tuple[Button, ...]) -> Screen:
    """Return a screen about the case of this place: what is asked, the choices, and the way back."""
    ref = turn.place["ref"]
    return Screen(f"<b>{ref}</b>\n{text}", (*rows, back_to(turn, ref)))


def done(turn: Turn, case: Case, note: str) -> None:
    """Go back to the case, and say what was kept."""
    turn.go("case", f"✅ {note}", ref=case.ref)


def kept(turn: Turn, note: str, ref: str = "") -> None:
    """Say what was kept, where the way on is: a list made in this turn would still show what was before it."""
    turn.go("kept", said=f"✅ {note}", ref=ref)


@worker.screen("kept")
async def what_was_kept(turn: Turn) -> Screen:
    """Show it, with the way on."""
    ref = turn.place["ref"]
    row = [Button(turn.text("⬅️ My list"), "today", "0")]
    if ref:
        row.insert(0, Button(ref, "case", ref))
    return Screen(escape(turn.place["said"]), (tuple(row),))


def split(args: str, parts: int) -> list[str]:
    """Return the arguments of a button: a reference first, the last one whole."""
    return args.split("/", parts - 1)


def in_rows(buttons: list[Button], wide: int = 2) -> tuple[tuple[Button, ...], ...]:
    """Return buttons beside each other, so many in a row."""
    return tuple(tuple(buttons[at : at + wide]) for at in range(0, len(buttons), wide))
