"""Cases loaded whole and written back, many at a time: a statement a table, whatever the number of cases."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Table, bindparam, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import schema
from storage.case.case import Case
from storage.case.case_changes import CaseChanges
from storage.case.case_parts import Identity, new_id
from storage.case.case_rows import PARTS, PLAIN, load_case
from storage.engines.plain_json import loads
from storage.keys.vault import KeyRing, VaultError, WrappedKey
from storage.keys.wrapped_keys import keep_keys
from storage.schema import cases, pending, subject_keys

# Rows of one moment come in the order in which they were made: ids sort so.
_ORDER = {
    "action": schema.actions.c.position,
    "flag": schema.flags.c.since,
    "contact": schema.contacts.c.on_,
    "consent": schema.consents.c.at,
    "message": schema.messages.c.at,
    "due": schema.due.c.due_at,
    "note": schema.notes.c.at,
    "measure": schema.measures.c.at,
    "decision": schema.decisions.c.asked_at,
    "handover": schema.handovers.c.at,
    "story": schema.stories.c.at,
    "resolution": schema.resolutions.c.at,
    "effort": schema.efforts.c.at,
    "event": schema.events.c.position,
}


def _by_case(table: Table) -> Any:
    found = select(table).where(table.c.case_id.in_(bindparam("ids", expanding=True)))
    return found.order_by(_ORDER[table.name], table.c.id) if table.name in _ORDER else found


_LOAD_CASES = (
    select(
        *(cases.c[name] for name in PLAIN),
        *(cases.c.id, cases.c.version, cases.c.identity, cases.c.record),
        *(subject_keys.c.master, subject_keys.c.wrapped),
    )
    .join(subject_keys, subject_keys.c.subject == cases.c.id)
    .where(cases.c.id.in_(bindparam("ids", expanding=True)))
)
_IDENTITIES = select(cases.c.id, cases.c.ref, cases.c.identity, subject_keys.c.master, subject_keys.c.wrapped).join(
    subject_keys, subject_keys.c.subject == cases.c.id
)
_LOAD_PARTS = [(part, _by_case(part.table)) for part in PARTS]
_LOAD_PENDING = _by_case(pending)
_TO_LOOK_AT = (
    select(cases.c.id).where(cases.c.look_at <= bindparam("now")).order_by(cases.c.look_at).limit(bindparam("most"))
)
_LATE = (
    select(cases.c.id)
    .where(
        cases.c.attend_by <= bindparam("now"),
        cases.c.phase != "closed",
        or_(cases.c.alarmed_until.is_(None), cases.c.alarmed_until != cases.c.attend_by),
    )
    .order_by(cases.c.attend_by)
    .limit(bindparam("most"))
)
# Nobody is told a second time of a case that nobody can see to (bot/rounds/damage.py tells of it).
_SET_ASIDE = (
    update(cases)
    .where(cases.c.id == bindparam("row_id"))
    .values(look_at=bindparam("again"), alarmed_until=cases.c.attend_by)
)


class Cases:
    """All cases, for somebody who has established what may be seen (`storage/scope.py`)."""

    def __init__(self, ring: KeyRing, overview_index: Callable[[str], bytes]) -> None:
        """Take the ring that opens subject keys, and the blind index of an overview number (str → bytes)."""
        self._ring = ring
        self._overview_index = overview_index

    def new(self, identity: Identity, **facts: Any) -> tuple[Case, WrappedKey]:
        """Return a case that is not kept yet, and its wrapped key."""
        case_id = new_id()
        subject, key = self._ring.new_subject(case_id)
        case = Case(id=case_id, identity=identity, subject=subject, **facts)
        case.touch("cases")
        return case, key

    async def load(self, connection: AsyncConnection, ids: Iterable[str]) -> dict[str, Case]:
        """Return the cases with these ids, whole; those that do not exist, or do not open any more, are left out."""
        wanted = list(ids)
        if not wanted:
            return {}
        found: dict[str, Case] = {}
        damaged: set[str] = set()
        for row in await connection.execute(_LOAD_CASES, {"ids": wanted}):
            try:
                found[row.id] = load_case(self._ring.unwrap(row.id, row.master, row.wrapped), row)
            except VaultError:
                self._ring.damage.meet("cases", row.id, row.id)
        for part, statement in _LOAD_PARTS:
            for row in await connection.execute(statement, {"ids": wanted}):
                if (case := found.get(row.case_id)) is None:
                    continue
                assert case.subject is not None
                try:
                    getattr(case, part.attribute).append(part.load(case.subject, row))
                except VaultError:
                    self._ring.damage.meet(part.table.name, row.id, case.id)
                    damaged.add(case.id)
                case.stored.add(row.id)
        for row in await connection.execute(_LOAD_PENDING, {"ids": wanted}):
            if row.case_id in found:
                found[row.case_id].waiting[row.reason] = row.since
        return {case_id: case for case_id, case in found.items() if case_id not in damaged}

    async def find(self, connection: AsyncConnection, *conditions: ColumnElement[bool]) -> list[str]:
        """Return the ids of the cases that meet all conditions."""
        return list((await connection.execute(select(cases.c.id).where(*conditions))).scalars())

    async def identities(
        self, connection: AsyncConnection, *conditions: ColumnElement[bool]
    ) -> list[tuple[str, Identity]]:
        """Return who the cases that meet all conditions are about, by reference: only that is opened."""
        found = []
        for row in await connection.execute(_IDENTITIES.where(*conditions)):
            try:
                subject = self._ring.unwrap(row.id, row.master, row.wrapped)
                text = subject.open("cases", "identity", row.id, row.identity)
            except VaultError:
                self._ring.damage.meet("cases", row.id, row.id)
            else:
                found.append((row.ref, Identity(**loads(text))))
        return found

    async def to_look_at(self, connection: AsyncConnection, now: datetime, most: int) -> list[str]:
        """Return the ids of cases that time alone may have changed (storage/case/waiting.py), the longest due first."""
        return list((await connection.execute(_TO_LOOK_AT, {"now": now, "most": most})).scalars())

    async def late(self, connection: AsyncConnection, now: datetime, most: int) -> list[str]:
        """Return the ids of cases that nobody has seen to in time, of which nobody was told; the latest first."""
        return list((await connection.execute(_LATE, {"now": now, "most": most})).scalars())

    async def set_aside(self, connection: AsyncConnection, ids: Iterable[str], again: datetime) -> None:
        """Look later at cases that do not open: what time does to them cannot be worked out now."""
        if rows := [{"row_id": case_id, "again": again} for case_id in ids]:
            await connection.execute(_SET_ASIDE, rows)

    async def add(self, connection: AsyncConnection, keys: Sequence[WrappedKey]) -> None:
        """Keep the keys of new cases; `save` keeps the cases themselves."""
        await keep_keys(connection, list(keys))

    async def save(self, connection: AsyncConnection, changed: Iterable[Case], now: datetime, zone: ZoneInfo) -> None:
        """Write what the verbs touched, and what each case waits for now; `zone` tells what day it is.

        Raises StaleCaseError when somebody else was first.
        """
        changes = CaseChanges(now, zone, self._overview_index)
        for case in changed:
            if case.touched:
                changes.take(case)
        await changes.write(connection)
        changes.settle()
