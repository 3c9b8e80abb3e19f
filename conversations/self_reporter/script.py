"""A script: the words of a screen that can be heard, written once: the screen shows them, and a recording says them.

The scripts stand with their screens; `conversations/self_reporter/phone/spoken_screens.py` has them all in one table.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeAlias

from conversations.screen import Button, Screen
from conversations.turn import Turn

# A text of the code, or one of the content: (id, text).
Line: TypeAlias = "str | tuple[str, str]"


def text(msgid: str) -> str:
    """Return a text of the catalogues as it stands there: who reads it is not known yet."""
    return msgid


def worded(turn: Turn, line: Line, **values: object) -> str:
    """Return a line in the reader's words."""
    if isinstance(line, str):
        return turn.text(line, **values)
    of, msgid = line
    return turn.words.content(of, msgid, **values)


@dataclass(frozen=True, slots=True)
class Choice:
    """What can be tapped: its words, the verb that a tap means, and what it hands on after what its screen does."""

    label: Line
    verb: str
    args: str = ""

    def button(self, turn: Turn, args: str = "", **values: object) -> Button:
        """Return it as a button that hands on `args` first."""
        handed = "/".join(part for part in (args, self.args) if part)
        return Button(worded(turn, self.label, **values), self.verb, handed)

    def to(self, verb: str) -> Choice:
        """Return the same words for another verb."""
        return replace(self, verb=verb)


# What is always there.
HUMAN = Choice(text("🙋 I want to speak to somebody"), "human")


class Script:
    """What a screen says and what can be tapped on it, in the order in which somebody hears it.

    `id`: that of its recording. Where a screen says more, such as a day or a name of its own, it shows these words
    among others; where it has more buttons, or several in a row, it takes them from `choices` by name.
    """

    def __init__(self, text_id: str, *lines: Line, choices: tuple[Choice, ...] = ()) -> None:
        self.id, self.lines, self.choices = text_id, lines, choices

    def said(self, turn: Turn, **values: object) -> str:
        """Return its lines in the reader's words, with `values` filled in."""
        return "\n\n".join(worded(turn, line, **values) for line in self.lines)

    def rows(self, turn: Turn, args: str = "", **values: object) -> tuple[tuple[Button, ...], ...]:
        """Return its choices, each in a row of its own."""
        return tuple((choice.button(turn, args, **values),) for choice in self.choices)

    def screen(self, turn: Turn, args: str = "", *, human_too: bool = True, **values: object) -> Screen:
        """Return the screen that says this and nothing else; its last row calls a human."""
        last = ((HUMAN.button(turn),),) if human_too else ()
        return Screen(self.said(turn, **values), (*self.rows(turn, args, **values), *last), (self.id,))


def of_action(proposal: str | None) -> tuple[str, ...]:
    """Return the id of an action's recording; the person's own words have none."""
    return (f"action.{proposal}",) if proposal else ()
