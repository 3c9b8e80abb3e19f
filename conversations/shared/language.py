"""The language that somebody reads: asked in each, chosen with a tap, changed at any time."""

from __future__ import annotations

from babel import Locale

from conversations.registry import Conversation
from conversations.roles import casemanager, member, self_reporter, stranger, worker
from conversations.screen import Button, Screen
from conversations.turn import Turn
from conversations.words.wording import LANGUAGES, words_for


def button(turn: Turn) -> Button:
    """Return the button that leads to the choice, in words that somebody who reads no Dutch knows."""
    return Button("🌍 English · Nederlands" if turn.words.language == "nl" else "🌍 Nederlands · English", "languages")


async def choice(turn: Turn) -> Screen:
    """Ask in every language at once."""
    questions = [words_for(language, turn.content.zone).text("Which language do you want?") for language in LANGUAGES]
    rows = tuple(
        (Button((Locale.parse(language).get_display_name() or language).capitalize(), "language", language),)
        for language in LANGUAGES
    )
    return Screen("🌍 " + "\n".join(questions), rows)


async def ask(turn: Turn, _args: str = "") -> None:
    """Ask, and keep where the conversation stood."""
    back = turn.place["back"] if turn.place["kind"] == "language" else turn.place
    turn.go("language", back=back)


async def chosen(turn: Turn, args: str) -> None:
    """Go on in the language that was chosen, where the conversation stood."""
    if args in LANGUAGES:
        turn.speak(args)
        if turn.has_case:
            turn.case.person.speak(args)
    back = turn.place.get("back")
    turn.go(**(back or {"kind": "start"}))


def _teach(conversation: Conversation) -> None:
    conversation.screen("language")(choice)
    conversation.tap("languages")(ask)
    conversation.tap("language")(chosen)
    conversation.command("taal", "language")(ask)


for _conversation in (stranger, self_reporter, worker, casemanager, member):
    _teach(_conversation)
