"""The monthly report by itself: on the first working day of a month each coordinator hears, once, that it is ready."""

from __future__ import annotations

from datetime import date, time

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations.content.content import Content
from conversations.effects.notice import Notice
from conversations.rules.hours import next_working_day
from storage.clock import instant
from storage.engines.database import Database
from storage.people.staff import Team


def due_month(content: Content, local_day: date, at: time) -> date | None:
    """Return the month whose report is told at this moment, None when none is; `at`: the time on the wall.

    Who was not told on the first working day hears it on a later one: the program may have stood still for weeks.
    """
    month, office = local_day.replace(day=1), content.region.office
    first = next_working_day(office, month)
    is_time = office.is_working_day(local_day) and office.opens <= at < office.closes
    return month if is_time and first <= local_day else None


async def tell(connection: AsyncConnection, team: Team, content: Content, month: date) -> list[Notice]:
    """Return what the coordinators hear who were not told yet, and keep that they were."""
    ids = await team.without_report(connection, month, instant(month, time(0), content.zone))
    await team.note_report(connection, ids, month)
    return [Notice(("staff", member_id), "monthly", "monthly") for member_id in ids]


async def is_due(database: Database, team: Team, content: Content, month: date) -> bool:
    """Tell whether anybody is still to be told; read only, as most ticks find nobody."""
    async with database.read() as connection:
        return bool(await team.without_report(connection, month, instant(month, time(0), content.zone)))
