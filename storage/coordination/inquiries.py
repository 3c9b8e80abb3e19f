"""Inquiries of colleagues to the coordinator: a question, its answer, and whom it helped since."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, bindparam, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.engines.plain_json import dumps, loads
from storage.keys.vault import KeyRing, Subject
from storage.keys.wrapped_keys import load_readable, load_subjects
from storage.schema import inquiries

_PLAIN = ("id", "area", "by", "at", "status", "answered_by", "found_in")
_SEALED = ("text", "answer", "helped")
_INSERT = insert(inquiries)
_UPDATE = (
    update(inquiries)
    .where(inquiries.c.id == bindparam("row_id"))
    .values({name: bindparam(name) for name in ("status", "answered_by", "found_in", "content")})
)
_ALL = select(inquiries).order_by(inquiries.c.at, inquiries.c.id)


@dataclass(slots=True, repr=False)
class Inquiry:
    """A question of a member of staff (`by`); `status` is open, answered or withdrawn.

    `found_in`: the area whose colleagues can find the answer; `helped`: the ids of those who said that it helps.
    """

    id: str
    area: str
    by: str
    at: datetime
    text: str
    status: str = "open"
    answer: str | None = None
    answered_by: str | None = None
    found_in: str | None = None
    helped: list[str] = field(default_factory=list)
    stored: bool = False


class Inquiries:
    """All of them, each sealed under who asked."""

    def __init__(self, ring: KeyRing) -> None:
        self._ring = ring

    async def save(self, connection: AsyncConnection, asked: Iterable[Inquiry]) -> None:
        """Keep new ones, and what became of known ones."""
        found = list({one.id: one for one in asked}.values())
        if not found:
            return
        subjects = await load_subjects(connection, self._ring, [one.by for one in found])
        for one in found:
            row: dict[str, Any] = {name: getattr(one, name) for name in _PLAIN}
            text = dumps({name: getattr(one, name) for name in _SEALED})
            row["content"] = subjects[one.by].seal("inquiry", "content", one.id, text)
            if one.stored:
                kept = ("status", "answered_by", "found_in", "content")
                await connection.execute(_UPDATE, {"row_id": one.id} | {name: row[name] for name in kept})
            else:
                await connection.execute(_INSERT, row)
            one.stored = True

    async def find(self, connection: AsyncConnection, *conditions: ColumnElement[bool]) -> list[Inquiry]:
        """Return those that meet all conditions, oldest first."""
        rows = list(await connection.execute(_ALL.where(*conditions)))
        subjects = await load_readable(connection, self._ring, [row.by for row in rows])
        rows = [row for row in rows if row.by in subjects]
        opened = (self._ring.damage.opened("inquiry", row.id, partial(_opened, subjects[row.by], row)) for row in rows)
        return [one for one in opened if one is not None]


def _opened(subject: Subject, row: Any) -> Inquiry:
    content = loads(subject.open("inquiry", "content", row.id, row.content))
    return Inquiry(**{name: getattr(row, name) for name in _PLAIN}, **content, stored=True)
