"""The workload of everybody in a scope, and where nobody works: counted in the database."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.lookups.lists import NEAR
from conversations.shared.lists import Load, Workload
from storage.people import covers
from storage.people.staff import Member, Team
from storage.schema import cases, pending
from storage.scope import PROVINCE, Scope

_OPEN = cases.c.phase != "closed"
_WAITS = select(pending.c.reason).where(pending.c.case_id == cases.c.id).correlate(cases).exists()


async def unassigned(connection: AsyncConnection, scope: Scope) -> list[tuple[str, int]]:
    """Return the municipalities with cases that nobody has, and how many, the most first."""
    statement = (
        select(cases.c.municipality, func.count().label("number"))
        .where(_OPEN, cases.c.worker.is_(None), scope.visible("assign"))
        .group_by(cases.c.municipality)
        .order_by(func.count().desc(), cases.c.municipality)
    )
    return [(row.municipality, row.number) for row in await connection.execute(statement)]


async def workload(connection: AsyncConnection, team: Team, scope: Scope, today: date) -> Workload:
    """Return what each worker and coordinator within a scope has, and the municipalities where nobody works."""
    everybody = [m for m in await team.all(connection) if m.active and m.role in ("worker", "coordinator")]
    names = {m.id: m.name for m in everybody}
    away = {c.away: names.get(c.by) for c in await covers.on(connection, today)}
    open_ = await _counts(connection)
    waiting = await _counts(connection, _WAITS)
    soon = cases.c.reporting_date.between(today, today + NEAR)
    near = await _counts(connection, (cases.c.phase == "coming") & soon)
    places = await _places(connection, scope)
    loads = [
        Load(
            m.id,
            m.name,
            m.area,
            open_.get(m.id, 0),
            waiting.get(m.id, 0),
            near.get(m.id, 0),
            m.id in away,
            away.get(m.id),
        )
        for m in everybody
        if _within(scope, m, places) or (m.id in open_ and scope.actor.area == "all")
    ]
    workers = {m.area for m in everybody if m.role == "worker"}
    without = [
        (municipality, number)
        for municipality, province, number in places
        if not workers & {municipality, PROVINCE + province, "all"}
    ]
    return Workload(loads, without)


async def _counts(connection: AsyncConnection, *conditions: Any) -> dict[str, int]:
    statement = (
        select(cases.c.worker, func.count().label("number"))
        .where(_OPEN, cases.c.worker.is_not(None), *conditions)
        .group_by(cases.c.worker)
    )
    return {row.worker: row.number for row in await connection.execute(statement)}


async def _places(connection: AsyncConnection, scope: Scope) -> list[tuple[str, str, int]]:
    """Return the municipalities of the open cases of a scope with their province, the most cases first."""
    statement = (
        select(cases.c.municipality, cases.c.province, func.count().label("number"))
        .where(_OPEN, scope.visible("assign"))
        .group_by(cases.c.municipality, cases.c.province)
        .order_by(func.count().desc(), cases.c.municipality)
    )
    return [(row.municipality, row.province, row.number) for row in await connection.execute(statement)]


def _within(scope: Scope, member: Member, places: list[tuple[str, str, int]]) -> bool:
    """Tell whether a member works in the actor's area, wholly or in part."""
    area = scope.actor.area
    if area in ("all", member.area) or member.area == "all":
        return True
    return any(member.area in (municipality, PROVINCE + province) for municipality, province, _ in places)
