"""A phone that others use: nothing shows before the PIN but numbers to call; what is forgotten, a worker opens."""

from __future__ import annotations

import pytest

from bot.webchat.telegram import faults
from tests.house import House, on_both
from tests.journeys.transcript import Transcript

PIN = ("2", "5", "8", "0")
LOCKED = "Tik je pincode."


async def wrong(house: House, phone: object, times: int) -> None:
    for _ in range(times):
        await house.tap(phone, "1", "1", "1", "1")  # type: ignore[arg-type]


@on_both
async def test_a_shared_phone_with_a_pin(house: House) -> None:
    told = Transcript(house)
    anneke = await house.joined(await house.member())
    ref = await house.case()
    fresh = await house.invite(ref)
    samira = house.world.phone(first_name="Samira")
    told.heading("Two use this phone")
    told.follow("Samira", samira)
    await told.say("Samira", f"/start {fresh.code}", as_="(the link of the letter)")
    await told.say("Samira", "1999")
    for button in ("👥 Ja, een ander ook", "🔒 Ja, een pincode", *PIN, *PIN, "▶️ Verder", "👍 Ja, hier"):
        await told.tap("Samira", button)
    told.heading("A quarter of an hour later somebody else takes the phone")
    house.clock.forward(minutes=16)
    await house.tick()
    told.note()
    for button in ("▶️ Verder", "1", "1", "1", "1"):
        await told.tap("Samira", button)
    await told.say("Samira", "/plan")
    assert "Waar denk je" not in samira.last.text
    told.heading("Samira is back")
    for button in PIN:
        await told.tap("Samira", button)
    assert "📋 Je plan" in samira.last.text
    await told.tap("Samira", "❓ Vragen")
    assert "Waar denk je nu het meest aan?" in samira.last.text
    told.heading("Somebody comes in")
    await told.say("Samira", "/verberg")
    assert "Waar denk je" not in samira.dump()
    await told.tap("Samira", "▶️ Verder")
    told.heading("She has forgotten it")
    await wrong(house, samira, 5)
    told.note()
    assert "op slot" in samira.last.text
    await told.tap("Samira", "🔑 Pincode vergeten")
    await told.say("Samira", "1989")
    await told.say("Samira", "1999")
    told.follow("Anneke", anneke)
    await told.tap("Anneke", "👀 Laat zien")
    await told.tap("Anneke", "🔓 Pincode eraf")
    await told.tap("Anneke", "🔓 Ja, haal hem eraf")
    await told.tap("Samira", "👀 Laat zien")
    assert "Waar denk je nu het meest aan?" in samira.last.text
    told.matches("shared_phone")


async def locked(house: House) -> tuple[object, str]:
    await house.joined(await house.member())
    ref = await house.case()
    samira = await house.arrived(ref)
    await house.tap(samira, "Ja, een ander ook", "Ja, een pincode", *PIN, *PIN, "Verder", "Ja, hier")
    house.clock.forward(minutes=15)
    return samira, ref


async def test_nothing_leads_around_the_pin(house: House) -> None:
    samira, ref = await locked(house)
    assert "Waar denk je" in samira.last.text  # not folded yet: nothing ticked
    await house.tap(samira, "Geld")
    assert LOCKED in samira.last.text
    for text in ("/vragen", "/plan", "/help", "/start", "/bericht hallo", "hallo", "2580", "/pin", "/mijngegevens"):
        await house.say(samira, text)
        assert LOCKED in samira.last.text, text
        assert "Waar denk je" not in samira.last.text, text
    samira.say("/verberg")
    await house.pump()
    await house.tap(samira, "Verder")
    assert LOCKED in samira.last.text
    assert (await house.document(ref))["answers"] == {}
    # A restart opens nothing.
    await house.restart()
    await house.say(samira, "/plan")
    assert LOCKED in samira.last.text
    # What was tapped first goes on once the digits are right.
    await house.say(samira, "/verberg")
    await house.tap(samira, "Verder", *PIN)
    assert "Waar denk je" in samira.last.text


async def test_what_is_tapped_before_the_pin_is_done_after_it(house: House) -> None:
    samira, ref = await locked(house)
    await house.tap(samira, "Geld", *PIN)
    assert (await house.document(ref))["answers"] == {"wish": "money"}


async def test_a_command_typed_before_the_pin_is_done_after_it(house: House) -> None:
    samira, ref = await locked(house)
    await house.tap(samira, "Geld", *PIN)
    house.clock.forward(minutes=20)
    await house.say(samira, "/mijngegevens")
    assert LOCKED in samira.last.text
    await house.tap(samira, *PIN)
    assert "Ik maak een bestand" in samira.last.text
    house.clock.forward(minutes=20)
    await house.say(samira, "/bericht Mijn broer leest mee")
    assert LOCKED in samira.last.text
    assert not any("Mijn broer" in m.text for m in samira.messages)
    await house.tap(samira, *PIN)
    # Somebody else may have typed the words: they are asked for again.
    assert "Typ je bericht" in samira.last.text
    assert (await house.load(ref)).messages == []


@on_both
@pytest.mark.parametrize("way", ["/verberg", "/wissen"])
async def test_hiding_and_erasing_take_everything_of_two_days_out_of_the_chat(house: House, way: str) -> None:
    anneke = await house.joined(await house.member())
    ref = await house.case()
    samira = await house.arrived(ref)
    await house.tap(samira, "Ja, een ander ook", "Straks", "Verder", "Ja, hier", "Geld", "Er staat geen dag in")
    await house.tap(samira, "Ja, dit doe ik")
    # A file that she asked for, words that nobody took out, and notices that nobody opened.
    await house.say(samira, "/plan")
    await house.tap(samira, "Op papier")
    await house.tap(samira, samira.last.labels[0])
    await house.say(anneke, f"/bericht {ref}", "Ik bel je.")
    house.clock.forward(hours=30)
    await house.tick()
    for number in range(130):
        samira.say(f"bericht {number}")
    await house.pump()
    assert any("bericht 129" in m.text for m in samira.messages)
    assert len([m for m in samira.messages if not m.mine]) > 1
    house.clock.forward(minutes=2)
    await house.say(samira, way)
    if way == "/wissen":
        await house.tap(samira, "Ja, wis alles")
    left = [(m.mine, m.text) for m in samira.messages]
    assert len(left) == 1, left
    assert left[0][1].startswith("Voorzorg is er voor je." if way == "/verberg" else "🗑 Je antwoorden")


async def test_what_is_older_than_two_days_is_not_tried_and_what_cannot_go_holds_nothing_up(house: House) -> None:
    ref = await house.case()
    samira = await house.arrived(ref)
    await house.tap(samira, "Alleen ik", "Verder", "Ja, hier", "Geld", "Er staat geen dag in", "Ja, dit doe ik")
    await house.say(samira, "/plan")
    await house.tap(samira, "Op papier")
    await house.tap(samira, samira.last.labels[0])
    old = [m.message_id for m in samira.messages]
    house.clock.forward(hours=49)
    calls = house.server.api.calls
    await house.say(samira, "/verberg")
    assert samira.last.text == "Voorzorg is er voor je."
    assert calls["deletemessages"] == 0
    assert old[0] in samira.history
    await house.tap(samira, "Verder", "Op papier")
    await house.tap(samira, samira.last.labels[0])
    house.server.faults.add("deleteMessages", faults.error(400, "Bad Request: message can't be deleted"))
    await house.say(samira, "/verberg")
    assert samira.last.text == "Voorzorg is er voor je."
    assert len([m for m in samira.messages if m.message_id not in old]) == 1


async def test_who_uses_the_phone_can_change(house: House) -> None:
    ref = await house.case()
    samira = await house.arrived(ref)
    await house.tap(samira, "Alleen ik", "Verder", "Ja, hier", "Geld", "Er staat geen dag in", "Ja, dit doe ik")
    await house.say(samira, "/plan")
    await house.tap(samira, "Op papier")
    assert "🗓 In mijn agenda" in samira.last.labels
    await house.tap(samira, "Mijn plan", "Menu", "Meer", "Wie gebruikt deze telefoon", "een ander ook")
    assert "Op het scherm komt alleen: je hebt een bericht." in samira.last.text
    assert (await house.load(ref)).shares_phone is True
    await house.say(samira, "/plan")
    await house.tap(samira, "Op papier")
    assert "🗓 In mijn agenda" not in samira.last.labels
    await house.tap(samira, "Mijn plan", "Menu", "Meer", "Wie gebruikt deze telefoon", "Alleen ik")
    assert (await house.load(ref)).shares_phone is False


async def test_help_is_never_held_back(house: House) -> None:
    samira, ref = await locked(house)
    await house.say(samira, "ik wil dood")
    assert "Bel 113 of 0800-0113." in samira.last.text
    assert LOCKED in samira.last.text
    await house.say(samira, "/verberg")
    await house.say(samira, "ik wil dood")
    assert "Bel 113 of 0800-0113." in samira.last.text
    assert "Waar denk je" not in samira.last.text
    await house.say(samira, "/plan")
    assert LOCKED in samira.last.text
    await house.tap(samira, "Ik wil iemand spreken")
    assert "050 000 00 00" in samira.last.text
    assert LOCKED in samira.last.text
    assert [m.kind for m in (await house.load(ref)).messages] == ["help"]


async def test_a_pin_is_kept_as_a_hash_and_can_be_changed_and_taken_off(house: House) -> None:
    samira, ref = await locked(house)
    kept = (await house.load(ref)).preferences.pin
    assert kept is not None
    assert "2580" not in kept
    await house.tap(samira, "Geld", *PIN)
    await house.say(samira, "/pin")
    await house.tap(samira, "Andere pincode", "1", "2", "3", "4", "1", "2", "3", "5")
    assert "andere cijfers" in samira.last.text
    await house.tap(samira, "1", "2", "⌫", "2", "3", "4", "1", "2", "3", "4")
    assert (await house.load(ref)).preferences.pin != kept
    await house.say(samira, "/pin")
    await house.tap(samira, "Haal de pincode weg")
    assert (await house.load(ref)).preferences.pin is None
    house.clock.forward(minutes=20)
    await house.say(samira, "/start")
    assert LOCKED not in samira.last.text


async def test_five_wrong_tries_close_it_for_the_right_digits_too(house: House) -> None:
    samira, _ = await locked(house)
    await house.say(samira, "/start")
    await wrong(house, samira, 5)
    assert "op slot" in samira.last.text
    assert "1" not in samira.last.labels
    await house.say(samira, "/start", "/vragen")
    assert "op slot" in samira.last.text
