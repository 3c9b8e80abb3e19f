"""All that is kept, with the few lines that every test of it needs."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from bot.stores import Stores
from storage.case.case import Case
from storage.case.case_parts import Identity
from storage.case.references import new_reference
from storage.engines.database import Database
from storage.keys.vault import KeyRing, Vault
from storage.people.chats import Chat
from storage.people.staff import Member
from storage.queues.inbox import Inbox
from storage.queues.outbox import Outbox
from storage.schema import metadata

MASTERS = {"first": bytes(range(32))}
RING = KeyRing(MASTERS)
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 24)
ZONE = ZoneInfo("Europe/Amsterdam")


def after(**amount: float) -> datetime:
    """Return a moment later than NOW."""
    return NOW + timedelta(**amount)


def fields(thing: Any) -> dict[str, Any]:
    """Return what a chat or a member holds, with the id of whose key seals it."""
    return {name: getattr(thing, name) for name in thing.__dataclass_fields__} | {"subject": thing.subject.id}


class Records:
    """The repositories of one database."""

    def __init__(self, database: Database, vault: Vault) -> None:
        stores = Stores.of(vault)
        self.database = database
        self.vault = vault
        self.cases, self.chats = stores.cases, stores.chats
        self.team, self.invitations = stores.team, stores.invitations
        self.inbox, self.outbox = Inbox(vault), Outbox(vault)

    def on(self, database: Database) -> Records:
        """Return the same repositories as another process has them."""
        return Records(database, self.vault)

    async def case(self, **facts: Any) -> Case:
        """Keep and return a new case."""
        values: dict[str, Any] = {
            "ref": new_reference("GR"),
            "municipality": "Groningen",
            "province": "Groningen",
            "added_at": NOW,
        } | facts
        number = values.pop("number", None)
        case, key = self.cases.new(Identity("Samira", "Kloosterboer", 1999, number), **values)
        async with self.database.write() as connection:
            await self.cases.add(connection, [key])
            await self.cases.save(connection, [case], NOW, ZONE)
        return case

    async def load(self, case_id: str) -> Case | None:
        """Return a case as it is stored now."""
        async with self.database.read() as connection:
            return (await self.cases.load(connection, [case_id])).get(case_id)

    async def save(self, *changed: Case, now: datetime = NOW) -> None:
        """Write cases back."""
        async with self.database.write() as connection:
            await self.cases.save(connection, changed, now, ZONE)

    async def chat(self, telegram_id: int = 42, case: Case | None = None, member: Member | None = None) -> Chat:
        """Keep and return the chat of somebody."""
        chat = self.chats.new(telegram_id, NOW)
        if case is not None:
            assert case.subject is not None
            chat.case_id, chat.subject = case.id, case.subject
        if member is not None:
            chat.staff_id, chat.subject = member.id, member.subject
        async with self.database.write() as connection:
            await self.chats.save(connection, [chat])
        return chat

    async def member(self, role: str = "worker", area: str = "Groningen", name: str = "Anneke") -> Member:
        """Keep and return a member of the team."""
        async with self.database.write() as connection:
            return await self.team.add(connection, role, area, name, "JBSWY3DPEHPK3PXP")

    async def counts(self) -> dict[str, int]:
        """Return how many rows each table has."""
        async with self.database.read() as connection:
            return {
                name: (await connection.execute(select(func.count()).select_from(table))).scalar_one()
                for name, table in metadata.tables.items()
            }
