"""What somebody agrees to do today is asked today, also after their own hour, or else the next day."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest

from bot.webchat.phone import Phone
from tests.house import House
from tests.simulation.lives import turn_of

TODAY, TOMORROW = date(2026, 11, 24), date(2026, 11, 25)
REMINDED = "Je hebt een herinnering."


async def _proposed(house: House, *dated: str) -> tuple[str, Phone]:
    """Let somebody arrive, as far as their first proposal."""
    ref = await house.case()
    mila = await house.arrived(ref)
    await house.tap(mila, "Alleen ik", "Verder", "Ja, hier", "Mijn huis")
    if not dated:
        await house.tap(mila, "Er staat geen dag in")
    else:
        await house.tap(mila, "Ja, met een dag")
        await house.say(mila, *dated)
        await house.tap(mila, "Ja, dat klopt")
        while "👍 Ja, dit doe ik" not in mila.last.labels:
            await house.tap(mila, "Weet ik niet" if "🤷 Weet ik niet" in mila.last.labels else "Nee")
    return ref, mila


async def _agreed_for_today(house: House, mila: Phone) -> None:
    await house.say(mila, "vandaag")
    await house.tap(mila, "Ja, dit doe ik")


async def _planned(house: House, ref: str) -> list[tuple[date, time]]:
    rows = (await house.load(ref)).reminders
    return [(r.day, r.at) for r in rows if r.kind == "action_day" and r.state == "planned"]


async def test_agreed_at_eleven_for_today_it_is_asked_at_one(house: House) -> None:
    ref, mila = await _proposed(house)
    house.clock.forward(hours=1)
    await _agreed_for_today(house, mila)
    assert await _planned(house, ref) == [(TODAY, time(13))]
    mila.lock_screen.clear()
    await house.at(TODAY, 12, 59)
    assert mila.lock_screen == []
    await house.at(TODAY, 13)
    assert mila.lock_screen == [REMINDED]
    await house.tap(mila, "Laat zien")
    assert "Je afspraak voor vandaag:" in mila.last.text
    await house.tap(mila, "Gedaan")
    await house.at(TOMORROW, 10)
    assert mila.lock_screen == [REMINDED]


async def test_before_ones_own_hour_it_comes_at_that_hour(house: House) -> None:
    ref, mila = await _proposed(house)
    async with turn_of(house, ref) as (_, case):
        case.person.prefer(hour=time(15))
    await _agreed_for_today(house, mila)
    assert await _planned(house, ref) == [(TODAY, time(15))]


@pytest.mark.parametrize("hours", [8.5, 12.0])
async def test_agreed_in_the_evening_it_is_asked_how_it_went_the_next_day(house: House, hours: float) -> None:
    ref, mila = await _proposed(house)
    house.clock.forward(hours=hours)
    await _agreed_for_today(house, mila)
    assert await _planned(house, ref) == [(TOMORROW, time(10))]
    mila.lock_screen.clear()
    await house.at(TOMORROW, 10)
    assert mila.lock_screen == [REMINDED]
    await house.tap(mila, "Laat zien")
    assert mila.last.text.startswith("Je afspraak:")


async def test_quiet_hours_put_it_off_to_their_end(house: House) -> None:
    ref, mila = await _proposed(house)
    async with turn_of(house, ref) as (_, case):
        case.person.prefer(quiet_from=time(11), quiet_until=time(16))
    await _agreed_for_today(house, mila)
    assert await _planned(house, ref) == [(TODAY, time(16))]


@pytest.mark.parametrize(("hours", "planned"), [(8.5, [(TODAY, time(19, 30))]), (9.75, [])])
async def test_in_the_evening_before_the_reporting_day_it_is_asked_before_eight_or_not_at_all(
    house: House, hours: float, planned: list[tuple[date, time]]
) -> None:
    ref, mila = await _proposed(house, "morgen")
    house.clock.forward(hours=hours)
    await _agreed_for_today(house, mila)
    assert await _planned(house, ref) == planned


async def test_another_hour_forgets_nothing_that_was_due(house: House) -> None:
    ref, mila = await _proposed(house)
    house.clock.forward(hours=1)
    await _agreed_for_today(house, mila)
    await house.say(mila, "/pauze")
    await house.tap(mila, "Andere tijd", "De hele dag", "09:00")
    assert await _planned(house, ref) == [(TODAY, time(13))]
    await house.at(TODAY, 13)
    await house.tap(mila, "Laat zien", "Nog niet")
    assert await _planned(house, ref) == [(TOMORROW, time(9))]
    await house.say(mila, "/pauze")
    await house.tap(mila, "Andere tijd", "De hele dag", "15:00")
    assert await _planned(house, ref) == [(TOMORROW, time(15))]
    await house.at(TOMORROW + timedelta(days=1), 9)
    kinds = [kind for kind, state in await house.ledger(ref) if kind == "action_day" and state == "sent"]
    assert len(kinds) == 2


async def test_a_day_of_today_that_a_worker_gives_is_asked_today(house: House) -> None:
    anneke = await house.joined(await house.member())
    ref, mila = await _proposed(house)
    await house.tap(mila, "Ja, dit doe ik")
    house.clock.forward(hours=3)
    await house.say(anneke, f"/zaak {ref}")
    await house.tap(anneke, "Plan", "1", "Andere dag")
    await house.say(anneke, "vandaag")
    assert await _planned(house, ref) == [(TODAY, time(15))]


async def test_worked_out_anew_to_today_it_is_asked_today(house: House) -> None:
    ref, mila = await _proposed(house)
    await house.tap(mila, "Ja, dit doe ik")
    house.clock.forward(hours=2)
    await house.say(mila, "/plan")
    await house.tap(mila, "Ik heb een brief met een dag", "Ja, met een dag")
    await house.say(mila, "morgen")
    await house.tap(mila, "Ja, dat klopt")
    assert [a.due for a in (await house.load(ref)).actions if a.status == "agreed"] == [TODAY]
    assert await _planned(house, ref) == [(TODAY, time(14))]
