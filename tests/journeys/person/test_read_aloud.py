"""Texts that can be heard: where there is a recording, and only there, and never on a phone that others use."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.webchat.phone import Phone
from conversations.content.audio import Audio
from conversations.content.content import Content
from conversations.content.files.content_file import ContentError
from conversations.self_reporter.phone.spoken import spoken
from tests.house import House, open_house

OGG = b"OggS" + bytes(60)
LISTEN = "🔊 Lees voor"


EVERYTHING = [one.id for one in spoken(Content(ZoneInfo("Europe/Amsterdam")))]


def sounds(phone: Phone) -> list[bytes]:
    """Return what plays on a phone."""
    return [m.document.content for m in phone.messages if m.document is not None and m.document.name.endswith(".ogg")]


async def listen(house: House, phone: Phone) -> list[str]:
    """Tap on the button to hear the screen; returns which recordings came."""
    before = len(sounds(phone))
    await house.tap(phone, LISTEN)
    return [content[len(OGG) :].decode() for content in sounds(phone)[before:]]


def _recorded(folder: Path, *ids: str, content: bytes = OGG, named: bool = False) -> Path:
    (folder / "audio" / "nl").mkdir(parents=True)
    for text_id in ids:
        (folder / "audio" / "nl" / f"{text_id}.ogg").write_bytes(content + text_id.encode() * named)
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


async def test_from_the_welcome_to_the_morning_of_the_day_all_that_is_recorded_can_be_heard(tmp_path: Path) -> None:
    folder = _recorded(tmp_path, *EVERYTHING, named=True)
    async with open_house(tmp_path, audio_folder=folder) as house:
        await house.joined(await house.member())
        mila = await house.arrived(await house.case())
        assert LISTEN not in mila.last.labels  # nobody knows yet who else uses the phone
        await house.tap(mila, "Alleen ik")
        assert await listen(house, mila) == ["screen.intro"]
        await house.tap(mila, "Verder")
        assert await listen(house, mila) == ["screen.consent"]
        await house.tap(mila, "Ja, hier")
        assert await listen(house, mila) == ["wish"]
        await house.tap(mila, "Mijn huis", "Ja, met een dag")
        await house.say(mila, "24 december")
        assert await listen(house, mila) == ["screen.confirm_date"]
        await house.tap(mila, "Ja, dat klopt")
        while "👍 Ja, dit doe ik" not in mila.last.labels:
            await house.tap(mila, "Weet ik niet" if "🤷 Weet ik niet" in mila.last.labels else "Nee")
        [action, asked] = await listen(house, mila)
        assert (action.split(".")[0], asked) == ("action", "screen.proposal")
        await house.tap(mila, "Ja, dit doe ik")
        await house.say(mila, "/plan")
        assert await listen(house, mila) == ["screen.plan", action]
        await house.tap(mila, "1")
        assert await listen(house, mila) == [action, "screen.deed"]
        await house.tap(mila, "Mijn plan", "Menu")
        assert await listen(house, mila) == ["screen.menu"]
        due = next(a.due for a in (await house.load(await _ref(house))).actions if a.status == "agreed")
        assert due is not None

        # What comes unasked carries no sound: it opens a screen that can be heard.
        heard = len(sounds(mila))
        await house.at(due, 10)
        assert mila.last.labels == ["👀 Laat zien"]
        assert len(sounds(mila)) == heard
        await house.tap(mila, "Laat zien")
        assert await listen(house, mila) == [action, "screen.reminder"]
        await house.tap(mila, "🕑 Later")
        assert await listen(house, mila) == [action, "screen.later"]
        await house.tap(mila, "Morgen")
        await house.at(date(2026, 12, 23), 10)
        assert (mila.last.text, mila.last.labels) == ("Je hebt een belangrijk bericht.", ["👀 Laat zien"])
        await house.tap(mila, "Laat zien")
        assert await listen(house, mila) == ["screen.reporting_eve", "screen.leave_when"]
        await house.tap(mila, "08:30")
        assert await listen(house, mila) == ["screen.reporting_eve", "screen.leave_eve"]
        await house.at(date(2026, 12, 24), 7)
        await house.tap(mila, "Laat zien")
        assert await listen(house, mila) == ["screen.reporting_today", "screen.leave_today"]


async def test_who_shares_the_phone_from_now_on_hears_nothing_any_more(tmp_path: Path) -> None:
    folder = _recorded(tmp_path, *EVERYTHING)
    async with open_house(tmp_path, audio_folder=folder) as house:
        mila = await house.arrived(await house.case())
        await house.tap(mila, "Alleen ik", "Verder", "Ja, hier", "Geld", "Er staat geen dag in")
        await house.say(mila, "/plan")
        await house.tap(mila, "Menu", "Meer", "Wie gebruikt deze telefoon")
        assert LISTEN in mila.last.labels
        await house.tap(mila, "een ander ook")
        assert LISTEN not in mila.last.labels


async def _ref(house: House) -> str:
    async with house.app.database.read() as connection:
        [found] = await house.stores.cases.identities(connection)
    return found[0]


async def test_help_in_a_crisis_can_be_heard_with_its_numbers(tmp_path: Path) -> None:
    folder = _recorded(tmp_path, *EVERYTHING, named=True)
    async with open_house(tmp_path, audio_folder=folder) as house:
        mila = await house.arrived(await house.case())
        await house.tap(mila, "Alleen ik", "Verder", "Ja, hier")
        await house.say(mila, "ik wil dood")
        assert "Bel 113 of 0800-0113." in mila.last.text
        assert await listen(house, mila) == ["crisis.crisis_death"]


async def test_whoever_shares_a_phone_never_sees_the_button(tmp_path: Path) -> None:
    folder = _recorded(tmp_path, *EVERYTHING)
    async with open_house(tmp_path, audio_folder=folder) as house:
        await house.joined(await house.member())
        mila = await house.arrived(await house.case())
        await house.tap(mila, "een ander ook", "Straks", "Verder", "Ja, hier", "Mijn huis", "Er staat geen dag in")
        for said in ("/plan", "/help", "/pauze", "/stop", "/mijngegevens", "/vragen", "ik wil dood", "/pin", "/start"):
            await house.say(mila, said)
        shown = [label for m in mila.messages for label in m.labels]
        assert shown
        assert not [label for label in shown if "🔊" in label]
        assert sounds(mila) == []


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
