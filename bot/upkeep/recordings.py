"""Recordings beside the texts of an installation: what can be recorded, what is, and what nobody will ever hear."""

from __future__ import annotations

from conversations.content.content import Content
from conversations.self_reporter.phone.spoken import spoken
from conversations.words.wording import LANGUAGES


def without_a_text(content: Content) -> list[str]:
    """Return the recordings, as language/id, that belong to no text: of another id, or in a language not spoken."""
    known = {one.id for one in spoken(content)}
    return [
        f"{lang}/{text_id}" for lang, text_id in content.audio.files if text_id not in known or lang not in LANGUAGES
    ]
