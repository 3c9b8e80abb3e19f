"""How much each member of the team has: their open cases, counted as cases are given to them."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.schema import cases
from storage.staff import Member

_OPEN = (
    select(cases.c.worker, func.count().label("number"))
    .where(cases.c.phase != "closed", cases.c.worker.is_not(None))
    .group_by(cases.c.worker)
)


class Loads:
    """Open cases by member."""

    def __init__(self, team: Iterable[Member], counts: dict[str, int] | None = None) -> None:
        """Take who can be given cases, and what they have."""
        self._team = {member.id: member for member in team}
        self._counts = dict(counts or {})

    @classmethod
    async def of(cls, connection: AsyncConnection, team: Iterable[Member]) -> Loads:
        """Return what the members of a team have now."""
        return cls(team, {row.worker: row.number for row in await connection.execute(_OPEN)})

    def member(self, member_id: str | None) -> Member | None:
        """Return a member of the team."""
        return self._team.get(member_id or "")

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
