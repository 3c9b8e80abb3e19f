"""Coordination, looked up within the area of who acts (conversations.shared.coordination.CoordinationReads)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta

from rapidfuzz import fuzz
from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.lookups.lists import named
from bot.stores import Stores
from conversations.content.content import Content
from conversations.rules.ranks import within
from conversations.shared.coordination import Decided, Stuck, Topic, Tried
from conversations.words.places import fold
from storage.clock import instant, wall
from storage.coordination import meetings
from storage.coordination.bottlenecks import Bottleneck
from storage.coordination.inquiries import Inquiry
from storage.coordination.meetings import Meeting
from storage.people.staff import Member
from storage.queues.pressing import Waiting, page
from storage.schema import actions, bottlenecks, cases, efforts, flags, inquiries, measures, pending, resolutions
from storage.scope import NotYoursError, Scope

# A case is stuck that waits for one thing for so long; the norms for messages and urgent risks are shorter.
STUCK = timedelta(days=14)
# Days before the reporting date on which a meeting talks about a case.
NEAR = timedelta(days=14)
# Cases on an agenda, and lines of a list, at most.
MOST = 200
# How alike a word must be to one that is searched, of 100, and letters of a word that says too little to search for.
ALIKE, LITTLE = 80, 3
# The part of the words searched that an answer must have.
HALF = 0.5

_OPEN = cases.c.phase != "closed"


def _likeness(wanted: str, text: str) -> float:
    """Return which part of the words looked for stand in a text: also within a longer word, and misspelt."""
    there = set(fold(text).split())
    words = [word for word in fold(wanted).split() if len(word) > LITTLE] or fold(wanted).split()
    hits = sum(any(word in other or fuzz.ratio(word, other) >= ALIKE for other in there) for word in words)
    return hits / len(words) if words else 0.0


class CoordinationLookups:
    """The lookups of one turn; `hold` keeps a thing for it."""

    def __init__(
        self,
        stores: Stores,
        connection: AsyncConnection,
        now: datetime,
        content: Content,
        scope: Scope,
        hold: Callable[[str], None],
    ) -> None:
        self._stores = stores
        self._connection = connection
        self._now = now
        self._content = content
        self._scope = scope
        self._hold = hold

    def _mine(self, area: str) -> bool:
        """Tell whether who acts looks after a place."""
        return self._scope.may_anywhere("meet") and within(self._scope.actor.area, area, self._content.region)

    async def bottlenecks(self) -> list[Bottleneck]:
        """Return what stands in the way in the area and what would help, the oldest first."""
        found = await self._stores.bottlenecks.find(self._connection)
        return [one for one in found if self._mine(one.municipality)]

    async def bottleneck(self, bottleneck_id: str) -> Bottleneck:
        """Return one of them, held for this turn; raises NotYoursError."""
        found = await self._stores.bottlenecks.find(self._connection, bottlenecks.c.id == bottleneck_id)
        if not found or not self._mine(found[0].municipality):
            raise NotYoursError
        self._hold(bottleneck_id)
        return found[0]

    async def told(self, bottleneck_id: str) -> Bottleneck:
        """Return what one told oneself; raises NotYoursError."""
        own = (bottlenecks.c.id == bottleneck_id, bottlenecks.c.by == self._scope.actor.id)
        found = await self._stores.bottlenecks.find(self._connection, *own)
        if not found:
            raise NotYoursError
        return found[0]

    async def answerers(self, area: str) -> list[Member]:
        """Return the coordinators of a place."""
        region = self._content.region
        everybody = await self._stores.team.all(self._connection)
        return [m for m in everybody if m.active and m.role == "coordinator" and within(m.area, area, region)]

    async def open_inquiries(self) -> list[Inquiry]:
        """Return the questions that wait for an answer of who acts."""
        found = await self._stores.inquiries.find(self._connection, inquiries.c.status == "open")
        return [one for one in found if self._mine(one.area)]

    def _finds(self, one: Inquiry) -> bool:
        actor = self._scope.actor
        found_in = one.found_in if one.status == "answered" else None
        return found_in is not None and within(found_in, actor.area, self._content.region)

    async def inquiry(self, inquiry_id: str) -> Inquiry:
        """Return a question that is one's own, to be answered or to be found, held for this turn; or NotYoursError."""
        found = await self._stores.inquiries.find(self._connection, inquiries.c.id == inquiry_id)
        if not found:
            raise NotYoursError
        one = found[0]
        if not (one.by == self._scope.actor.id or self._mine(one.area) or self._finds(one)):
            raise NotYoursError
        self._hold(inquiry_id)
        return one

    async def may_answer(self, inquiry: Inquiry) -> bool:
        """Tell whether who acts answers this question, and withdraws its answer."""
        return self._mine(inquiry.area)

    async def answers(self, text: str | None) -> list[Inquiry]:
        """Return the answers that can be found: the most like `text` first, or those that helped most."""
        found = await self._stores.inquiries.find(self._connection, inquiries.c.status == "answered")
        found = [one for one in found if self._finds(one) or self._mine(one.area)]
        if not text:
            return sorted(found, key=lambda one: (-len(one.helped), one.id))
        scored = [(_likeness(text, f"{one.text} {one.answer}"), one) for one in found]
        best = [(score, one) for score, one in scored if score >= HALF]
        return [one for _, one in sorted(best, key=lambda pair: (-pair[0], -len(pair[1].helped), pair[1].id))]

    async def last_meeting(self) -> Meeting | None:
        """Return the last meeting of the area."""
        return await meetings.last(self._connection, self._scope.actor.area)

    def _older(self, since: datetime) -> ColumnElement[bool]:
        waits = select(pending.c.reason).where(pending.c.case_id == cases.c.id, pending.c.since < since)
        return waits.correlate(cases).exists()

    async def agenda(self, since: datetime | None) -> list[tuple[Topic, Waiting]]:
        """Return the cases to talk about, each once: stuck, near its date, new since a moment."""
        today = wall(self._now, self._content.zone).date()
        topics: tuple[tuple[Topic, ColumnElement[bool]], ...] = (
            ("stuck", self._older(self._now - STUCK)),
            ("near", and_(cases.c.phase == "coming", cases.c.reporting_date.between(today, today + NEAR))),
            ("new", cases.c.added_at > (since or self._now - STUCK)),
        )
        found: dict[str, tuple[Topic, Waiting]] = {}
        for topic, holds in topics:
            for case in await page(self._connection, (_OPEN, self._scope.visible("meet"), holds), 0, MOST):
                found.setdefault(case.ref, (topic, case))
        return list(found.values())

    async def decided(self, since: datetime | None = None) -> list[Decided]:
        """Return what meetings decided and is not done, and what was decided after a moment, the oldest first."""
        wanted: list[ColumnElement[bool]] = [resolutions.c.done_at.is_(None)]
        if since is not None:
            wanted.append(resolutions.c.at > since)
        ids = select(resolutions.c.case_id).where(or_(*wanted))
        found = await self._stores.cases.find(self._connection, self._scope.visible("meet"), cases.c.id.in_(ids))
        loaded = await self._stores.cases.load(self._connection, found)
        rows = [
            Decided(case.ref, case.municipality, row)
            for case in loaded.values()
            for row in case.resolutions
            if row.done_at is None or (since is not None and row.at > since)
        ]
        return sorted(rows, key=lambda row: (row.resolution.at, row.resolution.id))

    async def stuck(self) -> list[Stuck]:
        """Return the open cases that wait longer than their norm, by municipality and worker."""
        late = or_(self._older(self._now - STUCK), cases.c.attend_by < self._now)
        found = await page(self._connection, (_OPEN, self._scope.visible("meet"), late), 0, MOST)
        found = await named(self._connection, self._stores.cases, self._scope, found)
        names = {m.id: m.name for m in await self._stores.team.all(self._connection)}
        rows = [Stuck(case, names.get(case.worker) if case.worker else None) for case in found]
        return sorted(rows, key=lambda row: (row.case.municipality, row.worker or ""))

    async def tried(self, since: date | None = None) -> list[Tried]:
        """Return what was tried at the edge of the possible, the newest first."""
        wanted = [] if since is None else [efforts.c.at >= instant(since, time(0), self._content.zone)]
        ids = select(efforts.c.case_id).where(*wanted)
        found = await self._stores.cases.find(self._connection, self._scope.visible("meet"), cases.c.id.in_(ids))
        loaded = await self._stores.cases.load(self._connection, found)
        rows = [Tried(case.ref, case.municipality, row) for case in loaded.values() for row in case.efforts]
        began = None if since is None else instant(since, time(0), self._content.zone)
        rows = [row for row in rows if began is None or row.effort.at >= began]
        return sorted(rows, key=lambda row: (row.effort.at, row.effort.id), reverse=True)

    async def count_risks(self) -> list[tuple[str, int, int]]:
        """Return for each domain its high and urgent risks that stand, and its actions, the most risks first."""
        mine = select(cases.c.id).where(_OPEN, self._scope.visible("meet"))
        risks = select(flags.c.domain, func.count().label("number")).where(
            and_(flags.c.case_id.in_(mine), flags.c.level.in_(("high", "urgent"))),
            and_(flags.c.lowered_at.is_(None), flags.c.overruled_at.is_(None)),
        )
        agreed = select(actions.c.domain, func.count().label("number")).where(
            actions.c.case_id.in_(mine), actions.c.status.in_(("agreed", "done"))
        )
        counts: list[Counter[str]] = []
        for statement in (risks.group_by(flags.c.domain), agreed.group_by(actions.c.domain)):
            rows = await self._connection.execute(statement)
            counts.append(Counter({row.domain: row.number for row in rows}))
        return [(domain, number, counts[1][domain]) for domain, number in counts[0].most_common()]

    async def measures_weighed(self) -> Iterable[str]:
        """Return the codes of the measures that were used for a case of the area."""
        mine = select(cases.c.id).where(self._scope.visible("meet"))
        used = select(measures.c.code).where(measures.c.case_id.in_(mine), measures.c.decision == "used").distinct()
        return set((await self._connection.execute(used)).scalars())
