"""What helped, what was missing, who helped: asked of the person, and told on only with their yes."""

from __future__ import annotations

from tests.house import House


async def test_a_person_says_what_helped_and_whether_it_may_be_told(house: House) -> None:
    anneke = await house.joined(await house.member())
    ref = await house.case()
    samira = await house.arrived(ref)
    await house.tap(samira, "Alleen ik", "Verder", "Ja, hier")
    await house.say(anneke, f"/zaak {ref}")
    case = await house.load(ref)
    assert case.worker is not None
    await house.deed(anneke, "💬 Wat hielp", "💬 Vraag wat hielp")
    assert samira.lock_screen[-1] == "Er is een bericht voor je."
    await house.tap(samira, "Laat zien")
    assert "Wat hielp je?" in samira.last.text
    await house.say(samira, "Dat Anneke belde. Mijn zus <b>ook</b>.")
    assert "Wat miste je?" in samira.last.text
    await house.tap(samira, "Sla deze vraag over")
    await house.say(samira, "Mijn zus")
    assert "Mag Anneke jouw antwoorden delen met collega's" in samira.last.text
    await house.tap(samira, "Ja, dat is goed")
    told = await house.load(ref)
    assert [(s.kind, s.moment) for s in told.stories] == [("helped", "plan"), ("who", "plan")]
    assert told.person.consents_to("story")
    await house.say(anneke, f"/zaak {ref}")
    await house.deed(anneke, "💬 Wat hielp")
    assert "Mijn zus <b>ook</b>." in anneke.last.text.replace("&lt;", "<").replace("&gt;", ">")
    assert "Je mag dit delen met collega's, zonder naam." in anneke.last.text
    await house.tap(anneke, "✏️ Wat ik leerde")
    await house.say(anneke, "Vroeg bellen werkt.")
    assert [(s.kind, s.moment) for s in (await house.load(ref)).stories][-1] == ("worker", "closing")


async def test_what_was_kept_is_noted_with_a_tap(house: House) -> None:
    anneke = await house.joined(await house.member())
    ref = await house.case()
    await house.say(anneke, f"/zaak {ref}")
    case = await house.load(ref)
    async with house.app.database.write() as connection:
        case.course.record_outcome("reported")
        await house.stores.cases.save(connection, [case], house.clock.now(), house.settings.zone)
    await house.say(anneke, f"/zaak {ref}")
    await house.deed(anneke, "🧭 Wat is behouden", "🤷 huis")
    assert "🤷 → ✅ huis" in anneke.last.text
    await house.tap(anneke, "✅ huis", "🗓 Zes maanden later", "🤷 werk of opleiding")
    assert (await house.load(ref)).facts == {"home_release": False, "job_later": True}
