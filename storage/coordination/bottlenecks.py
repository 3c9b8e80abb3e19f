"""Bottlenecks: what stands in the way of many, and what would help: collected from cases, without saying of whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, bindparam, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.keys.vault import KeyRing, Subject
from storage.keys.wrapped_keys import load_readable, load_subjects
from storage.schema import bottlenecks

_PLAIN = ("id", "kind", "case_id", "municipality", "by", "at", "status", "owner")
_INSERT = insert(bottlenecks)
_UPDATE = (
    update(bottlenecks)
    .where(bottlenecks.c.id == bindparam("row_id"))
    .values({name: bindparam(name) for name in ("status", "owner", "theme")})
)
_ALL = select(bottlenecks).order_by(bottlenecks.c.at, bottlenecks.c.id)


@dataclass(slots=True, repr=False)
class Bottleneck:
    """A `bottleneck` or an `improvement`, as a member of staff (`by`) told it; `status` is open, taken or solved.

    `owner`: who sees to it; those with one `theme` are one.
    """

    id: str
    kind: str
    case_id: str | None
    municipality: str
    by: str
    at: datetime
    text: str
    status: str = "open"
    owner: str | None = None
    theme: str | None = None
    stored: bool = False


class Bottlenecks:
    """All that stands in the way, each sealed under who wrote it."""

    def __init__(self, ring: KeyRing) -> None:
        self._ring = ring

    async def save(self, connection: AsyncConnection, told: Iterable[Bottleneck]) -> None:
        """Keep new ones, whose writers are members of staff, and what became of known ones."""
        rows: list[dict[str, Any]] = []
        known: list[dict[str, Any]] = []
        found = list({one.id: one for one in told}.values())
        subjects = await load_subjects(connection, self._ring, [one.by for one in found]) if found else {}
        for one in found:
            theme = subjects[one.by].seal("bottleneck", "theme", one.id, one.theme) if one.theme else None
            if one.stored:
                known.append({"row_id": one.id, "status": one.status, "owner": one.owner, "theme": theme})
                continue
            row: dict[str, Any] = {name: getattr(one, name) for name in _PLAIN} | {"theme": theme}
            row["content"] = subjects[one.by].seal("bottleneck", "content", one.id, one.text)
            rows.append(row)
        if rows:
            await connection.execute(_INSERT, rows)
        if known:
            await connection.execute(_UPDATE, known)
        for one in found:
            one.stored = True

    async def find(self, connection: AsyncConnection, *conditions: ColumnElement[bool]) -> list[Bottleneck]:
        """Return those that meet all conditions, oldest first."""
        rows = list(await connection.execute(_ALL.where(*conditions)))
        subjects = await load_readable(connection, self._ring, [row.by for row in rows])
        rows = [row for row in rows if row.by in subjects]
        opened = (
            self._ring.damage.opened("bottleneck", row.id, partial(_opened, subjects[row.by], row)) for row in rows
        )
        return [one for one in opened if one is not None]


def _opened(subject: Subject, row: Any) -> Bottleneck:
    return Bottleneck(
        text=subject.open("bottleneck", "content", row.id, row.content),
        theme=subject.open("bottleneck", "theme", row.id, row.theme) if row.theme else None,
        stored=True,
        **{name: getattr(row, name) for name in _PLAIN},
    )
