"""Staff sign in with a code of their app: once each, for eight hours; what an expired session held up goes on."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pyotp
import pytest
from sqlalchemy import select

from bot.webchat.phone import Phone
from storage.people.staff import Member
from storage.schema import audit
from tests.house import House, open_house

ASKED = "Typ de 6 cijfers"


class SignIn:
    """A house that asks for codes, and Anneke with her app."""

    def __init__(self, house: House, member: Member, phone: Phone) -> None:
        self.house, self.member, self.phone = house, member, phone

    def code(self, ahead: float = 0) -> str:
        """Return what the app shows now, or in so many seconds."""
        return pyotp.TOTP(self.member.totp_secret).at(self.house.clock.now() + timedelta(seconds=ahead))

    async def signs_in(self) -> None:
        """Type the code of now."""
        await self.house.say(self.phone, self.code())

    async def audited(self) -> list[str]:
        """Return how each sign-in ended."""
        async with self.house.app.database.read() as connection:
            rows = await connection.execute(select(audit.c.result).where(audit.c.verb == "sign_in"))
            return list(rows.scalars())


@pytest.fixture
async def anneke(tmp_path: Path) -> AsyncIterator[SignIn]:
    """Anneke, who has just opened her invitation."""
    async with open_house(tmp_path, staff_totp="required") as house:
        member = await house.member()
        yield SignIn(house, member, await house.joined(member))


async def test_nothing_is_shown_before_the_code_and_the_code_does_not_stay_in_the_chat(anneke: SignIn) -> None:
    assert ASKED in anneke.phone.last.text
    code = anneke.code()
    await anneke.house.say(anneke.phone, code)
    assert "je hebt geen zaken" in anneke.phone.last.text
    assert code not in anneke.phone.dump()
    assert await anneke.audited() == ["done"]


async def test_a_code_works_once_and_one_step_around_now(anneke: SignIn) -> None:
    house, phone = anneke.house, anneke.phone
    for seconds in (-90, 90):
        await house.say(phone, anneke.code(ahead=seconds))
        assert "Die code werkt niet" in phone.last.text
    used = anneke.code()
    await house.say(phone, used)
    assert "je hebt geen zaken" in phone.last.text
    async with house.app.database.write() as connection:
        member = (await house.stores.team.load(connection, [anneke.member.id]))[anneke.member.id]
        member.session_until = None
        await house.stores.team.save(connection, [member])
    await house.say(phone, "/vandaag", used)
    assert "Die code werkt niet" in phone.last.text
    house.clock.forward(seconds=30)
    await anneke.signs_in()
    assert "je hebt geen zaken" in phone.last.text


async def test_a_session_lasts_eight_hours(anneke: SignIn) -> None:
    house, phone = anneke.house, anneke.phone
    await anneke.signs_in()
    house.clock.forward(hours=7, minutes=59)
    await house.say(phone, "/zaken")
    assert ASKED not in phone.last.text
    house.clock.forward(minutes=1)
    await house.say(phone, "/zaken")
    assert ASKED in phone.last.text


async def test_what_an_expired_session_held_up_goes_on_after_the_code(anneke: SignIn) -> None:
    house, phone = anneke.house, anneke.phone
    await anneke.signs_in()
    ref = await house.case()
    samira = await house.arrived(ref)
    await house.tap(samira, "Alleen ik", "Verder", "Ja, hier")
    # A tap.
    await house.say(phone, f"/zaak {ref}")
    house.clock.forward(hours=8)
    await house.tap(phone, "📌 Plan")
    assert ASKED in phone.last.text
    assert "Kloosterboer" not in phone.last.text
    await anneke.signs_in()
    assert "Er is nog geen plan." in phone.last.text
    # A reply to the case on the screen.
    await house.say(phone, f"/zaak {ref}")
    house.clock.forward(hours=8)
    phone.reply(phone.last.message_id, "Ik bel je morgen.")
    await house.pump()
    assert ASKED in phone.last.text
    assert (await house.load(ref)).messages == []
    await anneke.signs_in()
    assert [m.text for m in (await house.load(ref)).messages] == ["Ik bel je morgen."]
    # A command with its words, after a code that was wrong.
    house.clock.forward(hours=8)
    await house.say(phone, f"/notitie {ref} Belt liever 's avonds", "123456")
    assert "Die code werkt niet" in phone.last.text
    await anneke.signs_in()
    assert [note.text for note in (await house.load(ref)).notes] == ["Belt liever 's avonds"]


async def test_who_guesses_waits_an_hour_and_the_administrators_hear_it(anneke: SignIn) -> None:
    house, phone = anneke.house, anneke.phone
    beheer = await house.joined(await house.member("administrator", "all", "Beheer"))
    beheer.lock_screen.clear()
    for number in range(10):
        await house.say(phone, f"00000{number}")
        house.clock.forward(seconds=1)
    assert beheer.lock_screen == ["⚠️ Kijk hiernaar · Voorzorg"]
    await anneke.signs_in()
    assert "Wacht een uur" in phone.last.text
    house.clock.forward(hours=1, seconds=1)
    await anneke.signs_in()
    assert "je hebt geen zaken" in phone.last.text
    # Ten tries in this chat within the hour; the code of the invitation, which was right, is none of them.
    assert await anneke.audited() == ["denied"] * 10 + ["done"]


async def test_end_of_access_is_at_once_in_the_middle_of_a_session(anneke: SignIn) -> None:
    house, phone = anneke.house, anneke.phone
    await anneke.signs_in()
    ref = await house.case()
    await house.say(phone, f"/zaak {ref}")
    async with house.app.database.write() as connection:
        member = (await house.stores.team.load(connection, [anneke.member.id]))[anneke.member.id]
        member.ended_at = house.clock.now()
        await house.stores.team.save(connection, [member])
    await house.tap(phone, "📌 Plan")
    assert phone.toasts[-1] == "Hier is niets voor jou."
    assert ref not in phone.last.text
