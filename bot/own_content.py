"""The content of an installation: what its settings name, loaded in one way for everything that needs it."""

from __future__ import annotations

from bot.settings import Settings
from conversations.content import loading
from conversations.content.content import PARTS, Content
from conversations.content.files.own_files import AUDIO, TRACKS, OwnFiles


def own_files(settings: Settings) -> OwnFiles:
    """Return what the settings name in place of the packaged files: single ones go before those of the folder."""
    named = {part.model.packaged: getattr(settings, part.setting) for part in PARTS if part.setting}
    named |= {AUDIO: settings.audio_folder, TRACKS: settings.tracks_folder}
    return OwnFiles(settings.content_folder, {name: path for name, path in named.items() if path is not None})


def load_content(settings: Settings) -> Content:
    """Return all content of an installation; raises ContentError with everything that is wrong."""
    return loading.load(
        own_files(settings),
        settings.zone,
        sign_in=settings.staff_totp == "required",
        letter_template=settings.letter_template,
    )
