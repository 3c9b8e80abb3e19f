"""The port: what a channel carries out, and the few ways in which that can fail.

What comes in goes the other way: its reception stores it as it is, and reading.py
reads from it what was said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from conversations.screen import Screen


class LaterError(Exception):
    """It did not leave: try again after `seconds`, if the channel says so, else after a while. `why`: for the log."""

    def __init__(self, why: str, seconds: float | None = None) -> None:
        super().__init__(why)
        self.why = why
        self.seconds = seconds


class GoneError(Exception):
    """Nobody gets anything in this chat any more: they blocked us (`blocked`), or there is no such chat (`no chat`)."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class RefusedError(Exception):
    """The channel will never do this. `missing`: the message that was to be changed is not there any more.

    `too_large`: it does not hand over so large a file.
    """

    def __init__(self, missing: bool = False, too_large: bool = False) -> None:
        super().__init__()
        self.missing = missing
        self.too_large = too_large


class UnknownError(Exception):
    """It left, and no answer came: it may have arrived."""


@dataclass(frozen=True, slots=True, repr=False)
class Message:
    """A screen as a message of a chat. `owner`: our own id of the chat, for which its buttons are signed.

    `number`: which screen of the chat it is; None for a notice. `made`: what a former version of this program has
    rendered already.
    """

    screen: Screen
    owner: str
    number: int | None = None
    made: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Attachment:
    """A file with the words below it. `picture`: it is shown where it stands; other files are opened."""

    content: bytes
    name: str
    caption: str
    picture: bool
    marked_up: bool = False


class Port(Protocol):
    """A channel. All raise LaterError, GoneError, RefusedError and UnknownError, PermissionError when it refuses us.

    `to`: the channel's own id of a chat; `message`: its number of a message.
    """

    async def answer(self, tap: str, text: str) -> None:
        """Answer a tap: its button stops waiting, and shows a word if there is one."""
        ...

    async def send(self, to: int, message: Message, silent: bool = False) -> int:
        """Send a new message; returns its number."""
        ...

    async def attach(self, to: int, attachment: Attachment) -> int:
        """Send a file; returns the number of its message."""
        ...

    async def edit(self, to: int, number: int, message: Message) -> None:
        """Let a message say something else; one that says so already is right."""
        ...

    async def delete(self, to: int, number: int) -> None:
        """Take a message out of a chat; one that is not there any more is right."""
        ...

    async def delete_all(self, to: int, numbers: Sequence[int]) -> None:
        """Take messages out of a chat at once."""
        ...

    async def menu(self, to: int | None, commands: Sequence[dict[str, str]]) -> None:
        """Give a chat its menu of commands; None: everybody who has none of their own."""
        ...

    async def fetch(self, handle: str) -> bytes:
        """Return a file that somebody sent."""
        ...

    async def leave(self, to: int) -> None:
        """Leave a group that we were added to."""
        ...

    async def decline(self, query: str) -> None:
        """Answer with nothing what is asked of us in a chat of others."""
        ...
