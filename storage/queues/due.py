"""The schedule and its ledger: what is due now, and how each row ended. Rows of a case are its `reminders`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, case, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.case.case_parts import new_id
from storage.clock import wall
from storage.schema import due

# Until another look at what could not be decided.
LATER = timedelta(minutes=5)

_DUE = (
    select(due.c.id, due.c.case_id, due.c.chat_id, due.c.kind)
    .where(due.c.state == "planned", due.c.due_at <= bindparam("now"))
    .order_by(due.c.due_at)
    .limit(bindparam("most"))
)
# Cases with something that was to leave a while ago, and has not been delivered.
_STUCK = select(due.c.case_id).where(due.c.state == "leaving", due.c.due_at <= bindparam("before")).distinct()
_SOONEST = select(func.min(due.c.due_at)).where(due.c.state == "planned")
_INSERT = insert(due)
_SETTLE = (
    update(due)
    .where(due.c.notice == bindparam("of_notice"), due.c.state == "leaving")
    .values(state=bindparam("then"), reason=bindparam("why"))
)
_LEAVING = select(due.c.notice).where(due.c.state == "leaving", due.c.notice.in_(bindparam("notices", expanding=True)))
_REPLAN = update(due).where(due.c.id == bindparam("row_id")).values(due_at=bindparam("again"))
# Look again later, unless its time is long over.
_PUT_OFF = (
    update(due)
    .where(due.c.id == bindparam("row_id"), due.c.state == "planned")
    .values(
        due_at=bindparam("again"),
        state=case((due.c.day < bindparam("over"), "failed"), else_="planned"),
        reason=case((due.c.day < bindparam("over"), "cannot be decided"), else_=due.c.reason),
    )
)
_DROP = delete(due).where(due.c.id == bindparam("row_id"))
_LEDGER = select(due.c.state, func.count().label("rows")).where(due.c.case_id.is_not(None)).group_by(due.c.state)


async def due_now(connection: AsyncConnection, now: datetime, most: int) -> list[Any]:
    """Return the rows (id, case_id, chat_id, kind) whose time has come, oldest first."""
    return list(await connection.execute(_DUE, {"now": now, "most": most}))


async def stuck(connection: AsyncConnection, before: datetime) -> list[str]:
    """Return the cases with a reminder that was to leave before a moment, and has not been delivered yet."""
    return list((await connection.execute(_STUCK, {"before": before})).scalars())


async def soonest(connection: AsyncConnection) -> datetime | None:
    """Return when the next row is due, or None when nothing is planned."""
    found: datetime | None = (await connection.execute(_SOONEST)).scalar()
    return found


async def settle(connection: AsyncConnection, notices: Iterable[tuple[str, str, str | None]]) -> None:
    """End the reminders that left in these notices: (key of the notice, state, reason)."""
    if rows := [{"of_notice": key, "then": state, "why": why} for key, state, why in notices]:
        await connection.execute(_SETTLE, rows)


async def still_leaving(connection: AsyncConnection, notices: Iterable[str]) -> set[str]:
    """Return which notices still carry a reminder that was not cancelled in the meantime."""
    return set((await connection.execute(_LEAVING, {"notices": list(notices)})).scalars())


async def plan_fold(connection: AsyncConnection, chats: Iterable[str], at: datetime, zone: ZoneInfo) -> None:
    """Plan to look whether these chats have gone quiet."""
    local = wall(at, zone)
    rows = [
        {
            "id": new_id(),
            "chat_id": chat,
            "kind": "fold",
            "day": local.date(),
            "at": local.time(),
            "zone": zone.key,
            "due_at": at,
            "state": "planned",
        }
        for chat in chats
    ]
    if rows:
        await connection.execute(_INSERT, rows)


async def replan(connection: AsyncConnection, row: str, again: datetime) -> None:
    """Look again later."""
    await connection.execute(_REPLAN, {"row_id": row, "again": again})


async def put_off(connection: AsyncConnection, rows: Iterable[str], now: datetime, today: date) -> None:
    """Look later at rows that cannot be decided now; those of days before yesterday have failed."""
    put_off = [{"row_id": row, "again": now + LATER, "over": today - timedelta(days=1)} for row in rows]
    if put_off:
        await connection.execute(_PUT_OFF, put_off)


async def drop(connection: AsyncConnection, rows: Iterable[str]) -> None:
    """Forget rows of the housekeeping kinds."""
    if gone := [{"row_id": row} for row in rows]:
        await connection.execute(_DROP, gone)


async def ledger(connection: AsyncConnection) -> dict[str, int]:
    """Return how many rows of cases are in each state: everything ever planned is in exactly one."""
    return {row.state: row.rows for row in await connection.execute(_LEDGER)}
