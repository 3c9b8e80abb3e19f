"""Words that cannot wait, words that must not be kept, rude ones, and those of another language."""

from __future__ import annotations

import pytest

from conversations.crisis import Crisis, holds_citizen_number
from tests.hostile.scene import CANARY, QUESTION, Scenario, Scene, numbered, registry
from tests.house import House

SCENARIOS, hostile = registry()

ASKS_FOR_CODE = "Typ de code hier."
HELP_NOW = "Bel 113 of 0800-0113."
LOOK = "⚠️ Kijk hiernaar"
# Passes the eleven-test, and belongs to nobody: it is the number of test files.
BSN = "999990019"
NOT_KEPT = "Ik zag een BSN"
ANGRY = "Ik lees dat je boos bent."
CRISIS = Crisis.load()


@hostile(35)
async def citizen_service_numbers(scene: Scene) -> None:
    house, samira = scene.house, scene.samira
    scene.canaries |= {BSN}
    async with scene.nothing_changes():
        for text in (BSN, f"mijn bsn is 9999.90.019 {CANARY}", "/bericht 999 990 019", f"/bericht bel me {BSN}"):
            await house.say(samira, text)
            assert NOT_KEPT in scene.seen(samira)
            assert QUESTION in scene.seen(samira)
            assert "9999" not in samira.dump()
        await house.say(samira, "/bericht", f"{CANARY} {BSN}")
        assert NOT_KEPT in scene.seen(samira)
        assert "Typ je bericht aan" in scene.seen(samira)
    # A telephone number is none, and the same words without the number are kept.
    await house.say(samira, "bel me op 06 12345678")
    assert [m.text for m in (await house.load(scene.ref)).messages] == ["bel me op 06 12345678"]
    # It is taken from who has not proved who they are too.
    other = scene.stranger()
    await house.say(other, "/start", BSN)
    assert NOT_KEPT in scene.seen(other)
    assert BSN not in other.dump()


@hostile(36)
async def words_that_cannot_wait(scene: Scene) -> None:
    house, samira, anneke = scene.house, scene.samira, scene.anneke
    for number, text in enumerate((f"ik wil dood {CANARY}", "Ik wil ECHT niet meer leven", "I want to die")):
        await house.say(samira, text)
        assert HELP_NOW in scene.seen(samira)
        assert "bel 112" in scene.seen(samira)
        assert "Anneke krijgt nu een seintje." in scene.seen(samira)
        assert "'s Nachts leest niemand mee." in scene.seen(samira)
        # Once, without a word of it: neither on the lock screen nor in the case.
        assert anneke.lock_screen.count(f"{LOOK} · {scene.ref}") == 1, number
        await house.tap(samira, "Verder")
        assert scene.seen(samira) == QUESTION
    document = await house.document(scene.ref)
    assert [(f["id"], f["level"]) for f in document["flags"]] == [("crisis_words", "urgent")]
    assert document["messages"]["total"] == 0
    assert CANARY not in samira.dump()
    # A message to who helps holds them too: it is sent on, and the help stands there at once.
    await house.say(samira, f"/bericht {CANARY} ik wil dood")
    assert HELP_NOW in scene.seen(samira)
    assert (await house.document(scene.ref))["messages"] == {"unread": 1, "total": 1}
    await house.tap(samira, "Schrijf een bericht")
    await house.say(samira, "mijn man slaat me")
    assert "0800-2000" in scene.seen(samira)
    await house.tap(samira, "Verder")
    # Who is not known yet is helped too.
    other = scene.stranger()
    await house.say(other, "/start", "ik wil dood")
    assert HELP_NOW in scene.seen(other)
    await house.tap(other, "Verder")
    assert ASKS_FOR_CODE in scene.seen(other)


@hostile(37)
async def rude_words(scene: Scene) -> None:
    house, samira = scene.house, scene.samira
    async with scene.nothing_changes():
        for text in (f"klootzak {CANARY}", "KRIJG DE TERING", "fuck you bot"):
            await house.say(samira, text)
            assert ANGRY in scene.seen(samira)
            assert QUESTION in scene.seen(samira)
    # Somebody who is ill is not rude, and what goes to who helps goes as it is.
    await house.say(samira, "mijn moeder heeft kanker")
    assert ANGRY not in scene.seen(samira)
    await house.say(samira, "/bericht wat een klotezooi, klootzak")
    assert (await house.load(scene.ref)).messages[-1].text == "wat een klotezooi, klootzak"


@hostile(38)
async def other_languages(scene: Scene) -> None:
    house, samira = scene.house, scene.samira
    async with scene.nothing_changes():
        for text, offered in (
            ("I do not understand this question", "Do you want to go on in this language?"),
            ("nie rozumiem, czy mowie dobry", "Polski"),
            ("أنا لا أفهم", "عربي"),
            ("bilmiyorum, lütfen yardım", "Türkçe"),
        ):
            await house.say(samira, text)
            assert offered in scene.seen(samira), text
            assert "050 000 00 00" in scene.seen(samira) or "this language" in offered
            await house.tap(samira, "Nederlands")
            assert scene.seen(samira) == QUESTION
    await house.say(samira, "please help me, i do not understand")
    await house.tap(samira, "English")
    assert scene.seen(samira) == "What do you think about most now?"
    await house.say(samira, "ik begrijp het niet, geen idee")
    await house.tap(samira, "Nederlands")
    assert scene.seen(samira) == QUESTION


@numbered(SCENARIOS)
async def test_words_are_heard_before_they_mean_anything(scene: Scene, scenario: Scenario) -> None:
    await scene.play(scenario)


@pytest.mark.parametrize(
    "text",
    [
        "Mijn moeder is dood",
        "ik ben doodmoe",
        "de dood van mijn vader",
        "ik wil de telefoon ophangen",
        "mijn huisbaas wil dat ik ga",
        "hij leeft niet meer",
    ],
)
def test_ordinary_words_raise_no_alarm(text: str) -> None:
    assert CRISIS.heard(text) is None


@pytest.mark.parametrize(
    ("text", "is_one"),
    [(BSN, True), ("999990018", False), ("0612345678", False), ("000000000", False), ("1 2 3 4 5 6 7 8 2", True)],
)
def test_only_what_passes_the_eleven_test_is_a_citizen_service_number(text: str, is_one: bool) -> None:
    assert holds_citizen_number(text) is is_one


async def test_a_municipality_may_want_no_signal_and_then_nobody_is_told_that_there_is_one(house: House) -> None:
    content = house.app.rounds._content
    object.__setattr__(content, "crisis", CRISIS.model_copy(update={"signal": False}))
    anneke = await house.joined(await house.member())
    ref = await house.case()
    samira = await house.arrived(ref)
    await house.tap(samira, "Alleen ik", "Verder")
    assert "seintje" not in samira.last.text
    await house.tap(samira, "Ja, hier")
    await house.say(samira, "ik wil dood")
    assert HELP_NOW in samira.last.text
    assert "seintje" not in samira.last.text
    assert (await house.document(ref))["flags"] == []
    assert f"{LOOK} · {ref}" not in anneke.lock_screen
