"""The list of cases as `cases list` prints it: what may be seen of each, most pressing first."""

from __future__ import annotations

from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from conversations.content.tracks.tracks import Tracks
from storage.case.case_parts import LEVELS
from storage.queues.pressing import in_order, reasons_of
from storage.schema import cases, flags
from storage.scope import Scope, in_area

_COLUMNS = (
    cases.c.id,
    cases.c.ref,
    cases.c.municipality,
    cases.c.province,
    cases.c.prison,
    cases.c.reporting_date,
    cases.c.track,
    cases.c.phase,
    cases.c.outcome,
    cases.c.worker,
)


async def case_index(
    connection: AsyncConnection,
    scope: Scope,
    area: str | None,
    names: dict[str, str],
    only_pending: bool,
    tracks: Tracks,
) -> list[dict[str, Any]]:
    """Return a line for each case of a scope, narrowed to an area; `names` gives the names of workers by id.

    `tracks` name the phases.
    """
    condition = scope.visible("index")
    if area is not None:
        condition = and_(condition, in_area(area))
    found: dict[str, dict[str, Any]] = {}
    for row in (await connection.execute(in_order(select(*_COLUMNS).where(condition)))).mappings():
        line = dict(row)
        line["phase"] = tracks.of(line.pop("track")).phase(row["phase"]).id
        line["worker"] = names.get(line["worker"] or "")
        case_id = line.pop("id")
        found[case_id] = line | {"waiting_for": [], "level": "none"}
    for case_id, reasons in (await reasons_of(connection, list(found))).items():
        found[case_id]["waiting_for"] = [{"reason": reason, "since": since} for reason, since in reasons]
    levels = (
        select(flags.c.case_id, flags.c.level)
        .join(cases)
        .where(condition, flags.c.lowered_at.is_(None), flags.c.overruled_at.is_(None))
    )
    for case_id, level in await connection.execute(levels):
        found[case_id]["level"] = max(found[case_id]["level"], level, key=LEVELS.index)
    return [line for line in found.values() if line["waiting_for"] or not only_pending]
