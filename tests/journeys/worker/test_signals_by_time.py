"""Signals that come and go while nobody does anything: with the date, with silence, after a command beside the bot."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from storage.case.case import Case
from tests.house import House

DAY = timedelta(days=1)


async def beside(house: House, ref: str, does: Callable[[Case], object]) -> None:
    """Let a command change a case beside the bot, which then looks."""
    async with house.app.database.write() as connection:
        case = await house.case_on(connection, ref)
        does(case)
        await house.stores.cases.save(connection, [case], house.clock.now(), house.settings.zone)
    await house.tick()


async def standing(house: House, ref: str) -> set[str]:
    return {flag["id"] for flag in (await house.document(ref))["flags"]}


async def test_a_signal_of_the_date_comes_when_the_day_is_near_and_goes_when_it_is_over(house: House) -> None:
    number = "Z1"
    ref = await house.case(number=number)
    now = house.clock.now()
    await beside(house, ref, lambda case: case.reach.joined(now))
    await beside(house, ref, lambda case: case.person.answer("id", "lost", now))
    assert await standing(house, ref) == set()
    # The list brings a day, three weeks ahead: not yet; the next midnight it is near.
    day = house.today + 21 * DAY
    await house.case(number=number, reporting_date=day)
    await house.tick()
    assert await standing(house, ref) == set()
    await house.at(day - 20 * DAY, 0, 1)
    assert await standing(house, ref) == {"no_id"}
    await house.at(day - 7 * DAY, 23, 59)
    assert await standing(house, ref) == {"no_id"}
    await house.at(day - 6 * DAY, 0, 1)
    assert await standing(house, ref) == {"no_id", "open_high"}
    # The list moves the day away: both go; it comes back, and so do they, with an age of their own.
    await house.case(number=number, reporting_date=day + 60 * DAY)
    await house.tick()
    assert await standing(house, ref) == set()
    await house.case(number=number, reporting_date=day)
    await house.tick()
    assert await standing(house, ref) == {"no_id", "open_high"}
    await house.at(day + DAY, 0, 1)
    assert await standing(house, ref) == set()
    assert [flag.flag for flag in (await house.load(ref)).flags] == ["no_id", "open_high"] * 2


async def test_two_weeks_of_silence_after_the_letter_are_a_signal_until_somebody_reacts(house: House) -> None:
    ref = await house.case()
    await beside(house, ref, lambda case: case.reach.contacted("letter", "out", house.clock.now()))
    house.clock.forward(days=13, hours=23)
    await house.tick()
    assert await standing(house, ref) == set()
    house.clock.forward(hours=1)
    await house.tick()
    assert await standing(house, ref) == {"no_contact"}
    await beside(house, ref, lambda case: case.reach.contacted("phone", "in", house.clock.now()))
    assert await standing(house, ref) == set()


async def test_what_is_urgent_and_was_written_beside_the_bot_makes_the_phone_ring_once(house: House) -> None:
    anneke = await house.joined(await house.member())
    ref = await house.case()
    anneke.lock_screen.clear()

    def in_danger(case: Case) -> None:
        case.person.answer("home", "rent", house.clock.now())
        case.person.answer("eviction", "yes", house.clock.now())

    await beside(house, ref, in_danger)
    await house.tick()
    house.clock.forward(hours=1)
    await house.tick()
    assert anneke.lock_screen.count(f"⚠️ Kijk hiernaar · {ref}") == 1
    assert await standing(house, ref) == {"eviction"}
