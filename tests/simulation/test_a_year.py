"""A year of two hundred people, with both changes of the clock, a leap day, faults and days on which nothing runs.

The ledger balances, each reminder comes once, and within its hours.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from bot.webchat.telegram import faults
from conversations.content.reminders import Reminders
from conversations.reminders.agenda import LAST
from storage.clock import instant, wall
from storage.schema import due
from tests.house import House
from tests.simulation.lives import ANSWERS, Life, move_in, next_moment, note_what_came, turn_of

SEED, PEOPLE = 5, 200
FIRST, DAYS = date(2027, 10, 25), 385
# Moments at which Telegram begins to refuse, and stops doing so; and from when until when nothing runs at all.
REFUSING = [
    (date(2027, 12, 1), time(9, 55), timedelta(hours=2)),
    (date(2028, 3, 26), time(8, 30), timedelta(hours=5)),
    (date(2028, 6, 7), time(18, 0), timedelta(hours=6)),
]
STOPPED = [(date(2028, 1, 14), 3), (date(2028, 2, 28), 2), (date(2028, 10, 28), 2)]
ENDS = {"sent", "failed", "cancelled", "skipped", "handed_to_worker"}


class Year:
    """The year as it runs."""

    def __init__(self, house: House, lives: list[Life]) -> None:
        self.house = house
        self.lives = lives
        self.jumps = 0
        zone = house.settings.zone
        happenings = [(at, life, what) for life in lives for at, what in life.happenings]
        self._happenings = sorted(happenings, key=lambda happening: (happening[0], happening[1].ref))
        self._faults = sorted(
            [(instant(day, at, zone), True) for day, at, _ in REFUSING]
            + [(instant(day, at, zone) + long, False) for day, at, long in REFUSING]
        )
        self._stops = [(instant(day, time(7, 30), zone), days) for day, days in STOPPED]
        self.end = instant(FIRST + timedelta(days=DAYS), time(12), zone)

    async def run(self) -> None:
        """Jump from moment to moment."""
        house = self.house
        while (moment := await self._next()) < self.end:
            house.clock.forward_to(max(moment, house.clock.now()))
            if self._stops and self._stops[0][0] <= house.clock.now():
                await self._stop(self._stops.pop(0)[1])
            while self._faults and self._faults[0][0] <= house.clock.now():
                if self._faults.pop(0)[1]:
                    house.server.faults.add("sendMessage", faults.error(502, "Bad Gateway"), times=None)
                else:
                    house.server.faults.clear()
            while self._happenings and self._happenings[0][0] <= house.clock.now():
                _, life, what = self._happenings.pop(0)
                async with turn_of(house, life.ref) as (turn, case):
                    what(turn, case)
            await house.app.tick()
            while await house.app.delivery.send_batch():
                pass
            self.jumps += 1
            for life in note_what_came(house, self.lives):
                if life.answers:
                    await self._answer(life)

    async def _next(self) -> datetime:
        moments = [self.end]
        moments += [queue[0][0] for queue in (self._happenings, self._faults, self._stops) if queue]
        if (soonest := await next_moment(self.house)) is not None:
            moments.append(soonest)
        moment = min(moments)
        # What was looked at and still waits gets another minute.
        return moment if moment > self.house.clock.now() else self.house.clock.now() + timedelta(minutes=1)

    async def _stop(self, days: int) -> None:
        await self.house.app.stop()
        self.house.clock.forward(days=days, hours=3)
        self.house.app = type(self.house.app)(self.house.settings, self.house.clock)
        await self.house.app.open()

    async def _answer(self, life: Life) -> None:
        """Open what came, and say something to it."""
        if "👀 Laat zien" not in life.phone.last.labels:
            return
        await self.house.tap(life.phone, "Laat zien")
        for label in ANSWERS:
            if label in life.phone.last.labels:
                await self.house.tap(life.phone, label)
                return


async def test_a_year_of_two_hundred_people(house: House) -> None:
    house.clock.forward_to(instant(FIRST, time(8), house.settings.zone))
    await house.joined(await house.member())
    year = Year(house, await move_in(house, PEOPLE, SEED, FIRST, DAYS))
    await year.run()
    now, zone = house.clock.now(), house.settings.zone
    async with house.app.database.read() as connection:
        rows = list(await connection.execute(select(due).where(due.c.case_id.is_not(None))))
        open_rows = await house.app.rounds.outbox.waiting(connection)
    states, kinds = Counter(row.state for row in rows), Counter(row.kind for row in rows)
    came = [(life, moment, text) for life in year.lives for moment, text in life.came]
    print(f"\n{year.jumps} moments, {len(rows)} rows, {len(came)} notices; {dict(states)}\n{dict(kinds)}")

    # The ledger balances: whatever was ever planned has ended as exactly one thing, or is still to come.
    assert open_rows == 0
    assert not [row for row in rows if row.state not in ENDS and not (row.state == "planned" and row.due_at > now)]
    assert not [row for row in rows if row.state in ENDS - {"sent"} and not row.reason]
    assert set(states) >= {"sent", "cancelled", "skipped", "handed_to_worker"}

    # Each reminder once: as many notices on the phones as the ledger sent, and none planned twice.
    sent = {row.notice for row in rows if row.state == "sent"}
    assert len(came) == len(sent)
    twice = Counter((row.case_id, row.action_id, row.kind, row.day) for row in rows if row.state == "sent")
    assert not [key for key, number in twice.items() if number > 1 and not key[2].startswith(("action", "day"))]
    for life in year.lives:
        moments = Counter(moment for moment, _ in life.came)
        assert max(moments.values(), default=0) <= 1, life.ref

    # Within its hours: only the last message of the day itself comes before nine.
    early = {row.notice for row in rows if row.kind == LAST and row.state == "sent"}
    reminded = {"Je hebt een herinnering.", "Je hebt een belangrijk bericht."}
    asked_after = {"Er is een bericht voor je."}  # whether who may be free is home
    assert {text for _, _, text in came} <= reminded | asked_after
    hours = Reminders.load().sending
    outside = [moment for _, moment, _ in came if not hours.holds(wall(moment, zone).time())]
    assert len(outside) <= len(early)
    assert all(time(5) <= wall(moment, zone).time() < hours.opens for moment in outside)
    # Both changes of the clock and the leap day were lived through, with somebody reminded about each.
    days = {wall(moment, zone).date() for _, moment, _ in came}
    assert {date(2027, 10, 31), date(2028, 3, 26), date(2028, 2, 29), date(2028, 10, 29)} & days
