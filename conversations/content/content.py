"""Content: what is said about, as data, whole. The fields of this class are the table of its files.

A new file takes a TOML file in `packaged`, its model, and a line here.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any
from zoneinfo import ZoneInfo

from conversations.content.audio import Audio
from conversations.content.checklist.model import Checklist
from conversations.content.crisis import Crisis
from conversations.content.dispatch import Dispatch
from conversations.content.facts import Facts
from conversations.content.files.content_file import ContentFile
from conversations.content.headings import ListHeadings
from conversations.content.letters.languages import LetterLanguages
from conversations.content.letters.rules import LetterRules
from conversations.content.measures import Measures
from conversations.content.region import Region
from conversations.content.reminders import Reminders
from conversations.content.sentences import Sentences
from conversations.content.targets import Targets
from conversations.content.themes import Themes
from conversations.content.tracks.tracks import Tracks


def file(model: type[ContentFile], setting: str | None = None) -> Any:
    """Return a field of content that is read from a file; `setting`: what names another one, beside the folder."""
    return field(default_factory=model.load, metadata={"model": model, "setting": setting})


@dataclass(frozen=True, slots=True)
class Content:
    """What is said about, as data; the packaged files where nothing else is given.

    `zone`: in which days begin; `sign_in`: whether staff sign in; `letter_template`: a municipality's own for letters,
    "" for the packaged one.
    """

    zone: ZoneInfo
    region: Region = file(Region, "region_file")
    checklist: Checklist = file(Checklist, "checklist_file")
    measures: Measures = file(Measures, "measures_file")
    sentences: Sentences = file(Sentences, "sentences_file")
    dispatch: Dispatch = file(Dispatch, "dispatch_file")
    crisis: Crisis = file(Crisis, "crisis_file")
    letters: LetterRules = file(LetterRules, "letters_file")
    letter_languages: LetterLanguages = file(LetterLanguages, "letter_languages_file")
    facts: Facts = file(Facts, "facts_file")
    targets: Targets = file(Targets, "targets_file")
    themes: Themes = file(Themes)
    headings: ListHeadings = file(ListHeadings)
    reminders: Reminders = file(Reminders)
    tracks: Tracks = field(default_factory=Tracks.load)
    audio: Audio = field(default_factory=Audio.load)
    sign_in: bool = True
    letter_template: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of content that is a file; `name`: the field that holds it."""

    name: str
    model: type[ContentFile]
    setting: str | None


PARTS = tuple(Part(one.name, one.metadata["model"], one.metadata["setting"]) for one in fields(Content) if one.metadata)
