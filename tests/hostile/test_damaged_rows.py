"""One sealed row that no longer opens costs nobody else anything: it is set aside, and administrators hear it once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import LargeBinary, bindparam, select, update

from bot.errands.imports.overview_import import OverviewImport
from bot.errands.imports.refusals import DAMAGED
from bot.errands.overviews.reader import Overview
from bot.rounds.loaded import Room
from bot.webchat.phone import Phone
from bot.writing.outcome import Outcome
from conversations.effects.notice import Notice
from storage.case.case_parts import new_id
from storage.coordination.bottlenecks import Bottleneck
from storage.coordination.inquiries import Inquiry
from storage.people.staff import Member
from storage.queues import drafts
from storage.schema import cases, due, metadata
from storage.scope import Actor, Scope
from tests.house import REGION, House
from tests.journeys.phone.test_erasure import listed

SEALED = [
    (table.name, column.name)
    for table in metadata.sorted_tables
    for column in table.columns
    if column.info["label"] in ("personal", "special") and isinstance(column.type, LargeBinary)
]
SEALED_OF = dict(SEALED)
ALERT = "⚠️ Kijk hiernaar"


def _flipped(blob: bytes, _other: bytes) -> bytes:
    return blob[:40] + bytes([blob[40] ^ 1]) + blob[41:]


def _cut(blob: bytes, _other: bytes) -> bytes:
    return blob[:-7]


def _swapped(_blob: bytes, other: bytes) -> bytes:
    return other


def _emptied(_blob: bytes, _other: bytes) -> bytes:
    return b""


HOW: dict[str, Callable[[bytes, bytes], bytes]] = {
    "a bit flipped": _flipped,
    "cut short": _cut,
    "another row's": _swapped,
    "emptied": _emptied,
}


class Everybody:
    """Samira, whose rows are damaged, Mila, and the team: with a row in every table that seals anything."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.refs: dict[str, str] = {}
        self.samira: Phone
        self.mila: Phone
        self.anneke: Phone
        self.bram: Phone
        self.coby: Phone
        self.beheer: Phone

    async def come(self) -> None:
        """Let them in, and fill the tables."""
        house = self.house
        anneke, self.the_coordinator = await house.member(), await house.member("coordinator", "all", "Coby")
        self.the_colleague = await house.member(name="Bram")
        self.anneke, self.coby = await house.joined(anneke), await house.joined(self.the_coordinator)
        self.bram = await house.joined(self.the_colleague)
        self.beheer = await house.joined(await house.member("administrator", "all", "Beheer"))
        self.samira = await self._begun("Samira")
        self.mila = await self._begun("Mila")
        async with house.app.database.write() as connection:
            await self._fill(connection, anneke)
            index = house.stores.chats.index(self.samira.id)
            found = (await house.stores.chats.by_index(connection, [index]))[index]
            assert found is not None
            self.chat_of_samira = found.id
        self.beheer.lock_screen.clear()

    async def _begun(self, name: str) -> Phone:
        ref = await self.house.case(first_name=name)
        self.refs[name] = ref
        phone = await self.house.arrived(ref, name=name)
        await self.house.tap(phone, "Alleen ik", "Verder", "Ja, hier", "Geld")
        return phone

    async def _fill(self, connection: Any, anneke: Member) -> None:
        house, now = self.house, self.house.clock.now()
        for ref in self.refs.values():
            case = await house.case_on(connection, ref)
            case.helpers.assign(anneke.id)
            action = case.plan.propose("money", "self", "before", "Bel de bank", house.today, None)
            case.plan.agree(action)
            case.thread.write("self_reporter", "hallo", now)
            case.signals.raise_flag("cannot_report", "report", "urgent", "It will not work.", now)
            case.helpers.note("gebeld", anneke.id, now)
            case.helpers.weigh("postponement", "considered", None, anneke.id, now)
            case.helpers.ask_decision("postponement", anneke.id, self.the_coordinator.id, house.today, "Mag dit?", now)
            case.helpers.hand_over(anneke.id, "weet alles", now)
            case.helpers.resolve("bellen", anneke.id, house.today, anneke.id, now)
            case.helpers.go_to_the_limit("gebeld", "geen gehoor", anneke.id, now)
            case.person.tell("helped", "plan", "goed", now)
            at = (now + timedelta(minutes=5)).astimezone(house.settings.zone).time()
            case.schedule.remind("action_day", house.today, at, house.settings.zone, action)
            await house.stores.cases.save(connection, [case], now, house.settings.zone)
        for member in (anneke, self.the_coordinator):
            told = Bottleneck(new_id(), "bottleneck", None, "Groningen", member.id, now, "traag", "open", theme="ID")
            await house.stores.bottlenecks.save(connection, [told])
            await house.stores.inquiries.save(connection, [Inquiry(new_id(), "all", member.id, now, "hoe?")])
            await drafts.save(connection, member, drafts.new_draft(member, {"overview": {}}, now))

    async def wait_in(self, queue: str) -> None:
        """Let something wait in a queue for Samira, before what waits for Mila."""
        house = self.house
        if queue == "inbox":
            self.samira.say("/plan")
            self.mila.say("/help")
            await house.app.reception.poll()
            return
        async with house.app.database.write() as connection:
            for ref in self.refs.values():
                case = await house.case_on(connection, ref)
                wanted = [Notice(("case", case.id), "message", "messages")]
                room = Room(house.stores, connection, house.clock.now())
                await house.app.due.writer.write(room, Outcome(notices=wanted))

    async def case_id(self, name: str) -> str:
        """Return the id of a case that does not open."""
        async with self.house.app.database.read() as connection:
            found = select(cases.c.id).where(cases.c.ref == self.refs[name])
            return str((await connection.execute(found)).scalar_one())

    async def damage(self, table: str, column: str, how: str) -> Any:
        """Damage the first row of a table (of the colleague, for members) as a disk or a hand would.

        Returns what mends it again.
        """
        where = metadata.tables[table]
        key = next(iter(where.primary_key))
        found = select(key, where.c[column]).where(where.c[column].is_not(None)).order_by(key)
        if "state" in where.c:
            found = found.where(where.c.state == "open")
        async with self.house.app.database.write() as connection:
            rows = list(await connection.execute(found))
            row = next((r for r in rows if r[0] in (self.the_colleague.id, self.chat_of_samira)), rows[0])
            other = next(r for r in rows if r[0] != row[0])
            change = update(where).where(key == bindparam("row_key")).values({column: bindparam("blob")})
            await connection.execute(change, {"row_key": row[0], "blob": HOW[how](row[1], other[1])})
        return change, {"row_key": row[0], "blob": row[1]}

    async def live_on(self) -> None:
        """Let the others have an ordinary hour: what they do is answered, and nothing that came in stays lying."""
        house = self.house
        await house.say(self.mila, "/vragen")
        assert "Heb je een brief met een dag?" in self.mila.last.text
        await house.say(self.coby, "/knelpunten", "/vraag", "/vandaag")
        assert "☀️" in self.coby.last.text
        for seconds in (0, 1, 4, 15):
            house.clock.forward(seconds=seconds)
            await house.tick()
        async with house.app.database.read() as connection:
            assert await house.app.rounds.inbox.waiting(connection) == 0

    @property
    def alerts(self) -> int:
        """How often the administrator was told to look."""
        return sum(said.startswith(ALERT) for said in self.beheer.lock_screen)


@pytest.fixture
async def everybody(house: House) -> Everybody:
    """All of them."""
    everybody = Everybody(house)
    await everybody.come()
    return everybody


@pytest.mark.parametrize(("house", "first"), [("sqlite", 0), ("postgresql", 2)], indirect=["house"])
async def test_whichever_sealed_field_is_damaged_the_others_go_on_and_administrators_hear(
    everybody: Everybody, first: int
) -> None:
    house = everybody.house
    for number, (table, column) in enumerate(SEALED, start=first):
        how = list(HOW)[number % len(HOW)]
        before = everybody.alerts
        if table in ("inbox", "outbox"):
            await everybody.wait_in(table)
        mended = await everybody.damage(table, column, how)
        everybody.samira.say("/plan")
        everybody.bram.say("/vandaag")
        await everybody.live_on()
        # A draft is met when somebody looks at it; of the others the row was told of with its first column.
        told = (("overview_draft", "content"), ("cases", "record"), ("bottleneck", "theme"))
        assert everybody.alerts > before or (table, column) in told
        if table in ("inbox", "outbox"):
            continue  # it stays set aside
        if table != "chat":  # made good by itself
            async with house.app.database.write() as connection:
                await connection.execute(*mended)
    # Everything was mended, so she is heard again.
    await house.say(everybody.samira, "/vragen")
    assert "Heb je een brief met een dag?" in everybody.samira.last.text


async def test_what_is_damaged_is_told_once_also_after_a_restart(everybody: Everybody) -> None:
    house = everybody.house
    await everybody.wait_in("inbox")
    await everybody.wait_in("outbox")
    for table in ("inbox", "outbox", "message", "staff"):
        await everybody.damage(table, "identity" if table == "staff" else SEALED_OF[table], "cut short")
    await everybody.live_on()
    # What is met together is told together; who helps in a case hears it as well.
    told = everybody.alerts
    assert told >= 2
    assert f"{ALERT} · {everybody.refs['Samira']}" in everybody.anneke.lock_screen
    for _ in range(2):
        await house.restart()
        await everybody.live_on()
    assert everybody.alerts == told


async def test_reminders_of_others_leave_while_a_case_does_not_open_and_its_own_are_accounted_for(
    everybody: Everybody,
) -> None:
    house, mila = everybody.house, everybody.mila
    await everybody.damage("note", "content", "a bit flipped")
    before = len(mila.lock_screen)
    house.clock.forward(minutes=50)
    await house.tick()
    assert len(mila.lock_screen) > before
    assert ("action_day", "sent") in await house.ledger(everybody.refs["Mila"])
    house.clock.forward(days=4)
    await everybody.live_on()
    case_id = await everybody.case_id("Samira")
    async with house.app.database.read() as connection:
        found = select(due.c.state, due.c.reason).where(due.c.case_id == case_id, due.c.kind == "action_day")
        assert ("failed", "cannot be decided") in [tuple(row) for row in await connection.execute(found)]


async def test_a_list_with_somebody_whose_case_does_not_open_is_taken_over_without_them(everybody: Everybody) -> None:
    house = everybody.house
    numbers = {name: (await house.load(ref)).identity.number for name, ref in everybody.refs.items()}
    await everybody.damage("cases", "record", "another row's")
    assert await house.case(first_name="Mila", number=numbers["Mila"], sentence_days=14) == everybody.refs["Mila"]
    async with house.app.database.write() as connection:
        scope = Scope(Actor("coordinator", "", "all"), house.clock.now())
        bringing = OverviewImport(house.stores, REGION, scope, house.erasures)
        row = listed(house, number=numbers["Samira"])
        overview = Overview((row,), (), "", frozenset(filter(None, numbers.values())))
        taken = await bringing.take(connection, overview, house.clock.now(), house.settings.zone)
    assert (taken.new, [r.reason for r in taken.rejected]) == ([], [DAMAGED])
