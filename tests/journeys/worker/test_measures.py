"""A measure is weighed: with the person's word, and a colleague's decision that comes back to the case."""

from __future__ import annotations

from storage.people.staff import Member
from tests.house import House
from tests.journeys.transcript import Transcript


async def test_a_measure_is_weighed_with_the_persons_word_and_a_colleagues_decision(house: House) -> None:
    told = Transcript(house)
    phones = {name: await house.joined(await house.member(name=name)) for name in ("Anneke", "Bram")}
    anneke, bram = phones.values()
    ref = await house.case()
    await house.say(anneke, f"/zaak {ref}")
    await house.tap(anneke, "Neem deze zaak")
    samira = await house.arrived(ref)
    await house.tap(samira, "Alleen ik", "Verder", "Ja, hier")
    for name, phone in (*phones.items(), ("Samira", samira)):
        told.follow(name, phone)

    told.heading("Anneke looks at the measures, and asks Samira in plain words")
    await told.say("Anneke", f"/maatregel {ref}", as_="/maatregel (Samira)")
    await told.tap("Anneke", "2")
    await told.tap("Anneke", "👤 Past dit bij de inwoner?")
    await told.tap("Samira", "👀 Laat zien")
    await told.tap("Samira", "👍 Ja")
    assert [(m.code, m.decision, m.wish) for m in (await house.load(ref)).measures] == [
        ("rent_agreement", "considered", "yes")
    ]

    told.heading("Bram must decide: he sees the measure and the question, and nothing of the person")
    await told.tap("Anneke", "👀 Laat zien")
    await house.say(anneke, f"/maatregel {ref}")
    await house.tap(anneke, "2")
    await told.tap("Anneke", "❓ Vraag een collega")
    await told.tap("Anneke", "👤 Bram")
    await told.tap("Anneke", "📅 vrijdag 27 november")
    await told.say("Anneke", "Kan de huur drie maanden vooruit?")
    await told.say("Bram", "/vandaag")
    await told.tap("Bram", "❓")
    await told.tap("Bram", "✅ Ja")
    await told.say("Bram", "Ja, als de verhuurder tekent.")
    assert "Kloosterboer" not in bram.dump()
    assert "Samira" not in bram.dump()
    decision = (await house.load(ref)).decisions[0]
    assert (decision.answer, decision.explanation) == ("yes", "Ja, als de verhuurder tekent.")

    told.heading("The answer is back at the case; another measure is not used, and why")
    await told.tap("Anneke", "👀 Laat zien")
    await house.say(anneke, f"/maatregel {ref}")
    await told.tap("Anneke", "2")
    await told.tap("Anneke", "✅ Gebruikt")
    await house.tap(anneke, "⚖️ Maatregelen", "1", "✖️ Niet gebruikt")
    await told.tap("Anneke", "te laat ervoor")
    weighed = {m.code: (m.decision, m.reason) for m in (await house.load(ref)).measures}
    assert weighed == {"rent_agreement": ("used", None), "housing_costs": ("not_used", "too_late")}
    assert {m["id"] for m in (await house.document(ref))["measures"]} == set(weighed)
    told.matches("measures")


async def test_a_ready_sentence_reaches_the_person_in_their_own_language(house: House) -> None:
    anneke = await house.joined(await house.member())
    ref = await house.case()
    samira = await house.arrived(ref)
    await house.tap(samira, "Alleen ik", "Verder", "Ja, hier")
    await house.say(samira, "/language")
    await house.tap(samira, "English")
    await house.say(anneke, f"/bericht {ref}")
    await house.tap(anneke, "Kant-en-klare zinnen", "De brief")
    assert "1. Neem je brief mee naar onze afspraak." in anneke.last.text
    await house.tap(anneke, "1")
    assert samira.lock_screen[-1] == "There is a message for you."
    await house.tap(samira, "Show")
    assert "Bring your letter to our appointment." in samira.last.text
    await house.say(anneke, f"/zaak {ref}")
    assert "Neem je brief mee naar onze afspraak." in anneke.last.text


async def test_who_was_asked_may_decide_and_nothing_else(house: House) -> None:
    anneke = await house.joined(await house.member())
    chris = await house.joined(await house.member(area="Emmen", name="Chris"))
    ref = await house.case()
    await house.say(anneke, f"/zaak {ref}")
    case = await house.load(ref)
    members = {m.name: m.id for m in await _team(house)}
    async with house.app.database.write() as connection:
        case.helpers.ask_decision(
            "deferral", members["Anneke"], members["Chris"], house.today, "Kan dit?", house.clock.now()
        )
        await house.stores.cases.save(connection, [case], house.clock.now(), house.settings.zone)
    await house.say(chris, "/vandaag")
    await house.tap(chris, "❓")
    assert "Kan dit?" in chris.last.text
    await house.say(chris, f"/zaak {ref}")
    assert f"Er is geen zaak {ref} voor jou." in chris.last.text
    await house.say(chris, f"/notitie {ref} iets")
    assert (await house.load(ref)).notes == []


async def _team(house: House) -> list[Member]:
    async with house.app.database.read() as connection:
        return await house.stores.team.all(connection)
