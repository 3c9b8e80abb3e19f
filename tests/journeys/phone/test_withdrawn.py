"""What waits about somebody in a colleague's chat does not leave once they had everything erased."""

from __future__ import annotations

from typing import Any

import pytest

from bot.delivery import courier
from bot.errands.imports.refusals import ERASED
from bot.webchat.phone import Phone
from bot.webchat.telegram import faults
from tests.house import House, on_both

BEGUN = ("Alleen ik", "Verder", "Ja, hier", "Geld", "Er staat geen dag in", "Ja, dit doe ik")
NAME = "Wilhelmina"
SENDING = ("sendMessage", "sendDocument", "sendPhoto", "editMessageText")


class People:
    """A person with a plan, her worker, her coordinator, and a Telegram that can be away."""

    def __init__(self, house: House) -> None:
        self.house = house

    async def begin(self) -> None:
        """Let them in."""
        house = self.house
        self.worker = await house.member()
        self.anneke = await house.joined(self.worker)
        self.coby = await house.joined(await house.member("coordinator", "all", "Coby"))
        self.ref = await house.case(first_name=NAME, number="Z4711")
        self.other = await house.case(first_name="Mila", number="Z4712")
        self.wil = await house.arrived(self.ref, name=NAME)
        await house.tap(self.wil, *BEGUN)
        async with house.app.database.write() as connection:
            case = await house.case_on(connection, self.ref)
            case.helpers.assign(self.worker.id)
            await house.stores.cases.save(connection, [case], house.clock.now(), house.settings.zone)

    async def away(self) -> None:
        """Let nothing arrive for a while: what is decided waits in the outbox."""
        for method in SENDING:
            self.house.server.faults.add(method, faults.error(502, "Bad Gateway"), times=None)

    async def back(self) -> None:
        """Let everything arrive that still may."""
        self.house.server.faults.clear()
        for _ in range(3):
            self.house.clock.forward(minutes=6)
            await self.house.pump()

    async def erase(self) -> None:
        """Erase her, as a command beside the program does."""
        from bot.writing.erasing import erase_person

        house = self.house
        async with house.app.database.write() as connection:
            case = await house.case_on(connection, self.ref)
            chat = (await house.stores.chats.of_cases(connection, [case.id]))[case.id]
            out = await erase_person(
                connection, house.stores, house.erasures, case, chat, house.today, house.settings.zone
            )
            await house.app.rounds.outbox.add(connection, out, house.clock.now())


def shown(phone: Phone) -> str:
    """Return everything that stands in a chat, files and all."""
    return phone.dump()


@pytest.fixture
async def people(house: House) -> People:
    """All of them."""
    people = People(house)
    await people.begin()
    return people


async def _card(people: People) -> Phone:
    await people.away()
    await people.house.say(people.anneke, f"/zaak {people.ref}")
    return people.anneke


async def _paper(people: People) -> Phone:
    await people.house.say(people.anneke, f"/zaak {people.ref}")
    await people.house.tap(people.anneke, "Meer")
    await people.away()
    await people.house.tap(people.anneke, "Kaart voor de koelkast")
    return people.anneke


async def _a_question_of_hers(people: People) -> Phone:
    await people.away()
    await people.house.say(people.wil, "/bericht Komt tante ook?")
    return people.anneke


@on_both
@pytest.mark.parametrize("asked", [_card, _paper, _a_question_of_hers], ids=["card", "paper", "notice"])
async def test_what_a_colleague_waits_for_about_somebody_erased_does_not_arrive(people: People, asked: Any) -> None:
    phone = await asked(people)
    lock_screen = len(phone.lock_screen)
    await people.erase()
    await people.back()
    assert NAME not in shown(phone)
    assert "kaart.pdf" not in shown(phone)
    assert len(phone.lock_screen) == lock_screen
    # And the colleague goes on with something else.
    await people.house.say(phone, "/vandaag")
    assert "dinsdag 24 november" in phone.last.text


async def test_a_screen_that_stands_on_a_colleagues_phone_folds(people: People) -> None:
    phone = people.anneke
    await people.house.say(phone, f"/zaak {people.ref}")
    assert NAME in shown(phone)
    await people.erase()
    await people.house.pump()
    assert NAME not in shown(phone)
    await people.house.tap(phone, "Verder")
    assert "dinsdag 24 november" in phone.last.text


async def _batch(people: People) -> int:
    """Make letters for both, with nothing arriving; returns how many wait in the one document."""
    house = people.house
    async with house.app.database.write() as connection:
        from bot.lookups.letters import batch
        from storage.queues.outbox import Outgoing

        content = house.app.rounds.content
        both = [await house.case_on(connection, ref) for ref in (people.ref, people.other)]
        data = await batch(
            *(connection, house.stores, content.region, both, house.clock.now(), content.zone),
            *(content.letter_languages, content.letters, ""),
        )
        chat = (await house.stores.chats.of_staff(connection, [people.worker.id]))[people.worker.id]
        file = {"document": {"template": "letters", **data}, "file_name": "brieven.pdf", "caption": "2 brieven"}
        row = Outgoing(chat.id, "document", {"chat_id": chat.telegram_id} | file)
        await house.app.rounds.outbox.add(connection, [row], house.clock.now())
    return len(data["letters"])


async def test_a_batch_of_letters_leaves_without_the_letter_of_who_was_erased(people: People) -> None:
    assert await _batch(people) == 2
    await people.erase()
    async with people.house.app.database.read() as connection:
        [row] = [r for r in await people.house.app.rounds.outbox.messages(connection) if r.kind == "document"]
    assert [letter["ref"] for letter in row.payload["document"]["letters"]] == [people.other]
    await people.back()
    assert "brieven.pdf" in shown(people.anneke)


async def test_paper_is_not_sent_when_its_person_is_erased_while_it_is_being_made(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    house, really = people.house, courier.made
    await house.say(people.anneke, f"/zaak {people.ref}")

    async def made(template: str, data: dict[str, Any]) -> bytes:
        paper = await really(template, data)
        await people.erase()
        return paper

    monkeypatch.setattr(courier, "made", made)
    await house.tap(people.anneke, "Meer")
    await house.tap(people.anneke, "Kaart voor de koelkast")
    await house.pump()
    assert "kaart.pdf" not in shown(people.anneke)
    assert NAME not in shown(people.anneke)


async def test_an_overview_that_waits_for_its_yes_no_longer_holds_who_was_erased(people: People) -> None:
    from storage.queues import drafts

    house = people.house
    row = {"row": 2, "first_name": NAME, "last_name": "Kloosterboer", "birth_year": 1999, "municipality": "Groningen"}
    row |= {"province": "Groningen", "number": "Z4711"}
    others = [row | {"row": 3, "number": "Z9", "first_name": "Mila"}, row | {"row": 4, "number": "Z8"}]
    refused = {"row": 5, "number": "", "reason": "?", "cells": ["x", NAME, "Kloosterboer", "1999"], "meant": None}
    overview = {"rows": [row, *others], "rejected": [refused | {"offers": []}], "numbers": ["Z4711", "Z8", "Z9"]}
    async with house.app.database.write() as connection:
        draft = drafts.new_draft(people.worker, {"overview": overview}, house.clock.now())
        await drafts.save(connection, people.worker, draft)
    await people.erase()
    async with house.app.database.read() as connection:
        found = await drafts.find(connection, people.worker, draft.id, house.clock.now())
    assert found is not None
    assert [left["row"] for left in found.content["overview"]["rows"]] == [3]
    assert NAME not in str(found.content)
    assert [said[0] for said in found.content["erased"]] == [2, 4]
    assert ERASED
