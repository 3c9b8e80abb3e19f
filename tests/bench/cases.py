"""The cases that Voorzorg is measured with: brought in as an overview brings them, assigned, and invited."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pyotp

from bot.cli.running import set_up
from bot.desk import Stores
from bot.overviews.intake import OverviewIntake
from bot.overviews.reader import Overview, OverviewRow
from conversations.region import Region
from storage.clock import SystemClock, wall
from storage.database import Database
from storage.erasure import ErasureLedger
from storage.keys import open_vault
from storage.schema import cases
from storage.scope import Actor, Scope
from storage.vault import KeyRing
from tests.house import settings_for

BIRTH_YEAR = 1999
MUNICIPALITY = "Groningen"


async def make_cases(folder: Path, count: int) -> list[str]:
    """Set an installation up in `folder` with `count` cases; returns the code of each invitation."""
    settings = settings_for(folder, "")
    await set_up(settings)
    database = Database(settings.database_url)
    await database.open()
    try:
        stores = Stores.of(await open_vault(database, KeyRing.load(settings.master_key_file)))
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
            await OverviewIntake(stores, region, scope, erasures).take(connection, overview, now, settings.zone)
            ids = await stores.cases.find(connection, cases.c.overview_index.is_not(None))
            made = (await stores.cases.load(connection, ids)).values()
            codes = []
            for case in made:
                fresh = await stores.invitations.make(connection, now, now + timedelta(days=90), case_id=case.id)
                case.invite(now)
                case.assign(worker.id)
                codes.append(fresh.code)
            await stores.cases.save(connection, made, now, settings.zone)
    finally:
        await database.close()
    return codes
