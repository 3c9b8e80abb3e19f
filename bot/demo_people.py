"""The made-up people of the demo: two self-reporters with a letter, and the worker who helps them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import pyotp

from bot.desk import Stores
from bot.overviews.intake import OverviewIntake
from bot.overviews.reader import Overview, OverviewRow
from bot.settings import Settings
from bot.webchat.letter import Letter
from bot.webchat.world import World
from conversations.region import Region
from conversations.wording import words_for
from storage.clock import Clock, wall
from storage.database import Database
from storage.erasure import ErasureLedger
from storage.keys import open_vault
from storage.schema import cases
from storage.scope import Actor, Scope
from storage.vault import KeyRing

WORKER = "Anneke"
MUNICIPALITY = "Groningen"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the demo. `days`: until the reporting date, None without one."""

    first_name: str
    last_name: str
    birth_year: int
    days: int | None
    title: str


PEOPLE = (
    Person("Sam", "Postma", 2002, 21, "Sam, 24 — heeft een brief met een dag"),
    Person("Mila", "de Vries", 1988, None, "Mila, 38 — heeft nog geen dag"),
)


async def people_of_the_demo(settings: Settings, clock: Clock, world: World) -> None:
    """Bring the people in as a coordinator would, put a letter beside each phone, and let the worker sign in."""
    database = Database(settings.database_url)
    await database.open()
    stores = Stores.of(await open_vault(database, KeyRing.load(settings.master_key_file)))
    region = Region.load()
    erasures = ErasureLedger.beside(settings.master_key_file, stores.vault)
    now = clock.now()
    today = wall(now, settings.zone).date()
    rows = tuple(
        OverviewRow(
            row=at,
            number=f"Z2700{at}",
            first_name=person.first_name,
            last_name=person.last_name,
            birth_year=person.birth_year,
            municipality=MUNICIPALITY,
            province=region.province_of(MUNICIPALITY),
            prison="PI Veenhuizen",
            reporting_date=today + timedelta(days=person.days) if person.days else None,
            sentence_days=28,
            listed_on=today,
            known_to_care=None,
            language="nl",
        )
        for at, person in enumerate(PEOPLE, start=2)
    )
    try:
        async with database.write() as connection:
            worker = await stores.team.add(connection, "worker", MUNICIPALITY, WORKER, pyotp.random_base32())
            coordinator = await stores.team.add(connection, "coordinator", "all", "Coördinator", pyotp.random_base32())
            scope = Scope(Actor("coordinator", coordinator.id, "all"), now)
            overview = Overview(rows, (), "", frozenset(row.number for row in rows))
            await OverviewIntake(stores, region, scope, erasures).take(connection, overview, now, settings.zone)
            for person, row in zip(PEOPLE, rows, strict=True):
                index = stores.vault.blind("overview", row.number)
                found = await stores.cases.find(connection, cases.c.overview_index == index)
                case = (await stores.cases.load(connection, found))[found[0]]
                fresh = await stores.invitations.make(connection, now, now + timedelta(days=90), case_id=case.id)
                case.invite(now)
                await stores.cases.save(connection, [case], now, settings.zone)
                phone = world.phone(first_name=person.first_name, title=person.title)
                hint = f"In deze demo: geboren in {person.birth_year}."
                if row.reporting_date:
                    day = words_for("nl", settings.zone).full_date(row.reporting_date)
                    hint += f" In de brief van DJI staat: {day}."
                phone.letter = Letter(
                    title=f"Gemeente {MUNICIPALITY} 🟦",
                    lines=(
                        f"Beste {person.first_name},",
                        "Wij helpen je graag met regelen: je huis, je geld, je mensen.",
                        "Open de uitnodiging op je telefoon. Of typ de code.",
                    ),
                    link_payload=fresh.code,
                    code=fresh.short_code,
                    hint=hint,
                )
            welcome = await stores.invitations.make(connection, now, now + timedelta(days=7), staff_id=worker.id)
    finally:
        await database.close()
    world.phone(first_name=WORKER, title=f"{WORKER} — werkt bij het wijkteam").start(welcome.code)
