"""What was said in a chat: typed, tapped, sent, or done; whichever channel carried it.

A channel reads it (bot/channels); the router leads it to a conversation, which knows nothing of channels.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

# What else can be sent, as far as the answer to it differs.
SentKind = Literal["picture", "place", "text", "other"]


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Said:
    """Something that came in. `message`: the channel's number of its message.

    `written`: when it was, in epoch seconds, where it says so. `language`: the code of the language of whoever sent it,
    as their device says; empty when it does not.
    """

    message: int | None = None
    written: int | None = None
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Typed(Said):
    """Words. `reply_to`: the message that they answer, if they say so."""

    text: str
    reply_to: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Command(Said):
    """A command: its name in lower case without the slash, the words behind it, and all of it as it was typed.

    `forwarded`: somebody else typed it. `elsewhere`: it names another bot.
    """

    name: str
    args: str
    text: str
    forwarded: bool = False
    elsewhere: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Tapped(Said):
    """A tap, with the channel's id of it: what the button carries (conversations/buttons.py), and on which message."""

    tap: str
    data: str
    on: int | None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Edited(Said):
    """Words that took the place of others, which stand."""

    text: str | None


@dataclass(frozen=True, slots=True, repr=False)
class File:
    """A file that can be fetched: the channel's name for it, how it is called, and its size in bytes where known."""

    handle: str
    name: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Sent(Said):
    """Anything else: a picture, a place, words of somebody else. `text`: the words with it; `album`: of which set."""

    kind: SentKind
    text: str | None = None
    file: File | None = None
    album: str | None = None
    forwarded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Left(Said):
    """Whoever has this chat wants nothing more from us in this channel, or (`left` false) wants it again."""

    left: bool


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Came(Said):
    """What came of an errand that `by` asked for (bot/errands); `about`: the file that it was about."""

    kind: str
    by: str
    about: str | None
    result: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class NotDelivered(Said):
    """What was to go out did not arrive: `unreachable`, `refused`, `held` or `not_made`."""

    kind: str
