"""Covers: who stands in for whom, and when: a colleague has somebody's cases for a while."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import bindparam, delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.case.case_parts import new_id
from storage.schema import covers

_INSERT = insert(covers)
_ON_DAY = select(covers).where(covers.c.from_day <= bindparam("day"), covers.c.until_day >= bindparam("day"))
_OF = (
    select(covers).where(covers.c.away == bindparam("of"), covers.c.until_day >= bindparam("day")).order_by(covers.c.id)
)
_FORGET = delete(covers).where(covers.c.away == bindparam("of"))


@dataclass(frozen=True, slots=True)
class Cover:
    """`by` has the cases of `away`, from the first day to the last, both included."""

    away: str
    by: str
    from_day: date
    until_day: date


def _cover(row: Any) -> Cover:
    return Cover(row.away, row.by, row.from_day, row.until_day)


async def arrange(connection: AsyncConnection, cover: Cover) -> None:
    """Let a colleague stand in; a member of staff has one stand-in at a time, so a later word replaces the former."""
    await connection.execute(_FORGET, {"of": cover.away})
    row = {"away": cover.away, "by": cover.by, "from_day": cover.from_day, "until_day": cover.until_day}
    await connection.execute(_INSERT, row | {"id": new_id()})


async def end(connection: AsyncConnection, away: str) -> None:
    """They are back."""
    await connection.execute(_FORGET, {"of": away})


async def on(connection: AsyncConnection, day: date) -> list[Cover]:
    """Return who stands in for whom on a day."""
    return [_cover(row) for row in await connection.execute(_ON_DAY, {"day": day})]


async def of(connection: AsyncConnection, away: str, day: date) -> Cover | None:
    """Return who stands in for a member of staff, on this day or later."""
    row = (await connection.execute(_OF, {"of": away, "day": day})).first()
    return _cover(row) if row else None
