"""Loaded chats, people and cases of one round, on its connection; each case is held by one turn at a time."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.stores import Stores
from conversations.reads import DeferredError
from storage.case.case import Case
from storage.keys.vault import WrappedKey
from storage.people import covers
from storage.people.covers import Cover
from storage.people.staff import Member


@dataclass(slots=True)
class Room:
    """What one round has loaded, and which turn holds which case."""

    stores: Stores
    connection: AsyncConnection
    now: datetime
    loaded: dict[str, Case] = field(default_factory=dict)
    members: dict[str, Member] = field(default_factory=dict)
    held: dict[str, object] = field(default_factory=dict)
    stand_ins: dict[date, list[Cover]] = field(default_factory=dict)
    # Of cases that this round makes.
    keys: list[WrappedKey] = field(default_factory=list)

    def hold(self, thing: str, turn: object) -> None:
        """Let a turn have a case or an invitation for itself; raises DeferredError when another turn has it."""
        if self.held.setdefault(thing, turn) is not turn:
            raise DeferredError

    async def covers(self, day: date) -> list[Cover]:
        """Return who stands in for whom on a day."""
        if day not in self.stand_ins:
            self.stand_ins[day] = await covers.on(self.connection, day)
        return self.stand_ins[day]

    async def member(self, member_id: str | None) -> Member | None:
        """Return an active member of staff."""
        if member_id is None:
            return None
        if member_id not in self.members:
            self.members |= await self.stores.team.load(self.connection, [member_id])
        found = self.members.get(member_id)
        return found if found is not None and found.active else None
