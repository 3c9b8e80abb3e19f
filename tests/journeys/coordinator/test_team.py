"""The team in the chat of a coordinator: nobody goes above their own verbs or outside their own area."""

from __future__ import annotations

import pytest

from bot.webchat.phone import Phone
from conversations.rules.ranks import OPEN_ROLES, invitable, within
from storage.people.staff import Member
from storage.scope import GRANTS
from tests.house import REGION, House
from tests.overviews.making import overview


@pytest.fixture
async def coby(house: House) -> Phone:
    """The phone of the coordinator of Groningen."""
    return await house.joined(await house.member("coordinator", "provincie Groningen", "Coby"))


async def everybody(house: House) -> dict[str, Member]:
    async with house.app.database.read() as connection:
        return {m.name: m for m in await house.stores.team.all(connection)}


def test_nobody_invites_above_their_own_verbs() -> None:
    assert invitable("coordinator") == ["worker", "coordinator"]
    assert invitable("worker") == invitable("casemanager") == invitable("supporter") == []


def test_every_role_to_which_somebody_can_be_invited_may_do_something() -> None:
    assert OPEN_ROLES == ("worker", "coordinator", "casemanager", "administrator")
    for inviting in ("coordinator", "administrator"):
        for role in invitable(inviting):
            assert any(GRANTS[role].values()), role


def test_an_area_lies_in_itself_in_its_province_and_in_the_whole() -> None:
    assert within("all", "provincie Drenthe", REGION)
    assert within("provincie Groningen", "Groningen", REGION)
    assert within("provincie Groningen", "Pekela", REGION)
    assert not within("provincie Groningen", "Assen", REGION)
    assert not within("Groningen", "provincie Groningen", REGION)
    assert not within("provincie Groningen", "all", REGION)


async def test_somebody_is_invited_comes_in_and_is_in_the_list(house: House, coby: Phone) -> None:
    await house.say(coby, "/team")
    await house.tap(coby, "Nodig iemand uit", "medewerker")
    await house.say(coby, "pekelaa")
    assert "Bedoel je Pekela?" in coby.last.text
    await house.tap(coby, "✔️ Pekela")
    await house.say(coby, "Noor")
    picture = coby.last
    assert "typ deze code" in picture.text.lower() or "code" in picture.text
    member = (await everybody(house))["Noor"]
    assert (member.role, member.area, member.joined_at) == ("worker", "Pekela", None)
    code = next(word for word in picture.text.split() if word.count("-") == 2)
    noor = house.world.phone(first_name="Noor")
    noor.start()
    await house.pump()
    await house.say(noor, code)
    assert (await everybody(house))["Noor"].joined_at is not None
    await house.say(coby, "/team")
    assert "Noor · medewerker · Pekela" in coby.last.text


async def test_a_name_that_is_taken_and_a_place_outside_the_area_are_refused(house: House, coby: Phone) -> None:
    await house.member()
    await house.say(coby, "/team")
    await house.tap(coby, "Nodig iemand uit", "medewerker")
    await house.say(coby, "Assen")
    assert "buiten je eigen gebied" in coby.last.text
    await house.say(coby, "PI Veenhuizen")
    assert "buiten je eigen gebied" in coby.last.text
    await house.say(coby, "Groningen")
    await house.say(coby, "anneke")
    assert "al iemand met die naam" in coby.last.text
    assert set(await everybody(house)) == {"Anneke", "Coby"}


async def test_access_ends_at_once_and_the_cases_wait_for_somebody_else(house: House, coby: Phone) -> None:
    member = await house.member()
    anneke = await house.joined(member)
    ref = await house.case()
    assert (await house.load(ref)).worker == member.id
    await house.say(coby, "/team")
    await house.tap(coby, "👤 Anneke", "Beëindig de toegang", "Ja, beëindig")
    assert "heeft geen toegang meer" in coby.last.text
    case = await house.load(ref)
    assert case.worker is None
    assert "no_worker" in case.waiting
    await house.say(anneke, f"/zaak {ref}")
    assert ref not in anneke.last.text
    await house.tap(coby, "Zaken toewijzen")
    assert "Groningen 1" in coby.dump()


async def test_what_still_waits_to_be_sent_does_not_reach_somebody_whose_access_has_ended(house: House) -> None:
    coby = await house.joined(await house.member("coordinator", "all", "Coby"))
    anneke = await house.joined(await house.member(area="Assen"))
    await house.say(coby, "/import")
    coby.send_document("overzicht.xlsx", overview({}))
    await house.pump()
    await house.tap(coby, "Neem over")
    anneke.lock_screen.clear()
    await house.say(coby, "/team")
    await house.tap(coby, "👤 Anneke", "Beëindig de toegang", "Ja, beëindig")
    await house.at(house.today, 12)
    assert anneke.lock_screen == []


async def test_who_stands_in_hears_of_a_list_in_place_of_who_is_away(house: House) -> None:
    coby = await house.joined(await house.member("coordinator", "all", "Coby"))
    anneke = await house.joined(await house.member(area="Assen"))
    bram = await house.joined(await house.member(area="Pekela", name="Bram"))
    await house.say(coby, "/team")
    await house.tap(coby, "👤 Anneke", "Afwezig: wie neemt waar?", "👤 Bram")
    await house.say(coby, "t/m 30 november")
    assert "Bram neemt waar voor Anneke" in coby.last.text
    for phone in (anneke, bram):
        phone.lock_screen.clear()
    await house.say(coby, "/import")
    coby.send_document("overzicht.xlsx", overview({}))
    await house.pump()
    assert "· Bram: 1 nieuwe zaak" in coby.last.text
    await house.tap(coby, "🆕 Nieuw 1")
    assert "👤 Anneke" in coby.last.text
    await house.tap(coby, "Terug", "Neem over")
    await house.at(house.today, 12)
    assert anneke.lock_screen == []
    assert "📥 Er is een nieuwe lijst: kijk naar je zaken." in bram.lock_screen


async def test_a_colleague_stands_in_and_sees_the_cases(house: House, coby: Phone) -> None:
    await house.joined(await house.member())
    bram = await house.joined(await house.member(area="Pekela", name="Bram"))
    ref = await house.case()
    await house.say(coby, "/team")
    await house.tap(coby, "👤 Anneke", "Afwezig: wie neemt waar?", "👤 Bram")
    await house.say(coby, "vrijdag")
    assert "Bram neemt waar voor Anneke" in coby.last.text
    await house.say(bram, f"/zaak {ref}")
    assert "Kloosterboer" in bram.last.text
    await house.say(coby, "/team")
    assert "🏖 Bram neemt waar" in coby.last.text
    await house.tap(coby, "👤 Anneke", "Is terug")
    await house.say(bram, f"/zaak {ref}")
    assert "Er is geen zaak" in bram.last.text


async def test_when_the_access_of_a_stand_in_ends_everybody_sees_it_and_the_work_goes_to_who_is_there(
    house: House, coby: Phone
) -> None:
    anneke = await house.joined(await house.member())
    mila = await house.arrived(await house.case())
    await house.tap(mila, "Alleen ik", "Verder", "Ja, hier", "Geld")
    await house.joined(await house.member(area="Pekela", name="Bram"))
    noor = await house.joined(await house.member(name="Noor"))
    await house.say(coby, "/team")
    await house.tap(coby, "👤 Anneke", "Afwezig: wie neemt waar?", "👤 Bram")
    await house.say(coby, "vrijdag")
    await house.say(coby, "/team")
    await house.tap(coby, "👤 Bram", "Beëindig de toegang", "Ja, beëindig")
    assert "Niemand neemt nog waar voor Anneke." in coby.last.text
    await house.say(coby, "/team")
    assert "👤 Anneke · medewerker · Groningen · 🏖 niemand neemt nog waar" in coby.last.text
    await house.say(coby, "/werkdruk")
    assert "🏖 weg, en niemand neemt nog waar" in coby.last.text
    await house.say(anneke, "/vandaag")
    assert "niemand neemt nog voor je waar. Kies iemand: /waarneming" in anneke.last.text
    await house.say(anneke, "/agenda")
    assert "neemt niemand meer voor je waar." in anneke.last.text
    for phone in (anneke, noor):
        phone.lock_screen.clear()
    await house.say(mila, "ik wil niet meer leven")
    assert noor.lock_screen
    assert not anneke.lock_screen
    await house.say(coby, "/team")
    await house.tap(coby, "👤 Anneke", "Afwezig: wie neemt waar?", "👤 Noor")
    await house.say(coby, "vrijdag")
    await house.tap(coby, "⬅️ Team")
    assert "🏖 Noor neemt waar" in coby.last.text


async def test_nobody_of_another_area_or_above_is_managed(house: House, coby: Phone) -> None:
    for role, area, name in (
        ("worker", "Assen", "Dirk"),
        ("coordinator", "all", "Femke"),
        ("administrator", "all", "Beheer"),
        ("casemanager", "PI Veenhuizen", "Inge"),
    ):
        await house.member(role, area, name)
    await house.say(coby, "/team")
    assert "👥 Team · 1" in coby.last.text
    assert [label for row in coby.last.buttons for label, _ in row] == ["➕ Nodig iemand uit", "⬅️ Mijn lijst"]
