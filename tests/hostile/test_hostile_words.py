"""Words that cannot wait, words that must not be kept, rude ones, and those of another language."""

from __future__ import annotations

import pytest

from conversations.content.crisis import Crisis, holds_citizen_number
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
        assert "leest dit alleen op werkdagen, overdag. Wacht daar niet op." in scene.seen(samira)
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


async def test_what_cannot_wait_is_heard_where_words_answer_nothing(scene: Scene) -> None:
    house, samira = scene.house, scene.samira
    photo = [{"file_id": "x", "file_unique_id": "x", "width": 9, "height": 9}]
    for number in range(4):
        match number:
            case 0:
                edited = scene.raw(samira, 9_999, text=f"ik wil dood {CANARY}", edit_date=1)
                await scene.inject(edited_message=edited)
            case 1:
                await scene.send(samira, photo=photo, caption=f"ik maak er een eind aan {CANARY}")
            case 2:
                samira.forward(f"ik wil niet meer leven {CANARY}")
                await house.pump()
            case 3:
                await scene.send(samira, text=f"/dood ik wil dood {CANARY}")
        assert HELP_NOW in scene.seen(samira), number
        # Nobody is held to words that were taken wrongly.
        assert "Bedoel je iets anders? Tik op ▶️." in scene.seen(samira)
        await house.tap(samira, "Verder")
        assert scene.seen(samira) == QUESTION
    assert CANARY not in samira.dump()


async def test_a_citizen_service_number_is_taken_out_where_words_answer_nothing(scene: Scene) -> None:
    samira = scene.samira
    scene.canaries |= {BSN}
    photo = [{"file_id": "x", "file_unique_id": "x", "width": 9, "height": 9}]
    async with scene.nothing_changes():
        await scene.inject(edited_message=scene.raw(samira, 9_999, text=f"mijn nummer {BSN}", edit_date=1))
        assert NOT_KEPT in scene.seen(samira)
        await scene.send(samira, photo=photo, caption=f"mijn bsn {BSN}")
        assert NOT_KEPT in scene.seen(samira)
    assert BSN not in samira.dump()


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
        "ik hoef niet meer te betalen",
        "ik kan niet meer betalen",
        "ik vraag mezelf af wat ik moet doen",
        "ik ga met de trein van 8 uur",
        "er komt een eind aan mijn straf",
        "wanneer moet ik mijn pillen halen",
        "ik ben klaar met de vragen",
        "ze slaat de deur dicht",
        "I want to live",
        "J. P. de B. en z. o. v.",
        "a b c d e f g",
        "d e   t r e i n   v a n   8   u u r",
    ],
)
def test_ordinary_words_raise_no_alarm(text: str) -> None:
    assert CRISIS.heard(text) is None


@pytest.mark.parametrize(
    ("text", "help_id"),
    [
        ("k wil dood gaan", "crisis_death"),
        ("ik wil doodgaan", "crisis_death"),
        ("ik wil DOOOOOD!!!", "crisis_death"),
        ("ik wil do\u200bod", "crisis_death"),
        ("z e l f m o o r d", "crisis_death"),
        ("Z-E-L-F-M-O-O-R-D", "crisis_death"),
        ("ik wil d.o.o.d", "crisis_death"),
        ("i k   w i l   d o o d", "crisis_death"),
        ("h i j   s l a a t   m e", "crisis_home"),
        ("ik maak er een eind aan", "crisis_death"),
        ("ik doe mezelf wat aan", "crisis_death"),
        ("ik spring voor de trein", "crisis_death"),
        ("ik maak me van kant", "crisis_death"),
        ("zelfmoort", "crisis_death"),
        ("ik heb zelfmoordgedachten", "crisis_death"),
        ("ik hoef niet meer", "crisis_death"),
        ("I don't want to live anymore", "crisis_death"),
        ("kendimi öldüreceğim", "crisis_death"),
        ("canıma kıyacağım", "crisis_death"),
        ("بدي أموت", "crisis_death"),
        ("سأقتل نفسي", "crisis_death"),
        ("chcę się zabić", "crisis_death"),
        ("ik hoor stemmen", "crisis_voices"),
        ("hij bedreigd me", "crisis_home"),
        ("ik word geslagen", "crisis_home"),
        ("thuis is het niet veilig", "crisis_home"),
        ("زوجي يضربني", "crisis_home"),
        ("kocam beni dövüyor", "crisis_home"),
        ("mąż mnie bije", "crisis_home"),
    ],
)
def test_what_cannot_wait_is_heard_as_people_type_it(text: str, help_id: str) -> None:
    heard = CRISIS.heard(text)
    assert heard is not None
    assert heard.id == help_id


@pytest.mark.parametrize("text", ["ik krijg de brief niet open", "ik krijg de uitkering niet meer"])
def test_who_gets_something_is_not_rude(text: str) -> None:
    assert not CRISIS.is_rude(text)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        (BSN, True),
        ("123 - 456 - 782", True),
        ("123/456/782", True),
        ("1234567\u200b82", True),
        # A first zero is often left out. A day and a telephone number are none.
        ("12345672", True),
        ("mijn bsn is 12345672", True),
        ("bel 12345672", False),
        ("09032027", False),
        ("20270309", False),
        ("06-12345678", False),
        ("+31 6 12345678", False),
        ("+31 6 99999001 9", False),
        ("999990018", False),
        ("0612345678", False),
        ("000000000", False),
        ("1 2 3 4 5 6 7 8 2", True),
    ],
)
def test_only_what_passes_the_eleven_test_is_a_citizen_service_number(text: str, is_one: bool) -> None:
    assert holds_citizen_number(text) is is_one


async def test_a_municipality_may_want_no_signal_and_then_nobody_is_told_that_there_is_one(house: House) -> None:
    content = house.app.rounds.content
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
