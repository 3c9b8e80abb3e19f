"""Reads: what a turn may look up, always within the actor's scope (bot/lookups/lookups.py does it)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from conversations.figures.figures import Figures
from conversations.shared.coordination import CoordinationReads
from conversations.shared.import_result import Taken
from conversations.shared.lists import Found, Lists, Workload
from conversations.words.letter_texts import LettersDue, SentBatch
from storage.case.case import Case
from storage.figures.period import Period
from storage.people.chats import Chat
from storage.people.covers import Cover
from storage.people.invitations import Invitation
from storage.people.kept import Kept
from storage.people.staff import Member
from storage.queues.drafts import Draft
from storage.queues.pressing import Waiting
from storage.scope import Scope


class DeferredError(Exception):
    """Another turn of this round holds what this one needs: it comes again in the next."""


@dataclass(frozen=True, slots=True, repr=False)
class NewCase:
    """Somebody whom a worker adds by hand."""

    first_name: str
    last_name: str
    birth_year: int
    municipality: str
    province: str
    prefix: str
    reporting_date: date | None


class Reads(Protocol):
    """What a turn may look up: always within the actor's scope."""

    async def invitation(self, code: str) -> Invitation | None:
        """Return the invitation of a well-formed code."""
        ...

    async def guesses_like(self, code: str) -> int:
        """Return how many codes that begin as this one opened nothing within an hour, by anybody."""
        ...

    async def case(self, ref: str) -> Case | None:
        """Return the case with this reference, whole, held for this turn; raises DeferredError when it is taken."""
        ...

    async def case_of(self, invitation: Invitation) -> Case | None:
        """Return the case that an invitation is for, held for this turn."""
        ...

    async def helper_of(self, case: Case) -> Member | None:
        """Return the worker of a case."""
        ...

    async def member_of(self, invitation: Invitation) -> Member | None:
        """Return the member of staff whom an invitation is for."""
        ...

    def lists(self, scope: Scope, today: date) -> Lists:
        """Return the lists of cases within a scope."""
        ...

    async def figures(
        self, scope: Scope, today: date, period: Period | None = None, more: bool = False, frozen: bool = True
    ) -> Figures:
        """Return the figures of the scope's area over a period, this year by default; raises NotYoursError.

        `frozen`: of months that have closed as they were published, where they were.
        """
        ...

    async def monitoring_rows(self, scope: Scope, figures: Figures) -> list[dict[str, Any]]:
        """Return a row without a name for each case that these figures count."""
        ...

    def coordination(self, scope: Scope) -> CoordinationReads:
        """Return what a coordinator may look up beside cases."""
        ...

    async def standstill(self, scope: Scope, today: date, first: int, most: int) -> tuple[list[Waiting], int]:
        """Return a page of the open cases of an area that nobody has spoken to for more than thirty days.

        The most pressing first, from the `first` on; and how many there are in all.
        """
        ...

    async def find(self, scope: Scope, text: str) -> Found:
        """Search the names of the cases within a scope."""
        ...

    async def glance(self, refs: Iterable[str]) -> list[Case]:
        """Return cases to read from and not to change, in this order; those that do not exist are left out."""
        ...

    async def colleagues(self, municipality: str, province: str) -> list[Member]:
        """Return the active workers and coordinators of a place."""
        ...

    async def team_of(self, area: str) -> list[Member]:
        """Return the active workers and coordinators of an area as it is written for a member."""
        ...

    async def same_person(self, new: NewCase) -> list[str]:
        """Return the references of open cases of this municipality that are this person's, or may be."""
        ...

    async def was_erased(self, new: NewCase) -> bool:
        """Tell whether somebody of this name, year of birth and municipality had everything erased."""
        ...

    async def new_case(self, new: NewCase) -> Case:
        """Return a case that is kept with this turn."""
        ...

    async def staff(self, member_id: str) -> Member | None:
        """Return an active member of the team."""
        ...

    async def cover_of(self, member_id: str, day: date) -> Cover | None:
        """Return who stands in for a member, on this day or later."""
        ...

    async def covered_by(self, member_id: str, day: date) -> frozenset[str]:
        """Return for whom a member stands in on a day."""
        ...

    async def helpers(self, case: Case) -> list[Member]:
        """Return who must hear about a case: its worker, else the workers of its area, else the coordinators."""
        ...

    async def held_member(self, member_id: str) -> Member | None:
        """Return an active member of the team, held for this turn: nobody else changes them meanwhile."""
        ...

    async def coordinators(self, case: Case) -> list[Member]:
        """Return the coordinators of the place of a case."""
        ...

    async def denials(self, chat: Chat) -> int:
        """Return how many taps of this chat bore a signature that is not ours for it."""
        ...

    async def casemanagers(self, prison: str | None) -> list[Member]:
        """Return the active casemanagers of a prison."""
        ...

    async def viewed(self, ref: str) -> list[tuple[str | None, datetime, str]]:
        """Return who came near a case by name, when and with which verb, the newest first."""
        ...

    async def knocked(self, chat: Chat) -> Case | None:
        """Return the case at which a chat that is nobody's yet waits for a yes, held for this turn."""
        ...

    async def at_the_door(self, case: Case) -> bool:
        """Tell whether the new phone of a case is still there and nobody's; its chat is held for this turn."""
        ...

    async def kept(self, case: Case, chat: Chat) -> Kept:
        """Return what is kept about the person of a case outside the case itself, for them to read."""
        ...

    async def administrators(self) -> list[Member]:
        """Return who looks after the installation."""
        ...

    def new_draft(self, member: Member, content: dict[str, Any]) -> Draft:
        """Return an overview that waits for a yes, kept with this turn when it is among its drafts."""
        ...

    async def draft(self, member: Member, draft_id: str) -> Draft | None:
        """Return a member's own overview that waits for a yes."""
        ...

    async def weigh(self, scope: Scope, draft: Draft) -> Taken:
        """Return what an overview would change now."""
        ...

    async def team(self, area: str) -> list[Member]:
        """Return the active members whose area lies in this one."""
        ...

    async def member_named(self, name: str) -> Member | None:
        """Return the active member of this name."""
        ...

    async def letters_due(self, scope: Scope) -> LettersDue:
        """Return who needs a letter or a visit."""
        ...

    async def letters_sent(self, scope: Scope, at: datetime | None = None) -> SentBatch | None:
        """Return the letters that were noted as sent today: last, or at a moment."""
        ...

    async def unassigned(self, scope: Scope) -> list[tuple[str, int]]:
        """Return the municipalities with cases that nobody has, and how many, the most first."""
        ...

    async def workload(self, scope: Scope) -> Workload:
        """Return how much everybody has, and where nobody works."""
        ...

    async def leaving(self, member_id: str) -> tuple[int, datetime] | None:
        """Return how many messages of somebody's imports have not left yet, and when the first one does."""
        ...

    async def similar(self, scope: Scope, ref: str) -> str | None:
        """Return the reference within a scope that was probably meant."""
        ...
