"""A reporting day behind days on which nobody works: who opens nothing is called while somebody still can."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conversations.content.reminders import Reminders
from conversations.reminders.agenda import AHEAD, EVE, MILESTONES, reporting_rows
from storage.case.case_parts import Preferences
from storage.case.silence import NOT_OPENED
from storage.clock import instant
from tests.house import REGION, House, on_both
from tests.journeys.worker.test_unanswered import waits

ZONE = ZoneInfo("Europe/Amsterdam")
DAY = timedelta(days=1)
OFFICE = REGION.office
REMINDERS = Reminders.load()
# The reporting day, the last day on which somebody works before it, and why there is none in between.
CLOSED = [
    ("7 december", date(2026, 12, 7), date(2026, 12, 4)),  # a weekend
    ("6 december", date(2026, 12, 6), date(2026, 12, 4)),  # in a weekend
    ("28 december", date(2026, 12, 28), date(2026, 12, 24)),  # Christmas, and a weekend
    ("30 maart 2027", date(2027, 3, 30), date(2027, 3, 26)),  # Easter
]


@on_both
@pytest.mark.parametrize(("said", "day", "worked"), CLOSED)
async def test_who_opened_nothing_is_on_the_list_of_the_last_working_day(
    house: House, said: str, day: date, worked: date
) -> None:
    ref, phone, worker = await house.called_up(said)
    assert (await house.load(ref)).confirmed_date == day
    await house.at(worked - DAY, 10)
    phone.lock_screen.clear()
    await house.at(worked, 10)
    assert phone.lock_screen == ["Je hebt een belangrijk bericht."]
    worker.lock_screen.clear()
    await house.at(worked, 16, 15)
    assert "not_opened" in await waits(house, ref)
    assert worker.lock_screen == [f"⚠️ Kijk hiernaar · {ref}"]  # somebody is still there to call
    await house.say(worker, "/vandaag")
    assert "herinnering niet geopend: bellen" in worker.last.text
    await house.say(worker, f"/contact {ref}")
    await house.tap(worker, "📞 Ik belde, gesproken")
    assert "not_opened" not in await waits(house, ref)
    phone.lock_screen.clear()
    await house.at(day - DAY, 10)
    assert "Je hebt een belangrijk bericht." in phone.lock_screen  # and the eve comes all the same


async def test_who_opened_it_is_not_called(house: House) -> None:
    ref, phone, worker = await house.called_up("7 december")
    await house.at(date(2026, 12, 4), 10)
    await house.tap(phone, "Laat zien")
    assert "Nog 3 dagen" in phone.last.text
    worker.lock_screen.clear()
    await house.at(date(2026, 12, 4), 16, 30)
    assert "not_opened" not in await waits(house, ref)
    assert worker.lock_screen == []


async def test_who_opens_the_eve_has_seen_what_came_before_it(house: House) -> None:
    ref, phone, _ = await house.called_up("7 december")
    await house.at(date(2026, 12, 4), 10)
    await house.at(date(2026, 12, 4), 16, 15)
    await house.at(date(2026, 12, 6), 10)
    assert "not_opened" in await waits(house, ref)
    await house.tap(phone, "Laat zien")
    await house.at(date(2026, 12, 6), 16, 30)
    assert "not_opened" not in await waits(house, ref)


async def test_a_day_that_a_worker_enters_on_friday_afternoon_is_called_about_at_once(house: House) -> None:
    worker = await house.joined(await house.member())
    ref = await house.case()
    await house.arrived(ref)
    await house.at(date(2026, 12, 4), 15)
    await house.say(worker, f"/zaak {ref}")
    await house.tap(worker, "📅 Dag en feiten", "✏️ Andere dag")
    await house.say(worker, "7 december")
    assert "hand_delivery" in await waits(house, ref)


async def test_who_has_no_chat_is_called_before_the_closed_days(house: House) -> None:
    worker = await house.joined(await house.member())
    ref = await house.case()
    await house.say(worker, f"/zaak {ref}")
    await house.tap(worker, "📅 Dag en feiten", "📣 Hoe bereiken", "📞 Telefoon")
    await house.say(worker, f"/zaak {ref}")
    await house.tap(worker, "📅 Dag en feiten", "✏️ Andere dag")
    await house.say(worker, "13 december")  # seven days before it is a Sunday
    await house.at(date(2026, 12, 4), 20)
    assert ("reporting_7", "handed_to_worker") in await house.ledger(ref)
    await house.at(date(2026, 12, 11), 16)
    assert (AHEAD, "handed_to_worker") in await house.ledger(ref)
    assert "hand_delivery" in await waits(house, ref)


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 800), st.times(min_value=time(9), max_value=time(19, 59)), st.integers(1, 40))
def test_there_is_always_a_working_day_on_which_silence_is_seen(days: int, hour: time, ahead: int) -> None:
    day = date(2026, 12, 1) + days * DAY
    now = instant(day - ahead * DAY, time(0, 1), ZONE)
    wishes = Preferences(hour=hour.replace(second=0, microsecond=0))
    rows = reporting_rows(day, now, ZONE, wishes, None, REMINDERS, OFFICE)

    def asks(kind: str) -> list[datetime]:
        return [instant(on, at, ZONE) + NOT_OPENED for name, on, at in rows if name == kind]

    before = [d for n in range(1, ahead + 1) if OFFICE.is_working_day(d := day - n * DAY)]
    if before:
        closing = instant(before[0], OFFICE.closes, ZONE)
        opening = instant(before[0], OFFICE.opens, ZONE)
        assert any(opening <= moment < closing for moment in (*asks(EVE), *asks(AHEAD)))
    assert len([on for name, on, _ in rows if name in (*MILESTONES, AHEAD)]) == len(
        {on for name, on, _ in rows if name in (*MILESTONES, AHEAD)}
    )
