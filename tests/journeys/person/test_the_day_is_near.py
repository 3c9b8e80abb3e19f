"""The day is tomorrow, or another one: what is offered still fits, and nothing of a former day is taken for granted."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.webchat.phone import Phone
from tests.house import House

DAY = date(2027, 3, 9)


async def _my_day(house: House, mila: Phone) -> None:
    """Go to where another day is told."""
    await house.say(mila, "/plan")
    await house.tap(mila, "Menu", "Meer", "Ik kreeg een andere dag")


async def test_who_reports_tomorrow_is_asked_to_do_it_today(house: House) -> None:
    _ref, mila, _ = await house.called_up("morgen")
    await house.tap(mila, "Ik zoek het nog op")
    assert "📅 Klaar op dinsdag 24 november." in mila.last.text
    await house.tap(mila, "Andere dag")
    assert "Bijvoorbeeld: dinsdag 24 november" in mila.last.text
    await house.tap(mila, "📅 dinsdag 24 november")
    assert "in je plan" not in mila.last.text
    assert "Gaat het lukken om die dag te gaan?" in mila.last.text


async def test_a_later_sitting_comes_before_the_day(house: House) -> None:
    _ref, mila, _ = await house.called_up("over 2 dagen")
    for _ in range(60):
        if any("Later verder" in label for label in mila.last.labels):
            break
        await house.tap(mila, "👎 Nee" if "👎 Nee" in mila.last.labels else mila.last.labels[0])
    await house.tap(mila, "Later verder")
    assert [label for label in mila.last.labels if label.startswith("📅")] == ["📅 woensdag 25 november"]


@pytest.mark.parametrize("typed", ["misschien wel", "🤷", "wat bedoel je"])
async def test_words_on_a_proposal_are_no_date_that_went_wrong(house: House, typed: str) -> None:
    _ref, mila, _ = await house.called_up("12 februari 2027")
    await house.tap(mila, "Mijn plan") if "📋 Mijn plan" in mila.last.labels else None
    await house.say(mila, "/vragen")
    await house.tap(mila, "Het lukt me slecht")
    assert "Mijn voorstel:" in mila.last.text
    await house.say(mila, typed)
    assert mila.last.text.startswith("Ik ben een computer. Dit snap ik niet.")
    await house.tap(mila, "▶️ Terug")
    assert "Mijn voorstel:" in mila.last.text


async def test_on_the_day_itself_no_hour_is_offered_that_is_over(house: House) -> None:
    _ref, mila, _ = await house.called_up("9 maart 2027")
    await house.at(DAY - timedelta(days=1), 10)
    await house.at(DAY, 9)
    await house.tap(mila, "Laat zien")
    assert "Vandaag is de dag." in mila.last.text
    assert "Hoe laat ga je weg?" not in mila.last.text
    assert "Vanaf nu ben ik stil tot jij terug bent." in mila.last.text
    assert not any("08:00" in label for label in mila.last.labels)


async def test_a_week_of_rest_does_not_hold_what_is_about_the_day(house: House) -> None:
    ref, mila, _ = await house.called_up("9 maart 2027")
    await house.at(DAY - timedelta(days=9), 12)
    await house.say(mila, "/pauze")
    await house.tap(mila, "Een week rust")
    assert "Alleen over de dag in je brief schrijf ik nog." in mila.last.text
    await house.at(DAY - timedelta(days=7), 10)
    assert ("reporting_7", "sent") in await house.ledger(ref)
    assert mila.lock_screen[-1] == "Je hebt een belangrijk bericht."


async def test_another_day_is_told_from_the_menu_and_asks_its_own_hour(house: House) -> None:
    ref, mila, _ = await house.called_up("9 maart 2027")
    await house.at(DAY - timedelta(days=1), 10)
    await house.tap(mila, "Laat zien", "08:00")
    await _my_day(house, mila)
    await house.tap(mila, "Ja, met een dag")
    assert "Welke dag staat in de brief?" in mila.last.text
    await house.say(mila, "16-3")
    await house.tap(mila, "Ja, dat klopt")
    assert (await house.document(ref))["reporting_date"] == DAY + timedelta(days=7)
    await house.at(DAY + timedelta(days=6), 10)
    await house.tap(mila, "Laat zien")
    assert "Hoe laat ga je weg?" in mila.last.text


async def test_a_second_letter_with_the_same_day_is_one_tap(house: House) -> None:
    ref, mila, _ = await house.called_up("9 maart 2027")
    planned = await house.ledger(ref)
    await _my_day(house, mila)
    await house.tap(mila, "Ja, met een dag", "Nog steeds dinsdag 9 maart")
    assert "Kun je je rekeningen betalen?" in mila.last.text
    assert await house.ledger(ref) == planned


async def test_a_day_that_was_said_before_stands_until_the_helper_knows(house: House) -> None:
    ref, mila, anneke = await house.called_up("9 maart 2027")
    anneke.lock_screen.clear()
    await _my_day(house, mila)
    await house.tap(mila, "Er staat geen dag in")
    assert "Eerst zei je: dinsdag 9 maart 2027. Die dag blijft gelden." in mila.last.text
    assert anneke.lock_screen == [f"🙋 Hulpvraag · {ref}"]
    document = await house.document(ref)
    assert document["reporting_date"] == DAY
    assert ("reporting_eve", "planned") in await house.ledger(ref)


async def test_the_overview_shows_the_question_and_the_day_in_words(house: House) -> None:
    _ref, mila, _ = await house.called_up("9 maart 2027")
    await house.say(mila, "/plan")
    await house.tap(mila, "Menu", "Meer", "Mijn antwoorden", "De dag")
    assert "Welke dag staat in de brief?\n➡️ dinsdag 9 maart 2027" in mila.last.text
    assert "Gaat het lukken om die dag te gaan?\n➡️ –" in mila.last.text
