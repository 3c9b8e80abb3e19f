"""A region with very many cases: forty of one worker, made as the program makes them, and all others as copies of them.

A copy has its own reference, place, days and reasons to wait; what is sealed in it is never opened.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pyotp
from sqlalchemy import Table, insert, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.stores import Stores
from conversations.content.region import Region
from storage import schema
from storage.case.case import Case
from storage.case.case_parts import Identity, new_id
from storage.case.references import fresh_reference
from storage.case.waiting import REASONS
from storage.engines.database import Database
from storage.people.staff import Member

# Cases of one worker (issue: a worker of a neighbourhood team has forty people), and rows written at once.
FORTY, CHUNK = 40, 5_000
MUNICIPALITY, PROVINCE, PREFIX = "Groningen", "Groningen", "GR"
NAMES = ("Kloosterboer", "Postma", "de Vries", "el Amrani", "Hoekstra", "Bakker", "Yılmaz", "Smit")
# What hangs from each case, beside why it waits.
_PARTS = (schema.actions, schema.flags, schema.contacts, schema.messages)


def _lively(case: Case, at: int, now: datetime, zone: ZoneInfo) -> None:
    """Let a case look like one of an ordinary week."""
    today = now.astimezone(zone).date()
    case.reach.invited(now - timedelta(days=at))
    case.reach.joined(now - timedelta(days=at))
    case.person.answer("wish", "money", now)
    if at % 3:
        case.course.confirm_date(today + timedelta(days=at * 2), "self")
    for number in range(2):
        due = today + timedelta(days=(at + number) % 20 - 2)
        case.plan.agree(
            case.plan.propose("housing", ("self", "worker")[number], "before", "Bel de huisbaas", due, None)
        )
    case.signals.raise_flag(
        "eviction", "housing", ("high", "urgent")[at % 8 == 0], "Has a letter to leave the home.", now
    )
    case.reach.contacted("letter", "out", now - timedelta(days=at))
    if at % 5 == 0:
        case.thread.write("self_reporter", "Wanneer bel je?", now)


async def make_many(
    database: Database, stores: Stores, region: Region, count: int, now: datetime, zone: ZoneInfo
) -> tuple[Member, list[str]]:
    """Make `count` cases; returns the worker and the references of their forty."""
    async with database.write() as connection:
        worker = await stores.team.add(connection, "worker", MUNICIPALITY, "Anneke", pyotp.random_base32())
        others = [
            await stores.team.add(connection, "worker", name, f"Collega {number}", pyotp.random_base32())
            for number, name in enumerate(islice(region.municipalities, 24))
        ]
        taken: set[str] = set()
        made, keys = [], []
        for at in range(min(FORTY, count)):
            facts = {"municipality": MUNICIPALITY, "province": PROVINCE, "prison": "PI Veenhuizen", "added_at": now}
            ref = fresh_reference(PREFIX, taken)
            who = Identity("Samira", NAMES[at % len(NAMES)], 1999, f"Z{at}")
            case, key = stores.cases.new(who, ref=ref, **facts)
            case.helpers.assign(worker.id)
            _lively(case, at, now, zone)
            made.append(case)
            keys.append(key)
        await stores.cases.add(connection, keys)
        await stores.cases.save(connection, made, now, zone)
    copies = _Copies(region, [member.id for member in others], now, taken)
    await copies.read(database, made[0].id)
    for at in range(len(made), count, CHUNK):
        async with database.write() as connection:
            await copies.write(connection, min(CHUNK, count - at))
    async with database.write() as connection:
        await connection.execute(text("ANALYZE"))  # PostgreSQL does so by itself in the minutes after
    return worker, [case.ref for case in made]


class _Copies:
    """Rows of one case, over and over under other names."""

    def __init__(self, region: Region, workers: list[str], now: datetime, taken: set[str]) -> None:
        self._places = [(m.name, p.name, p.prefix) for p in region.provinces for m in p.municipalities]
        self._workers, self._now, self._taken = workers, now, taken
        self._draw = Random(1)
        self._rows: dict[Table, dict[str, Any]] = {}

    async def read(self, database: Database, case_id: str) -> None:
        """Take a case as it is stored."""
        async with database.read() as connection:
            for table in (schema.cases, schema.subject_keys, *_PARTS):
                key = {"cases": "id", "subject_key": "subject"}.get(table.name, "case_id")
                found = (await connection.execute(select(table).where(table.c[key] == case_id))).mappings().first()
                assert found is not None, table.name
                self._rows[table] = dict(found)

    def _case(self, case_id: str) -> dict[str, Any]:
        draw = self._draw
        name, province, prefix = draw.choice(self._places)
        today = self._now.date()
        return self._rows[schema.cases] | {
            "id": case_id,
            "ref": fresh_reference(prefix, self._taken),
            "municipality": name,
            "province": province,
            # One in twenty has nobody yet.
            "worker": draw.choice(self._workers) if draw.random() > 0.05 else None,
            "reporting_date": today + timedelta(days=draw.randrange(200)) if draw.random() > 0.5 else None,
            "overview_index": None,
            "look_at": self._now + timedelta(days=draw.randrange(1, 300)),
            "attend_by": None,
        }

    def _reasons(self, case_id: str) -> Iterator[dict[str, Any]]:
        for reason in self._draw.sample(REASONS, self._draw.randrange(3)):
            yield {"case_id": case_id, "reason": reason, "since": self._now - timedelta(days=self._draw.randrange(60))}

    async def write(self, connection: AsyncConnection, count: int) -> None:
        """Write so many."""
        ids = [new_id() for _ in range(count)]
        keys = [self._rows[schema.subject_keys] | {"subject": case_id} for case_id in ids]
        await connection.execute(insert(schema.subject_keys), keys)
        await connection.execute(insert(schema.cases), [self._case(case_id) for case_id in ids])
        for table in _PARTS:
            rows = [self._rows[table] | {"id": new_id(), "case_id": case_id} for case_id in ids]
            await connection.execute(insert(table), rows)
        if reasons := [row for case_id in ids for row in self._reasons(case_id)]:
            await connection.execute(insert(schema.pending), reasons)
