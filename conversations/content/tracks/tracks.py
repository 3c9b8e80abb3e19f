"""The tracks of an installation: the packaged folders, and those of its own, which replace one by name or add one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from conversations.content.files.content_file import ContentError, read_toml
from conversations.content.tracks.track import Track

PACKAGED = Path(__file__).parent
# The first track there was: cases of before have it.
SELF_REPORT = "self_report"


@dataclass(frozen=True, slots=True)
class Tracks:
    """All of them, by id."""

    by_id: Mapping[str, Track]

    @classmethod
    def load(cls, own: Path | None = None) -> Tracks:
        """Return the packaged tracks and those in the folder `own`; raises ContentError with all faults."""
        folders = {folder.name: folder for folder in _folders(PACKAGED)}
        if own is not None:
            if not own.is_dir():
                raise ContentError(
                    f"{own} cannot be read: it is no folder; write the right path in VOORZORG_TRACKS_FOLDER"
                )
            folders |= {folder.name: folder for folder in _folders(own, strict=True)}
        found, wrong = {}, []
        for name, folder in folders.items():
            try:
                found[name] = _track(name, folder)
            except ContentError as error:
                wrong += str(error).splitlines()
        if wrong:
            raise ContentError("\n".join(wrong))
        return cls(found)

    def of(self, track_id: str) -> Track:
        """Return a track; of a case whose track is not there any more, that of self-reporters."""
        return self.by_id.get(track_id) or self.by_id[SELF_REPORT]


def _folders(folder: Path, strict: bool = False) -> Iterator[Path]:
    """Yield the folders of tracks; `strict`: every folder there is meant to be one."""
    for path in sorted(folder.iterdir()):
        if path.is_dir() and not path.name.startswith((".", "_")) and (strict or (path / Track.packaged).exists()):
            yield path


def _track(name: str, folder: Path) -> Track:
    file = folder / Track.packaged
    source = read_toml(file, Track.packaged)
    track = Track.from_source(source)
    if track.id != name:
        raise ContentError(source.says(f"id: is not the name of its folder; write {name}", ("id",)))
    return track
