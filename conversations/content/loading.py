"""Loading: everything that is content, read from where an installation has it, and checked together.

Nothing is half loaded: whatever is wrong, anywhere, refuses all of it, and all that is wrong is said at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from conversations.content import whole
from conversations.content.audio import Audio
from conversations.content.content import PARTS, Content
from conversations.content.files.content_file import ContentError, read_toml
from conversations.content.files.own_files import AUDIO, TRACKS, OwnFiles
from conversations.content.tracks.tracks import Tracks

# What is wrong beside the files: with the folder itself, and with the template of letters.
FOLDER, TEMPLATE = "content folder", "letter template"


@dataclass(slots=True)
class Loaded:
    """What could be loaded, by the fields of Content, and what is wrong, by the same and by those above."""

    parts: dict[str, Any] = field(default_factory=dict)
    wrong: dict[str, list[str]] = field(default_factory=dict)

    def refuse(self, name: str, *sentences: str) -> None:
        """Note what is wrong, a sentence each."""
        self.wrong.setdefault(name, []).extend(sentences)

    def sentences(self) -> Iterator[str]:
        """Yield all that is wrong."""
        for found in self.wrong.values():
            yield from found


def load(own: OwnFiles, zone: ZoneInfo, *, sign_in: bool = True, letter_template: Path | None = None) -> Content:
    """Return all content, the packaged files where there are none of one's own; raises ContentError with all faults."""
    loaded = read(own, letter_template)
    if loaded.wrong:
        raise ContentError("\n".join(loaded.sentences()))
    return Content(zone, **loaded.parts, sign_in=sign_in, letter_template=str(letter_template or ""))


def read(own: OwnFiles, letter_template: Path | None = None) -> Loaded:
    """Return what can be loaded and all that is wrong: in each file, in the folder, and between them."""
    loaded = Loaded()
    if faults := list(own.faults({part.model.packaged for part in PARTS})):
        loaded.refuse(FOLDER, *faults)
    for part in PARTS:
        try:
            loaded.parts[part.name] = part.model.load(own.of(part.model.packaged))
        except ContentError as error:
            loaded.refuse(part.name, *str(error).splitlines())
    try:
        loaded.parts["audio"] = Audio.load(own.of(AUDIO))
    except ContentError as error:
        loaded.refuse("audio", *str(error).splitlines())
    try:
        loaded.parts["tracks"] = Tracks.load(own.of(TRACKS))
    except ContentError as error:
        loaded.refuse("tracks", *str(error).splitlines())
    if letter_template is not None and not letter_template.is_file():
        loaded.refuse(TEMPLATE, f"there is no template {letter_template}; name a .typ file, or leave the setting out")
    sources = {part.name: part.model.packaged for part in PARTS}
    for misfit in whole.misfits(loaded.parts):
        source = read_toml(own.of(sources[misfit.part]), sources[misfit.part])
        loaded.refuse(misfit.part, source.says(misfit.sentence))
    return loaded
