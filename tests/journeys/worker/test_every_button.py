"""Colleagues who tap whatever stands on their screens: every button does something, and no turn fails."""

from __future__ import annotations

from random import Random

import pytest
from sqlalchemy import select

from bot.webchat.phone import Phone
from conversations import roles
from storage.schema import inbox
from tests.house import House

TYPED = ("12 januari 2027", "Belt liever 's avonds", "1987", "Groningen", "Ali", "GR-4K7Q2", "x" * 3000, "morgen")
COMMANDS = (
    "/monitor",
    "/vandaag",
    "/zaken",
    "/risicos",
    "/zoek",
    "/nieuw",
    "/knelpunt",
    "/agenda",
    "/waarneming",
    "/help",
    "/plan",
    "/vraag",
    "/knelpunten",
    "/overleg",
    "/maandrapport",
)


OF_A_CASE = ("zaak", "contact", "actie", "notitie", "maatregel", "bericht", "plan", "overdragen")


async def a_full_day(house: House) -> tuple[list[Phone], str]:
    """Two workers, a coordinator, a casemanager, and cases in every shape."""
    anneke = await house.member(name="Anneke")
    bram = await house.member(name="Bram")
    coby = await house.member(role="coordinator", area="provincie Groningen", name="Coby")
    karin = await house.member(role="casemanager", area="PI Veenhuizen", name="Karin")
    phones = [await house.joined(member) for member in (anneke, bram, coby, karin)]
    refs = [await house.case(first_name=name) for name in ("Samira", "Ali", "Mila", "Tom")]
    samira = await house.arrived(refs[0])
    await house.tap(samira, "Ja, een ander ook", "Straks", "Verder", "Ja, hier", "Mijn huis", "Ja, met een dag")
    await house.say(samira, "8 december")
    await house.tap(samira, "Ja, dat klopt", "Ik wil iemand spreken")
    async with house.app.database.write() as connection:
        now = house.clock.now()
        for ref in refs[:3]:
            case = await house.case_on(connection, ref)
            case.helpers.assign(anneke.id)
            case.signals.raise_flag("cannot_report", "report", "urgent", "The person says that it will not work.", now)
            action = case.plan.propose("own", "self", "before", "Bel de huisbaas", house.today, None)
            case.plan.agree(action)
            share = case.plan.propose("identity", "casemanager", "inside", "Vraag een ID-kaart aan", None, None)
            case.plan.agree(share)
            case.shares.let_prison_read(share, True, now, "1")
            row = case.schedule.remind("action_day", house.today, house.clock.now().time(), house.settings.zone, action)
            case.schedule.end(row, "handed_to_worker", "no chat")
            await house.stores.cases.save(connection, [case], now, house.settings.zone)
    return phones, refs[0]


async def nothing_failed(house: House) -> None:
    async with house.app.database.read() as connection:
        states = (await connection.execute(select(inbox.c.state, inbox.c.attempts))).all()
    assert {(row.state, row.attempts) for row in states} <= {("done", 0)}


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_whatever_colleagues_tap_and_type_no_turn_fails(house: House, seed: int) -> None:
    phones, ref = await a_full_day(house)
    draw = Random(seed)
    tapped: set[str] = set()
    for _ in range(650):
        phone = draw.choice(phones)
        screen = next(m for m in phone.newest_first() if not m.mine and m.buttons)
        choice = draw.random()
        if choice < 0.06:
            phone.say(draw.choice((*COMMANDS, *(f"/{name} {ref}" for name in OF_A_CASE))))
        elif choice < 0.2:
            phone.say(draw.choice(TYPED))
        else:
            _, data = draw.choice([pair for row in screen.buttons for pair in row])
            tapped.add(data.split(":")[0])
            phone.tap_data(screen.message_id, data)
        await house.pump()
        assert "Deze knop is oud." not in phone.toasts
        house.clock.forward(seconds=2)
    await nothing_failed(house)
    assert len(tapped) > len(roles.worker.taps) / 3
