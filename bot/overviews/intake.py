"""An overview becomes cases: new ones are made, known ones compared, missing ones kept and marked.

The letter rules, never the list: a date that an overview brings, moves or drops is a fact for nobody until it has been
confirmed from the letter (`Case.list_date`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.desk import Stores
from bot.overviews.reader import Overview, OverviewRow, Rejection
from conversations.region import Region
from storage import audit
from storage.case import Case
from storage.clock import wall
from storage.erasure import ErasureLedger
from storage.parts import Identity, identity_key, person_key
from storage.references import fresh_reference
from storage.schema import cases
from storage.scope import PROVINCE, Scope
from storage.staff import Member

_KNOWN = select(cases.c.id, cases.c.overview_index).where(
    cases.c.overview_index.in_(bindparam("indexes", expanding=True))
)
_REFS = select(cases.c.ref)
# Numbers looked up in one statement: SQLite takes 32,766 values, PostgreSQL 32,767.
CHUNK = 500


@dataclass(slots=True)
class Taken:
    """What an overview brought. `changes` says per reference which facts changed."""

    new: list[str] = field(default_factory=list)
    changes: dict[str, list[str]] = field(default_factory=dict)
    unchanged: int = 0
    missing: list[str] = field(default_factory=list)
    rejected: list[Rejection] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Return the document that `cases import --json` prints."""
        return {
            "new": len(self.new),
            "changed": len(self.changes),
            "unchanged": self.unchanged,
            "missing": len(self.missing),
            "rejected": [{"row": r.row, "reason": r.reason} for r in self.rejected],
        }


def _update(case: Case, row: OverviewRow) -> list[str]:
    """Bring the facts of an overview into a known case; returns the names of those that changed."""
    changed = []
    identity = Identity(row.first_name, row.last_name, row.birth_year, row.number)
    if case.identity != identity:
        changed.append("identity")
        case.identity = identity
    for name in ("municipality", "province", "prison", "sentence_days", "known_to_care", "language"):
        if getattr(case, name) != getattr(row, name):
            changed.append(name)
            setattr(case, name, getattr(row, name))
    if case.overview_date != row.reporting_date:
        changed.append("reporting_date")
        case.list_date(row.reporting_date)
    if changed or case.missing_since or case.listed_on != row.listed_on:
        case.missing_since, case.listed_on = None, row.listed_on
        case.touch("cases")
    return changed


class OverviewIntake:
    """Takes an overview over, for one member of staff, within what they may do."""

    def __init__(self, stores: Stores, region: Region, scope: Scope, erasures: ErasureLedger) -> None:
        self._erasures = erasures
        self._stores = stores
        self._region = region
        self._scope = scope

    async def take(self, connection: AsyncConnection, overview: Overview, now: datetime, zone: ZoneInfo) -> Taken:
        """Write what the overview brings and return it; all of it, or, when the transaction ends badly, nothing."""
        taken = Taken(rejected=list(overview.rejected))
        known = await self._known(connection, [row.number for row in overview.rows])
        await self._link(connection, overview.rows, known)
        workers = [m for m in await self._stores.team.all(connection) if m.active and m.role == "worker"]
        refs = set((await connection.execute(_REFS)).scalars())
        erased = self._erasures.hashes()
        made, keys = [], []
        for row in overview.rows:
            case = known.get(row.number)
            if not self._scope.may_in("import", row.municipality, row.province) or (
                case is not None and not self._scope.may("import", case)
            ):
                reason = f"{row.municipality} hoort niet bij jouw gebied. Stuur deze rij naar de coördinator daar."
                taken.rejected.append(Rejection(row.row, reason, row.number))
            elif case is None and self._erasures.holds(row.number, erased):
                reason = "Deze persoon heeft alles laten wissen. Haal de rij weg, of neem zelf contact op."
                taken.rejected.append(Rejection(row.row, reason, row.number))
            elif case is None:
                ref = fresh_reference(self._region.prefix(row.province), refs)
                case, key = self._new(row, ref, now, workers)
                made.append(case)
                keys.append(key)
                taken.new.append(ref)
            elif changed := _update(case, row):
                taken.changes[case.ref] = changed
            else:
                taken.unchanged += 1
        gone = await self._missing(connection, overview.numbers, wall(now, zone).date())
        taken.missing = [case.ref for case in gone]
        taken.rejected.sort(key=lambda rejection: rejection.row)
        await self._stores.cases.add(connection, keys)
        await self._stores.cases.save(connection, [*made, *known.values(), *gone], now, zone)
        entry = audit.Entry(self._scope.actor.id, "cli", "import", f"{len(overview.rows)} rows")
        await audit.write(connection, [entry], now)
        return taken

    async def _known(self, connection: AsyncConnection, numbers: list[str]) -> dict[str, Case]:
        blind = {self._stores.vault.blind("overview", number): number for number in numbers}
        found: dict[str, Case] = {}
        indexes = list(blind)
        for at in range(0, len(indexes), CHUNK):
            rows = await connection.execute(_KNOWN, {"indexes": indexes[at : at + CHUNK]})
            by_id = {row.id: blind[row.overview_index] for row in rows}
            for case in (await self._stores.cases.load(connection, by_id)).values():
                found[by_id[case.id]] = case
        return found

    async def _link(self, connection: AsyncConnection, rows: Sequence[OverviewRow], known: dict[str, Case]) -> None:
        """Find the cases of people whom a worker added by hand before a list brought them: one person is one case."""
        places = sorted({row.municipality for row in rows})
        by_hand = (cases.c.overview_index.is_(None), cases.c.phase != "closed", cases.c.municipality.in_(places))
        ids = await self._stores.cases.find(connection, self._scope.visible("import"), *by_hand)
        if not ids:
            return
        found = await self._stores.cases.load(connection, ids)
        people = {(case.municipality, *identity_key(case.identity)): case for case in found.values()}
        for row in rows:
            person = (row.municipality, *person_key(row.first_name, row.last_name, row.birth_year))
            if row.number not in known and (case := people.pop(person, None)) is not None:
                known[row.number] = case

    async def _missing(self, connection: AsyncConnection, numbers: Iterable[str], today: date) -> list[Case]:
        """Mark the cases of the scope that stood in an earlier overview and not in this one. They stay."""
        listed = set(numbers)
        open_cases = await self._stores.cases.find(
            connection, self._scope.visible("import"), cases.c.overview_index.is_not(None), cases.c.phase != "closed"
        )
        gone: list[Case] = []
        for at in range(0, len(open_cases), CHUNK):
            for case in (await self._stores.cases.load(connection, open_cases[at : at + CHUNK])).values():
                if case.identity.number not in listed:
                    if case.missing_since is None:
                        case.missing_since = today
                        case.touch("cases")
                    gone.append(case)
        return gone

    def _new(self, row: OverviewRow, ref: str, now: datetime, workers: list[Member]) -> tuple[Case, Any]:
        identity = Identity(row.first_name, row.last_name, row.birth_year, row.number)
        case, key = self._stores.cases.new(
            identity,
            ref=ref,
            municipality=row.municipality,
            province=row.province,
            prison=row.prison,
            sentence_days=row.sentence_days,
            known_to_care=row.known_to_care,
            listed_on=row.listed_on,
            language=row.language,
            added_at=now,
        )
        case.list_date(row.reporting_date)
        case.assign(only_worker(workers, row.municipality, row.province))
        return case, key


def only_worker(workers: list[Member], municipality: str, province: str) -> str | None:
    """Return the one worker of a municipality, else of its province, else of the region; None without one.

    With several, a human decides who takes the case: None too.
    """
    for area in (municipality, PROVINCE + province, "all"):
        there = [m.id for m in workers if m.area == area]
        if there:
            return there[0] if len(there) == 1 else None
    return None
