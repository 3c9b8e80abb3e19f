"""Overviews that wait for a yes, as a turn looks them up: found, weighed, and what an import still sends."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errands.imports.overview_import import OverviewImport
from bot.errands.imports.refusals import ERASED
from bot.errands.overviews.packing import unpacked
from bot.stores import Stores
from conversations.content.dispatch import Dispatch
from conversations.content.region import Region
from conversations.shared.import_result import Refused, Taken, message_prefix
from storage.keys.vault import VaultError
from storage.people.staff import Member
from storage.queues import drafts
from storage.queues.drafts import Draft
from storage.queues.outbox import Outbox
from storage.scope import PROVINCE, Scope


class Drafted:
    """The drafts of one turn; a dry run is worked out once for each state of a draft."""

    def __init__(self, stores: Stores, connection: AsyncConnection, now: datetime, region: Region) -> None:
        self._stores = stores
        self._connection = connection
        self._now = now
        self._region = region
        self._fresh: dict[str, Draft] = {}
        self._weighed: dict[tuple[str, bool, int, int, bool], Taken] = {}

    def new(self, member: Member, content: dict[str, Any]) -> Draft:
        """Return a draft that is kept with this turn."""
        draft = drafts.new_draft(member, content, self._now)
        self._fresh[draft.id] = draft
        return draft

    async def find(self, member: Member, draft_id: str) -> Draft | None:
        """Return a member's own draft, unless its time is over."""
        if draft_id not in self._fresh:
            try:
                found = await drafts.find(self._connection, member, draft_id, self._now)
            except VaultError:
                self._stores.vault.ring.damage.meet("overview_draft", draft_id)
                return None  # it is sent once more, as one whose time is over
            if found is None:
                return None
            self._fresh[draft_id] = found
        return self._fresh[draft_id]

    async def weigh(self, scope: Scope, draft: Draft, dispatch: Dispatch, zone: ZoneInfo) -> Taken:
        """Return what a draft would change now, with all that was chosen: places, names, who is the same, how far."""
        said = draft.content
        same, whole = said.get("same", []), said.get("whole", False)
        state = draft.id, said["names"], len(said["accepted"]), len(same), whole
        if state not in self._weighed:
            assert self._stores.erasures is not None
            overview = unpacked(said["overview"])
            overview = overview.accepting(o for o in overview.offers() if [o.said, o.name] in said["accepted"])
            overview_import = OverviewImport(self._stores, self._region, scope, self._stores.erasures, dispatch)
            covers = {PROVINCE + self._region.province_of(place) for place in overview.places if whole}
            taken = await overview_import.weigh(
                self._connection, overview, self._now, zone, names=said["names"], same=same, covers=covers
            )
            # Whoever had everything erased since the file was read: their rows are taken out of it already.
            for row, municipality, province in said.get("erased", ()):
                if scope.may_in("import", municipality, province):
                    taken.rejected.append(Refused(row, ERASED))
                    taken.erased.append(row)
            self._weighed[state] = taken
        return self._weighed[state]

    async def leaving(self, member_id: str) -> tuple[int, datetime] | None:
        """Return how many messages of somebody's imports have not left yet, and when the first one does."""
        return await Outbox(self._stores.vault).waiting_under(self._connection, message_prefix(member_id))
