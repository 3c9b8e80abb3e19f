"""Recordings beside the texts of an installation: what can be recorded, what is, and what nobody will ever hear."""

from __future__ import annotations

from bot.settings import Settings
from conversations.content.audio import Audio
from conversations.content.checklist.model import Checklist
from conversations.content.crisis import Crisis
from conversations.content.measures import Measures
from conversations.content.region import Region
from conversations.self_reporter.phone.spoken import spoken
from conversations.turn import Content
from conversations.words.wording import LANGUAGES


def spoken_content(settings: Settings) -> Content:
    """Return the content whose texts can be heard; raises ContentError."""
    return Content(
        Region.load(settings.region_file),
        Checklist.load(settings.checklist_file),
        settings.zone,
        measures=Measures.load(settings.measures_file),
        crisis=Crisis.load(settings.crisis_file),
        audio=Audio.load(settings.audio_folder),
    )


def without_a_text(content: Content) -> list[str]:
    """Return the recordings, as language/id, that belong to no text: of another id, or in a language not spoken."""
    known = {one.id for one in spoken(content)}
    return [
        f"{lang}/{text_id}" for lang, text_id in content.audio.files if text_id not in known or lang not in LANGUAGES
    ]
