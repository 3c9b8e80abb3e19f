"""A whole Voorzorg for tests: the real program on a real database, over real HTTP, with a clock that is set.

Nothing runs by itself: `pump` takes updates in, decides and delivers until all is quiet, so a test never waits.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pyotp
import pytest
from pydantic import SecretStr
from sqlalchemy import select

from bot.cli.case_document import case_document
from bot.cli.running import set_up
from bot.errands.imports.overview_import import OverviewImport
from bot.errands.overviews.reader import Overview
from bot.errands.overviews.row import OverviewRow
from bot.settings import Settings
from bot.stores import Stores
from bot.webchat.phone import Phone
from bot.webchat.server import Server
from bot.wiring import Voorzorg
from conversations.content.region import Region
from conversations.words.wording import words_for
from storage.case.case import Case
from storage.clock import SetClock, instant
from storage.keys.erasure import ErasureLedger
from storage.people.staff import Member
from storage.schema import cases, due
from storage.scope import Actor, Scope

# A working day in the north, ten o'clock.
START = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
TOKEN = "4242:a-token-that-must-not-show"
REGION = Region.load()
DATABASES = ("sqlite", "postgresql")
# Runs a test with a house on each of them.
on_both = pytest.mark.parametrize("house", DATABASES, indirect=True)


def settings_for(folder: Path, url: str, **more: Any) -> Settings:
    """Return settings of a house in `folder` that speaks to the server at `url`, in no hurry and at no pace."""
    values: dict[str, Any] = {
        "bot_token": SecretStr(TOKEN),
        "bot_api_url": url,
        "database_url": f"sqlite+aiosqlite:///{folder}/voorzorg.db",
        "master_key_file": folder / "master.keys",
        "staff_totp": "off",
        "log_level": "DEBUG",
        "poll_seconds": 0,
        "messages_per_second": 100_000,
        "chat_messages_per_second": 100_000,
    }
    return Settings(_env_file=None, **(values | more))


class House:
    """The program with its people."""

    def __init__(self, server: Server, clock: SetClock, folder: Path, settings: Settings) -> None:
        self.server = server
        self.world = server.world
        self.clock = clock
        self.folder = folder
        self.settings = settings
        self.app = Voorzorg(settings, clock)
        self._numbers = iter(range(27_000, 99_999))

    @property
    def stores(self) -> Stores:
        return self.app.rounds.stores

    @property
    def erasures(self) -> ErasureLedger:
        return ErasureLedger.beside(self.settings.master_key_file, self.stores.vault)

    async def pump(self) -> None:
        """Take in, decide and deliver until nothing is left to do."""
        app = self.app
        while (
            await app.reception.poll()
            + await app.rounds.updates()
            + await app.delivery.send_batch()
            + await app.errands.round()
        ):
            pass

    async def tick(self) -> None:
        """Let what is due now leave, and arrive."""
        await self.app.tick()
        await self.pump()

    async def at(self, day: date, hour: int, minute: int = 0) -> None:
        """Move the clock to a moment on the wall, and let what is due leave."""
        self.clock.forward_to(instant(day, time(hour, minute), self.settings.zone))
        await self.tick()

    @property
    def today(self) -> date:
        return self.clock.now().astimezone(self.settings.zone).date()

    async def restart(self) -> None:
        """Stop the program and start it anew on the same data."""
        await self.app.stop()
        self.app = Voorzorg(self.settings, self.clock)
        await self.app.open()

    async def member(self, role: str = "worker", area: str = "Groningen", name: str = "Anneke") -> Member:
        """Add somebody to the team."""
        async with self.app.database.write() as connection:
            return await self.stores.team.add(connection, role, area, name, pyotp.random_base32())

    async def joined(self, member: Member) -> Phone:
        """Return the phone of a member who has opened their invitation."""
        async with self.app.database.write() as connection:
            now = self.clock.now()
            fresh = await self.stores.invitations.make(connection, now, now + timedelta(days=7), staff_id=member.id)
        phone = self.world.phone(first_name=member.name)
        phone.start(fresh.code)
        await self.pump()
        return phone

    async def case(self, **facts: Any) -> str:
        """Bring a case in as an overview would; returns its reference."""
        number = f"Z{next(self._numbers)}"
        values: dict[str, Any] = {
            "row": 2,
            "number": number,
            "first_name": "Samira",
            "last_name": "Kloosterboer",
            "birth_year": 1999,
            "municipality": "Groningen",
            "prison": "PI Veenhuizen",
            "reporting_date": None,
            "sentence_days": 28,
            "listed_on": self.today,
            "known_to_care": None,
            "language": "nl",
        } | facts
        values["province"] = REGION.province_of(values["municipality"])
        async with self.app.database.write() as connection:
            listed = await self.stores.cases.find(connection, cases.c.overview_index.is_not(None))
            numbers = {c.identity.number for c in (await self.stores.cases.load(connection, listed)).values()}
            overview = Overview((OverviewRow(**values),), (), "", frozenset(numbers | {number}))
            scope = Scope(Actor("coordinator", "", "all"), self.clock.now())
            bringing = OverviewImport(self.stores, REGION, scope, self.erasures)
            taken = await bringing.take(connection, overview, self.clock.now(), self.settings.zone)
        return [*taken.new, *taken.changes][0]

    async def invite(self, ref: str, lifetime: timedelta = timedelta(days=90)) -> Any:
        """Make an invitation for a case; returns its fresh code."""
        async with self.app.database.write() as connection:
            case = await self.case_on(connection, ref)
            now = self.clock.now()
            fresh = await self.stores.invitations.make(connection, now, now + lifetime, case_id=case.id)
            case.reach.invited(now)
            await self.stores.cases.save(connection, [case], now, self.settings.zone)
        return fresh

    async def case_on(self, connection: Any, ref: str) -> Case:
        """Return a case as a connection sees it."""
        found = await self.stores.cases.find(connection, cases.c.ref == ref)
        return (await self.stores.cases.load(connection, found))[found[0]]

    async def load(self, ref: str) -> Case:
        """Return a case as it is stored now."""
        async with self.app.database.read() as connection:
            return await self.case_on(connection, ref)

    async def document(self, ref: str) -> dict[str, Any]:
        """Return what `cases show --json` prints."""
        case = await self.load(ref)
        words = words_for("nl", self.settings.zone)
        content = self.app.rounds.content
        team = content.region.contact(case.municipality).team
        return case_document(case, content, words, None, team, self.today)

    async def ledger(self, ref: str, counting: bool = False) -> list[tuple[str, str]]:
        """Return (kind, state) of every reminder of a case, by its time; with `counting`, the steps of silence too."""
        case = await self.load(ref)
        async with self.app.database.read() as connection:
            rows = await connection.execute(
                select(due.c.kind, due.c.state).where(due.c.case_id == case.id).order_by(due.c.due_at)
            )
            return [(row.kind, row.state) for row in rows if counting or not row.kind.startswith("silence")]

    async def arrived(self, ref: str, year: int = 1999, name: str = "Samira") -> Phone:
        """Return the phone of a self-reporter who has just proved who they are."""
        fresh = await self.invite(ref)
        phone = self.world.phone(first_name=name)
        phone.start(fresh.code)
        await self.pump()
        phone.say(str(year))
        await self.pump()
        return phone

    async def called_up(self, said: str) -> tuple[str, Phone, Phone]:
        """Return the case, the phone of somebody who has typed the day in their letter, and that of who helps."""
        worker = await self.joined(await self.member())
        ref = await self.case()
        phone = await self.arrived(ref)
        await self.tap(phone, "Alleen ik", "Verder", "Ja, hier", "Geld", "Ja, met een dag")
        await self.say(phone, said)
        await self.tap(phone, "Ja, dat klopt")
        return ref, phone, worker

    async def tap(self, phone: Phone, *buttons: str) -> None:
        """Tap buttons one after the other, each once the former has been answered."""
        for button in buttons:
            phone.tap(button)
            await self.pump()

    async def deed(self, phone: Phone, *buttons: str) -> None:
        """Go through the pages of the card that a worker has before them to a deed, and tap it; then what follows."""
        while not any(buttons[0] in label for row in phone.last.buttons for label, _ in row):
            await self.tap(phone, "⋯ Meer")
        await self.tap(phone, *buttons)

    async def say(self, phone: Phone, *texts: str) -> None:
        """Send texts one after the other."""
        for text in texts:
            phone.say(text)
            await self.pump()


@asynccontextmanager
async def open_house(folder: Path, **settings: Any) -> AsyncIterator[House]:
    """A house in an empty folder; with `database_url`, on a database elsewhere."""
    clock = SetClock(START)
    async with Server(token=TOKEN, clock=clock) as server:
        its_settings = settings_for(folder, server.url, **settings)
        await set_up(its_settings)
        house = House(server, clock, folder, its_settings)
        await house.app.open()
        try:
            yield house
        finally:
            await house.app.stop()
