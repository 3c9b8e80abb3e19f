"""The keypad for a PIN: ten keys, a tap adds a digit, and how many there are shows as dots."""

from __future__ import annotations

from conversations.rules.pin import DIGITS
from conversations.screen import Button
from conversations.turn import Turn

ERASE = "x"


def dots(turn: Turn) -> str:
    """Return how many digits there are."""
    number = len(turn.place.get("digits", ""))
    return " ".join("●" * number + "○" * (DIGITS - number))


def keys() -> tuple[tuple[Button, ...], ...]:
    """Return the rows of keys; a tap comes as `key` with the digit."""
    rows = tuple(tuple(Button(digit, "key", digit) for digit in row) for row in ("123", "456", "789"))
    return (*rows, (Button("⌫", "key", ERASE), Button("0", "key", "0")))


def typed(turn: Turn, key: str) -> str:
    """Return the digits after a tap."""
    before: str = turn.place.get("digits", "")
    return before[:-1] if key == ERASE else (before + key)[:DIGITS]
