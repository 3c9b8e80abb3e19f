"""Loads: how much each member of the team has: their open cases, counted as cases are given to them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.people import covers
from storage.people.staff import Member
from storage.schema import cases

_OPEN = (
    select(cases.c.worker, func.count().label("number"))
    .where(cases.c.phase != "closed", cases.c.worker.is_not(None))
    .group_by(cases.c.worker)
)


class Loads:
    """Open cases by member."""

    def __init__(
        self, team: Iterable[Member], counts: dict[str, int] | None = None, stand_ins: dict[str, str] | None = None
    ) -> None:
        """Take who can be given cases, what they have, and who stands in for whom."""
        self._team = {member.id: member for member in team}
        self._counts = dict(counts or {})
        self._stand_ins = dict(stand_ins or {})

    @classmethod
    async def of(cls, connection: AsyncConnection, team: Iterable[Member], today: date) -> Loads:
        """Return what the members of a team have now, and who stands in for whom today."""
        counts = {row.worker: row.number for row in await connection.execute(_OPEN)}
        return cls(team, counts, {cover.away: cover.by for cover in await covers.on(connection, today)})

    def member(self, member_id: str | None) -> Member | None:
        """Return a member of the team."""
        return self._team.get(member_id or "")

    def hears(self, member_id: str | None) -> Member | None:
        """Return who is told what a member would be: they, or who stands in for them."""
        return self.member(self._stand_ins.get(member_id or "")) or self.member(member_id)

    def named(self, name: str) -> Member | None:
        """Return the worker or coordinator of this name, however it is capitalised."""
        wanted = name.casefold().strip()
        able = (m for m in self._team.values() if m.role in ("worker", "coordinator"))
        return next((m for m in able if m.name.casefold() == wanted), None)

    def workers(self, area: str) -> list[Member]:
        """Return the workers whose area is exactly this one."""
        return [m for m in self._team.values() if m.role == "worker" and m.area == area]

    def of_member(self, member_id: str) -> int:
        """Return how many open cases a member has."""
        return self._counts.get(member_id, 0)

    def give(self, member_id: str) -> None:
        """Count one more."""
        self._counts[member_id] = self.of_member(member_id) + 1
