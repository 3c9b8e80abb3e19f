"""The cases of an overview's rows: known by their number, by one with other zeros, or added by hand before any list."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.errands.imports.case_numbers import spellings
from bot.errands.overviews.row import OverviewRow
from bot.lookups import known_cases
from bot.lookups.known_cases import CHUNK
from bot.stores import Stores
from storage.case.case import Case
from storage.engines.connection import AsyncConnection
from storage.people.names import identity_key, likeness, person_key
from storage.scope import Scope

Progress = Callable[[int, int], None]


class CasesOfRows:
    """The cases that rows are about, by the number of the row; `damaged`: numbers of those that open no more."""

    def __init__(self, stores: Stores, scope: Scope) -> None:
        self._stores = stores
        self._scope = scope
        self.known: dict[str, Case] = {}
        self.damaged: set[str] = set()

    async def find(
        self, connection: AsyncConnection, rows: Sequence[OverviewRow], progress: Progress | None = None
    ) -> None:
        """Find the case of each row that has one."""
        self.known = await self._numbered(connection, [row.number for row in rows], progress)
        await self._with_other_zeros(connection, rows)
        await self._link(connection, rows)

    async def _numbered(
        self, connection: AsyncConnection, numbers: list[str], progress: Progress | None
    ) -> dict[str, Case]:
        blind = {self._stores.vault.blind("overview", number): number for number in numbers}
        found: dict[str, Case] = {}
        indexes = list(blind)
        for at in range(0, len(indexes), CHUNK):
            if progress:
                progress(at, len(indexes))
            numbered = await known_cases.with_numbers(connection, indexes[at : at + CHUNK])
            by_id = {case_id: blind[index] for case_id, index in numbered.items()}
            loaded = await self._stores.cases.load(connection, by_id)
            for case in loaded.values():
                found[by_id[case.id]] = case
            self.damaged |= {number for case_id, number in by_id.items() if case_id not in loaded}
        return found

    async def _with_other_zeros(self, connection: AsyncConnection, rows: Sequence[OverviewRow]) -> None:
        """Find the cases whose number has other zeros in front, where the row is about the same person."""
        unknown = {other: row for row in rows if row.number not in self.known for other in spellings(row.number)}
        taken = {case.id for case in self.known.values()}
        for number, case in (await self._numbered(connection, list(unknown), None)).items():
            row, who = unknown[number], case.identity
            if case.id not in taken and likeness(who, row.first_name, row.last_name, row.birth_year) == "same":
                self.known[row.number] = case
                taken.add(case.id)

    async def _link(self, connection: AsyncConnection, rows: Sequence[OverviewRow]) -> None:
        """Find the cases of people whom a worker added by hand before a list brought them: one person is one case."""
        places = sorted({row.municipality for row in rows})
        ids = await known_cases.added_by_hand(connection, self._stores.cases, self._scope, places)
        if not ids:
            return
        found = await self._stores.cases.load(connection, ids)
        people = {(case.municipality, *identity_key(case.identity)): case for case in found.values()}
        for row in rows:
            person = (row.municipality, *person_key(row.first_name, row.last_name, row.birth_year))
            if row.number not in self.known and (case := people.pop(person, None)) is not None:
                self.known[row.number] = case
