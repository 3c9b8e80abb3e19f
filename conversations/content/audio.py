"""Texts that can be heard: recordings that somebody made, one Ogg file a text, `<language>/<text id>.ogg`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from conversations.content.files.content_file import ContentError

PACKAGED = Path(__file__).parent / "packaged" / "audio"
# How an Ogg file begins (RFC 3533), and bytes that Telegram takes of a file from a bot.
MAGIC, LARGEST = b"OggS", 50_000_000


@dataclass(frozen=True, slots=True)
class Audio:
    """The recordings there are, by language and text id."""

    files: dict[tuple[str, str], Path]

    @classmethod
    def load(cls, folder: Path | None = None) -> Audio:
        """Find the recordings of a folder, the packaged ones unless it is given; raises ContentError."""
        if folder is not None and not folder.is_dir():
            raise ContentError(f"{folder} is no folder.")
        found = {}
        for path in sorted((folder or PACKAGED).glob("*/*.ogg")):
            with path.open("rb") as file:
                if file.read(len(MAGIC)) != MAGIC:
                    raise ContentError(f"{path} is no Ogg file. Save the recording as Ogg Opus.")
            if path.stat().st_size > LARGEST:
                raise ContentError(f"{path} is larger than 50 MB. Telegram does not take it.")
            found[path.parent.name, path.stem] = path.absolute()
        return cls(found)

    def of(self, language: str, text_id: str) -> Path | None:
        """Return the recording of a text."""
        return self.files.get((language, text_id))
