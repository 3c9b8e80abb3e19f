"""A reason why something is refused: a text of the catalogues with its values, before it is known who will read it.

Who reads a file is not who reads what came of it: a child process finds out what is wrong, and the words are the
reader's (`Words.reason`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from conversations.content.files.placeholders import filled

Value: TypeAlias = "str | int | Reason"


@dataclass(frozen=True, slots=True)
class Reason:
    """A text in English with its values by name, some of them texts too; `more`: the reasons that are said after it.

    One without values is said as it stands. So a sentence that is worded already is a reason too: drafts and results
    of the program before hold such.
    """

    msgid: str
    values: tuple[tuple[str, Value], ...] = ()
    more: tuple[Reason, ...] = ()

    def of(self, **values: Value) -> Reason:
        """Return the reason with these values."""
        return replace(self, values=tuple(values.items()))

    def worded(self, translated: Callable[[str], str]) -> str:
        """Return what is said of it, each text as `translated` has it. Nothing is escaped: it goes on paper too."""
        values = {
            name: value.worded(translated) if isinstance(value, Reason) else str(value) for name, value in self.values
        }
        text = translated(self.msgid)
        said = filled(text, values, self.msgid) if values else text
        return " ".join([said, *(reason.worded(translated) for reason in self.more)])

    def packed(self) -> dict[str, Any]:
        """Return the reason as JSON takes it."""
        values = {name: value.packed() if isinstance(value, Reason) else value for name, value in self.values}
        return {"msgid": self.msgid, "values": values, "more": [reason.packed() for reason in self.more]}

    @classmethod
    def unpacked(cls, said: dict[str, Any] | str) -> Reason:
        """Return the reason of `packed`, or that of a sentence."""
        if isinstance(said, str):
            return cls(said)
        values = ((name, cls.unpacked(v) if isinstance(v, dict) else v) for name, v in said["values"].items())
        return cls(said["msgid"], tuple(values), tuple(map(cls.unpacked, said["more"])))


class ReasonError(ValueError):
    """Something is refused; `reason` says why and what to do. The error's own text is English, without any value."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.msgid)
        self.reason = reason


def text(msgid: str, **values: Value) -> Reason:
    """Return the reason that a text is, with `values`; `make catalogues` finds the texts by this name."""
    return Reason(msgid, tuple(values.items()))


def together(first: Reason, *others: Reason) -> Reason:
    """Return several reasons as one, said one after another."""
    return replace(first, more=(*first.more, *others))
