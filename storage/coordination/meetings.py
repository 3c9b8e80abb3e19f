"""The intake meetings of an area: when each was held."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.schema import meetings

_INSERT = insert(meetings)
_LAST = select(meetings).where(meetings.c.area == bindparam("of")).order_by(meetings.c.at.desc()).limit(1)


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting of an `area`, which was over `at` a moment; `by` kept its record."""

    id: str
    by: str
    area: str
    at: datetime


async def keep(connection: AsyncConnection, held: Meeting) -> None:
    """Keep that a meeting was held."""
    await connection.execute(_INSERT, {"id": held.id, "by": held.by, "area": held.area, "at": held.at})


async def last(connection: AsyncConnection, area: str) -> Meeting | None:
    """Return the last meeting of an area."""
    row = (await connection.execute(_LAST, {"of": area})).first()
    return None if row is None else Meeting(row.id, row.by, row.area, row.at)
