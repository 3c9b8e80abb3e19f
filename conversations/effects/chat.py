"""The chat of a turn: what is answered to a tap, what goes out of it, and the screen that it shows."""

from __future__ import annotations

from dataclasses import dataclass

from conversations.effects.effect import Effect
from conversations.screen import Screen


@dataclass(frozen=True, slots=True)
class Answer(Effect):
    """An answer to a tap, which stops the clock of its button: once, never again. `tap`: the channel's id of it."""

    tap: str
    text: str


@dataclass(frozen=True, slots=True)
class TakeOut(Effect):
    """A message that goes out of the chat; a former screen that is too old for that keeps a neutral line."""

    message_id: int
    was_screen: bool = False


@dataclass(frozen=True, slots=True)
class Sweep(Effect):
    """All goes out of the chat that still can, but for the screen."""


@dataclass(frozen=True, slots=True, repr=False)
class Show(Effect):
    """The screen at the end of a turn. `number`: which of its chat it is; `private`: others may see the lock screen."""

    screen: Screen
    number: int
    private: bool
