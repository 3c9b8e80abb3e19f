"""The made-up people of the demo: two self-reporters with a letter, two workers with their cases, a coordinator."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pyotp

from bot.demo.cases import STORIES, Moment, Story
from bot.demo.year import a_year
from bot.errands.imports.overview_import import OverviewImport
from bot.errands.overviews.reader import Overview
from bot.errands.overviews.row import OverviewRow
from bot.lookups import known_cases
from bot.settings import Settings
from bot.stores import Stores
from bot.webchat.letter import Letter
from bot.webchat.world import World
from conversations.content.region import Region
from conversations.words.wording import words_for
from storage.clock import Clock, wall
from storage.engines.database import Database
from storage.keys.erasure import ErasureLedger
from storage.keys.vault import KeyRing
from storage.keys.wrapped_keys import open_vault
from storage.people.invitations import FreshCode
from storage.scope import Actor, Scope

WORKERS = ("Anneke", "Bram")
COORDINATOR = "Coby"
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


def _row(at: int, person: Person | Story, region: Region, today: date) -> OverviewRow:
    """Return somebody as a list would bring them."""
    return OverviewRow(
        row=at,
        number=f"Z{27_000 + at}",
        first_name=person.first_name,
        last_name=person.last_name,
        birth_year=person.birth_year,
        municipality=MUNICIPALITY,
        province=region.province_of(MUNICIPALITY),
        prison="PI Veenhuizen",
        reporting_date=today + timedelta(days=person.days) if person.days is not None else None,
        sentence_days=28,
        listed_on=today,
        known_to_care=None,
        language="nl",
    )


def _letter(person: Person, row: OverviewRow, fresh: FreshCode, settings: Settings) -> Letter:
    hint = f"In deze demo: geboren in {person.birth_year}."
    if row.reporting_date:
        day = words_for("nl", settings.zone).full_date(row.reporting_date)
        hint += f" In de brief van DJI staat: {day}, 9 uur."
    return Letter(
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


async def people_of_the_demo(settings: Settings, clock: Clock, world: World) -> None:
    """Bring the people in as a coordinator would, put a letter beside each phone, and let the workers sign in."""
    database = Database(settings.database_url)
    await database.open()
    stores = Stores.of(await open_vault(database, KeyRing.load(settings.master_key_file)))
    region = Region.load()
    erasures = ErasureLedger.beside(settings.master_key_file, stores.vault)
    now = clock.now()
    at = Moment(now, wall(now, settings.zone).date(), settings.zone)
    everybody: tuple[Person | Story, ...] = (*PEOPLE, *STORIES)
    rows = {person: _row(number, person, region, at.today) for number, person in enumerate(everybody, start=2)}
    try:
        async with database.write() as connection:
            workers = [
                await stores.team.add(connection, "worker", MUNICIPALITY, name, pyotp.random_base32())
                for name in WORKERS
            ]
            coordinator = await stores.team.add(connection, "coordinator", "all", COORDINATOR, pyotp.random_base32())
            scope = Scope(Actor("coordinator", coordinator.id, "all"), now)
            overview = Overview(tuple(rows.values()), (), "", frozenset(row.number for row in rows.values()))
            await OverviewImport(stores, region, scope, erasures).take(connection, overview, now, settings.zone)
            for person, row in rows.items():
                index = stores.vault.blind("overview", row.number)
                found = list(await known_cases.with_numbers(connection, [index]))
                case = (await stores.cases.load(connection, found))[found[0]]
                if isinstance(person, Story):
                    case.helpers.assign(workers[person.worker].id if person.worker is not None else None)
                    person.told(case, at)
                else:
                    case.helpers.assign(workers[0].id)
                    fresh = await stores.invitations.make(connection, now, now + timedelta(days=90), case_id=case.id)
                    case.reach.invited(now)
                    phone = world.phone(first_name=person.first_name, title=person.title)
                    phone.letter = _letter(person, row, fresh, settings)
                await stores.cases.save(connection, [case], now, settings.zone)
            days = now + timedelta(days=7)
            team = [*workers, coordinator]
            welcome = [await stores.invitations.make(connection, now, days, staff_id=member.id) for member in team]
            taken = await known_cases.references(connection)
            await a_year(connection, stores, at, region, taken, coordinator)
    finally:
        await database.close()
    titles = [*((name, "werkt bij het wijkteam") for name in WORKERS), (COORDINATOR, "coördinator van de regio")]
    for (name, work), fresh in zip(titles, welcome, strict=True):
        world.phone(first_name=name, title=f"{name} — {work}").start(fresh.code)
