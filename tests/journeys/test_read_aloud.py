"""Texts that can be heard: where there is a recording, and only there, and never on a phone that others use."""

from __future__ import annotations

from pathlib import Path

import pytest

from conversations.audio import Audio
from conversations.data import ContentError
from tests.house import open_house

OGG = b"OggS" + bytes(60)
LISTEN = "🔊 Lees voor"


def _recorded(folder: Path, *ids: str, content: bytes = OGG) -> Path:
    (folder / "audio" / "nl").mkdir(parents=True)
    for text_id in ids:
        (folder / "audio" / "nl" / f"{text_id}.ogg").write_bytes(content)
    return folder / "audio"


async def test_a_question_with_a_recording_can_be_heard(tmp_path: Path) -> None:
    folder = _recorded(tmp_path, "letter", "letter.help")
    async with open_house(tmp_path, audio_folder=folder) as house:
        mila = await house.arrived(await house.case())
        await house.tap(mila, "Alleen ik", "Verder", "Ja, hier")
        assert LISTEN not in mila.last.labels  # the wish has no recording
        await house.tap(mila, "Geld")
        question = mila.last.text
        assert LISTEN in mila.last.labels
        await house.tap(mila, LISTEN)
        heard = next(m for m in mila.messages if m.text == "🔊 Luister.")
        assert heard.document is not None
        assert (heard.document.name, heard.document.content) == ("luister.ogg", OGG)
        assert question in [m.text for m in mila.messages]
        await house.tap(mila, "Uitleg")
        await house.tap(mila, LISTEN)
        assert len([m for m in mila.messages if m.text == "🔊 Luister."]) == 2
        await house.tap(mila, "Naar de vraag")
        # In the other language nobody has recorded it.
        await house.say(mila, "/taal")
        await house.tap(mila, "English")
        assert not any(label.startswith("🔊") for label in mila.last.labels)


async def test_on_a_shared_phone_nothing_stays_that_others_can_play(tmp_path: Path) -> None:
    folder = _recorded(tmp_path, "letter")
    async with open_house(tmp_path, audio_folder=folder) as house:
        mila = await house.arrived(await house.case())
        await house.tap(mila, "een ander ook")
        while "Heb je een brief met een dag?" not in mila.last.text:
            await house.tap(mila, next(b for b in mila.last.labels if b not in ("⬅️ Terug",)))
        assert LISTEN not in mila.last.labels


async def test_a_recording_that_went_away_holds_nobody_up(tmp_path: Path) -> None:
    folder = _recorded(tmp_path, "letter")
    async with open_house(tmp_path, audio_folder=folder) as house:
        mila = await house.arrived(await house.case())
        await house.tap(mila, "Alleen ik", "Verder", "Ja, hier", "Geld")
        (folder / "nl" / "letter.ogg").unlink()
        await house.tap(mila, LISTEN, "Er staat geen dag in")
        assert "Heb je een brief met een dag?" not in mila.last.text


@pytest.mark.parametrize("content", [b"", b"ID3\x04 an mp3"])
def test_what_is_no_recording_is_named(tmp_path: Path, content: bytes) -> None:
    folder = _recorded(tmp_path, "letter", content=content)
    with pytest.raises(ContentError, match=r"letter\.ogg is no Ogg file"):
        Audio.load(folder)
    with pytest.raises(ContentError, match="is no folder"):
        Audio.load(tmp_path / "nowhere")


def test_nothing_is_recorded_unless_somebody_did() -> None:
    assert Audio.load().files == {}
