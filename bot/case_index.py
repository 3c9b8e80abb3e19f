"""The list of cases as `cases list` prints it: what may be seen of each, most pressing first."""

from __future__ import annotations

from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.desk import pressing
from storage.parts import LEVELS
from storage.schema import cases, flags, pending
from storage.scope import Actor, Scope

_COLUMNS = (
    cases.c.id,
    cases.c.ref,
    cases.c.municipality,
    cases.c.province,
    cases.c.prison,
    cases.c.reporting_date,
    cases.c.phase,
    cases.c.outcome,
    cases.c.worker,
)


async def case_index(
    connection: AsyncConnection, scope: Scope, area: str | None, names: dict[str, str], only_pending: bool
) -> list[dict[str, Any]]:
    """Return a line for each case of a scope, narrowed to an area; `names` gives the names of workers by id."""
    condition = scope.visible("index")
    if area is not None:
        condition = and_(condition, Scope(Actor("coordinator", "", area)).visible("index"))
    found: dict[str, dict[str, Any]] = {}
    for row in (await connection.execute(select(*_COLUMNS).where(condition))).mappings():
        line = dict(row)
        line["worker"] = names.get(line["worker"] or "")
        case_id = line.pop("id")
        found[case_id] = line | {"waiting_for": [], "level": "none"}
    waiting = select(pending.c.case_id, pending.c.reason, pending.c.since).join(cases).where(condition)
    for case_id, reason, since in await connection.execute(waiting):
        found[case_id]["waiting_for"].append({"reason": reason, "since": since})
    levels = (
        select(flags.c.case_id, flags.c.level)
        .join(cases)
        .where(condition, flags.c.lowered_at.is_(None), flags.c.overruled_at.is_(None))
    )
    for case_id, level in await connection.execute(levels):
        found[case_id]["level"] = max(found[case_id]["level"], level, key=LEVELS.index)
    lines = [line for line in found.values() if line["waiting_for"] or not only_pending]
    return sorted(lines, key=_order)


def _order(line: dict[str, Any]) -> tuple[Any, ...]:
    reasons = [(w["reason"], w["since"]) for w in line["waiting_for"]]
    return pressing(line["ref"], line["reporting_date"], reasons)
