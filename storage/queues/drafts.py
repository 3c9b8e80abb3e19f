"""Drafts: overviews that were read and wait for a yes: sealed under who sent them, and forgotten after an hour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.case.case_parts import new_id
from storage.engines import residue
from storage.engines.plain_json import dumps, loads
from storage.keys.vault import VaultError
from storage.people.staff import Member
from storage.schema import drafts

# How long one waits for a yes.
LIFETIME = timedelta(hours=1)

_FIND = select(drafts).where(
    drafts.c.id == bindparam("wanted"), drafts.c.staff_id == bindparam("of"), drafts.c.expires_at > bindparam("now")
)
_INSERT = insert(drafts)
_UPDATE = update(drafts).where(drafts.c.id == bindparam("row_id")).values(content=bindparam("content"))
_DROP = delete(drafts).where(drafts.c.id == bindparam("row_id"))
_DROP_OF = delete(drafts).where(drafts.c.staff_id == bindparam("of"))
_FORGET = delete(drafts).where(drafts.c.expires_at <= bindparam("now"))


@dataclass(slots=True, repr=False)
class Draft:
    """What was read, as plain data: what a file held, and what its sender has chosen since."""

    id: str
    staff_id: str
    content: dict[str, Any]
    expires_at: datetime
    stored: bool = False


def new_draft(member: Member, content: dict[str, Any], now: datetime) -> Draft:
    """Return a draft that is not kept yet."""
    return Draft(new_id(), member.id, content, now + LIFETIME)


async def find(connection: AsyncConnection, member: Member, draft_id: str, now: datetime) -> Draft | None:
    """Return a member's own draft, unless its time is over; raises VaultError when it is damaged."""
    row = (await connection.execute(_FIND, {"wanted": draft_id, "of": member.id, "now": now})).first()
    if row is None:
        return None
    content = loads(member.subject.open("overview_draft", "content", row.id, row.content))
    return Draft(row.id, row.staff_id, content, row.expires_at, stored=True)


async def all_of(connection: AsyncConnection, members: Mapping[str, Member]) -> list[tuple[Draft, Member]]:
    """Return everything that waits for a yes of these members; what does not open is left out."""
    found = []
    for row in await connection.execute(select(drafts).order_by(drafts.c.id)):
        if (member := members.get(row.staff_id)) is None:
            continue
        try:
            content = loads(member.subject.open("overview_draft", "content", row.id, row.content))
        except VaultError:
            continue
        found.append((Draft(row.id, row.staff_id, content, row.expires_at, stored=True), member))
    return found


async def save(connection: AsyncConnection, member: Member, draft: Draft) -> None:
    """Keep a draft."""
    text = dumps(draft.content)
    content = member.subject.seal("overview_draft", "content", draft.id, text)
    if draft.stored:
        await connection.execute(_UPDATE, {"row_id": draft.id, "content": content})
    else:
        row = {"id": draft.id, "staff_id": draft.staff_id, "expires_at": draft.expires_at, "content": content}
        await connection.execute(_INSERT, row)
        draft.stored = True


async def drop(connection: AsyncConnection, draft: Draft) -> None:
    """Let a draft go."""
    await connection.execute(_DROP, {"row_id": draft.id})
    await residue.note(connection, "overview_draft")


async def forget(connection: AsyncConnection, now: datetime) -> None:
    """Let go of all whose time is over."""
    if (await connection.execute(_FORGET, {"now": now})).rowcount:
        await residue.note(connection, "overview_draft")


async def drop_of(connection: AsyncConnection, staff_id: str) -> None:
    """Let go of all of somebody whose access ends."""
    if (await connection.execute(_DROP_OF, {"of": staff_id})).rowcount:
        await residue.note(connection, "overview_draft")
