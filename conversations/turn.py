"""A turn: who speaks, about which case, where the conversation stands, and what is decided.

A conversation reads a turn, changes the case through its verbs, goes to a place and records what else must happen.
It sends nothing and writes nothing: the round does, in one transaction.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Literal, Protocol
from zoneinfo import ZoneInfo

from conversations.audio import Audio
from conversations.checklist.model import Checklist
from conversations.crisis import Crisis
from conversations.dispatch import Dispatch
from conversations.facts import Facts
from conversations.figures import Figures, Targets
from conversations.letters import LetterRules, LettersDue
from conversations.listed import Import, Taken
from conversations.measures import Measures
from conversations.office import Office
from conversations.region import Region
from conversations.sentences import Sentences
from conversations.themes import Themes
from conversations.wording import Words, words_for
from storage.audit import Entry
from storage.bottlenecks import Bottleneck
from storage.case import Case
from storage.chats import Chat
from storage.clock import wall
from storage.covers import Cover
from storage.drafts import Draft
from storage.inquiries import Inquiry
from storage.invitations import Invitation
from storage.kept import Kept
from storage.meetings import Meeting
from storage.parts import new_id
from storage.pressing import Waiting
from storage.scope import PROVINCE, Actor, Scope, Verb
from storage.staff import Member

NoticeKind = Literal[
    "reminder",
    "message",
    "important",
    "help",
    "alert",
    "erased",
    "digest",
    "late",
    "asked",
    "listed",
    "read",
    "inquiry",
    "answered",
    "solved",
    "decided",
    "monthly",
]


class NotHandledError(Exception):
    """No conversation takes this update."""


class DeferredError(Exception):
    """Another turn of this round holds what this one needs: it comes again in the next."""


@dataclass(frozen=True, slots=True)
class Button:
    """A button of a screen: what it says, and the verb with arguments that a tap means."""

    label: str
    verb: str
    args: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Screen:
    """What a chat shows: one message with its buttons, in rows.

    `spoken`: the ids of the recordings in which it can be heard (conversations/self_reporter/spoken.py); None: that of
    its place.
    """

    text: str
    rows: tuple[tuple[Button, ...], ...] = ()
    spoken: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Content:
    """What is said about, as data: the region and the checklist, and the zone in which days begin."""

    region: Region
    checklist: Checklist
    zone: ZoneInfo
    sign_in: bool = True
    measures: Measures = field(default_factory=Measures.load)
    sentences: Sentences = field(default_factory=Sentences.load)
    dispatch: Dispatch = field(default_factory=Dispatch.load)
    crisis: Crisis = field(default_factory=Crisis.load)
    letters: LetterRules = field(default_factory=LetterRules.load)
    # A municipality's own template for letters; none: the packaged one.
    letter_template: str = ""
    facts: Facts = field(default_factory=Facts.load)
    targets: Targets = field(default_factory=Targets.load)
    themes: Themes = field(default_factory=Themes.load)
    audio: Audio = field(default_factory=Audio.load)


@dataclass(frozen=True, slots=True)
class Notice:
    """A neutral message that comes unasked. `to`: a chat's owner, as (kind, id); `verb` with `args`: its button.

    A `key` names what is told, so that it is told once. `not_before`: it may be recalled until then.
    """

    to: tuple[Literal["case", "staff"], str]
    kind: NoticeKind
    verb: str
    args: str = ""
    key: str = field(default_factory=new_id)
    not_before: datetime | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Errand:
    """Something that takes the network or a while (bot/errands.py); what comes of it is an update of its kind."""

    kind: str
    data: dict[str, Any]


Filter = Literal["today", "mine", "free", "flag", "near", "place"]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many there are, and the first day of one."""

    number: int
    first: date | None


@dataclass(frozen=True, slots=True, repr=False)
class Found:
    """What a search came to; `everything`: names were looked at too, there were not too many."""

    lines: list[Waiting]
    everything: bool


@dataclass(frozen=True, slots=True, repr=False)
class Load:
    """How much a colleague has: open cases, those that wait, those within 14 days; and who stands in while away."""

    member_id: str
    name: str
    area: str
    open: int
    waiting: int
    near: int
    away: bool
    stand_in: str | None


@dataclass(frozen=True, slots=True, repr=False)
class Workload:
    """What everybody has, and the municipalities where nobody works, each with its open cases."""

    loads: list[Load]
    without: list[tuple[str, int]]

    def of(self, municipality: str, province: str) -> list[Load]:
        """Return who can take a case of a place, who is there first, and of those who has the least."""
        areas = (municipality, PROVINCE + province, "all")
        able = [load for load in self.loads if load.area in areas]
        return sorted(able, key=lambda load: (load.away, areas.index(load.area), load.open, load.name))


@dataclass(frozen=True, slots=True, repr=False)
class NewMember:
    """Somebody who is invited to the team; with an id, somebody who is invited again."""

    role: str
    area: str
    name: str
    member_id: str | None = None


class Lists(Protocol):
    """The lists of cases of a scope."""

    async def page(self, of: Filter, first: int, most: int, place: str | None = None) -> list[Waiting]:
        """Return lines of a list, most pressing first."""
        ...

    async def count(self, of: Filter, place: str | None = None) -> int:
        """Return how many cases a list has."""
        ...

    async def places(self) -> list[tuple[str, int]]:
        """Return the municipalities of the scope's open cases, with how many each has."""
        ...

    async def own_actions(self) -> Counts:
        """Return how many agreed actions are the worker's own within a week, and the first day of one."""
        ...

    async def own_due(self, most: int) -> list[str]:
        """Return the references of the cases with those actions, the first due first."""
        ...

    async def asked(self) -> list[tuple[str, str, date]]:
        """Return what one is asked to decide: reference, measure, and the day by which; the first day first."""
        ...

    async def shared(self) -> list[str]:
        """Return the references of the cases that let this prison see something, the nearest reporting day first."""
        ...

    async def flagged(self, most: int) -> list[str]:
        """Return the references of the cases with a high or urgent flag that stands, most pressing first."""
        ...


@dataclass(frozen=True, slots=True, repr=False)
class Document:
    """A file for who acts, made when it is sent: a template's name and its data, and a neutral file name."""

    template: str
    data: dict[str, Any]
    file_name: str
    caption: str


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

    async def wrong_codes(self) -> int:
        """Return how many codes that open nothing were tried within an hour, by anybody."""
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

    async def figures(self, scope: Scope, today: date, area: str | None = None, more: bool = False) -> Figures:
        """Return the figures of an area over this year, the scope's own by default; raises NotYoursError."""
        ...

    async def monitoring_rows(self, figures: Figures) -> list[dict[str, Any]]:
        """Return a row without a name for each case that these figures count."""
        ...

    def office(self, scope: Scope) -> Office:
        """Return what the coordinator's desk may look up."""
        ...

    async def standstill(self, scope: Scope, today: date, most: int) -> list[Waiting]:
        """Return the open cases of an area that nobody has spoken to for more than thirty days, the longest first."""
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

    async def same_person(self, new: NewCase) -> str | None:
        """Return the reference of the open case of this person in this municipality, if there is one."""
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

    async def helpers(self, case: Case) -> list[Member]:
        """Return who must hear about a case: its worker, else the workers of its area, else the coordinators."""
        ...

    async def denials(self, chat: Chat) -> int:
        """Return how many taps of this chat bore a signature that is not ours for it."""
        ...

    async def casemanagers(self, case: Case) -> list[Member]:
        """Return the casemanagers of the prison of a case."""
        ...

    async def viewed(self, ref: str) -> list[tuple[str | None, datetime]]:
        """Return the names of who saw what stands in a case, and when, the newest first."""
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


@dataclass(slots=True, repr=False)
class Turn:
    """One turn of one chat, or of one case without an update."""

    now: datetime
    chat: Chat
    actor: Actor
    content: Content
    reads: Reads
    words: Words
    case: Case | None = None
    member: Member | None = None
    helper: Member | None = None
    # What came in with the update: its own message, or the one whose button was tapped.
    message_id: int | None = None
    tapped: int | None = None
    replied: bool = False
    # How long nothing had come from this chat.
    quiet_for: timedelta = timedelta(0)
    # What is decided.
    moved: bool = False
    again: bool = False
    member_changed: bool = False
    toast: str | None = None
    notices: list[Notice] = field(default_factory=list)
    tidy: list[tuple[str, int]] = field(default_factory=list)
    used: list[tuple[Invitation, Case | Member]] = field(default_factory=list)
    missed: list[Invitation] = field(default_factory=list)
    wrong_code: bool = False
    # Whose chats go on with another case: of which, and with which.
    handed_chats: list[tuple[Case, Case]] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)
    erased: Case | None = None
    trail: list[Entry] = field(default_factory=list)
    # A fresh invitation for each of these cases, shown to who acts; what stands in the way; who stands in.
    invited: list[Case] = field(default_factory=list)
    bottlenecks: list[Bottleneck] = field(default_factory=list)
    covers: list[Cover] = field(default_factory=list)
    back_from: list[str] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)
    # What takes a while; overviews that wait for a yes, those that got one, and whether their messages stay here.
    errands: list[Errand] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)
    imports: list[Import] = field(default_factory=list)
    recalled: bool = False
    # For each of these a letter with a fresh code, all in one PDF.
    letters: list[Case] = field(default_factory=list)
    # Who is invited to the team, and whose access ends.
    welcomed: list[NewMember] = field(default_factory=list)
    dismissed: list[str] = field(default_factory=list)
    # What colleagues ask and what became of it, and meetings that were held.
    inquiries: list[Inquiry] = field(default_factory=list)
    meetings: list[Meeting] = field(default_factory=list)

    @property
    def today(self) -> date:
        """The day on the wall."""
        return wall(self.now, self.content.zone).date()

    @property
    def scope(self) -> Scope:
        """What this actor may do."""
        return Scope(self.actor, self.now)

    @property
    def place(self) -> dict[str, Any]:
        """Where the conversation stands."""
        return self.chat.place

    def text(self, msgid: str, **values: object) -> str:
        """Return a text in the reader's language."""
        return self.words.text(msgid, **values)

    def go(self, kind: str, note: str | None = None, **args: Any) -> None:
        """Move to a place; its screen is shown at the end of the turn, under a note if there is one."""
        self.chat.place = {"kind": kind, **({"note": note} if note else {}), **args}
        self.moved = True

    def remark(self, note: str) -> None:
        """Stay, and say one sentence above the screen."""
        self.go(**(self.place | {"note": note}))

    def speak(self, language: str) -> None:
        """Go on in another language."""
        self.chat.language = language
        self.words = words_for(language, self.content.zone)

    def join(self, invitation: Invitation, to: Case | Member) -> None:
        """Use an invitation up: from here on this chat is the self-reporter's or the member's."""
        self.used.append((invitation, to))
        if isinstance(to, Case):
            self.case, self.chat.case_id = to, to.id
            self.actor = Actor("self_reporter", to.id)
        else:
            to.joined_at, self.member_changed = self.now, True
            self.member, self.chat.staff_id = to, to.id
            self.actor = Actor(to.role, to.id, to.area)

    def erase(self, case: Case) -> None:
        """Erase the case of this chat: what else the turn has changed goes with it."""
        self.erased = case
        self.moved = self.again = False

    def show_again(self) -> None:
        """Show the screen as it should stand, under its own number: what was right already does not change."""
        self.again = True

    def notify(self, members: Iterable[Member], kind: NoticeKind, ref: str) -> None:
        """Tell members of staff that a case waits, without saying why on the lock screen."""
        self.notices += [Notice(("staff", m.id), kind, "case", ref) for m in members]

    def delete(self, message_id: int | None) -> None:
        """Take a message out of the chat, as far as Telegram allows."""
        if message_id is not None:
            self.tidy.append(("delete", message_id))

    async def open(self, ref: str, verb: Verb) -> Case:
        """Return a case that the actor may do `verb` to; raises NotYoursError, also when there is none."""
        found = self.case if self.case is not None and self.case.ref == ref else await self.reads.case(ref)
        case = self.scope.check(verb, found)
        if case is not self.case and case not in self.cases:
            self.cases.append(case)
        if self.actor.role != "self_reporter":
            # Who may open a case sees it whole on its card, and the trail says so: the person reads it (/wiekeek).
            seen: Verb = "open" if verb == "index" and self.scope.may("open", case) else verb
            self.trail.append(Entry(self.actor.id, "chat", seen, case.ref))
        return case
