"""Lookups of a turn, on the connection of its round: cases are held by one turn at a time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from rapidfuzz import fuzz, process
from sqlalchemy import func, select

from bot.lookups.coordination import CoordinationLookups
from bot.lookups.figures.reading import read_figures, silent
from bot.lookups.figures.rows import monitoring_rows
from bot.lookups.figures.weighing import read_weighed
from bot.lookups.letters import letters_due, sent_today
from bot.lookups.lists import Lists, find, named
from bot.lookups.team import TeamLookups
from bot.lookups.waiting_overviews import Drafted
from bot.lookups.workload import unassigned, workload
from bot.rounds.loaded import Room
from conversations.content.content import Content
from conversations.figures.figures import Figures
from conversations.reads import NewCase
from conversations.shared.import_result import Taken
from conversations.shared.lists import Found, Workload
from conversations.words.letter_texts import LettersDue, SentBatch
from storage import audit
from storage.case.case import Case
from storage.case.case_parts import Identity
from storage.case.references import new_reference, slips
from storage.clock import wall
from storage.figures.period import Period
from storage.people.chats import Chat
from storage.people.guesses import Guesses
from storage.people.invitations import Invitation
from storage.people.kept import Kept, read_kept
from storage.people.names import identity_key, person_key
from storage.people.staff import Member
from storage.queues.drafts import Draft
from storage.queues.pressing import Waiting, page
from storage.schema import bottlenecks, cases
from storage.scope import Scope

# How alike a mistyped reference must be to be proposed, of 100.
ALIKE = 70
# How alike two names of one year of birth must be to be perhaps one person's, of 100; all of it: the same.
SAME = 90
# References that are compared at most, each with each: a slip of the finger is found without.
COMPARED = 1_000


class Lookups(TeamLookups):
    """The lookups of one turn (conversations.turn.Reads)."""

    def __init__(self, room: Room, content: Content) -> None:
        super().__init__(room, content)
        self._drafted = Drafted(room.stores, room.connection, room.now, content.region)

    async def _case(self, case_id: str) -> Case | None:
        room = self.room
        room.hold(case_id, self)
        if case_id not in room.loaded:
            room.loaded |= await room.stores.cases.load(room.connection, [case_id])
        return room.loaded.get(case_id)

    def hold_own(self, case_id: str) -> None:
        """Hold the case of the turn's own chat."""
        self.room.hold(case_id, self)

    async def invitation(self, code: str) -> Invitation | None:
        """Return the invitation of a well-formed code, held for this turn."""
        found = await self.room.stores.invitations.find(self.room.connection, code)
        if found is not None:
            self.room.hold(found.id, self)
        return found

    async def guesses_like(self, code: str) -> int:
        """Return how many codes that begin as this one opened nothing within an hour, by anybody."""
        return await Guesses(self.room.stores.vault).like(self.room.connection, code, self.room.now)

    async def case(self, ref: str) -> Case | None:
        """Return the case with this reference, held for this turn."""
        if self.room.keys:  # one that a turn of this round has made is in no table yet
            made = (case.id for case in self.room.loaded.values() if case.ref == ref)
            if (case_id := next(made, None)) is not None:
                return await self._case(case_id)
        found = await self.room.stores.cases.find(self.room.connection, cases.c.ref == ref)
        return await self._case(found[0]) if found else None

    async def case_of(self, invitation: Invitation) -> Case | None:
        """Return the case that an invitation is for, held for this turn."""
        return await self._case(invitation.case_id) if invitation.case_id else None

    def lists(self, scope: Scope, today: date) -> Lists:
        """Return the lists of cases within a scope."""
        return Lists(self.room.connection, scope, today, self.room.stores.cases)

    async def figures(
        self, scope: Scope, today: date, period: Period | None = None, more: bool = False, frozen: bool = True
    ) -> Figures:
        """Return the figures of an area over a period, by default this year."""
        content = self._content
        found = await read_figures(
            *(self.room.connection, scope, content.region, content.targets, today, None, period),
            more=more,
            frozen=frozen,
        )
        if more:
            codes = content.measures.codes()
            weighed = await read_weighed(self.room.connection, content.region, codes, found, today)
            found = replace(found, measures=weighed)
        return found

    async def monitoring_rows(self, scope: Scope, figures: Figures) -> list[dict[str, Any]]:
        """Return a row without a name for each case that these figures count, as far as a scope may know of it."""
        municipalities = [row.name for row in figures.municipalities] or [figures.area]
        period, zone = Period(figures.first, figures.last), self._content.zone
        return await monitoring_rows(
            self.room.connection,
            scope,
            municipalities,
            period,
            figures.cut,
            zone,
            self._content.checklist.private.domains,
        )

    def coordination(self, scope: Scope) -> CoordinationLookups:
        """Return what a coordinator looks up beside cases."""
        room = self.room
        return CoordinationLookups(
            room.stores, room.connection, room.now, self._content, scope, lambda thing: room.hold(thing, self)
        )

    async def standstill(self, scope: Scope, today: date, first: int, most: int) -> tuple[list[Waiting], int]:
        """Return a page of the open cases of an area that nobody has spoken to for more than thirty days."""
        wanted = (scope.visible("figures"), silent(today))
        number = await self.room.connection.execute(select(func.count()).select_from(cases).where(*wanted))
        lines = await page(self.room.connection, wanted, first, most)
        lines = await named(self.room.connection, self.room.stores.cases, scope, lines)
        return lines, int(number.scalar_one())

    async def find(self, scope: Scope, text: str) -> Found:
        """Search the names of the cases within a scope."""
        return await find(self.room.connection, self.room.stores.cases, scope, text)

    async def glance(self, refs: Iterable[str]) -> list[Case]:
        """Return cases to read from and not to change, in this order; those that do not exist are left out."""
        wanted = list(refs)
        ids = await self.room.stores.cases.find(self.room.connection, cases.c.ref.in_(wanted))
        found = await self.room.stores.cases.load(self.room.connection, ids)
        return sorted(found.values(), key=lambda case: wanted.index(case.ref))

    async def same_person(self, new: NewCase) -> list[str]:
        """Return the references of the open cases of this municipality that are this person's, or may be."""
        room = self.room
        there = (cases.c.municipality == new.municipality, cases.c.phase != "closed")
        first, last, year = person_key(new.first_name, new.last_name, new.birth_year)
        known = [(ref, identity_key(who)) for ref, who in await room.stores.cases.identities(room.connection, *there)]
        alike = {ref: fuzz.ratio(first + last, who[0] + who[1]) for ref, who in known if who[2] == year}
        return sorted((ref for ref, much in alike.items() if much >= SAME), key=lambda ref: (-alike[ref], ref))

    async def was_erased(self, new: NewCase) -> bool:
        """Tell whether somebody of this name, year of birth and municipality had everything erased."""
        ledger = self.room.stores.erasures
        assert ledger is not None
        who = (new.first_name, new.last_name, new.birth_year, new.municipality)
        return ledger.holds_person(*who, ledger.hashes())

    async def new_case(self, new: NewCase) -> Case:
        """Return a case that is kept with this turn."""
        room = self.room
        while await room.stores.cases.find(room.connection, cases.c.ref == (ref := new_reference(new.prefix))):
            pass
        case, key = room.stores.cases.new(
            Identity(new.first_name, new.last_name, new.birth_year, None),
            ref=ref,
            municipality=new.municipality,
            province=new.province,
            added_at=room.now,
        )
        case.course.list_date(new.reporting_date)
        room.keys.append(key)
        room.loaded[case.id] = case
        room.hold(case.id, self)
        return case

    async def denials(self, chat: Chat) -> int:
        """Return how many taps of this chat bore a signature that is not ours for it."""
        return await audit.count(self.room.connection, "forged", chat.id)

    async def viewed(self, ref: str) -> list[tuple[str | None, datetime, str]]:
        """Return who came near a case, when and how, the newest first; also former members, by name."""
        names = {m.id: m.name for m in await self.room.stores.team.all(self.room.connection)}
        seen = await audit.looks(self.room.connection, ref)
        return [(names.get(actor or ""), at, verb) for actor, at, verb in seen]

    async def knocked(self, chat: Chat) -> Case | None:
        """Return the case at which a chat that is nobody's yet waits for a yes, held for this turn."""
        found = await self.room.stores.cases.find(self.room.connection, cases.c.new_phone == chat.id)
        return await self._case(found[0]) if found else None

    async def at_the_door(self, case: Case) -> bool:
        """Tell whether the new phone of a case is still there and nobody's; its chat is held for this turn."""
        if case.new_phone is None:
            return False
        self.room.hold(case.new_phone, self)
        found = await self.room.stores.chats.by_id(self.room.connection, [case.new_phone])
        return bool(found) and (found[0].case_id, found[0].staff_id, found[0].blocked_at) == (None, None, None)

    async def kept(self, case: Case, chat: Chat) -> Kept:
        """Return what is kept about the person of a case outside the case itself."""
        room = self.room
        kept = await read_kept(room.connection, room.stores.vault, (case.id, case.ref), (chat.id, chat.index))
        kept.names = {m.id: m.name for m in await room.stores.team.all(room.connection)}
        kept.bottlenecks = await room.stores.bottlenecks.find(room.connection, bottlenecks.c.case_id == case.id)
        return kept

    def new_draft(self, member: Member, content: dict[str, Any]) -> Draft:
        """Return an overview that waits for a yes, kept with this turn."""
        return self._drafted.new(member, content)

    async def draft(self, member: Member, draft_id: str) -> Draft | None:
        """Return a member's own overview that waits for a yes."""
        return await self._drafted.find(member, draft_id)

    async def weigh(self, scope: Scope, draft: Draft) -> Taken:
        """Return what an overview would change now."""
        return await self._drafted.weigh(scope, draft, self._content.dispatch, self._content.zone)

    async def letters_due(self, scope: Scope) -> LettersDue:
        """Return who needs a letter or a visit."""
        room, content = self.room, self._content
        return await letters_due(room.connection, scope, content.letters, room.now, content.zone)

    async def letters_sent(self, scope: Scope, at: datetime | None = None) -> SentBatch | None:
        """Return the letters that were noted as sent today: last, or at a moment."""
        return await sent_today(self.room.connection, scope, self.room.now, self._content.zone, at=at)

    async def unassigned(self, scope: Scope) -> list[tuple[str, int]]:
        """Return the municipalities with cases that nobody has, and how many, the most first."""
        return await unassigned(self.room.connection, scope)

    async def workload(self, scope: Scope) -> Workload:
        """Return how much everybody has, and where nobody works."""
        today = wall(self.room.now, self._content.zone).date()
        return await workload(self.room.connection, self.room.stores.team, scope, today)

    async def leaving(self, member_id: str) -> tuple[int, datetime] | None:
        """Return how many messages of somebody's imports have not left yet, and when the first one does."""
        return await self._drafted.leaving(member_id)

    async def similar(self, scope: Scope, ref: str) -> str | None:
        """Return the reference within a scope that was probably meant: one slip away, else alike among not too many."""
        seen = select(cases.c.ref).where(scope.visible("index"))
        if near := slips(ref):
            found = list((await self.room.connection.execute(seen.where(cases.c.ref.in_(near)))).scalars())
            if found:
                return found[0] if len(found) == 1 else None
        refs = list((await self.room.connection.execute(seen.limit(COMPARED + 1))).scalars())
        best = process.extractOne(ref, refs, score_cutoff=ALIKE) if len(refs) <= COMPARED else None
        return best[0] if best else None
