"""The team: who works here, in which role and area. Names and sign-in secrets are sealed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import partial
from typing import Any

from sqlalchemy import bindparam, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.case.case_parts import new_id
from storage.engines.plain_json import dumps, loads
from storage.keys.vault import KeyRing, Subject
from storage.keys.wrapped_keys import keep_keys
from storage.schema import staff, subject_keys

ROLES = ("worker", "coordinator", "casemanager", "supporter", "administrator")

_PLAIN = (
    *("role", "area", "joined_at", "ended_at", "session_until"),
    *("working_days", "digest_at", "digest_on", "report_on"),
)
_WITH_KEY = select(staff, subject_keys.c.master, subject_keys.c.wrapped).join(
    subject_keys, subject_keys.c.subject == staff.c.id
)
_ALL = _WITH_KEY.order_by(staff.c.id)
_BY_ID = _WITH_KEY.where(staff.c.id.in_(bindparam("ids", expanding=True)))
_INSERT = insert(staff)
_UPDATE = (
    update(staff)
    .where(staff.c.id == bindparam("row_id"))
    .values({name: bindparam(name) for name in (*_PLAIN, "identity")})
)


_NOTE_DIGEST = update(staff).where(staff.c.id == bindparam("row_id")).values(digest_on=bindparam("day"))
_WITHOUT_DIGEST = (
    select(staff.c.id, staff.c.working_days)
    .where(
        staff.c.role.in_(("worker", "coordinator")),
        staff.c.ended_at.is_(None),
        staff.c.joined_at.is_not(None),
        staff.c.digest_at <= bindparam("at"),
        or_(staff.c.digest_on.is_(None), staff.c.digest_on < bindparam("day")),
    )
    .order_by(staff.c.id)
)

_NOTE_REPORT = update(staff).where(staff.c.id == bindparam("row_id")).values(report_on=bindparam("month"))
# Who came during the month has had no part in the one before.
_WITHOUT_REPORT = (
    select(staff.c.id)
    .where(
        staff.c.role == "coordinator",
        staff.c.ended_at.is_(None),
        staff.c.joined_at < bindparam("began"),
        or_(staff.c.report_on.is_(None), staff.c.report_on < bindparam("month")),
    )
    .order_by(staff.c.id)
)


@dataclass(slots=True, repr=False)
class Member:
    """A member of the team. `last_code` is the time step of the last sign-in code used, so that none works twice."""

    id: str
    role: str
    area: str
    name: str
    subject: Subject
    totp_secret: str
    last_code: int | None = None
    joined_at: datetime | None = None
    ended_at: datetime | None = None
    session_until: datetime | None = None
    working_days: str = "1111100"
    digest_at: time = time(8, 45)
    digest_on: date | None = None
    report_on: date | None = None

    def works_on(self, day: date) -> bool:
        """Tell whether this is one of their own working days."""
        return self.working_days[day.weekday()] == "1"

    @property
    def active(self) -> bool:
        """Whether access has not ended."""
        return self.ended_at is None


class Team:
    """All members of staff."""

    def __init__(self, ring: KeyRing) -> None:
        self._ring = ring

    def _open(self, row: Any) -> Member:
        subject = self._ring.unwrap(row.id, row.master, row.wrapped)
        identity = loads(subject.open("staff", "identity", row.id, row.identity))
        return Member(id=row.id, subject=subject, **identity, **{name: getattr(row, name) for name in _PLAIN})

    @staticmethod
    def _row(member: Member) -> dict[str, Any]:
        identity = {"name": member.name, "totp_secret": member.totp_secret, "last_code": member.last_code}
        row: dict[str, Any] = {name: getattr(member, name) for name in _PLAIN}
        row["identity"] = member.subject.seal("staff", "identity", member.id, dumps(identity))
        return row

    async def add(self, connection: AsyncConnection, role: str, area: str, name: str, totp_secret: str) -> Member:
        """Keep and return a new member."""
        subject, key = self._ring.new_subject(new_id())
        member = Member(subject.id, role, area, name, subject, totp_secret)
        await keep_keys(connection, [key])
        await connection.execute(_INSERT, [self._row(member) | {"id": member.id}])
        return member

    async def save(self, connection: AsyncConnection, members: Iterable[Member]) -> None:
        """Write members back."""
        if rows := [self._row(m) | {"row_id": m.id} for m in members]:
            await connection.execute(_UPDATE, rows)

    async def load(self, connection: AsyncConnection, ids: Iterable[str]) -> dict[str, Member]:
        """Return the members with these ids."""
        wanted = list(ids)
        if not wanted:
            return {}
        return {member.id: member for member in self._readable(await connection.execute(_BY_ID, {"ids": wanted}))}

    def _readable(self, rows: Iterable[Any]) -> Iterator[Member]:
        """Open members, without those that are damaged: the others' work goes on."""
        for row in rows:
            member = self._ring.damage.opened("staff", row.id, partial(self._open, row))
            if member is not None:
                yield member

    async def all(self, connection: AsyncConnection) -> list[Member]:
        """Return everybody in the order in which they came, also those whose access has ended.

        A team is small: names are opened in memory.
        """
        return list(self._readable(await connection.execute(_ALL)))

    async def named(self, connection: AsyncConnection, name: str) -> Member | None:
        """Return the active member of this name, however it is capitalised."""
        wanted = name.casefold().strip()
        return next((m for m in await self.all(connection) if m.active and m.name.casefold() == wanted), None)

    async def note_digest(self, connection: AsyncConnection, ids: Iterable[str], day: date) -> None:
        """Keep that these members have had their list of a day."""
        if rows := [{"row_id": member_id, "day": day} for member_id in ids]:
            await connection.execute(_NOTE_DIGEST, rows)

    async def without_digest(self, connection: AsyncConnection, day: date, at: time) -> list[str]:
        """Return the ids of the members whose list of this day is due, and has not come."""
        rows = await connection.execute(_WITHOUT_DIGEST, {"day": day, "at": at})
        return [row.id for row in rows if row.working_days[day.weekday()] == "1"]

    async def note_report(self, connection: AsyncConnection, ids: Iterable[str], month: date) -> None:
        """Keep that these coordinators were told of the report of a month."""
        if rows := [{"row_id": member_id, "month": month} for member_id in ids]:
            await connection.execute(_NOTE_REPORT, rows)

    async def without_report(self, connection: AsyncConnection, month: date, ended: datetime) -> list[str]:
        """Return the ids of the coordinators who were here when a month `ended`, and were not told of its report."""
        return list((await connection.execute(_WITHOUT_REPORT, {"month": month, "began": ended})).scalars())

    async def covering(self, connection: AsyncConnection, role: str, *areas: str | None) -> list[Member]:
        """Return the active members of a role whose area is one of these, or all."""
        return [m for m in await self.all(connection) if m.active and m.role == role and m.area in (*areas, "all")]
