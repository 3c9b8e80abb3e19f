"""What the screens of a deed share: the way back to the case, and the one word that it is done."""

from __future__ import annotations

from conversations.turn import Button, Screen, Turn
from storage.case import Case

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


def split(args: str, parts: int) -> list[str]:
    """Return the arguments of a button: a reference first, the last one whole."""
    return args.split("/", parts - 1)


def in_rows(buttons: list[Button], wide: int = 2) -> tuple[tuple[Button, ...], ...]:
    """Return buttons beside each other, so many in a row."""
    return tuple(tuple(buttons[at : at + wide]) for at in range(0, len(buttons), wide))
