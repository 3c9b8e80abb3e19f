"""Files of one's own in place of packaged content: a folder whose files go by name, and single files before it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from rapidfuzz import fuzz, process

# Percent alike from which a name is taken for a mistyped one.
NEAR = 60.0
# Recordings, one folder a language (conversations/content/audio.py).
AUDIO = "audio"
# Tracks, one folder each (conversations/content/tracks).
TRACKS = "tracks"


@dataclass(frozen=True, slots=True)
class OwnFiles:
    """What an installation has of its own. `files`: single ones, by the name of the packaged one."""

    folder: Path | None = None
    files: Mapping[str, Path] = field(default_factory=dict)

    def of(self, name: str) -> Path | None:
        """Return the file that stands in the place of a packaged one; None: the packaged one itself."""
        if (single := self.files.get(name)) is not None:
            return single
        inside = self.folder / name if self.folder is not None else None
        return inside if inside is not None and (inside.exists() or inside.is_symlink()) else None

    def faults(self, known: Collection[str]) -> Iterator[str]:
        """Yield what is wrong with the folder: it is not there, or has what no content goes by the name of.

        Hidden files and notes (`.git`, `*.md`) may lie there. What is missing is packaged; a mistyped name would make
        it so unseen.
        """
        if self.folder is None:
            return
        if not self.folder.is_dir():
            yield f"{self.folder} cannot be read: it is no folder; write the right path in VOORZORG_CONTENT_FOLDER"
            return
        for path in sorted(self.folder.iterdir()):
            if path.name in known or path.name in (AUDIO, TRACKS) or path.name.startswith(".") or path.suffix == ".md":
                continue
            meant = process.extractOne(path.name, known, scorer=fuzz.ratio, score_cutoff=NEAR)
            mend = f"rename it to {meant[0]}" if meant else f"take it out, known are {', '.join(sorted(known))}"
            yield f"{path}: no content goes by this name; {mend}"
