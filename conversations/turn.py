"""A turn: who speaks, about which case, where the conversation stands, and what is decided.

A conversation reads a turn, changes the case through its verbs, goes to a place and records what else must happen.
It sends nothing and writes nothing: the round does, in one transaction.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Literal
from zoneinfo import ZoneInfo

from conversations.content.audio import Audio
from conversations.content.checklist.model import Checklist
from conversations.content.crisis import Crisis
from conversations.content.dispatch import Dispatch
from conversations.content.facts import Facts
from conversations.content.letter_languages import LetterLanguages
from conversations.content.measures import Measures
from conversations.content.region import Region
from conversations.content.sentences import Sentences
from conversations.content.themes import Themes
from conversations.figures.figures import Targets
from conversations.reads import Reads
from conversations.shared.import_result import Import
from conversations.words.letter_texts import LetterRules
from conversations.words.wording import Words, words_for
from storage.audit import Entry
from storage.case.case import Case
from storage.case.case_parts import new_id
from storage.clock import wall
from storage.coordination.bottlenecks import Bottleneck
from storage.coordination.inquiries import Inquiry
from storage.coordination.meetings import Meeting
from storage.people.chats import Chat
from storage.people.covers import Cover
from storage.people.invitations import Invitation
from storage.people.staff import Member
from storage.queues.drafts import Draft
from storage.scope import Actor, Scope, Verb

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
    "new_phone",
    "changed",
    "moved",
    "access",
    "unshared",
    "news",
    "cover",
    "twice",
]


class NotHandledError(Exception):
    """No conversation takes this update."""


@dataclass(frozen=True, slots=True)
class Button:
    """A button of a screen: what it says, and the verb with arguments that a tap means."""

    label: str
    verb: str
    args: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Screen:
    """What a chat shows: one message with its buttons, in rows.

    `spoken`: the ids of the recordings in which it can be heard (conversations/self_reporter/phone/spoken.py); None:
    that of its place.
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
    letter_languages: LetterLanguages = field(default_factory=LetterLanguages.load)
    # A municipality's own template for letters; none: the packaged one.
    letter_template: str = ""
    facts: Facts = field(default_factory=Facts.load)
    targets: Targets = field(default_factory=Targets.load)
    themes: Themes = field(default_factory=Themes.load)
    audio: Audio = field(default_factory=Audio.load)


@dataclass(frozen=True, slots=True)
class Notice:
    """A neutral message that comes unasked. `to`: a chat's owner, as (kind, id); `verb` with `args`: its button.

    A `key` names what is told, so that it is told once. `not_before`: it may be recalled until then. `about`: what the
    text itself names, such as a number to call.
    """

    to: tuple[Literal["case", "staff"], str]
    kind: NoticeKind
    verb: str
    args: str = ""
    key: str = field(default_factory=new_id)
    not_before: datetime | None = None
    about: str = ""


@dataclass(frozen=True, slots=True)
class Answered:
    """What somebody who helps said of the new phone of a case: whether it is theirs."""

    case: Case
    phone: str
    theirs: bool


@dataclass(frozen=True, slots=True, repr=False)
class Errand:
    """Something that takes the network or a while (bot/errands); what comes of it is an update of its kind."""

    kind: str
    data: dict[str, Any]


@dataclass(frozen=True, slots=True, repr=False)
class NewMember:
    """Somebody who is invited to the team; with an id, somebody who is invited again."""

    role: str
    area: str
    name: str
    member_id: str | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Document:
    """A file for who acts, made when it is sent: a template's name and its data, and a neutral file name."""

    template: str
    data: dict[str, Any]
    file_name: str
    caption: str


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
    # When it was written, in seconds as Telegram counts them.
    written: int = 0
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
    # Whether everything goes out of the chat that still can, but for the screen.
    swept: bool = False
    used: list[tuple[Invitation, Case | Member]] = field(default_factory=list)
    missed: list[Invitation] = field(default_factory=list)
    # Used up without opening anything yet, and what was said of phones that waited for it.
    spent: list[Invitation] = field(default_factory=list)
    phones: list[Answered] = field(default_factory=list)
    # A code that opened nothing.
    guessed: str | None = None
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

    def remark(self, note: str, heard: str | None = None) -> None:
        """Stay, and say one sentence above the screen; `heard`: the id of its recording, if it can have one."""
        here = {name: value for name, value in self.place.items() if name != "heard"}
        self.go(**(here | {"note": note} | ({"heard": heard} if heard else {})))

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
            self.trail.append(Entry(to.id, "chat", "bind", to.ref))
        else:
            # Another phone signs in for itself: it inherits nothing of the one before.
            to.joined_at, to.session_until, self.member_changed = self.now, None, True
            self.member, self.chat.staff_id = to, to.id
            self.trail.append(Entry(to.id, "chat", "bind", to.id))
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
        """Take a message out of the chat, once, as far as Telegram allows."""
        if message_id is not None and ("delete", message_id) not in self.tidy:
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
