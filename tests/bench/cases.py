"""The cases that Voorzorg is measured with: brought in as an overview brings them, assigned, invited, and reminded."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

import pyotp
from sqlalchemy import select, update

from bot.cli.running import set_up
from bot.errands.imports.overview_import import OverviewImport
from bot.errands.overviews.reader import Overview
from bot.errands.overviews.row import OverviewRow
from bot.settings import Settings
from bot.stores import Stores
from conversations.content.region import Region
from storage.clock import SystemClock, wall
from storage.engines.database import Database
from storage.keys.erasure import ErasureLedger
from storage.keys.vault import KeyRing
from storage.keys.wrapped_keys import open_vault
from storage.schema import cases, chats, due
from storage.scope import Actor, Scope

BIRTH_YEAR = 1999
MUNICIPALITY = "Groningen"
# The kind of reminder that belongs to the day of an action.
REMINDED = "action_day"


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[tuple[Database, Stores]]:
    """Open what is kept, as a command does."""
    database = Database(settings.database_url)
    await database.open()
    try:
        yield database, Stores.of(await open_vault(database, KeyRing.load(settings.master_key_file)))
    finally:
        await database.close()


async def make_cases(settings: Settings, count: int) -> list[str]:
    """Set an installation up with `count` cases; returns the code of each invitation."""
    await set_up(settings)
    async with opened(settings) as (database, stores):
        region, now = Region.load(), SystemClock().now()
        today = wall(now, settings.zone).date()
        rows = tuple(
            OverviewRow(
                row=number,
                number=f"Z{number}",
                first_name="Samira",
                last_name="Kloosterboer",
                birth_year=BIRTH_YEAR,
                municipality=MUNICIPALITY,
                province=region.province_of(MUNICIPALITY),
                prison="PI Veenhuizen",
                reporting_date=today + timedelta(days=40),
                sentence_days=28,
                listed_on=today,
                known_to_care=None,
                language="nl",
            )
            for number in range(27_000, 27_000 + count)
        )
        async with database.write() as connection:
            worker = await stores.team.add(connection, "worker", MUNICIPALITY, "Anneke", pyotp.random_base32())
            overview = Overview(rows, (), "", frozenset(row.number for row in rows))
            scope = Scope(Actor("coordinator", "", "all"), now)
            erasures = ErasureLedger.beside(settings.master_key_file, stores.vault)
            await OverviewImport(stores, region, scope, erasures).take(connection, overview, now, settings.zone)
            ids = await stores.cases.find(connection, cases.c.overview_index.is_not(None))
            made = (await stores.cases.load(connection, ids)).values()
            codes = []
            for case in made:
                fresh = await stores.invitations.make(connection, now, now + timedelta(days=90), case_id=case.id)
                case.reach.invited(now)
                case.helpers.assign(worker.id)
                codes.append(fresh.code)
            await stores.cases.save(connection, made, now, settings.zone)
    return codes


async def remind_all(settings: Settings, moment: datetime) -> int:
    """Let everybody have agreed to do something today of which they are reminded at `moment`; returns how many."""
    local = wall(moment, settings.zone)
    async with opened(settings) as (database, stores), database.write() as connection:
        ids = await stores.cases.find(connection, cases.c.joined_at.is_not(None))
        made = (await stores.cases.load(connection, ids)).values()
        for case in made:
            action = case.plan.propose("identity", "self", "before", "De gemeente bellen", local.date(), None)
            case.plan.agree(action)
            case.schedule.remind(REMINDED, local.date(), local.time(), settings.zone, action)
        await stores.cases.save(connection, made, SystemClock().now(), settings.zone)
        # They have put their phones away: a reminder breaks into nothing.
        await connection.execute(update(chats).values(last_seen=SystemClock().now() - timedelta(hours=1)))
    return len(ids)


async def ledger(settings: Settings) -> Counter[str]:
    """Return how many of those reminders ended in each state."""
    async with opened(settings) as (database, _), database.read() as connection:
        return Counter((await connection.execute(select(due.c.state).where(due.c.kind == REMINDED))).scalars())
