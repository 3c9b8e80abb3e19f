"""Missing cases: those that stood in an earlier overview and not in this one. They are marked, and they stay."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from bot.errands.imports.case_numbers import spellings
from bot.errands.imports.who_hears import told
from bot.lookups import known_cases
from bot.lookups.known_cases import CHUNK
from bot.stores import Stores
from conversations.content.region import Region
from conversations.shared.import_result import Taken
from storage.case.case import Case
from storage.engines.connection import AsyncConnection
from storage.people.loads import Loads
from storage.scope import PROVINCE, Scope


class MissingCases:
    """Marks the cases of a scope that are missing from an overview.

    Only of those whom this overview covers: the list of one municipality says nothing of the others. Closed ones
    are marked too, so that it is seen when one of them is back; nobody hears that they are gone.
    """

    def __init__(self, stores: Stores, region: Region, scope: Scope, loads: Loads, taken: Taken) -> None:
        self._stores = stores
        self._region = region
        self._scope = scope
        self._loads = loads
        self._taken = taken

    async def mark(self, connection: AsyncConnection, numbers: Iterable[str], today: date) -> None:
        """Mark who stands not among these case numbers, within what the overview covers."""
        taken = self._taken
        spelt = (other for number in numbers for other in (number, *spellings(number)))
        listed = {self._stores.vault.blind("overview", number) for number in spelt}
        covers = set(taken.covers)
        fresh = []
        for row in await known_cases.listed(connection, self._scope):
            if row.overview_index in listed:
                continue
            if covers.isdisjoint((row.municipality, PROVINCE + row.province, row.prison, "all")):
                taken.apart += row.phase != "closed" and row.missing_since is None
            elif row.missing_since is None:
                fresh.append(row.id)
            elif row.phase != "closed":
                taken.missing.append(row.ref)
        for at in range(0, len(fresh), CHUNK):
            for case in (await self._stores.cases.load(connection, fresh[at : at + CHUNK])).values():
                self._gone(case, covers, today)
        taken.missing.sort()

    def _gone(self, case: Case, covers: set[str], today: date) -> None:
        """Mark a case that is not on a list on which it could stand."""
        taken = self._taken
        place = case.listed.get("municipality", case.municipality)
        # A colleague knows that they moved; the lists have them where they lived before, and this one says nothing of
        # that place.
        if place != case.municipality and covers.isdisjoint((place, PROVINCE + self._region.province_of(place), "all")):
            taken.apart += case.phase != "closed"
            return
        case.missing_since = today
        case.touch("cases")
        taken.cases.append(case)
        if case.phase != "closed":
            taken.missing.append(case.ref)
            taken.newly_missing += 1
        if case.is_at_home and (worker := told(taken, self._loads, case)) is not None:
            worker.missing += 1
