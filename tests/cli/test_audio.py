"""What can be recorded, as somebody reads it who is about to."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.cli.command_line import CommandLine


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in which one question is recorded; nothing else is installed."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "audio" / "nl").mkdir(parents=True)
    (tmp_path / "audio" / "nl" / "letter.ogg").write_bytes(b"OggS")
    monkeypatch.setenv("VOORZORG_AUDIO_FOLDER", str(tmp_path / "audio"))
    return tmp_path / "audio"


def test_every_text_has_its_id_what_to_speak_and_where_to_save_it(folder: Path) -> None:
    rows = {row["id"]: row for row in CommandLine().json("audio", "list")}
    assert rows["letter"]["recorded"] is True
    assert rows["screen.menu"] == {
        "id": "screen.menu",
        "recorded": False,
        "file": str(folder / "nl" / "screen.menu.ogg"),
        "text": "Wat wil je doen? Je kunt kiezen: Mijn plan. Vragen. Berichten. Meer.",
    }
    for text_id in ("letter.help", "action.old_address", "crisis.crisis_death", "screen.consent", "screen.reminder"):
        assert text_id in rows


def test_somebody_reads_what_is_missing_from_a_sheet(folder: Path) -> None:
    everything = list(csv.DictReader(CommandLine().run("audio", "list", "--csv").splitlines()))
    missing = list(csv.DictReader(CommandLine().run("audio", "list", "--csv", "--missing").splitlines()))
    assert [row["id"] for row in everything if row["recorded"] == "yes"] == ["letter"]
    assert len(missing) == len(everything) - 1
    english = list(csv.DictReader(CommandLine().run("audio", "list", "--csv", "--language", "en").splitlines()))
    assert {row["recorded"] for row in english} == {"no"}
    assert next(row["text"] for row in english if row["id"] == "screen.settled").startswith("This is settled.")


def test_a_list_on_the_screen_ends_with_how_far_somebody_is(folder: Path) -> None:
    told = CommandLine().run("audio", "list")
    assert "✅" in told
    assert f"1 of {len(CommandLine().json('audio', 'list'))} are recorded." in told


def test_a_language_that_is_not_spoken_is_refused(folder: Path) -> None:
    assert "There is no language 'pl'. Give one of nl, en." in CommandLine().refused(
        "audio", "list", "--language", "pl"
    )
