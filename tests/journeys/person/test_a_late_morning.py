"""The day has come and nobody knows how it went: whatever one does leads to that question, and who helps hears."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.webchat.phone import Phone
from tests.house import House
from tests.journeys.transcript import Transcript

DAY = date(2027, 3, 9)
ASKED = "Hoe is het gegaan?"
FOUR = ["🏢 Ik ben er", "⏰ Ik ben te laat", "🏠 Ik ben nog thuis", "📅 Het is een andere dag"]
GOOD_PLAN = "Goed plan"


async def _eve(house: House, said: str = "9 maart 2027 om 9 uur", leaves: str = "07:30") -> tuple[str, Phone, Phone]:
    """Let somebody know their day and hour, and say on its eve when they leave."""
    ref, mila, anneke = await house.called_up(said)
    await house.at(DAY - timedelta(days=1), 10)
    await house.tap(mila, "Laat zien", leaves)
    assert GOOD_PLAN in mila.last.text
    anneke.lock_screen.clear()
    return ref, mila, anneke


async def test_a_late_morning(house: House) -> None:
    ref, mila, anneke = await _eve(house)
    told = Transcript(house)
    told.heading("Nine o'clock was the hour, and it is ten")
    await house.at(DAY, 10)
    told.follow("Mila", mila)
    told.follow("Anneke", anneke)
    await told.say("Mila", "ik ben te laat wat nu")
    assert ASKED in mila.last.text
    await told.tap("Mila", "⏰ Ik ben te laat")
    told.note()
    await told.tap("Anneke", "👀 Laat zien")
    told.heading("Eleven o'clock, still at home")
    await house.at(DAY, 11)
    await told.say("Mila", "/plan")
    await told.tap("Mila", "🏠 Ik ben nog thuis")
    told.heading("There after all")
    await house.at(DAY, 13)
    await told.say("Mila", "/start")
    await told.tap("Mila", "🏢 Ik ben er")
    told.matches("late_morning")
    case = await house.load(ref)
    assert [m.text for m in case.messages if m.kind == "day"] == ["late", "home", "there"]
    # What somebody says is a sign, and no outcome.
    assert (case.outcome, case.phase) == (None, "coming")
    assert "unread_message" in case.waiting


@pytest.mark.parametrize(
    "way", ["/start", "/plan", "/vragen", "/pauze", "hoi", "ik ben niet gegaan", "xyzzy", "plan", "tap", "old notice"]
)
async def test_from_the_hour_on_every_way_leads_to_how_it_went(house: House, way: str) -> None:
    ref, mila, _ = await house.called_up("9 maart 2027 om 9 uur")
    await house.at(DAY - timedelta(days=1), 10)
    if way != "old notice":
        await house.tap(mila, "Laat zien", "07:30", "Verder")
    answers = (await house.document(ref))["answers"]
    await house.at(DAY, 9, 1)
    if way == "tap":
        await house.tap(mila, mila.last.labels[0])
    elif way == "old notice":
        await house.tap(mila, "Laat zien")
    else:
        await house.say(mila, way)
    assert "Het is dinsdag 9 maart, 09:01 uur. Hoe is het gegaan?" in mila.last.text
    assert [label for label in mila.last.labels if label in FOUR] == FOUR
    assert GOOD_PLAN not in mila.last.text
    assert "🙋 Ik wil iemand spreken" in mila.last.labels
    # And an old button of what stood there before is old.
    assert (await house.document(ref))["answers"] == answers


async def test_before_the_hour_the_morning_is_as_before(house: House) -> None:
    _, mila, _ = await _eve(house)
    await house.at(DAY, 7)
    await house.tap(mila, "Laat zien")
    assert "Je gaat om 07:30 weg. Goed plan." in mila.last.text
    await house.at(DAY, 8, 59)
    await house.say(mila, "/plan")
    assert ASKED not in mila.last.text
    # Who says that it goes wrong is not told to wait for the hour.
    await house.say(mila, "heb me verslapen!!")
    assert ASKED in mila.last.text
    assert "💬 Stuur dit naar Anneke" in mila.last.labels


async def test_an_hour_that_nobody_knows_is_assumed_and_can_be_said(house: House) -> None:
    _, mila, _ = await house.called_up("9 maart 2027")
    await house.at(DAY, 9, 59)
    await house.say(mila, "/plan")
    assert ASKED not in mila.last.text
    await house.at(DAY, 10)
    await house.say(mila, "/plan")
    assert ASKED in mila.last.text
    await house.tap(mila, "🕘 Mijn tijd komt nog")
    await house.say(mila, "13 uur")
    assert ASKED not in mila.last.text
    await house.at(DAY, 13)
    await house.say(mila, "/plan")
    assert ASKED in mila.last.text
    assert "🕘 Mijn tijd komt nog" not in mila.last.labels


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("🏢 Ik ben er", ("Ik kom mij melden", "088 07 25 000", "050 000 00 00")),
        ("⏰ Ik ben te laat", ("Ga toch.", "088 07 25 000", "“Ik kom vandaag. Ik ben onderweg.”")),
        ("🏠 Ik ben nog thuis", ("Bel nu Anneke", "De politie kan je halen.", "Bijstand stopt zolang je wegblijft.")),
        ("📅 Het is een andere dag", ("Welke dag staat in de brief?", "050 000 00 00", "“In mijn brief staat een")),
    ],
)
async def test_each_answer_has_a_number_what_to_say_and_a_sign_to_who_helps(
    house: House, said: str, words: tuple[str, ...]
) -> None:
    ref, mila, anneke = await _eve(house)
    await house.at(DAY, 10)
    await house.say(mila, "/start")
    await house.tap(mila, said)
    assert all(word in mila.last.text for word in words), mila.last.text
    assert "Anneke krijgt nu een seintje." in mila.last.text
    assert f"⚠️ Kijk hiernaar · {ref}" in anneke.lock_screen
    assert "unread_message" in (await house.load(ref)).waiting
    # Said twice it is one sign.
    await house.say(mila, "/start")
    await house.tap(mila, said)
    assert len([m for m in (await house.load(ref)).messages if m.kind == "day"]) == 1


async def test_another_day_is_typed_there_and_then_it_is_asked_no_more(house: House) -> None:
    ref, mila, _ = await _eve(house)
    await house.at(DAY, 10)
    await house.say(mila, "/start")
    await house.tap(mila, "Het is een andere dag")
    await house.say(mila, "20 april 2027")
    await house.tap(mila, "Ja, dat klopt")
    assert (await house.document(ref))["reporting_date"] == date(2027, 4, 20)
    await house.say(mila, "/plan")
    assert ASKED not in mila.last.text


async def test_days_later_it_is_asked_still_and_who_is_free_can_say_so(house: House) -> None:
    ref, mila, _ = await _eve(house)
    await house.at(DAY + timedelta(days=30), 11)
    await house.say(mila, "hallo?")
    assert "Jouw dag was dinsdag 9 maart." in mila.last.text
    await house.tap(mila, "🔓 Ik ben vrij")
    assert (await house.load(ref)).phase == "free"
    await house.tap(mila, "Verder")
    assert ASKED not in mila.last.text


async def test_help_crisis_hiding_and_erasing_are_open_at_that_hour(house: House) -> None:
    _, mila, _ = await _eve(house)
    await house.at(DAY, 10)
    for typed, seen in (
        ("/help", "❓ Zo werkt het"),
        ("ik wil dood", "Bel 113"),
        ("/bericht", "Typ je bericht aan Anneke"),
        ("/verberg", "Voorzorg is er voor je."),
        ("/wissen", "Wil je alles wissen?"),
        ("/stop", "Wil je hier stoppen?"),
        ("ik wil iemand spreken", "seintje"),
    ):
        await house.say(mila, typed)
        assert seen in mila.last.text, typed
    await house.tap(mila, "Verder")
    assert ASKED in mila.last.text


async def test_words_typed_at_that_hour_can_still_be_sent(house: House) -> None:
    ref, mila, _ = await _eve(house)
    await house.at(DAY, 10)
    await house.say(mila, "ze laten me er niet in", "wat moet ik nu")
    assert "Dit snap ik niet." in mila.last.text
    assert "Bel 113, dag en nacht." in mila.last.text
    await house.tap(mila, "💬 Stuur dit naar Anneke")
    assert ASKED in mila.last.text
    assert [m.text for m in (await house.load(ref)).messages] == ["ze laten me er niet in\nwat moet ik nu"]


async def test_once_an_outcome_is_known_nobody_asks(house: House) -> None:
    ref, mila, anneke = await _eve(house)
    await house.at(DAY, 12)
    await house.say(anneke, f"/zaak {ref}")
    await house.tap(anneke, "Dag en feiten", "Hoe de dag ging", "Gemeld")
    await house.say(mila, "/start")
    assert ASKED not in mila.last.text
