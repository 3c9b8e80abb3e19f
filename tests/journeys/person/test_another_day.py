"""Another day is asked for: how it is done, that the day in the letter stands, and what comes of it, on both phones."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import pytest

from storage.case.postponement import open_request
from tests.house import House
from tests.journeys.transcript import Transcript

DAY = timedelta(days=1)
# In the letter, and granted.
FIRST, SECOND = date(2027, 1, 13), date(2027, 3, 9)


async def test_who_asks_for_another_day_knows_what_it_takes_and_that_theirs_stands(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("secrets.choice", Random(7).choice)
    ref, samira, anneke = await house.called_up("13 januari 2027")
    told = Transcript(house)
    told.follow("Samira", samira)
    told.follow("Anneke", anneke)
    told.heading("She looks what it takes, and asks")
    await house.say(samira, "/plan")
    await house.tap(samira, "Menu", "Meer")
    await told.tap("Samira", "Ik wil een andere dag")
    await told.tap("Samira", "Ik heb het gevraagd")
    told.heading("The plan says so; the helper hears it once, however often she taps")
    await told.say("Samira", "/plan")
    assert "Tot DJI schrijft, geldt deze dag." in samira.last.text
    heard = len(anneke.lock_screen)
    await house.tap(samira, "Menu", "Meer")
    await told.tap("Samira", "Is er een besluit?")
    await told.tap("Samira", "Ik wacht nog op antwoord")
    assert len(anneke.lock_screen) == heard
    await told.say("Anneke", f"/zaak {ref}")
    assert "nog geen besluit: de dag in de brief geldt" in anneke.last.text
    told.heading("A week before the day somebody asks what was decided")
    await house.at(FIRST - 7 * DAY, 9)
    assert "postponement_open" in (await house.load(ref)).waiting
    await told.say("Anneke", "/vandaag")
    assert "andere dag gevraagd: besluit?" in anneke.last.text
    await house.say(anneke, f"/zaak {ref}")
    await told.tap("Anneke", "Besluit over andere dag?")
    await told.tap("Anneke", "Afgewezen")
    told.heading("She reads that her day stays, and who helps now")
    told.note()
    await told.tap("Samira", "Laat zien")
    assert "Jouw dag blijft" in samira.last.text
    case = await house.load(ref)
    assert (case.confirmed_date, case.phase, "postponement_open" in case.waiting) == (FIRST, "coming", False)
    assert [(event.what, event.by) for event in case.events] == [
        ("postpone_asked", "self"),
        ("postpone_refused", "worker"),
    ]
    told.matches("another_day")


async def test_a_yes_without_a_new_day_lets_nobody_stay_at_home_before_the_helper_has_looked(house: House) -> None:
    """Somebody who misreads a letter and stays at home is fetched by the police."""
    ref, samira, anneke = await house.called_up("13 januari 2027")
    planned = await house.ledger(ref)
    await house.say(samira, "/plan")
    await house.tap(samira, "Menu", "Meer", "Ik wil een andere dag", "Ik heb het gevraagd", "Het mag, de nieuwe dag")
    assert "Tot dan blijft jouw dag" in samira.last.text
    case = await house.load(ref)
    assert (case.confirmed_date, case.phase) == (FIRST, "coming")
    assert await house.ledger(ref) == planned
    assert "unread_message" in case.waiting
    await house.say(anneke, f"/zaak {ref}")
    await house.deed(anneke, "Besluit over andere dag?")
    await house.tap(anneke, "Uitgesteld, nog geen nieuwe dag")
    case = await house.load(ref)
    assert (case.confirmed_date, case.phase, case.outcome) == (None, "waiting", "postponed")
    await house.at(house.today + DAY, 10)
    await house.tap(samira, "Laat zien")
    assert "Er is nu geen dag" in samira.last.text


async def test_a_new_letter_decides_it_whoever_brings_it(house: House) -> None:
    ref, samira, _ = await house.called_up("13 januari 2027")
    await house.say(samira, "/plan")
    await house.tap(samira, "Menu", "Meer", "Ik wil een andere dag", "Ik heb het gevraagd", "Ik kreeg een andere dag")
    await house.tap(samira, "Ja, met een dag")
    await house.say(samira, "9 maart 2027")
    await house.tap(samira, "Ja, dat klopt")
    case = await house.load(ref)
    assert (case.confirmed_date, open_request(case)) == (SECOND, None)
    assert [event.what for event in case.events] == ["postpone_asked", "postpone_granted"]


async def test_late_taps_and_taps_twice_change_nothing(house: House) -> None:
    """A former screen says "asked" when somebody is inside by now; a worker taps what was decided already."""
    ref, samira, anneke = await house.called_up("13 januari 2027")
    await house.say(anneke, f"/zaak {ref}")
    await house.tap(anneke, "📅 Dag en feiten", "Andere dag gevraagd")
    await house.say(anneke, f"/zaak {ref}")
    await house.deed(anneke, "Besluit over andere dag?")
    refuse = next(
        (anneke.last.message_id, data) for row in anneke.last.buttons for label, data in row if "Afgewezen" in label
    )
    await house.say(samira, "/plan")
    await house.tap(samira, "Menu", "Meer", "Is er een besluit?", "Mijn dag blijft")
    events = len((await house.load(ref)).events)
    anneke.tap_data(*refuse)
    await house.pump()
    assert len((await house.load(ref)).events) == events
    await house.say(samira, "/plan")
    await house.tap(samira, "Menu", "Meer", "Ik wil een andere dag")
    late = next(
        (samira.last.message_id, data) for row in samira.last.buttons for label, data in row if "gevraagd" in label
    )
    await house.at(FIRST + DAY, 9)
    await house.say(anneke, f"/zaak {ref}")
    await house.tap(anneke, "📅 Dag en feiten", "🏁 Hoe de dag ging", "🚪 Gemeld")
    samira.tap_data(*late)
    await house.pump()
    case = await house.load(ref)
    assert (case.phase, [event.what for event in case.events]) == (
        "held",
        ["postpone_asked", "postpone_refused", "reported"],
    )
    assert samira.last.labels
