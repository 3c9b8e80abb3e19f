"""Only a letter is a letter: a picture on a colleague's screen is neither sent nor answered."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot.lookups.figures.rows import monitoring_rows
from conversations.words.letter_texts import note_sent
from storage.figures.period import Period
from storage.schema import monitoring
from storage.scope import Actor, Scope
from tests.house import House, on_both


async def counted(house: House) -> tuple[int, int]:
    """Return how many letters were sent and answered, as the figures have it; the rows of the workbook say the same."""
    async with house.app.database.read() as connection:
        row = (
            await connection.execute(
                select(monitoring.c.letter_sent, monitoring.c.letter_answered, monitoring.c.case_id)
            )
        ).one()
        period = Period(house.today.replace(month=1, day=1), house.today)
        scope = Scope(Actor("self_reporter", row.case_id), house.clock.now())
        lines = await monitoring_rows(connection, scope, ["Groningen"], period, (), house.settings.zone, frozenset())
    assert (lines[0]["letter_on"] is not None, lines[0]["answered_on"] is not None) == (bool(row[0]), bool(row[1]))
    return row.letter_sent, row.letter_answered


async def letter(house: House, ref: str) -> str:
    """Let a letter leave some hours after it was made; returns the code in it."""
    fresh = await house.invite(ref)
    house.clock.forward(hours=3)
    async with house.app.database.write() as connection:
        case = await house.case_on(connection, ref)
        note_sent(case, house.clock.now())
        await house.stores.cases.save(connection, [case], house.clock.now(), house.settings.zone)
    return str(fresh.code)


async def opens(house: House, code: str) -> None:
    """Let the person open a code, and prove who they are."""
    phone = house.world.phone(first_name="Samira")
    phone.start(code)
    await house.pump()
    await house.say(phone, "1999")


@on_both
async def test_a_letter_that_was_opened_was_sent_and_answered(house: House) -> None:
    ref = await house.case()
    code = await letter(house, ref)
    assert await counted(house) == (1, 0)
    house.clock.forward(days=2)
    await opens(house, code)
    assert await counted(house) == (1, 1)


@on_both
async def test_a_picture_on_the_workers_screen_is_no_letter(house: House) -> None:
    worker = await house.joined(await house.member())
    ref = await house.case()
    await house.say(worker, f"/zaak {ref}")
    await house.tap(worker, "🔑 Nieuwe uitnodiging")
    case = await house.load(ref)
    assert case.reach.letter_at is None
    assert "no_letter_sent" in case.waiting
    assert "invitation_not_used" not in case.waiting
    await opens(house, str((await house.invite(ref)).code))
    assert await counted(house) == (0, 0)
    assert "no_letter_sent" not in (await house.load(ref)).waiting  # who is there needs none


@pytest.mark.parametrize("days", [0, 5, 30])
async def test_who_came_by_a_picture_after_a_letter_did_not_answer_the_letter(house: House, days: int) -> None:
    ref = await house.case()
    await letter(house, ref)
    house.clock.forward(days=days, minutes=1)
    await opens(house, str((await house.invite(ref)).code))
    assert await counted(house) == (1, 0)
    case = await house.load(ref)
    assert case.joined_at is not None
    assert [c.direction for c in case.contacts if c.kind == "chat"] == ["out", "in"]  # there was contact all the same


async def test_a_second_letter_is_answered_too(house: House) -> None:
    ref = await house.case()
    await letter(house, ref)
    house.clock.forward(days=15)
    code = await letter(house, ref)
    house.clock.forward(days=1)
    await opens(house, code)
    assert await counted(house) == (1, 1)
