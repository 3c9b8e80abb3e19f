"""Files that cannot be content: whatever file they stand for, one sentence says which, what is wrong and the mend."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from conversations.content import loading
from conversations.content.content import PARTS
from conversations.content.files.content_file import ContentError
from conversations.content.files.own_files import OwnFiles

ZONE = ZoneInfo("Europe/Amsterdam")
FILES = [part.model.packaged for part in PARTS]
PACKAGED = Path(loading.__file__).parent / "packaged"


def own(folder: Path, name: str) -> OwnFiles:
    return OwnFiles(files={name: folder / name})


def refused(files: OwnFiles) -> str:
    """Return the one sentence that refuses all content."""
    with pytest.raises(ContentError) as caught:
        loading.load(files, ZONE)
    [sentence] = str(caught.value).splitlines()
    return sentence


def nothing(path: Path) -> None:
    """Leave the setting pointing to nothing."""


def in_utf_16(path: Path) -> None:
    path.write_text((PACKAGED / path.name).read_text(), encoding="utf-16")


def in_utf_16_without_a_mark(path: Path) -> None:
    path.write_text('version = "1"\n', encoding="utf-16-le")


def in_latin_1(path: Path) -> None:
    path.write_bytes("# Súdwest-Fryslân\n".encode("latin-1"))


def a_folder(path: Path) -> None:
    path.mkdir()


def empty(path: Path) -> None:
    path.touch()


def blank(path: Path) -> None:
    path.write_text(" \n\n")


def of_50_megabytes(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(50_000_000)


def a_pipe(path: Path) -> None:
    """Which nobody writes to: who reads it waits for ever."""
    os.mkfifo(path)


def a_link_to_nowhere(path: Path) -> None:
    path.symlink_to(path.with_name("nowhere"))


BAD: list[tuple[Callable[[Path], None], str]] = [
    (nothing, "it is not there; write the right path in the settings"),
    (in_utf_16, "it has another encoding; save it as UTF-8"),
    (in_utf_16_without_a_mark, "it has another encoding; save it as UTF-8"),
    (in_latin_1, "it has another encoding; save it as UTF-8"),
    (a_folder, "it is a folder; write the path of a file"),
    (empty, "it is empty; write it, or leave it out for the packaged one"),
    (blank, "it is empty; write it, or leave it out for the packaged one"),
    (of_50_megabytes, "it is larger than 1 MB; look whether it is the right file"),
    (a_pipe, "it is no file; write the path of a file"),
    (a_link_to_nowhere, "it is not there; write the right path in the settings"),
]


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize(("make", "says"), BAD, ids=[make.__name__ for make, _ in BAD])
def test_a_file_that_cannot_be_read_refuses_all_content_with_one_sentence(
    tmp_path: Path, name: str, make: Callable[[Path], None], says: str
) -> None:
    make(tmp_path / name)
    assert refused(own(tmp_path, name)) == f"{tmp_path / name} cannot be read: {says}"


@pytest.mark.parametrize("name", FILES)
def test_a_mistyped_key_is_named_with_its_line(tmp_path: Path, name: str) -> None:
    text = (PACKAGED / name).read_text()
    (tmp_path / name).write_text(f"versoin = 1\n{text}")
    said = refused(own(tmp_path, name))
    assert said == (f"{tmp_path / name}, line 1: versoin: this key is not known; take it out or mend its spelling")


@pytest.mark.parametrize("name", FILES)
def test_what_is_no_toml_is_named_with_its_line(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("# one\n# two\n[[broken]\n")
    said = refused(own(tmp_path, name))
    assert said.startswith(f"{tmp_path / name}, line 3: cannot be read: ")
    assert said.endswith("; look there for a quote, bracket or = too few")


# The folder.


@pytest.mark.parametrize("name", FILES)
def test_a_file_of_the_folder_replaces_the_packaged_one_and_the_others_stay(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(f"{(PACKAGED / name).read_text()}\n# of our own\n")
    (tmp_path / "README.md").write_text("What we changed, and why.")
    (tmp_path / ".git").mkdir()
    files = OwnFiles(tmp_path)
    assert [known for known in FILES if files.of(known) is not None] == [name]
    assert files.of(name) == tmp_path / name
    assert loading.load(files, ZONE)


def test_a_single_file_goes_before_that_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    theme = '[[theme]]\nid = "{0}"\nname = "{0}"\n'
    (tmp_path / "folder" / "themes.toml").write_text(theme.format("of_the_folder"))
    (tmp_path / "single.toml").write_text(theme.format("single"))
    in_folder = loading.load(OwnFiles(tmp_path / "folder"), ZONE)
    assert [one.id for one in in_folder.themes.themes] == ["of_the_folder"]
    both = loading.load(OwnFiles(tmp_path / "folder", {"themes.toml": tmp_path / "single.toml"}), ZONE)
    assert [one.id for one in both.themes.themes] == ["single"]


def test_a_folder_that_is_not_there_is_refused_and_so_is_a_file_in_its_place(tmp_path: Path) -> None:
    says = "cannot be read: it is no folder; write the right path in VOORZORG_CONTENT_FOLDER"
    assert refused(OwnFiles(tmp_path / "nowhere")) == f"{tmp_path}/nowhere {says}"
    (tmp_path / "file").write_text("x")
    assert refused(OwnFiles(tmp_path / "file")) == f"{tmp_path}/file {says}"


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("cheklist.toml", "checklist.toml"),
        ("Checklist.toml", "checklist.toml"),
        ("checklist.toml.txt", "checklist.toml"),
        ("checklist.tml", "checklist.toml"),
        ("letter_langauges.toml", "letter_languages.toml"),
        ("regio.toml", "region.toml"),
        ("sentence.toml", "sentences.toml"),
    ],
)
def test_a_mistyped_name_is_refused_with_the_one_that_was_probably_meant(tmp_path: Path, name: str, meant: str) -> None:
    """What is missing in the folder is packaged: without this, nobody would notice that the own file is not read."""
    (tmp_path / name).write_text((PACKAGED / meant).read_text())
    assert refused(OwnFiles(tmp_path)) == f"{tmp_path / name}: no content goes by this name; rename it to {meant}"


def test_a_name_like_no_other_is_refused_with_all_that_are_known(tmp_path: Path) -> None:
    (tmp_path / "x.pdf").write_text("x")
    said = refused(OwnFiles(tmp_path))
    assert said.startswith(f"{tmp_path}/x.pdf: no content goes by this name; take it out, known are ")
    assert all(name in said for name in FILES)


def test_recordings_may_lie_in_the_folder(tmp_path: Path) -> None:
    (tmp_path / "audio" / "nl").mkdir(parents=True)
    (tmp_path / "audio" / "nl" / "letter.ogg").write_bytes(b"OggS")
    content = loading.load(OwnFiles(tmp_path), ZONE)
    assert content.audio.of("nl", "letter") == tmp_path / "audio" / "nl" / "letter.ogg"


def test_a_template_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match=r"there is no template .*letter\.typ; name a \.typ file"):
        loading.load(OwnFiles(), ZONE, letter_template=tmp_path / "letter.typ")
