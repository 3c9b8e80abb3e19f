"""Many people at once, on a Telegram of our own in this process; what reached their phones is written down."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import cast

from bot.cli.running import set_up
from bot.settings import Settings
from bot.webchat.phone import Phone
from bot.webchat.server import Server
from conversations.content.region import Region
from storage.case.case_parts import Identity
from storage.case.references import new_reference
from storage.clock import SetClock
from storage.people.staff import Member
from tests.faults.mortal import Cradle, Mortal
from tests.faults.people import Person
from tests.faults.recorder import Recorder, SharedClock
from tests.house import TOKEN, House, settings_for

# A Tuesday, three o'clock on the wall: tomorrow at ten, when reminders leave, is less than a day away.
START = datetime(2026, 11, 24, 14, 0, tzinfo=UTC)
AREA, PROVINCE = "Groningen", "Groningen"
# Steps by which one sees that the program gets on.
SIGNS = ("round:committed", "delivery:noted", "tick:committed")
# Real seconds without a sign of the program after which it is stuck (safety.md, G4.1), however slow the machine is.
STUCK = 60.0
# So many signs without what is waited for: it is busy, and does not come to it.
IN_VAIN = 20_000
# Real seconds between two looks.
LOOK = 0.2
# Seconds that a process which was killed keeps its lease of a shared database: the next one waits for it.
LEASE = 1.0


@dataclass(frozen=True)
class Sent:
    """A message as it arrived: later edits and deletions do not change it."""

    at: float
    message_id: int
    text: str
    buttons: tuple[str, ...]


@dataclass
class Crowd:
    """The people, their helper, and the server between them and the program."""

    server: Server
    clock: SharedClock
    settings: Settings
    program: Mortal
    people: list[Person] = field(default_factory=list)
    helper: Phone | None = None
    sent: dict[int, list[Sent]] = field(default_factory=dict)
    # Somebody has agreed to something for soon: from here on time may pass, and something will be due.
    under_way: asyncio.Event = field(default_factory=asyncio.Event)

    def updates(self) -> range:
        """Return the numbers of all updates there were for the killed program."""
        return range(self._first, self.server.world.updates.next_id)

    async def live(self) -> None:
        """Let everybody live until they have had enough; raises what went wrong for one of them."""
        async with asyncio.TaskGroup() as all_of_them:
            for person in self.people:
                all_of_them.create_task(person.live())

    async def stop(self, lives: asyncio.Task[None]) -> None:
        """Let everybody come to an end; raises AssertionError with the chat of one who cannot."""
        for person in self.people:
            person.stop()
        await self.until(lives.done)
        if stuck := [person for person in self.people if not person.ended]:
            log = "\n".join(self.program.log()[-20:])
            raise AssertionError(f"{len(stuck)} people got stuck. One of them:\n{stuck[0]}\n{log}")

    async def until(self, done: Callable[[], Awaitable[bool] | bool]) -> bool:
        """Wait until it is done, or the program has ended or is stuck; tell whether it is done."""
        sign, since, signs = self._sign(), time.monotonic(), 0
        while not await _told_by(done):
            if not await self.program.lives(LOOK):
                return await _told_by(done)
            if (newest := self._sign()) != sign:
                signs += newest - sign
                sign, since = newest, time.monotonic()
            if signs > IN_VAIN or time.monotonic() - since > STUCK:
                return False
        return True

    def _sign(self) -> int:
        """Return a number that grows as long as the program gets on: what it has committed, sent and shown."""
        passed = sum(self.program.recorder.passes(step) for step in SIGNS)
        return passed + bool(self.program.recorder.running_at) + sum(len(sent) for sent in self.sent.values())

    def _watch(self) -> None:
        self._first = self.server.world.updates.next_id
        self._newest = {chat.id: max(chat.history, default=0) for chat in self.server.world.chats.values()}
        self.server.world.listeners.add(self._changed)

    def _changed(self, chat_id: int) -> None:
        chat = self.server.world.chats[chat_id]
        raw = next(reversed(chat.history.values()), None)
        if raw is None or raw["message_id"] <= self._newest.get(chat.id, 0):
            return
        self._newest[chat.id] = raw["message_id"]
        if raw["from"]["is_bot"]:
            view = chat.view(raw)
            data = tuple(data for row in view.buttons for _, data in row)
            self.sent.setdefault(chat.id, []).append(Sent(time.monotonic(), view.message_id, view.text, data))

    async def meet(self, folder: Path, number: int, seed: int) -> None:
        """Make so many cases, with a helper, and give each a phone and a letter."""
        at_once = self.settings.model_copy(update={"poll_seconds": 0})
        house = House(self.server, cast(SetClock, self.clock), folder, at_once)
        await house.app.open()
        try:
            worker = await house.member(area=AREA)
            self.helper = await house.joined(worker)
            letters = await self._letters(house, number, worker)
        finally:
            await house.app.stop()
        for position, (ref, code, year) in enumerate(letters):
            phone = self.server.world.phone(first_name=f"Persoon {position}")
            self.people.append(Person(phone, ref, code, year, Random(f"{seed}/{position}"), self.under_way))
        self._watch()

    async def _letters(self, house: House, number: int, worker: Member) -> list[tuple[str, str, int]]:
        now, stores, region = self.clock.now(), house.stores, Region.load()
        letters, refs = [], {new_reference(region.prefix(PROVINCE)) for _ in range(number * 2)}
        async with house.app.database.write() as connection:
            made = [
                stores.cases.new(
                    Identity("Samira", "Kloosterboer", 1960 + position % 45, f"Z{30_000 + position}"),
                    ref=ref,
                    municipality=AREA,
                    province=PROVINCE,
                    added_at=now,
                    worker=worker.id,
                )
                for position, ref in enumerate(sorted(refs)[:number])
            ]
            await stores.cases.add(connection, [key for _, key in made])
            for case, _ in made:
                case.reach.invited(now)
            await stores.cases.save(connection, [case for case, _ in made], now, house.settings.zone)
            for case, _ in made:
                fresh = await stores.invitations.make(connection, now, now + timedelta(days=90), case_id=case.id)
                letters.append((case.ref, fresh.code, case.identity.birth_year or 0))
        return letters


async def _told_by(done: Callable[[], Awaitable[bool] | bool]) -> bool:
    said = done()
    return said if isinstance(said, bool) else await said


@asynccontextmanager
async def gathered(
    cradle: Cradle, folder: Path, number: int, seed: int, url: str | None = None
) -> AsyncIterator[Crowd]:
    """So many people who have just got their letter, and a program that does not run yet; on a database elsewhere."""
    recorder = Recorder(folder / "recorder")
    clock = SharedClock(recorder, START)
    # A tap that waits longer than 150 seconds is lost by design, and is not what is tested here.
    async with Server(token=TOKEN, clock=clock, callback_lifetime=timedelta(days=2)) as server:
        elsewhere = {"database_url": url, "lease_seconds": LEASE} if url else {}
        settings = settings_for(folder, server.url, poll_seconds=5, log_level="WARNING", **elsewhere)
        async with Mortal(cradle, settings, recorder, folder) as program:
            crowd = Crowd(server, clock, settings, program)
            await set_up(settings)
            await crowd.meet(folder, number, seed)
            yield crowd
    recorder.close()
