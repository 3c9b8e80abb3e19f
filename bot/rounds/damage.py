"""Damage told: administrators hear of a row that does not open, once, and who helps of a damaged case."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot import logs
from bot.stores import Stores
from conversations.effects.notice import Notice
from conversations.notices import to_administrators
from storage import installation
from storage.keys.damage import Damaged
from storage.schema import cases


async def tell(connection: AsyncConnection, stores: Stores, met: list[Damaged]) -> list[Notice]:
    """Note what was met, and return who is to hear of what nobody was told of before."""
    fresh = [one for one in met if await installation.get(connection, one.name) is None]
    if not fresh:
        return []
    for one in fresh:
        await installation.keep(connection, one.name, one.table)
        logs.get().error("what is stored does not open any more", kind=one.table)
    everybody = {m.id: m for m in await stores.team.all(connection) if m.active}
    told = to_administrators(everybody.values())
    of_cases = sorted({one.case_id for one in fresh if one.case_id is not None})
    if of_cases:
        rows = await connection.execute(select(cases.c.ref, cases.c.worker).where(cases.c.id.in_(of_cases)))
        told += [Notice(("staff", row.worker), "alert", "case", row.ref) for row in rows if row.worker in everybody]
    return told
