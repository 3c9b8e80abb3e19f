"""A second domain and a second language are data: the same conversation carries them."""

from __future__ import annotations

from tests.house import House


async def test_seven_places_to_live_come_in_pages_of_four(house: House) -> None:
    mila = await house.arrived(await house.case())
    await house.tap(mila, "Alleen ik", "Verder", "Ja, hier", "Mijn huis", "Er staat geen dag in", "👎 Nee")
    assert "vraag 1 van 2" in mila.last.text
    assert mila.last.labels[:5] == [
        "🏠 Huurhuis",
        "🏡 Koophuis",
        "🛋 Bij iemand",
        "🏗 Huis van mijn werk",
        "➡️ Meer antwoorden",
    ]
    await house.tap(mila, "Meer antwoorden")
    assert mila.last.labels[:3] == ["⛺ Vakantiepark of camping", "🛏 Opvang", "🌧 Ik heb geen plek"]
    await house.tap(mila, "Meer antwoorden", "Huurhuis")
    assert "Kun je daar terug" in mila.last.text
    assert "vraag 2 van 8" in mila.last.text


async def test_a_letter_to_leave_the_home_is_urgent_and_the_worker_hears_it_at_once(house: House) -> None:
    anneke = await house.joined(await house.member())
    ref = await house.case()
    mila = await house.arrived(ref)
    await house.tap(mila, "Alleen ik", "Verder", "Ja, hier", "Mijn huis", "Er staat geen dag in", "👎 Nee")
    await house.tap(mila, "Huurhuis", "✅ Ja", "Ja, dat is geregeld", "✅ Nee")
    await house.tap(mila, "Ja, ik heb die brief")
    assert "Juridisch Loket" in mila.last.text
    assert "Anneke krijgt nu een seintje." in mila.last.text
    await house.tap(mila, "Verder")
    assert "Bel Anneke over de brief" in mila.last.text
    assert anneke.lock_screen[-1] == f"⚠️ Kijk hiernaar · {ref}"
    document = await house.document(ref)
    assert document["domains"]["housing"]["level"] == "urgent"
    assert [(f["id"], f["level"]) for f in document["flags"]] == [("eviction", "urgent")]
    await house.say(anneke, "/vandaag")
    assert f"🔴 1. {ref} · Samira Kloosterboer · dringend" in anneke.last.text
    # A slip of the thumb: the flag goes with its answer, and stays in the history.
    await house.tap(mila, "👎 Nee", "👎 Nee", "⬅️ Terug", "✅ Nee")
    assert (await house.document(ref))["flags"] == []
    assert [f.lowered_at is not None for f in (await house.load(ref)).flags] == [True]


async def test_a_whole_way_in_english(house: House) -> None:
    ref = await house.case(language="en")
    fresh = await house.invite(ref)
    sam = house.world.phone(first_name="Sam", language_code="en")
    sam.start(fresh.code)
    await house.pump()
    assert "In which year were you born?" in sam.last.text
    await house.say(sam, "1999")
    await house.tap(sam, "Only me", "Go on", "Yes, here", "The day", "Yes, with a day")
    assert "Tuesday, March 9, 2027" in sam.last.text or "Tuesday 9 March 2027" in sam.last.text
    await house.say(sam, "24 December")
    assert "Thursday 24 December 2026" in sam.last.text
    await house.tap(sam, "Yes, that is right", "It is an old address")
    assert "Tell the municipality your new address." in sam.last.text
    await house.say(sam, "/taal")
    await house.tap(sam, "Nederlands")
    assert "Geef je nieuwe adres door aan de gemeente." in sam.last.text
    assert (await house.document(ref))["language"] == "nl"


async def test_somebody_whose_language_we_lack_reads_dutch_and_can_choose(house: House) -> None:
    phone = house.world.phone(first_name="Ola", language_code="xx")
    phone.start()
    await house.pump()
    assert "Hallo, ik ben Voorzorg" in phone.last.text
    await house.tap(phone, "English", "English")
    assert "Hello, I am Voorzorg" in phone.last.text


async def test_what_a_shared_phone_must_not_be_asked_a_human_asks(house: House) -> None:
    anneke = await house.joined(await house.member())
    ref = await house.case()
    mila = await house.arrived(ref)
    await house.tap(mila, "Ja, een ander ook")
    await house.say(anneke, f"/zaak {ref}")
    await house.deed(anneke, "Vragen die jij stelt")
    assert "Voelt iedereen thuis zich veilig?" in anneke.last.text
    assert "nog 1 vraag" in anneke.last.text
    await house.tap(anneke, "⚠️ Nee")
    assert anneke.lock_screen[-1] == f"⚠️ Kijk hiernaar · {ref}"
    assert any("Alle vragen zijn gesteld" in message.text for message in anneke.newest_first())
    document = await house.document(ref)
    assert document["answers"] == {"safe": "no"}
    assert document["domains"]["family"]["level"] == "urgent"
    assert "urgent" in {flag["level"] for flag in document["flags"]}
    assert (await house.load(ref)).answers["safe"].by == "worker"
