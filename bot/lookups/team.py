"""The team, as a turn looks it up: who works where, who stands in for whom, and who must hear about a case."""

from __future__ import annotations

from datetime import date

from bot.rounds.loaded import Room
from conversations.content.content import Content
from conversations.rules.hours import next_open
from conversations.rules.ranks import within
from storage.case.case import Case
from storage.clock import wall
from storage.people import covers
from storage.people.covers import Cover
from storage.people.invitations import Invitation
from storage.people.staff import Member
from storage.scope import PROVINCE


class TeamLookups:
    """The lookups of one turn among the team."""

    def __init__(self, room: Room, content: Content) -> None:
        self.room = room
        self._content = content

    async def helper_of(self, case: Case) -> Member | None:
        """Return the worker of a case."""
        return await self.room.member(case.worker)

    async def member_of(self, invitation: Invitation) -> Member | None:
        """Return the member of staff whom an invitation is for, held for this turn."""
        if invitation.staff_id is not None:
            self.room.hold(invitation.staff_id, self)
        return await self.room.member(invitation.staff_id)

    async def staff(self, member_id: str) -> Member | None:
        """Return an active member of the team."""
        return await self.room.member(member_id)

    async def held_member(self, member_id: str) -> Member | None:
        """Return an active member of the team, held for this turn: nobody else changes them meanwhile."""
        self.room.hold(member_id, self)
        return await self.room.member(member_id)

    async def member_named(self, name: str) -> Member | None:
        """Return the active member of this name."""
        return await self.room.stores.team.named(self.room.connection, name)

    async def colleagues(self, municipality: str, province: str) -> list[Member]:
        """Return the active workers and coordinators of a place."""
        return await self._team(("worker", "coordinator"), municipality, province)

    async def coordinators(self, case: Case) -> list[Member]:
        """Return the coordinators of the place of a case."""
        return await self._team(("coordinator",), case.municipality, case.province)

    async def casemanagers(self, prison: str | None) -> list[Member]:
        """Return the active casemanagers of a prison."""
        everybody = await self.room.stores.team.covering(self.room.connection, "casemanager", prison)
        return [m for m in everybody if prison is not None and m.area == prison]

    async def administrators(self) -> list[Member]:
        """Return who looks after the installation."""
        everybody = await self.room.stores.team.all(self.room.connection)
        return [m for m in everybody if m.active and m.role == "administrator"]

    async def team(self, area: str) -> list[Member]:
        """Return the active members whose area lies in this one."""
        everybody = await self.room.stores.team.all(self.room.connection)
        return [m for m in everybody if m.active and within(area, m.area, self._content.region)]

    async def team_of(self, area: str) -> list[Member]:
        """Return the active workers and coordinators of an area as it is written for a member."""
        everybody = await self.room.stores.team.all(self.room.connection)
        staff = [m for m in everybody if m.active and m.role in ("worker", "coordinator")]
        return [m for m in staff if area == "all" or within(m.area, area, self._content.region)]

    async def cover_of(self, member_id: str, day: date) -> Cover | None:
        """Return who stands in for a member, on this day or later."""
        return await covers.of(self.room.connection, member_id, day)

    async def covered_by(self, member_id: str, day: date) -> frozenset[str]:
        """Return for whom a member stands in on a day."""
        return frozenset(c.away for c in await self.room.covers(day) if c.by == member_id)

    async def helpers(self, case: Case) -> list[Member]:
        """Return who must hear about a case: its worker, or who stands in for them when the office is next open.

        On a worker's day off that nobody covers, and when who stood in has no access any more: the colleagues of the
        place who do work. Without a worker: the workers of the place, else its coordinators.
        """
        zone = self._content.zone
        day = wall(next_open(self._content.region.office, self.room.now, zone), zone).date()
        own = await self.helper_of(case)
        if own is not None:
            by = {c.away: c.by for c in await self.room.covers(day)}.get(own.id)
            if stand_in := await self.room.member(by):
                return [stand_in]
            if own.works_on(day) and by is None:
                return [own]
        teams = [await self._team((role,), case.municipality, case.province) for role in ("worker", "coordinator")]
        at_work = ([m for m in team if m.works_on(day) and m != own] for team in teams)
        everybody = [[own]] if own is not None else teams
        return next((team for team in (*at_work, *everybody) if team), [])

    async def _team(self, roles: tuple[str, ...], municipality: str, province: str) -> list[Member]:
        found: list[Member] = []
        for role in roles:
            areas = (municipality, PROVINCE + province)
            found += await self.room.stores.team.covering(self.room.connection, role, *areas)
        return found
