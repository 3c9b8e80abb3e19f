"""Stopped chats of people who have not turned to us since: to them nothing comes unasked, not even a neutral line."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.case.verbs.person import STOPPED
from storage.schema import consents, messages

_SAID = (
    select(consents.c.case_id, consents.c.given, consents.c.at)
    .where(consents.c.case_id.in_(bindparam("ids", expanding=True)), consents.c.to == "channel")
    .order_by(consents.c.at, consents.c.id)
)
_TURNED_TO_US = (
    select(messages.c.case_id, func.max(messages.c.at).label("last"))
    .where(
        messages.c.case_id.in_(bindparam("ids", expanding=True)),
        messages.c.sender == "self_reporter",
        messages.c.kind.not_in(STOPPED),
    )
    .group_by(messages.c.case_id)
)


async def stopped(connection: AsyncConnection, case_ids: Iterable[str]) -> set[str]:
    """Return which of these cases are so: `Person.has_stopped`, in SQL."""
    ids = sorted(set(case_ids))
    if not ids:
        return set()
    left = {row.case_id: None if row.given else row.at for row in await connection.execute(_SAID, {"ids": ids})}
    left = {case_id: at for case_id, at in left.items() if at is not None}
    if not left:
        return set()
    last = {row.case_id: row.last for row in await connection.execute(_TURNED_TO_US, {"ids": sorted(left)})}
    return {case_id for case_id, at in left.items() if case_id not in last or last[case_id] < at}
