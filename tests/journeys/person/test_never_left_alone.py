"""Who stops halfway, asks for somebody at night, or needs help with one of two things."""

from __future__ import annotations

from datetime import date, timedelta

from bot.webchat.phone import Phone
from tests.house import House

ARRIVED = ("Alleen ik", "Verder", "Ja, hier")
SATURDAY = date(2026, 11, 28)


async def _halfway(house: House) -> tuple[str, Phone, Phone]:
    anneke = await house.joined(await house.member())
    ref = await house.case()
    mila = await house.arrived(ref)
    await house.tap(mila, *ARRIVED, "Geld", "Ik heb geen brief", "👎 Nee")
    anneke.lock_screen.clear()
    return ref, mila, anneke


async def test_who_stops_halfway_without_a_day_is_asked_after_eight_weeks(house: House) -> None:
    ref, mila, _ = await _halfway(house)
    question = mila.last.text
    mila.lock_screen.clear()
    await house.at(house.today + timedelta(weeks=8), 10)
    assert mila.lock_screen == ["Je hebt een herinnering."]
    assert ("check_in", "sent") in await house.ledger(ref)
    await house.tap(mila, "Laat zien", "Alles is hetzelfde")
    assert mila.last.text == question
    assert ("check_in", "planned") in await house.ledger(ref)


async def test_who_wants_a_human_at_night_hears_when_that_is_and_whom_to_call_now(house: House) -> None:
    ref, mila, anneke = await _halfway(house)
    await house.at(SATURDAY, 21)
    await house.say(mila, "/start")
    await house.tap(mila, "Ik wil iemand spreken")
    assert "krijgt een seintje op maandag 30 november om 09:00." in mila.last.text
    assert "dag en nacht: 113 of 0800-0113." in mila.last.text
    assert "Ik heb" not in mila.last.text
    assert anneke.lock_screen == []
    await house.at(SATURDAY + timedelta(days=2), 9)
    assert f"🙋 Hulpvraag · {ref}" in anneke.lock_screen
    await house.say(mila, "/start")
    await house.tap(mila, "Ik wil iemand spreken")
    assert "een seintje gegeven" in mila.last.text


async def test_help_with_one_of_two_things_still_shows_the_other(house: House) -> None:
    _ref, mila, _ = await _halfway(house)
    await house.tap(mila, "Het lukt me slecht", "Ja, dit doe ik", "Nee", "Ja, dit doe ik")
    await house.at(date(2026, 11, 30), 10)
    await house.tap(mila, "Laat zien")
    assert "Doe alle post over geld in één tas." in mila.last.text
    await house.tap(mila, "Hulp nodig", "Verder")
    assert "Vraag Anneke om een gesprek over schulden." in mila.last.text
    assert "Hoe gaat het ermee?" in mila.last.text
    await house.tap(mila, "Gedaan")
    assert "Heb je boetes van het CJIB?" in mila.last.text


async def test_who_has_help_with_debts_is_not_told_to_ask_for_it(house: House) -> None:
    ref, mila, _ = await _halfway(house)
    await house.tap(mila, "Het lukt me slecht", "👎 Nee", "🤝 Ja")
    assert "Helpt iemand jou met schulden? Zeg daar dat je weggaat." in mila.last.text
    await house.tap(mila, "👎 Nee")
    assert not any("gesprek over schulden" in a["text"] for a in (await house.document(ref))["actions"])


async def test_after_the_last_answer_it_is_summed_up_and_asked_what_comes_first(house: House) -> None:
    ref, mila, _ = await _halfway(house)
    await house.tap(mila, "Soms", "Ja, dit doe ik")
    checklist = house.app.rounds.content.checklist
    async with house.app.database.write() as connection:
        case = await house.case_on(connection, ref)
        for question in checklist.questions:
            if question.id not in case.answers and question.id != "debt_help" and question.asks != "worker":
                case.person.answer(question.id, "unsaid", house.clock.now())
        await house.stores.cases.save(connection, [case], house.clock.now(), house.settings.zone)
    await house.tap(mila, "👤 Nee")
    assert mila.last.text.startswith("Klaar voor vandaag.")
    assert "Wat ga je als eerste doen?" in mila.last.text
    await house.tap(mila, "1")
    assert "📋 Je plan" in mila.last.text


async def test_from_the_hours_there_is_a_way_back(house: House) -> None:
    _ref, mila, _ = await _halfway(house)
    await house.say(mila, "/pauze")
    await house.tap(mila, "Andere tijd", "In de avond", "⬅️ Terug")
    assert "Wanneer mag ik" in mila.last.text


async def test_what_was_agreed_comes_before_the_question_whether_anything_changed(house: House) -> None:
    ref, mila, _ = await _halfway(house)
    await house.tap(mila, "Soms", "Andere dag")
    day = house.today + timedelta(weeks=8)
    await house.say(mila, f"{day.day}-{day.month}-{day.year}")
    await house.tap(mila, "Ja, dit doe ik")
    await house.at(day, 10)
    assert mila.lock_screen[-1] == "Je hebt een herinnering."
    await house.tap(mila, "Laat zien")
    assert "Hoe gaat het ermee?" in mila.last.text
    await house.tap(mila, "Gedaan")
    assert "Is er iets veranderd?" in mila.last.text
    assert ("check_in", "sent") in await house.ledger(ref)


async def test_a_word_does_what_the_button_of_that_name_does(house: House) -> None:
    _ref, mila, anneke = await _halfway(house)
    asked = mila.last.text
    for typed, seen in (
        ("help", "❓ Zo werkt het"),
        ("Wat moet ik doen??", "❓ Zo werkt het"),
        ("ik snap het niet", "Rekeningen komen elke maand."),
        ("MENU", "Wat wil je doen?"),
        ("plan", "📋 Je plan"),
        ("stop", "Wil je hier stoppen?"),
    ):
        await house.say(mila, typed)
        assert seen in mila.last.text, typed
        await house.say(mila, "/start")
        assert mila.last.text == asked
    assert anneke.lock_screen == []
    await house.say(mila, "ik wil iemand spreken")
    assert "een seintje gegeven" in mila.last.text
    # Where own words are asked for they are own words.
    await house.say(mila, "/plan")
    await house.tap(mila, "Iets van mijzelf")
    await house.say(mila, "stop")
    assert "✅ Het staat in je plan." in mila.last.text
