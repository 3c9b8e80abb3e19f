"""Tracks: folders of data, packaged or one's own; what is wrong in one is said with its file and line."""

from __future__ import annotations

import re
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from conversations.content import loading
from conversations.content.files.content_file import ContentError
from conversations.content.files.own_files import TRACKS, OwnFiles
from conversations.content.tracks import tracks
from conversations.content.tracks.track import HAPPENS
from conversations.content.tracks.tracks import SELF_REPORT, Tracks
from storage.case.phases import KINDS
from tests.house import open_house

PACKAGED = Path(tracks.__file__).parent
CODE = PACKAGED.parents[2]
ZONE = ZoneInfo("Europe/Amsterdam")


def own(folder: Path, name: str, *changes: tuple[str, str]) -> Path:
    """Return the folder that holds a track of one's own: the packaged one with changes, under this name."""
    text = (PACKAGED / SELF_REPORT / "track.toml").read_text()
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    (folder / name).mkdir()
    (folder / name / "track.toml").write_text(text)
    return folder


def test_every_packaged_track_names_each_kind_of_phase_and_what_the_program_lets_happen() -> None:
    for name, track in Tracks.load().by_id.items():
        assert track.id == name
        assert [track.phase(kind).kind for kind in KINDS] == list(KINDS)
        assert all(track.event(what) is not None for what in HAPPENS)


def test_a_folder_of_ones_own_replaces_a_track_by_its_name_or_adds_one(tmp_path: Path) -> None:
    own(tmp_path, SELF_REPORT, ('worker = "called up"', 'worker = "has a day"'))
    own(tmp_path, "remand", ('id = "self_report"', 'id = "remand"'), ('"convicted"', '"suspect"'))
    found = Tracks.load(tmp_path)
    assert found.of(SELF_REPORT).phase("coming").worker == "has a day"
    assert found.of("remand").status == "suspect"
    # A case whose track was taken out is shown as the others are, rather than not at all.
    assert found.of("gone") is found.of(SELF_REPORT)


WRONG = [
    ('id = "self_report"', 'id = "other"', "line 4: id: is not the name of its folder; write self_report"),
    ('kind = "coming"', 'kind = "called"', r"phase.called_up.kind: .*; write it anew"),
    ('kind = "coming"', 'kind = "waiting"', "phase: coming is the kind of not one phase; write one for each"),
    ('id = "inside"', 'id = "waiting"', "phase.waiting: stands there twice"),
    ('id = "released"\nsymbol', 'id = "let_out"\nsymbol', "event: released is not there; write how it is called"),
    ('id = "absent"', 'id = "did_not_come_at_all"', r"id: is too long \(at most 16"),
    ('label = "Arrested"', f'label = "{"Arrested " * 5}"', r"label: is too long \(at most 40"),
    ('worker = "inside"\n', "", "phase.inside.worker: is not there; write it"),
    ('person = "you are free"', 'person = "<free>"', "person: holds a <"),
    ('status = "convicted"', 'status = "guilty"', "status"),
    ("[[closing]]", "[[clozing]]", "clozing: this key is not known"),
]


@pytest.mark.parametrize(("old", "new", "says"), WRONG, ids=[one[2][:40] for one in WRONG])
def test_what_is_wrong_in_a_track_is_said_with_its_file(tmp_path: Path, old: str, new: str, says: str) -> None:
    own(tmp_path, SELF_REPORT, (old, new))
    with pytest.raises(ContentError, match=says) as caught:
        Tracks.load(tmp_path)
    for line in str(caught.value).splitlines():
        assert line.startswith(str(tmp_path / SELF_REPORT / "track.toml"))


def test_a_folder_without_its_file_and_a_path_that_is_none_are_refused(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(ContentError, match="it is not there; write the right path"):
        Tracks.load(tmp_path)
    with pytest.raises(ContentError, match="it is no folder; write the right path in VOORZORG_TRACKS_FOLDER"):
        Tracks.load(tmp_path / "nowhere")


def test_what_is_wrong_in_a_track_refuses_all_content(tmp_path: Path) -> None:
    own(tmp_path, SELF_REPORT, ('worker = "inside"\n', ""))
    with pytest.raises(ContentError, match=r"phase\.inside\.worker"):
        loading.load(OwnFiles(files={TRACKS: tmp_path}), ZONE)


async def test_a_worker_and_a_list_read_the_names_of_the_track(tmp_path: Path) -> None:
    folder = tmp_path / "tracks"
    folder.mkdir()
    own(
        folder,
        SELF_REPORT,
        ('id = "called_up"', 'id = "expected"'),
        ('worker = "called up"', 'worker = "wordt verwacht"'),
        ('label = "Moved out of our area"', 'label = "Woont nu elders"'),
    )
    async with open_house(tmp_path, tracks_folder=folder) as house:
        ref, _, anneke = await house.called_up("9 maart 2027")
        assert (await house.document(ref))["phase"] == "expected"
        await house.say(anneke, f"/zaak {ref}")
        assert "wordt verwacht" in anneke.last.text
        await house.deed(anneke, "Zaak sluiten")
        await house.tap(anneke, "Woont nu elders")
        assert (await house.load(ref)).closed_reason == "moved"


def test_no_name_of_a_phase_stands_in_the_code_but_its_kinds() -> None:
    names = {phase.id for track in Tracks.load().by_id.values() for phase in track.phases} - set(KINDS)
    assert names
    named = re.compile(rf"phase\b[^\n]*\"({'|'.join(sorted(names))})\"")
    for folder in ("bot", "conversations", "storage"):
        for file in (CODE / folder).rglob("*.py"):
            if "migrations" not in file.parts:
                assert not named.search(file.read_text()), file


def test_a_track_is_read_whole_or_not_at_all(tmp_path: Path) -> None:
    """Two tracks, one of them wrong: what is said names that one, and nothing is half loaded."""
    own(tmp_path, "remand", ('id = "self_report"', 'id = "remand"'), ("[[closing]]", "[[clozing]]"))
    own(tmp_path, "short", ('id = "self_report"', 'id = "short"'))
    with pytest.raises(ContentError) as caught:
        Tracks.load(tmp_path)
    assert "remand" in str(caught.value)
    assert str(tmp_path / "short") not in str(caught.value)
