"""Somebody changes an answer, stops, or looks around before their yes: what was said last counts, nothing is lost."""

from __future__ import annotations

from bot.webchat.phone import Phone
from tests.house import House

ARRIVED = ("Alleen ik", "Verder", "Ja, hier")


async def _with_bills(house: House) -> tuple[str, Phone]:
    """Return somebody without a day, at the question about bills."""
    await house.joined(await house.member())
    ref = await house.case()
    mila = await house.arrived(ref)
    await house.tap(mila, *ARRIVED, "Geld", "Ik heb geen brief", "👎 Nee")
    assert "Kun je je rekeningen betalen?" in mila.last.text
    return ref, mila


async def test_a_proposal_goes_back_to_its_question_and_away_with_the_answer(house: House) -> None:
    ref, mila = await _with_bills(house)
    await house.tap(mila, "Het lukt me slecht")
    assert "Doe alle post over geld in één tas." in mila.last.text
    await house.tap(mila, "⬅️ Terug")
    assert "Kun je je rekeningen betalen?" in mila.last.text
    await house.tap(mila, "Ja, dat lukt")
    assert "Helpt iemand jou met schulden?" in mila.last.text
    bag = [a for a in (await house.document(ref))["actions"] if "tas" in a["text"] and a["domain"] == "money"]
    assert [a["status"] for a in bag] == ["dropped"]


async def test_a_proposal_that_was_withdrawn_comes_again_when_the_answer_does(house: House) -> None:
    _ref, mila = await _with_bills(house)
    await house.tap(mila, "Soms", "⬅️ Terug", "Ja, dat lukt", "⬅️ Terug", "Soms")
    assert "Doe alle post over geld in één tas." in mila.last.text


async def test_what_was_agreed_for_another_answer_is_asked_about_and_stays_without_a_word(house: House) -> None:
    ref, mila = await _with_bills(house)
    await house.tap(mila, "Soms", "Ja, dit doe ik", "⬅️ Terug", "Ja, dat lukt")
    assert "Je antwoord is nu anders. Dit staat nog in je plan:" in mila.last.text
    assert "Doe alle post over geld in één tas." in mila.last.text
    assert ("action_day", "planned") in await house.ledger(ref)
    await house.tap(mila, "Het is al klaar")
    assert "Helpt iemand jou met schulden?" in mila.last.text
    assert ("action_day", "cancelled") in await house.ledger(ref)
    assert [a["status"] for a in (await house.document(ref))["actions"]] == ["declined", "done"]


async def test_what_the_team_was_to_do_is_taken_away_and_they_hear_it(house: House) -> None:
    anneke = await house.joined(await house.member())
    ref = await house.case()
    mila = await house.arrived(ref)
    await house.tap(mila, *ARRIVED, "Mijn huis", "Ik heb geen brief", "👎 Nee", "Meer antwoorden", "Ik heb geen plek")
    assert "maakt met jou een plan" in mila.last.text
    await house.tap(mila, "Ja, graag", "⬅️ Terug", "Huurhuis")
    anneke.lock_screen.clear()
    await house.tap(mila, "Haal weg")
    assert anneke.lock_screen == [f"⚠️ Kijk hiernaar · {ref}"]
    assert "Kun je daar terug als je vrijkomt?" in mila.last.text


async def test_the_same_thing_is_proposed_once_whatever_called_for_it(house: House) -> None:
    ref = await house.case()
    mila = await house.arrived(ref)
    await house.tap(mila, *ARRIVED, "Mijn gezondheid", "Ja, met een dag")
    await house.say(mila, "12 februari 2027")
    await house.tap(mila, "Ja, dat klopt")
    case = await house.load(ref)
    async with house.app.database.write() as connection:
        case.person.answer("going", "badly", house.clock.now())
        case.person.answer("pregnant", "yes", house.clock.now())
        await house.stores.cases.save(connection, [case], house.clock.now(), house.settings.zone)
    await house.say(mila, "/start")
    for _ in range(8):
        if "👎 Nee" in mila.last.labels:
            await house.tap(mila, "👎 Nee")
    asked = [a["text"] for a in (await house.document(ref))["actions"]]
    assert sum("andere dag" in text for text in asked) == 1
    assert len(asked) == len(set(asked))


async def test_no_question_is_asked_before_the_yes_to_this_chat(house: House) -> None:
    ref = await house.case()
    mila = await house.arrived(ref)
    for command in ("/vragen", "/plan"):
        await house.say(mila, command)
        assert "Gebruikt iemand anders deze telefoon ook?" in mila.last.text
    await house.tap(mila, "Alleen ik", "Verder")
    await house.say(mila, "/vragen")
    assert "Wie ziet je antwoorden?" in mila.last.text
    assert (await house.document(ref))["answers"] == {}


async def test_who_stops_and_begins_again_is_reminded_of_all_that_stands(house: House) -> None:
    ref, mila = await _with_bills(house)
    await house.tap(mila, "Soms", "Ja, dit doe ik")
    await house.say(mila, "/plan")
    await house.tap(mila, "Ik heb een brief", "Ja, met een dag")
    await house.say(mila, "12 februari 2027")
    await house.tap(mila, "Ja, dat klopt")
    planned = sorted(row for row in await house.ledger(ref) if row[1] == "planned")
    await house.say(mila, "/stop")
    await house.tap(mila, "Stoppen")
    assert not [kind for kind, state in await house.ledger(ref) if state == "planned"]
    await house.say(mila, "/vragen")
    assert "Je bent gestopt." in mila.last.text
    await house.tap(mila, "Weer beginnen")
    assert sorted(row for row in await house.ledger(ref) if row[1] == "planned") == planned
