"""Keepers of what is made or fetched for who acts: documents, letters with their posting list, errands."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bot.lookups.letters import batch
from bot.writing.writing import Writing
from conversations.effects.case import Change
from conversations.effects.document import Document
from conversations.effects.errand import Errand
from conversations.effects.letters import PrintLetters
from conversations.papers.posting_list import caption_of, posting_list
from conversations.turn import Turn


def send_document(writing: Writing, turn: Turn, document: Document, **more: Any) -> None:
    """Put a file on its way to who acts; it is made when it leaves."""
    file = {"document": {"template": document.template, **document.data}, "file_name": document.file_name}
    writing.send(turn.chat, "document", file | {"caption": document.caption} | more)


async def keep_documents(writing: Writing, effects: Iterable[tuple[Turn, Document]]) -> None:
    """Put files on their way, each with whom it is about: one of them may be erased before it has left (erasing.py)."""
    for turn, effect in effects:
        cases = {change.case.ref: None for change in turn.decided(Change)}
        send_document(writing, turn, effect, about=list(cases))


async def keep_errands(writing: Writing, effects: Iterable[tuple[Turn, Errand]]) -> None:
    """Put errands on their way."""
    for turn, effect in effects:
        writing.send(turn.chat, "errand", {"kind": effect.kind, "by": turn.actor.id} | effect.data)


async def keep_letters(writing: Writing, effects: Iterable[tuple[Turn, PrintLetters]]) -> None:
    """Make letters with fresh codes, and the list of which sheet goes to whom."""
    content = writing.content
    for turn, effect in effects:
        letters = await batch(
            writing.connection,
            writing.stores,
            content.region,
            effect.cases,
            writing.room.now,
            content.zone,
            content.letter_languages,
            content.letters,
            content.letter_template,
        )
        caption = turn.words.plural("{number} letter", "{number} letters", len(effect.cases))
        send_document(writing, turn, Document("letters", letters, "brieven.pdf", caption))
        lines = posting_list(effect.cases, turn.scope, turn.words, writing.room.now)
        send_document(writing, turn, Document("posting_list", lines, "verzendlijst.pdf", caption_of(turn.words)))
