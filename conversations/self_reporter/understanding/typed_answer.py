"""A typed answer: words that are a button of the screen, or that only one of its buttons can mean, count as its tap.

Only what is surely meant counts. What people more often type for it (synonyms, slips of the keyboard) belongs here too.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from conversations.content.checklist.parts import UNKNOWN
from conversations.content.crisis import plain
from conversations.registry import Conversation
from conversations.screen import Button, Screen
from conversations.turn import Turn

# Typed digits never count as those of a PIN: who looks along has read them.
NEVER = ("key",)
# What cannot be brought back wants its whole label: "yes" alone erases nothing.
SURELY = ("erase_all",)
# Characters of a label, at most: a longer text is no answer by a button.
LONGEST = 80


def _begins(words: str, beginnings: Iterable[str]) -> bool:
    return any(words == begin or words.startswith(f"{begin} ") for begin in beginnings)


@dataclass(frozen=True, slots=True)
class Meaning:
    """What people type for one thing, and how the label of the button begins that means it.

    `answer`: the id that such a button of a question answers with, whatever its label says.
    """

    typed: tuple[str, ...]
    labels: tuple[str, ...]
    answer: str | None = None

    def among(self, buttons: list[Button]) -> list[Button]:
        """Return the buttons that mean this."""
        known = [b for b in buttons if self.answer and b.args.endswith(f"/{self.answer}")]
        return known or [b for b in buttons if _begins(plain(b.label), self.labels)]


# Words that say no more than yes, no, I do not know, on or back.
MEANINGS = (
    Meaning(
        ("ja", "jawel", "jazeker", "ja hoor", "ja graag", "oke", "ok", "okee", "is goed", "yes", "yep", "sure"),
        ("ja", "yes"),
    ),
    Meaning(("nee", "neen", "nee hoor", "nee dank je", "nope", "no", "no thanks"), ("nee", "no")),
    Meaning(
        (
            *("weet niet", "weet ik niet", "weet k niet", "ik weet het niet", "weet het niet", "geen idee"),
            *("i do not know", "i dont know", "dont know", "no idea"),
        ),
        ("weet ik niet", "i do not know"),
        UNKNOWN,
    ),
    Meaning(("verder", "ga verder", "volgende", "door", "next", "go on", "continue"), ("verder", "ga verder", "go on")),
    Meaning(("terug", "ga terug", "back", "go back"), ("terug", "back", "go back")),
)
# A picture alone can mean the opposite of the words beside it: then it is no answer.
_AGREES, _REFUSES = frozenset("👍✅👌"), frozenset("👎❌")


def _is_picture(sign: str) -> bool:
    return unicodedata.category(sign) in ("So", "Sk")


def _picture(text: str) -> str:
    """Return the pictures of a text that holds no word, without what only colours them; else nothing."""
    seen = [c for c in text if not c.isspace() and unicodedata.category(c) not in ("Mn", "Me", "Cf", "Sk")]
    return "".join(seen) if seen and all(map(_is_picture, seen)) else ""


def _leads(label: str) -> str:
    """Return the picture in front of a label."""
    return _picture(label.split(" ", 1)[0])


def _contradicts(picture: str, words: str) -> bool:
    first = words.partition(" ")[0]
    return (picture in _AGREES and first in ("nee", "no")) or (picture in _REFUSES and first in ("ja", "yes"))


def _one(buttons: Iterable[Button]) -> Button | None:
    """Return the button that is meant, when all of these do the same."""
    found = {(button.verb, button.args): button for button in buttons}
    return next(iter(found.values())) if len(found) == 1 else None


def _by_picture(buttons: list[Button], picture: str) -> Button | None:
    """Return the button that a picture leads, unless the words beside it say the opposite."""
    led = (b for b in buttons if picture and _leads(b.label) == picture and b.verb not in SURELY)
    return _one(b for b in led if not _contradicts(picture, plain(b.label)))


def _by_words(buttons: list[Button], said: str) -> Button | None:
    """Return the button that a number in front of a label, or what people type for it, can only mean."""
    if said.isdecimal() and said.isascii():
        return _one(b for b in buttons if plain(b.label).partition(" ")[0] == said)
    meaning = next((one for one in MEANINGS if said in one.typed), None)
    return _one(meaning.among(buttons)) if meaning else None


def find(shown: Iterable[Screen], text: str, surely: bool = False) -> Button | None:
    """Return the one button of these screens that a text means; `surely`: by its whole label only."""
    buttons = [b for screen in shown for row in screen.rows for b in row if b.verb not in NEVER]
    said = plain(text)
    if not said:
        return _by_picture(buttons, _picture(text))
    if named := [b for b in buttons if plain(b.label) == said]:
        return _one(named)
    return None if surely else _by_words([b for b in buttons if b.verb not in SURELY], said)


def _pages(turn: Turn) -> Iterator[int]:
    """Yield the pages of the question that stands there, for answers that are on another one."""
    place = turn.place
    question = turn.content.checklist.question(place.get("id", "")) if place["kind"] == "question" else None
    if question is not None:
        yield from range(1 + len(question.options) // 2)


async def _shown(conversation: Conversation, turn: Turn) -> list[Screen]:
    here = turn.chat.place
    screens = [await conversation.screens[here["kind"]](turn)]
    for page in _pages(turn):
        turn.chat.place = here | {"page": page}
        screens.append(await conversation.screens[here["kind"]](turn))
        turn.chat.place = here
    return screens


async def is_given(conversation: Conversation, turn: Turn, text: str, surely: bool = False) -> bool:
    """Do what the button does that was typed, as its tap would; False when the text is none of the screen's."""
    if len(text) > LONGEST:
        return False
    button = find(await _shown(conversation, turn), text, surely)
    if button is None or button.verb not in conversation.taps:
        return False
    await conversation.taps[button.verb](turn, button.args)
    return True
