"""Whatever is typed and not understood has ways on: who helps can read it, one goes back, or calls a human."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.webchat.phone import Phone
from conversations.content.crisis import Crisis
from conversations.screen import Button, Screen
from conversations.self_reporter.understanding.typed_answer import find
from tests.house import House, on_both
from tests.journeys.transcript import Transcript

NOT_UNDERSTOOD = "Ik ben een computer. Dit snap ik niet. Zal Anneke het lezen?"
QUIET_LINE = "Gaat het slecht met je? Bel 113, dag en nacht."
SEND, BACK, HUMAN = "💬 Ja, stuur het", "▶️ Terug naar de vraag", "🙋 Ik wil iemand spreken"
QUESTION = "Waar denk je nu het meest aan?"
# Said in a way that no list knows.
NO_LIST_KNOWS = "het hoeft allemaal niet meer van mij, morgen ben ik er gewoon niet"


async def _mila(house: House) -> tuple[str, Phone, Phone]:
    anneke = await house.joined(await house.member())
    ref = await house.case()
    mila = await house.arrived(ref)
    await house.tap(mila, "Alleen ik", "Verder", "Ja, hier")
    anneke.lock_screen.clear()
    return ref, mila, anneke


async def test_a_crisis_in_words_that_no_list_knows_is_one_tap_from_the_helper(house: House) -> None:
    assert Crisis.load().heard(NO_LIST_KNOWS) is None
    ref, mila, anneke = await _mila(house)
    told = Transcript(house)
    told.heading("Words that no list knows")
    told.follow("Mila", mila)
    told.follow("Anneke", anneke)
    await told.say("Mila", NO_LIST_KNOWS)
    assert mila.last.text == f"{NOT_UNDERSTOOD}\n\n{QUIET_LINE}"
    assert mila.last.labels == [SEND, BACK, HUMAN]
    assert NO_LIST_KNOWS not in mila.dump()
    assert (await house.load(ref)).messages == []
    await told.tap("Mila", SEND)
    assert QUESTION in mila.last.text
    told.note()
    await told.tap("Anneke", "👀 Laat zien")
    told.heading("A second time, at night, and back to the question")
    await house.at(house.today, 23)
    await told.say("Mila", "ik weet niet hoe het verder moet zo")
    await told.say("Mila", "ben op")
    await told.tap("Mila", BACK)
    told.matches("words_that_no_list_knows")
    assert [m.text for m in (await house.load(ref)).messages] == [NO_LIST_KNOWS]
    assert anneke.lock_screen == [f"💬 Bericht · {ref}"]


@on_both
async def test_what_is_typed_in_parts_waits_sealed_and_is_sent_as_one(house: House) -> None:
    ref, mila, _ = await _mila(house)
    needle = "kanarie in de mijn"
    await house.say(mila, needle, "en nog iets", "het derde")
    await house.restart()
    async with house.app.database.read() as connection:
        rows = [str(row) for row in await connection.exec_driver_sql("SELECT * FROM chat")]
    assert rows
    assert not any(needle in row for row in rows)
    await house.tap(mila, SEND)
    assert [m.text for m in (await house.load(ref)).messages] == [f"{needle}\nen nog iets\nhet derde"]
    # It waits for who helps like any other message, and once.
    assert "message" in " ".join((await house.load(ref)).waiting)
    await house.tap(mila, "Geld")
    assert (await house.document(ref))["answers"] == {"wish": "money"}


async def test_what_a_button_says_counts_as_its_tap_however_it_is_typed(house: House) -> None:
    ref, mila, _ = await _mila(house)
    for typed, answers in (
        ("geld.", {"wish": "money"}),
        ("📭 er staat GEEN dag in!", {"wish": "money", "letter": "no_day"}),
    ):
        await house.say(mila, typed)
        assert (await house.document(ref))["answers"] == answers, typed
    assert "Mijn voorstel:" in mila.last.text
    # Words of it are not enough, and what two buttons could mean is asked.
    await house.say(mila, "iets")
    assert mila.last.text.startswith(NOT_UNDERSTOOD)
    # From there an answer to the question below it counts too.
    await house.say(mila, "  nee ")
    assert {a["status"] for a in (await house.document(ref))["actions"]} == {"declined"}


async def test_who_types_yes_sends_it_and_who_types_back_does_not(house: House) -> None:
    ref, mila, _ = await _mila(house)
    await house.say(mila, "een vraag over mijn fiets", "terug naar de vraag")
    assert mila.last.text == QUESTION
    assert (await house.load(ref)).messages == []
    await house.say(mila, "een vraag over mijn fiets", "Ja")
    assert [m.text for m in (await house.load(ref)).messages] == ["een vraag over mijn fiets"]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("oke", "👍 Ja, dit doe ik"),
        ("GEEN IDEE", "🤷 Weet ik niet"),
        ("nee hoor", "👎 Nee"),
        ("2", "2️⃣ van DJI"),
        ("👎", "👎 Nee"),
        ("café thuis", "☕ Cafe thuis"),
        ("...verder!", "▶️ Verder"),
    ],
)
def test_the_one_button_that_is_meant_is_found(text: str, label: str) -> None:
    labels = ("👍 Ja, dit doe ik", "👎 Nee", "🤷 Weet ik niet", "1️⃣ van de gemeente", "2️⃣ van DJI", "☕ Cafe thuis")
    screen = Screen("", tuple((Button(one, "tap", one),) for one in (*labels, "▶️ Verder")))
    found = find([screen], text)
    assert found is not None
    assert found.label == label


@pytest.mark.parametrize("text", ["ja", "👍", "3", "", "nee, maar ja", "2580", "misschien"])
def test_what_two_buttons_could_mean_or_none_is_not_guessed(text: str) -> None:
    labels = ("👍 Ja, dit doe ik", "✅ Ja, samen", "✅ Nee, nog niet", "1️⃣ van de gemeente")
    buttons = [Button(one, "tap", one) for one in labels] + [Button("👍 Prima", "other"), Button("3", "key", "3")]
    assert find([Screen("", (tuple(buttons),))], text) is None


async def test_a_code_a_pin_and_a_citizen_service_number_are_never_offered_to_be_sent(house: House) -> None:
    ref, mila, _ = await _mila(house)
    fresh = await house.invite(ref)
    for typed in (fresh.short_code, "999990019", f"kijk: {fresh.code}."):
        await house.say(mila, typed)
        assert SEND not in mila.last.labels, typed
        assert typed not in mila.dump()
    await house.say(mila, "/pin", "2580")
    assert SEND not in mila.last.labels
    assert "Tik de cijfers hier." in mila.last.text
    assert "2580" not in mila.dump()


# Every place that a person can come to from here in a few taps, by taps alone.
WAYS: tuple[tuple[str, ...], ...] = (
    (),
    ("Geld",),
    ("Geld", "Ja, met een dag"),
    ("Geld", "Er staat geen dag in"),
    ("Geld", "Er staat geen dag in", "Andere dag"),
    ("/plan",),
    ("/plan", "Menu"),
    ("/plan", "Menu", "Meer"),
    ("/plan", "Menu", "Meer", "Rust en tijden"),
    ("/plan", "Menu", "Meer", "Wie gebruikt deze telefoon"),
    ("/plan", "Menu", "Meer", "Mijn antwoorden"),
    ("/plan", "Menu", "Meer", "Mijn gegevens"),
    ("/stop",),
    ("/wissen",),
    ("/taal",),
    ("/wiekeek",),
    ("/verberg",),
    ("/pin",),
)
BARE = ("Tik op een van de knoppen", "Ik kan alleen tekst en knoppen lezen", "Tik op de cijfers.")


@pytest.mark.parametrize("way", WAYS, ids=" ".join)
async def test_whatever_is_typed_on_any_screen_never_ends_in_a_bare_line(house: House, way: tuple[str, ...]) -> None:
    _, mila, _ = await _mila(house)
    for step in way:
        await (house.say(mila, step) if step.startswith("/") else house.tap(mila, step))
    texts: list[str] = []

    @settings(max_examples=4, database=None, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
    @given(st.text(st.characters(codec="utf-8", exclude_characters="/\x00"), min_size=1, max_size=60))
    def drawn(text: str) -> None:
        texts.append(text)

    drawn()
    for text in (*texts, "ik zit er zo doorheen man", "1", "👍"):
        mila.say(text)
        await house.pump()
        seen, labels = mila.last.text, mila.last.labels
        assert not any(message.mine for message in mila.messages), (way, text)
        assert not any(bare in seen for bare in BARE), (way, text, seen)
        assert labels, (way, text, seen)
        if "snap ik niet" in seen or QUIET_LINE in seen:
            assert QUIET_LINE in seen
            assert any("Terug" in label for label in labels)
            assert HUMAN in labels


async def test_a_voice_note_gets_ways_on_and_what_is_typed_after_it_can_be_sent(house: House) -> None:
    ref, mila, _ = await _mila(house)
    mila.send_voice()
    await house.pump()
    assert mila.last.text == f"Ik lees alleen getypte woorden. Wil je Anneke iets zeggen? Typ het.\n\n{QUIET_LINE}"
    assert mila.last.labels == ["✍️ Schrijf een bericht", BACK, HUMAN]
    await house.say(mila, "mijn vraag was over de bus")
    await house.tap(mila, SEND)
    assert [m.text for m in (await house.load(ref)).messages] == ["mijn vraag was over de bus"]


async def test_what_a_colleague_types_where_nothing_is_asked_goes_too_and_they_hear_what_to_do(house: House) -> None:
    _, _, anneke = await _mila(house)
    for typed in ("blijft mijn pincode 1234 hier staan", "/vandaag", "/help met woorden", "/onbekend woord"):
        await house.say(anneke, typed)
        assert not any(message.mine for message in anneke.messages), typed
    assert "typ /help" in anneke.last.text
    anneke.send_voice()
    await house.pump()
    assert anneke.last.text.startswith("Ik lees alleen getypte woorden. Dat lees ik hier niet. Tik op een knop, of typ")


async def test_words_that_wait_go_with_everything_that_is_erased_and_are_gone_when_not_sent(house: House) -> None:
    ref, mila, _ = await _mila(house)
    await house.say(mila, "dit blijft hier")
    await house.tap(mila, BACK)
    house.clock.forward(minutes=20)
    await house.tick()
    await house.say(mila, "/start")
    assert (await house.load(ref)).messages == []
    assert mila.last.text == QUESTION
    await house.at(house.today + timedelta(days=2), 10)
    await house.say(mila, "nog een keer", "/wissen", "ja", "🗑")
    # A short yes erases nothing: what cannot be brought back wants its button, or all of its words.
    assert (await house.load(ref)).ref == ref
    await house.tap(mila, "▶️ Terug")
    await house.tap(mila, "Ja, wis alles")
    assert "zijn gewist" in mila.last.text
