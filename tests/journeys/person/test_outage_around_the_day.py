"""Telegram is away around the reporting day: one notice afterwards, a call, and nothing that waits for ever."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random

import pytest

from bot.webchat.phone import Phone
from bot.webchat.telegram import faults
from storage.clock import instant
from tests.house import House

DAY = date(2027, 3, 9)
EVE = DAY - timedelta(days=1)
IMPORTANT = "Je hebt een belangrijk bericht."
AWAY = faults.error(502, "Bad Gateway")


async def passes(house: House, until: datetime, step: timedelta) -> None:
    """Let time pass as it does, tick by tick."""
    while house.clock.now() < until:
        house.clock.forward_to(min(until, house.clock.now() + step))
        await house.tick()


async def away(house: House, begin: datetime, end: datetime, minutes: int = 15) -> None:
    """Let Telegram be away between two moments."""
    await passes(house, begin, timedelta(hours=12))
    for method in ("sendMessage", "editMessageText", "deleteMessage", "answerCallbackQuery"):
        house.server.faults.add(method, AWAY, times=None)
    house.clock.forward_to(begin)
    await passes(house, end, timedelta(minutes=minutes))
    house.server.faults.clear()


def at(house: House, day: date, hour: int, minute: int = 0) -> datetime:
    return instant(day, time(hour, minute), house.settings.zone)


async def called_up(house: House) -> tuple[str, Phone, Phone]:
    """Return the case, the phone of who reports on the day, and that of who helps; both quiet."""
    ref, mila, anneke = await house.called_up("9 maart 2027")
    await passes(house, at(house, EVE - timedelta(days=1), 12), timedelta(hours=24))
    mila.lock_screen.clear()
    anneke.lock_screen.clear()
    return ref, mila, anneke


async def states(house: House, ref: str) -> dict[str, tuple[str, str | None]]:
    rows = (await house.load(ref)).reminders
    return {row.kind: (row.state, row.reason) for row in rows if row.kind.startswith("reporting") and row.day >= EVE}


async def test_after_a_day_without_telegram_one_notice_comes_and_the_worker_is_asked_to_call(house: House) -> None:
    ref, mila, anneke = await called_up(house)
    await away(house, at(house, EVE, 9, 55), at(house, EVE, 16, 30))
    # Nothing could be delivered, and the ladder has gone on.
    assert "not_opened" in (await house.load(ref)).waiting
    await passes(house, at(house, EVE, 16, 36), timedelta(minutes=1))
    assert mila.lock_screen == [IMPORTANT]
    assert {name: state for name, (state, _) in (await states(house, ref)).items()} == {
        "reporting_eve": "sent",
        "reporting_again": "sent",
        "reporting_day": "planned",
    }
    await house.say(anneke, "/vandaag")
    assert "herinnering niet geopend: bellen" in anneke.dump()
    await house.tap(mila, "Laat zien")
    assert "Morgen is de dag." in mila.last.text
    assert "not_opened" not in (await house.load(ref)).waiting


async def test_what_could_not_be_said_before_the_day_goes_to_the_worker_when_it_helps_no_more(house: House) -> None:
    ref, mila, anneke = await called_up(house)
    await away(house, at(house, EVE, 9, 55), at(house, DAY, 11))
    assert (await states(house, ref))["reporting_eve"] == ("handed_to_worker", "not delivered")
    assert (await states(house, ref))["reporting_day"] == ("handed_to_worker", "not delivered")
    await passes(house, at(house, DAY, 11, 6), timedelta(minutes=1))
    assert f"⚠️ Kijk hiernaar · {ref}" in anneke.lock_screen
    assert IMPORTANT not in mila.lock_screen  # nobody reads "tomorrow" on the day itself
    assert "hand_delivery" in (await house.load(ref)).waiting


async def test_a_more_pressing_notice_takes_along_what_still_waits_for_telegram(house: House) -> None:
    ref, mila, _ = await called_up(house)
    case = await house.load(ref)
    action = case.plan.propose("income", "self", "before", "Bel oma", None, None)
    case.plan.agree(action)
    action.due = DAY
    case.schedule.remind("action_before", EVE, time(9, 30), house.settings.zone, action)
    async with house.app.database.write() as connection:
        await house.stores.cases.save(connection, [case], house.clock.now(), house.settings.zone)
    await away(house, at(house, EVE, 9, 20), at(house, EVE, 12))
    await passes(house, at(house, EVE, 12, 6), timedelta(minutes=1))
    assert mila.lock_screen == [IMPORTANT]
    await house.tap(mila, "Laat zien")
    assert "Morgen is de dag." in mila.last.text
    assert ("action_before", "sent") in await house.ledger(ref)


@pytest.mark.parametrize("seed", range(5))
async def test_whenever_telegram_is_away_around_the_day_each_reminder_ends_once_and_none_is_doubled(
    house: House, seed: int
) -> None:
    dice = Random(seed)
    ref, mila, _ = await called_up(house)
    moment = dice.choice([(EVE, 10), (EVE, 16), (DAY, 6)])
    begin = at(house, *moment) + timedelta(minutes=dice.randint(-30, 30))
    end = begin + timedelta(minutes=dice.choice([7, 70, 200, 390, 700, 1300]))
    await away(house, begin, end, minutes=20)
    seen = len(mila.lock_screen)
    await passes(house, end + timedelta(minutes=6), timedelta(minutes=2))
    assert len(mila.lock_screen) - seen <= 1, (begin, end)
    await passes(house, at(house, DAY, 9, 30), timedelta(minutes=30))
    await passes(house, at(house, DAY + timedelta(days=1), 12), timedelta(hours=6))
    ended = await states(house, ref)
    assert set(ended) == {"reporting_eve", "reporting_again", "reporting_day"}
    for name, (state, _) in ended.items():
        assert state in {"sent", "handed_to_worker", "skipped"}, (begin, end, name)
    # Whoever was not reached with the eve's word has somebody who knows.
    if ended["reporting_eve"][0] != "sent":
        assert ended["reporting_eve"] == ("handed_to_worker", "not delivered"), (begin, end)
