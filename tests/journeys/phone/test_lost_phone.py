"""A colleague's phone is lost: what was on it opens nothing any more, the cases stay, and everybody hears of it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pyotp
import pytest
from sqlalchemy import select

from bot.webchat.phone import Phone
from conversations.screen import Button
from storage.people.staff import Member
from storage.schema import audit
from tests.house import House, open_house

ASKED = "Typ de 6 cijfers"


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    """A house that asks for codes."""
    async with open_house(tmp_path, staff_totp="required") as opened:
        yield opened


async def now(house: House, name: str) -> Member:
    """Return a member as they are stored."""
    async with house.app.database.read() as connection:
        member = await house.stores.team.named(connection, name)
    assert member is not None
    return member


async def signs_in(house: House, phone: Phone, name: str) -> None:
    """Type what the app shows for the secret of now."""
    house.clock.forward(seconds=60)
    await house.say(phone, pyotp.TOTP((await now(house, name)).totp_secret).at(house.clock.now()))


async def trail(house: House, verb: str) -> list[tuple[str | None, str | None]]:
    """Return who did something to whom."""
    async with house.app.database.read() as connection:
        rows = await connection.execute(select(audit.c.actor, audit.c.object).where(audit.c.verb == verb))
        return [(row.actor, row.object) for row in rows]


def code_on(phone: Phone) -> str:
    """Return the code below the newest picture on a phone."""
    words = [word for message in phone.newest_first() for word in message.text.split()]
    return next(word for word in words if word.count("-") == 2 and len(word) == 14)


async def test_a_fresh_code_on_another_phone_does_not_inherit_a_live_session(house: House) -> None:
    member = await house.member()
    old = await house.joined(member)
    await signs_in(house, old, "Anneke")
    assert "Niemand wacht nu op jou." in old.last.text
    new = await house.joined(member)
    assert ASKED in new.last.text
    for said in ("/vandaag", "/zaken", "/zoek Kloosterboer"):
        await house.say(new, said)
        assert ASKED in new.last.text, said
    await signs_in(house, new, "Anneke")
    assert ASKED not in new.last.text
    assert "Was jij dat niet? Bel" in old.last.text
    assert await trail(house, "bind") == [(member.id, member.id)] * 2


async def test_a_lost_phone_closes_with_the_new_invitation_and_the_cases_stay(house: House) -> None:
    anneke = await house.member()
    lost = await house.joined(anneke)
    await signs_in(house, lost, "Anneke")
    ref = await house.case()
    coby = await house.joined(await house.member("coordinator", "provincie Groningen", "Coby"))
    await signs_in(house, coby, "Coby")
    house.clock.forward(minutes=11)
    await house.say(coby, "/team")
    await house.tap(coby, "👤 Anneke", "Nieuwe uitnodiging", "Ja, een nieuwe")
    assert ASKED in coby.last.text  # what opens a colleague's doors asks for a code of one's own
    await signs_in(house, coby, "Coby")
    member = await now(house, "Anneke")
    assert member.totp_secret != anneke.totp_secret
    assert "Er is een nieuwe uitnodiging voor jou." in lost.dump()
    # Who has the lost phone, and even the app with the former secret, is out at once.
    await house.say(lost, f"/zaak {ref}")
    assert ASKED in lost.last.text
    house.clock.forward(seconds=60)
    await house.say(lost, pyotp.TOTP(anneke.totp_secret).at(house.clock.now()))
    assert "Kloosterboer" not in lost.last.text
    assert "Die code werkt niet." in lost.last.text
    # The sheet has come with the picture; the secret stands in no text of the chat.
    assert any(m.document is not None and m.document.name == "voorzorg.pdf" for m in coby.messages)
    assert member.totp_secret not in coby.dump()
    new = house.world.phone(first_name="Anneke")
    new.start()
    await house.pump()
    await house.say(new, code_on(coby))
    await signs_in(house, new, "Anneke")
    await house.say(new, f"/zaak {ref}")
    assert "Kloosterboer" in new.last.text
    assert (await house.load(ref)).worker == anneke.id
    assert (member.id, member.id) in await trail(house, "bind")
    await house.say(lost, "/vandaag")
    assert "Typ de code hier." in lost.last.text


async def test_a_member_outside_ones_area_or_above_is_not_invited_again(house: House) -> None:
    dirk = await house.member("worker", "Assen", "Dirk")
    await house.joined(dirk)
    coby = await house.joined(await house.member("coordinator", "provincie Groningen", "Coby"))
    await signs_in(house, coby, "Coby")
    chat = await chat_of(house, coby)
    for verb in ("team_again", "team_anew", "team_member"):
        button = house.app.rounds.router.buttons.data(chat, Button("x", verb, dirk.id), None)
        coby.tap_data(coby.last.message_id, button)
        await house.pump()
        assert "Hier is niets voor jou." in coby.last.text, verb
    assert (await now(house, "Dirk")).totp_secret == dirk.totp_secret


async def chat_of(house: House, phone: Phone) -> str:
    """Return the id of a phone's chat, as its buttons are signed for."""
    index = house.stores.chats.index(phone.id)
    async with house.app.database.read() as connection:
        return (await house.stores.chats.by_index(connection, [index]))[index].id
