"""The audit trail: who did what to which case, and the result, written in the transaction of the deed (BIO 8.15.01)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.schema import audit

_INSERT = insert(audit)
_COUNT = select(func.count()).where(audit.c.verb == bindparam("of_verb"), audit.c.object == bindparam("of_object"))


# Verbs with which a professional sees what stands in a case (storage/scope.py).
SEES = ("open", "change", "message", "decide", "share", "items", "confirm")
# What else the person reads of who came near: phones that came in or wanted to, codes that were made, a row in a file.
NEAR = ("bind", "new_phone", "new_phone_yes", "new_phone_no", "invite", "letters", "export", "research")
_LOOKS = (
    select(audit.c.actor, audit.c.at, audit.c.verb)
    .where(audit.c.object == bindparam("of_object"), audit.c.result == "done", audit.c.verb.in_((*SEES, *NEAR)))
    .order_by(audit.c.seq.desc())
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the trail, with pseudonyms only: `actor` is a member's or a case's id, `object` a reference."""

    actor: str | None
    origin: str
    verb: str
    object: str | None
    result: str = "done"


async def count(connection: AsyncConnection, verb: str, object_: str) -> int:
    """Return how often something was done to an object."""
    return int((await connection.execute(_COUNT, {"of_verb": verb, "of_object": object_})).scalar_one())


async def looks(connection: AsyncConnection, object_: str) -> list[tuple[str | None, datetime, str]]:
    """Return who saw what stands in a case or came near it (an id), when and how, the newest first (NEN 7513)."""
    return [(row.actor, row.at, row.verb) for row in await connection.execute(_LOOKS, {"of_object": object_})]


async def write(connection: AsyncConnection, entries: Iterable[Entry], now: datetime) -> None:
    """Add lines to the trail."""
    rows = [
        {"at": now, "actor": e.actor, "origin": e.origin, "verb": e.verb, "object": e.object, "result": e.result}
        for e in entries
    ]
    if rows:
        await connection.execute(_INSERT, rows)
