"""An import: new cases are made of an overview, known ones compared, missing ones kept and marked.

`weigh` works out what would happen and writes nothing; `keep` writes exactly that. The letter rules, never the list: a
date that an overview brings, moves or drops is a fact for nobody until it has been confirmed from the letter
(`Course.list_date`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.errands.imports.cases_of_rows import CasesOfRows, Progress
from bot.errands.imports.missing_cases import MissingCases
from bot.errands.imports.refusals import Refusals
from bot.errands.imports.weighing import Weighing
from bot.errands.overviews.reader import Overview
from bot.lookups import known_cases
from bot.stores import Stores
from conversations.content.dispatch import Dispatch
from conversations.content.region import Region
from conversations.shared.import_result import Place, Refused, Taken
from storage import audit
from storage.clock import wall
from storage.engines.connection import AsyncConnection
from storage.keys.erasure import ErasureLedger
from storage.people.loads import Loads
from storage.scope import Scope


class OverviewImport:
    """Takes an overview over, for one member of staff, within what they may do."""

    def __init__(
        self,
        stores: Stores,
        region: Region,
        scope: Scope,
        erasures: ErasureLedger,
        dispatch: Dispatch | None = None,
    ) -> None:
        self._erasures = erasures
        self._stores = stores
        self._region = region
        self._scope = scope
        self._dispatch = dispatch or Dispatch()

    async def take(self, connection: AsyncConnection, overview: Overview, now: datetime, zone: ZoneInfo) -> Taken:
        """Write what the overview brings and return it; all of it, or, when the transaction ends badly, nothing."""
        taken = await self.weigh(connection, overview, now, zone)
        await self.keep(connection, taken, now, zone)
        return taken

    async def keep(self, connection: AsyncConnection, taken: Taken, now: datetime, zone: ZoneInfo) -> None:
        """Write what was weighed; raises StaleCaseError when somebody changed one of the cases since."""
        await self._stores.cases.add(connection, taken.keys)
        await self._stores.cases.save(connection, taken.cases, now, zone)
        await audit.write(connection, trail(taken, self._scope.actor.id, "cli"), now)

    async def weigh(
        self,
        connection: AsyncConnection,
        overview: Overview,
        now: datetime,
        zone: ZoneInfo,
        names: bool = True,
        progress: Progress | None = None,
        same: Collection[str] = (),
        covers: Collection[str] = (),
    ) -> Taken:
        """Work out what an overview brings, on cases in memory; without `names` no new name is taken.

        `same`: references of the cases of which somebody has said that the row is about that person, although surname
        or year of birth differ. `covers`: the areas of which the overview is the whole list; else only who lives in a
        municipality that it names can be missing from it.
        """
        taken = _as_read(overview)
        today = wall(now, zone).date()
        found = CasesOfRows(self._stores, self._scope)
        await found.find(connection, overview.rows, progress)
        team = [m for m in await self._stores.team.all(connection) if m.active]
        loads = await Loads.of(connection, team, today)
        refs = await known_cases.references(connection)
        refusals = Refusals(self._scope, self._erasures, same)
        weighing = Weighing(
            *(self._stores, self._region, self._dispatch, refusals, found, loads, refs, now, zone, taken)
        )
        for row in overview.rows:
            weighing.weigh(row, names)
        if not overview.part:
            taken.covers = sorted(covers or overview.places)
            missing = MissingCases(self._stores, self._region, self._scope, loads, taken)
            await missing.mark(connection, overview.numbers, today)
        taken.rejected.sort(key=lambda rejection: rejection.row)
        return taken


def _as_read(overview: Overview) -> Taken:
    """Return what stands in a file that no case is needed for: refused rows, and places that were misspelt."""
    taken = Taken(rejected=[Refused(r.row, r.reason) for r in overview.rejected], rows=len(overview.rows))
    taken.beyond = [r.row for r in overview.rejected if r.elsewhere]
    counted = Counter(offer for rejection in overview.rejected for offer in rejection.offers)
    taken.places = [Place(offer.said, offer.name, counted[offer]) for offer in overview.offers()]
    return taken


def trail(taken: Taken, actor: str, origin: str) -> list[audit.Entry]:
    """Return what is written down of an import: how much, and whether rows of another area were refused."""
    entries = [audit.Entry(actor, origin, "import", f"{taken.rows} rows")]
    if taken.outside:
        entries.append(audit.Entry(actor, origin, "import", f"{taken.outside} rows outside", "denied"))
    return entries
