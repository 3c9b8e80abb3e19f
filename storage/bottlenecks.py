"""What stands in the way of many, and what would help: collected from cases, without saying of whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.keys import load_subjects
from storage.schema import bottlenecks
from storage.vault import KeyRing

_PLAIN = ("id", "kind", "case_id", "municipality", "by", "at", "status", "owner")
_INSERT = insert(bottlenecks)
_ALL = select(bottlenecks).order_by(bottlenecks.c.at, bottlenecks.c.id)


@dataclass(slots=True, repr=False)
class Bottleneck:
    """A `bottleneck` or an `improvement`, as a member of staff (`by`) told it; `status` is open, taken or solved."""

    id: str
    kind: str
    case_id: str | None
    municipality: str
    by: str
    at: datetime
    text: str
    status: str = "open"
    owner: str | None = None


class Bottlenecks:
    """All that stands in the way, each sealed under who wrote it."""

    def __init__(self, ring: KeyRing) -> None:
        self._ring = ring

    async def add(self, connection: AsyncConnection, new: Iterable[Bottleneck]) -> None:
        """Keep new ones; their writers are members of staff."""
        rows: list[dict[str, Any]] = []
        found = list(new)
        subjects = await load_subjects(connection, self._ring, [one.by for one in found]) if found else {}
        for one in found:
            row: dict[str, Any] = {name: getattr(one, name) for name in _PLAIN}
            row["content"] = subjects[one.by].seal("bottleneck", "content", one.id, one.text)
            rows.append(row)
        if rows:
            await connection.execute(_INSERT, rows)

    async def find(self, connection: AsyncConnection, *conditions: ColumnElement[bool]) -> list[Bottleneck]:
        """Return those that meet all conditions, oldest first."""
        rows = list(await connection.execute(_ALL.where(*conditions)))
        subjects = await load_subjects(connection, self._ring, [row.by for row in rows]) if rows else {}
        return [
            Bottleneck(
                text=subjects[row.by].open("bottleneck", "content", row.id, row.content),
                **{name: getattr(row, name) for name in _PLAIN},
            )
            for row in rows
        ]
