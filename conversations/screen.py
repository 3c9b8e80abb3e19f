"""A screen: one message with its buttons. It goes out as it is; the channel of a chat renders it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Button:
    """A button of a screen: what it says, and the verb with arguments that a tap means."""

    label: str
    verb: str
    args: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Screen:
    """What a chat shows: one message with its buttons, in rows.

    `spoken`: the ids of the recordings in which it can be heard (conversations/self_reporter/phone/spoken.py).
    """

    text: str
    rows: tuple[tuple[Button, ...], ...] = ()
    spoken: tuple[str, ...] = ()

    def kept(self) -> list[Any]:
        """Return it as plain data, to wait until it is shown."""
        return [self.text, [[[button.label, button.verb, button.args] for button in row] for row in self.rows]]

    @classmethod
    def read(cls, kept: list[Any]) -> Screen:
        """Return what `kept` has made plain data of."""
        text, rows = kept
        return cls(text, tuple(tuple(Button(*button) for button in row) for row in rows))
