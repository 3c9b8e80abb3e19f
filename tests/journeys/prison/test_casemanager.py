"""A casemanager sees what somebody shares with their prison, as long as the yes stands, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from bot.webchat.phone import Phone
from tests.house import House

NOT_SHARED = "🔒 De gevangenis leest dit pas na een ja."
ASKED = "❔ Dit is gevraagd aan PI Veenhuizen. Er is nog geen antwoord."
CONFIRMED = "👍 PI Veenhuizen zei ja: zij doen dit."
CARD, STORAGE, METHADONE = "Vraag een ID-kaart aan", "Zoek opslag", "Geef het medicijnbriefje door"


@dataclass
class Share:
    """A case with a worker, and a casemanager of its prison."""

    house: House
    ref: str
    anneke: Phone
    karin: Phone

    async def share(self, text: str, domain: str = "identity", yes: bool = True) -> str:
        """Let the person agree to an action of the casemanager, and say yes or no to sharing it; returns its id."""
        async with self.house.app.database.write() as connection:
            case, now = await self.house.case_on(connection, self.ref), self.house.clock.now()
            action = case.plan.propose(domain, "casemanager", "inside", text, None, None)
            case.plan.agree(action)
            case.shares.let_prison_read(action, yes, now, "1")
            await self.house.stores.cases.save(connection, [case], now, self.house.settings.zone)
        return action.id

    async def state(self, at: int = 0) -> str:
        """Return how an action stands with the prison."""
        case = await self.house.load(self.ref)
        return case.shares.state(case.actions[at])

    async def take_back(self, action_id: str) -> None:
        """Let the person take a yes back."""
        async with self.house.app.database.write() as connection:
            case, now = await self.house.case_on(connection, self.ref), self.house.clock.now()
            case.shares.let_prison_read(next(a for a in case.actions if a.id == action_id), False, now, "1")
            await self.house.stores.cases.save(connection, [case], now, self.house.settings.zone)


@pytest.fixture
async def shared(house: House) -> Share:
    """Samira's case, with nothing shared yet."""
    anneke = await house.joined(await house.member())
    karin = await house.joined(await house.member("casemanager", "PI Veenhuizen", "Karin"))
    return Share(house, await house.case(), anneke, karin)


async def test_only_what_the_person_said_yes_to_shows_and_never_health(shared: Share) -> None:
    house, karin = shared.house, shared.karin
    await house.say(karin, "/zaken")
    assert "Niemand deelt nu iets met jou." in karin.last.text
    await shared.share(CARD)
    await shared.share(STORAGE, yes=False)
    await shared.share(METHADONE, domain="health")
    await house.say(karin, f"/zaak {shared.ref}")
    assert CARD in karin.last.text
    assert "Samira Kloosterboer" in karin.last.text
    assert STORAGE not in karin.last.text
    assert METHADONE not in karin.last.text
    # A day that only the list brings is no fact.
    await house.case(number=(await house.load(shared.ref)).identity.number, reporting_date=house.today)
    await house.say(karin, f"/plan {shared.ref}")
    assert "nog geen dag" in karin.last.text


async def test_another_prison_and_a_case_that_shares_health_only_get_the_one_answer(shared: Share) -> None:
    house = shared.house
    other = await house.joined(await house.member("casemanager", "PI Leeuwarden", "Klaas"))
    await shared.share(METHADONE, domain="health")
    for phone in (shared.karin, other):
        await house.say(phone, f"/zaak {shared.ref}")
        assert f"Er is geen zaak {shared.ref} voor jou." in phone.last.text
        assert "Samira" not in phone.dump()


async def test_a_yes_that_is_taken_back_between_seeing_and_tapping_ends_it(shared: Share) -> None:
    house, karin = shared.house, shared.karin
    action = await shared.share(CARD)
    await house.say(karin, f"/zaak {shared.ref}")
    await shared.take_back(action)
    await house.tap(karin, "👍 1 Dit doen wij")
    assert f"Er is geen zaak {shared.ref} voor jou." in karin.last.text
    assert await shared.state() == "not_shared"
    assert CARD not in karin.last.text
    await house.say(shared.anneke, f"/plan {shared.ref}")
    assert NOT_SHARED in shared.anneke.last.text


async def test_what_cannot_be_goes_back_to_the_worker_with_the_reason(shared: Share) -> None:
    house, karin, anneke = shared.house, shared.karin, shared.anneke
    await house.say(anneke, f"/zaak {shared.ref}")
    await shared.share(STORAGE, domain="housing")
    anneke.lock_screen.clear()
    await house.say(karin, f"/zaak {shared.ref}")
    await house.tap(karin, "✋ 1 Kan niet")
    await house.say(karin, "Opslag doen wij niet.")
    assert anneke.lock_screen == [f"⚠️ Kijk hiernaar · {shared.ref}"]
    case = await house.load(shared.ref)
    # It does not become the helper's own without a word: the plan says so, and it waits for the two of them.
    assert [(a.owner, a.status) for a in case.actions] == [("casemanager", "agreed")]
    assert await shared.state() == "declined"
    assert "share_declined" in case.waiting
    await house.tap(anneke, "Laat zien")
    assert "✋ PI Veenhuizen kan dit niet doen." in anneke.last.text
    assert "gevangenis kan iets niet doen" in anneke.last.text
    assert case.notes[0].text == f"✋ De gevangenis kan dit niet doen: “{STORAGE}” Opslag doen wij niet."
    # It is no longer theirs to see.
    await house.say(karin, f"/zaak {shared.ref}")
    assert "Er is geen zaak" in karin.last.text


async def test_a_message_reaches_the_worker_and_stays_with_the_case(shared: Share) -> None:
    house, karin, anneke = shared.house, shared.karin, shared.anneke
    await shared.share(CARD)
    await house.say(anneke, f"/zaak {shared.ref}")
    anneke.lock_screen.clear()
    await house.say(karin, f"/bericht {shared.ref} Ik bel je dinsdag & <b>woensdag</b>")
    assert "Je bericht is bij de helper." in karin.last.text
    assert anneke.lock_screen == [f"💬 Bericht · {shared.ref}"]
    await house.say(anneke, f"/notitie {shared.ref}")
    assert "Ik bel je dinsdag & <b>woensdag</b>" in anneke.last.text
    assert "Karin" in anneke.last.text
    # What is typed on the card itself goes nowhere.
    await house.say(karin, f"/zaak {shared.ref}", "hallo?")
    assert "Tik op de knop hieronder" in karin.last.text
    assert len((await house.load(shared.ref)).notes) == 1


async def test_a_worker_notes_what_the_prison_said_by_telephone(shared: Share) -> None:
    house, anneke = shared.house, shared.anneke
    await house.say(anneke, f"/zaak {shared.ref}")
    await shared.share(STORAGE, domain="housing")
    await house.say(anneke, f"/plan {shared.ref}")
    assert ASKED in anneke.last.text
    await house.tap(anneke, "1", "👍 Gevangenis bevestigde")
    assert await shared.state() == "confirmed"
    assert CONFIRMED in anneke.last.text
    await shared.share(CARD)
    await house.say(anneke, f"/plan {shared.ref}")
    await house.tap(anneke, "2", "✋ Gevangenis kan het niet")
    assert await shared.state(1) == "declined"
    # What is about health is shared by nobody here: there is nothing to confirm.
    await shared.share(METHADONE, domain="health")
    await house.say(anneke, f"/plan {shared.ref}")
    await house.tap(anneke, "3")
    assert not [label for label in anneke.last.labels if "evangenis" in label]


async def test_a_yes_in_the_chat_reaches_the_casemanager_and_a_no_takes_it_back(shared: Share) -> None:
    house, karin = shared.house, shared.karin
    samira = await house.arrived(shared.ref)
    await house.tap(samira, "Alleen ik", "Verder", "Ja, hier")
    await shared.share(CARD, yes=False)
    karin.lock_screen.clear()
    await house.say(samira, "/plan")
    await house.tap(samira, "1", "De gevangenis mag dit lezen")
    assert "Dit kan PI Veenhuizen voor je doen:" in samira.last.text
    assert "Dan leest iemand daar deze zin, je naam en je dag." in samira.last.text
    assert "Die ziet ook wie jou helpt, en in welke gemeente." in samira.last.text
    await house.tap(samira, "👍 Ja")
    assert karin.lock_screen == [f"❓ Een vraag voor jou · {shared.ref}"]
    await house.tap(karin, "Laat zien")
    assert CARD in karin.last.text
    await house.say(samira, "/plan")
    await house.tap(samira, "1", "🔒")
    await house.say(karin, "/zaken")
    assert "Niemand deelt nu iets met jou." in karin.last.text


async def test_who_has_no_chat_is_asked_by_the_worker_and_the_casemanager_hears_the_yes(shared: Share) -> None:
    house, karin, anneke = shared.house, shared.karin, shared.anneke
    karin.lock_screen.clear()
    await house.say(anneke, f"/actie {shared.ref} Vraag een ID-kaart aan")
    await house.tap(anneke, "🏢 De gevangenis")
    assert "Mag PI Veenhuizen dit lezen?" in anneke.last.text
    await house.tap(anneke, "❌ De persoon zegt nee")
    assert NOT_SHARED in anneke.last.text
    assert karin.lock_screen == []
    await house.tap(anneke, "1", "👁 Mag de gevangenis dit lezen?", "✅ De persoon zegt ja")
    assert karin.lock_screen == [f"❓ Een vraag voor jou · {shared.ref}"]
    await house.tap(karin, "Laat zien", "👍 1 Dit doen wij")
    assert await shared.state() == "confirmed"
