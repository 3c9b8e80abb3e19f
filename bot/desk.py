"""What a turn may look up, on the connection of its round: cases are held by one turn at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from rapidfuzz import process
from sqlalchemy import and_, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from conversations.turn import DeferredError, Waiting
from storage import audit
from storage.case import Case
from storage.cases import Cases
from storage.chats import Chat, Chats
from storage.invitations import Invitation, Invitations
from storage.schema import cases, pending
from storage.scope import PROVINCE, Scope
from storage.staff import Member, Team
from storage.vault import Vault
from storage.waiting import REASONS

# How alike a mistyped reference must be to be proposed, of 100.
ALIKE = 70
_RANK = {reason: rank for rank, reason in enumerate(REASONS)}
_FAR = date.max
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Stores:
    """All repositories of one database."""

    vault: Vault
    cases: Cases
    chats: Chats
    team: Team
    invitations: Invitations

    @classmethod
    def of(cls, vault: Vault) -> Stores:
        """Return the repositories that seal with this vault."""
        return cls(
            vault,
            Cases(vault.ring, lambda number: vault.blind("overview", number)),
            Chats(vault),
            Team(vault.ring),
            Invitations(vault),
        )


async def waiting_list(connection: AsyncConnection, scope: Scope) -> list[Waiting]:
    """Return what waits within a scope, most pressing first.

    Order (design.md): urgent flags by age, unread messages by age, then days left, then the age of what waits.
    A worker sees their own cases and those of their area that nobody has.
    """
    condition = scope.visible("index")
    if scope.actor.role == "worker":
        condition = and_(condition, or_(cases.c.worker == scope.actor.id, cases.c.worker.is_(None)))
    statement = (
        select(
            cases.c.ref, cases.c.municipality, cases.c.reporting_date, cases.c.worker, pending.c.reason, pending.c.since
        )
        .join(pending, pending.c.case_id == cases.c.id)
        .where(condition)
    )
    found: dict[str, tuple[Any, list[tuple[str, datetime]]]] = {}
    for row in await connection.execute(statement):
        found.setdefault(row.ref, (row, []))[1].append((row.reason, row.since))
    lines = []
    for ref, (row, reasons) in found.items():
        reasons.sort(key=lambda reason: (_RANK[reason[0]], reason[1]))
        lines.append(Waiting(ref, row.municipality, row.reporting_date, row.worker, tuple(reasons)))
    return sorted(lines, key=lambda line: pressing(line.ref, line.reporting_date, line.reasons))


def pressing(ref: str, reporting: date | None, reasons: Sequence[tuple[str, datetime]]) -> tuple[Any, ...]:
    """Return what cases are sorted by, most pressing first (design.md, Commands)."""
    if not reasons:
        return (len(_RANK) + 1, _LONG_AGO, reporting or _FAR, _LONG_AGO, ref)
    first, since = min(reasons, key=lambda reason: (_RANK[reason[0]], reason[1]))
    if first in ("urgent_flag", "unread_message"):
        return (_RANK[first], since, _FAR, since, ref)
    return (len(_RANK), _LONG_AGO, reporting or _FAR, min(since for _, since in reasons), ref)


@dataclass(slots=True)
class Room:
    """What one round has loaded, and which turn holds which case."""

    stores: Stores
    connection: AsyncConnection
    now: datetime
    loaded: dict[str, Case] = field(default_factory=dict)
    members: dict[str, Member] = field(default_factory=dict)
    held: dict[str, object] = field(default_factory=dict)

    def hold(self, thing: str, turn: object) -> None:
        """Let a turn have a case or an invitation for itself; raises DeferredError when another turn has it."""
        if self.held.setdefault(thing, turn) is not turn:
            raise DeferredError

    async def member(self, member_id: str | None) -> Member | None:
        """Return an active member of staff."""
        if member_id is None:
            return None
        if member_id not in self.members:
            self.members |= await self.stores.team.load(self.connection, [member_id])
        found = self.members.get(member_id)
        return found if found is not None and found.active else None


class Desk:
    """The lookups of one turn (conversations.turn.Reads)."""

    def __init__(self, room: Room) -> None:
        self._room = room

    async def _case(self, case_id: str) -> Case | None:
        room = self._room
        room.hold(case_id, self)
        if case_id not in room.loaded:
            room.loaded |= await room.stores.cases.load(room.connection, [case_id])
        return room.loaded.get(case_id)

    def hold_own(self, case_id: str) -> None:
        """Hold the case of the turn's own chat."""
        self._room.hold(case_id, self)

    async def invitation(self, code: str) -> Invitation | None:
        """Return the invitation of a well-formed code, held for this turn."""
        found = await self._room.stores.invitations.find(self._room.connection, code)
        if found is not None:
            self._room.hold(found.id, self)
        return found

    async def wrong_codes(self) -> int:
        """Return how many codes that open nothing were tried within an hour, by anybody."""
        return await self._room.stores.invitations.wrong(self._room.connection, self._room.now)

    async def case(self, ref: str) -> Case | None:
        """Return the case with this reference, held for this turn."""
        found = await self._room.stores.cases.find(self._room.connection, cases.c.ref == ref)
        return await self._case(found[0]) if found else None

    async def case_of(self, invitation: Invitation) -> Case | None:
        """Return the case that an invitation is for, held for this turn."""
        return await self._case(invitation.case_id) if invitation.case_id else None

    async def helper_of(self, case: Case) -> Member | None:
        """Return the worker of a case."""
        return await self._room.member(case.worker)

    async def member_of(self, invitation: Invitation) -> Member | None:
        """Return the member of staff whom an invitation is for."""
        return await self._room.member(invitation.staff_id)

    async def waiting(self, scope: Scope) -> list[Waiting]:
        """Return what waits within a scope, most pressing first."""
        return await waiting_list(self._room.connection, scope)

    async def helpers(self, case: Case) -> list[Member]:
        """Return who must hear about a case: its worker, else the workers of its area, else the coordinators."""
        if own := await self.helper_of(case):
            return [own]
        areas = (case.municipality, PROVINCE + case.province)
        for role in ("worker", "coordinator"):
            if found := await self._room.stores.team.covering(self._room.connection, role, *areas):
                return found
        return []

    async def denials(self, chat: Chat) -> int:
        """Return how many taps of this chat bore a signature that is not ours for it."""
        return await audit.count(self._room.connection, "forged", chat.id)

    async def administrators(self) -> list[Member]:
        """Return who looks after the installation."""
        everybody = await self._room.stores.team.all(self._room.connection)
        return [m for m in everybody if m.active and m.role == "administrator"]

    async def similar(self, scope: Scope, ref: str) -> str | None:
        """Return the reference within a scope that was probably meant."""
        seen = select(cases.c.ref).where(scope.visible("index"))
        refs = list((await self._room.connection.execute(seen)).scalars())
        best = process.extractOne(ref, refs, score_cutoff=ALIKE)
        return best[0] if best else None
