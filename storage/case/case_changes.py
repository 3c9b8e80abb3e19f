"""Changes of cases: what the verbs touched in them, written together, a statement a table."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Table, bindparam, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.case.case import Case
from storage.case.case_parts import Event
from storage.case.case_rows import PARTS, PLAIN, dump_case
from storage.case.waiting import next_look, reasons_to_wait
from storage.clock import wall
from storage.figures.monitoring import Measurements
from storage.schema import cases, contacts, pending

Row = dict[str, Any]


class StaleCaseError(Exception):
    """Somebody else changed the case in between: load it and decide again."""


def _by_id(table: Table) -> Any:
    values: dict[str, Any] = {
        c.name: bindparam(c.name) for c in table.columns if c.name not in ("id", "case_id", "chat_id")
    }
    return update(table).where(table.c.id == bindparam("row_id")).values(values)


_PARTS = {part.table.name: part for part in PARTS}
_VERSIONS = select(cases.c.id, cases.c.version).where(cases.c.id.in_(bindparam("ids", expanding=True)))
_INSERT_CASE = insert(cases)
_UPDATE_CASE = (
    update(cases)
    .where(cases.c.id == bindparam("row_id"), cases.c.version == bindparam("old_version"))
    .values({name: bindparam(name) for name in (*PLAIN, "version", "overview_index", "identity", "record")})
)
# In the order in which they are written: a row may hang from one of a table before it.
_WRITE_PARTS = {name: (insert(part.table), _by_id(part.table)) for name, part in _PARTS.items()}
_DROP_CONTACT = delete(contacts).where(contacts.c.id == bindparam("row_id"))
_INSERT_PENDING = insert(pending)
_DELETE_PENDING = delete(pending).where(
    pending.c.case_id == bindparam("of_case"), pending.c.reason == bindparam("of_reason")
)


class CaseChanges:
    """What is to be written of cases: themselves, the rows that hang from them, and what they wait for now."""

    def __init__(self, now: datetime, zone: ZoneInfo, overview_index: Callable[[str], bytes]) -> None:
        """Take the moment, the zone that tells what day it is, and the blind index of an overview number."""
        self._now, self._zone, self._overview_index = now, zone, overview_index
        self._taken: list[Case] = []
        self._new_cases: list[Row] = []
        self._old_cases: list[Row] = []
        self._new_rows: dict[str, list[Row]] = {}
        self._old_rows: dict[str, list[Row]] = {}
        self._waiting: dict[str, dict[str, datetime]] = {}
        self._measurements = Measurements()

    def take(self, case: Case) -> None:
        """Remember what is to be written of a case that a verb has touched; what it waits for is worked out first."""
        self._taken.append(case)
        self._waiting[case.id] = reasons_to_wait(case, self._now, self._zone)
        # Who did not apply the rules over flags leaves that to the next look.
        unseen = not case.flags_reviewed and case.phase != "closed"
        case.look_at = self._now if unseen else next_look(case, self._now, self._zone)
        self._measurements.take(case, wall(self._now, self._zone).date(), self._zone)
        self._take_case(case)
        self._take_rows(case)

    def _take_case(self, case: Case) -> None:
        number = case.identity.number
        row = dump_case(case, self._overview_index(number) if number else None)
        if case.id in case.stored:
            self._old_cases.append(row | {"row_id": case.id, "old_version": case.version})
        else:
            self._new_cases.append(row | {"id": case.id})

    def _take_rows(self, case: Case) -> None:
        for name, things in case.touched.items():
            if name == "cases":
                continue
            for thing in things.values():
                if isinstance(thing, Event) and thing.id not in case.stored:
                    thing.noted_at = self._now
                row = _PARTS[name].dump(case, thing)
                if thing.id in case.stored:
                    del row["id"], row["case_id"]
                    self._old_rows.setdefault(name, []).append(row | {"row_id": thing.id})
                else:
                    self._new_rows.setdefault(name, []).append(row)

    async def write(self, connection: AsyncConnection) -> None:
        """Write all of it; raises StaleCaseError when somebody else was first."""
        if self._new_cases:
            await connection.execute(_INSERT_CASE, self._new_cases)
        if self._old_cases:
            await _overwrite(connection, self._old_cases)
        await self._measurements.write(connection)
        await self._write_rows(connection)
        await self._write_pending(connection)

    async def _write_rows(self, connection: AsyncConnection) -> None:
        for name, (inserting, updating) in _WRITE_PARTS.items():
            if rows := self._new_rows.get(name):
                await connection.execute(inserting, rows)
            if rows := self._old_rows.get(name):
                await connection.execute(updating, rows)
        if dropped := [{"row_id": row_id} for case in self._taken for row_id in case.dropped & case.stored]:
            await connection.execute(_DROP_CONTACT, dropped)

    async def _write_pending(self, connection: AsyncConnection) -> None:
        """Write what has changed in why the cases wait."""
        now_waiting: list[Row] = []
        no_longer: list[Row] = []
        for case in self._taken:
            before, now = case.waiting, self._waiting[case.id]
            no_longer += [{"of_case": case.id, "of_reason": r} for r, since in before.items() if now.get(r) != since]
            now_waiting += [
                {"case_id": case.id, "reason": reason, "since": since}
                for reason, since in now.items()
                if before.get(reason) != since
            ]
        if no_longer:
            await connection.execute(_DELETE_PENDING, no_longer)
        if now_waiting:
            await connection.execute(_INSERT_PENDING, now_waiting)

    def settle(self) -> None:
        """Let each case know that it is stored as it is now."""
        for case in self._taken:
            case.version += 1
            case.stored |= {case.id} | {row for things in case.touched.values() for row in things}
            case.waiting = self._waiting[case.id]
            case.touched, case.dropped, case.flags_reviewed = {}, set(), False


async def _overwrite(connection: AsyncConnection, rows: list[Row]) -> None:
    # asyncpg does not tell how many rows many updates at once have found. Looking first is as good: nobody else
    # writes during this transaction (storage/engines/database.py).
    counted = len(rows) == 1 or connection.dialect.supports_sane_multi_rowcount
    if not counted:
        stored = await connection.execute(_VERSIONS, {"ids": [row["row_id"] for row in rows]})
        if {row.id: row.version for row in stored} != {row["row_id"]: row["old_version"] for row in rows}:
            raise StaleCaseError
    written = await connection.execute(_UPDATE_CASE, rows)
    if counted and written.rowcount != len(rows):
        raise StaleCaseError
