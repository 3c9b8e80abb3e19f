"""A turn: who speaks, about which case, where the conversation stands, and what is decided.

A conversation reads a turn, changes the case through its verbs, goes to a place and records what else must happen.
It sends nothing and writes nothing: the round does, in one transaction.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from conversations.content.content import Content
from conversations.effects.case import Change, Erase
from conversations.effects.chat import TakeOut
from conversations.effects.effect import Effect
from conversations.effects.invitation import Bind
from conversations.effects.notice import Notice, NoticeKind
from conversations.effects.team import KeepMember
from conversations.effects.trace import Trace
from conversations.reads import Reads
from conversations.words.wording import Words, words_for
from storage.case.case import Case
from storage.clock import wall
from storage.people.chats import Chat
from storage.people.invitations import Invitation
from storage.people.staff import Member
from storage.scope import Actor, Scope, Verb

E = TypeVar("E", bound=Effect)


class NoCaseError(Exception):
    """The chat of this turn has no case: nobody may have come here."""


class NotHandledError(Exception):
    """No conversation takes this update."""


@dataclass(slots=True, repr=False)
class Turn:
    """One turn of one chat, or of one case without an update."""

    now: datetime
    chat: Chat
    actor: Actor
    content: Content
    reads: Reads
    words: Words
    own_case: Case | None = None
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
    toast: str | None = None
    effects: list[Effect] = field(default_factory=list)

    @property
    def has_case(self) -> bool:
        """Whether this chat is a self-reporter's, or the turn is about a case without an update."""
        return self.own_case is not None

    @property
    def case(self) -> Case:
        """The case of this chat; raises NoCaseError in a chat that has none."""
        if self.own_case is None:
            raise NoCaseError
        return self.own_case

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

    def decide(self, *effects: Effect) -> None:
        """Let something be done with this turn, or not at all."""
        self.effects += effects

    def decided(self, kind: type[E]) -> list[E]:
        """Return what was decided of one kind, in order."""
        return [effect for effect in self.effects if isinstance(effect, kind)]

    def join(self, invitation: Invitation, to: Case | Member) -> None:
        """Use an invitation up: from here on this chat is the self-reporter's or the member's."""
        self.decide(Bind(invitation, to), Trace(to.id, "bind", to.ref if isinstance(to, Case) else to.id))
        if isinstance(to, Case):
            self.own_case, self.chat.case_id = to, to.id
            self.actor = Actor("self_reporter", to.id)
        else:
            # Another phone signs in for itself: it inherits nothing of the one before.
            to.joined_at, to.session_until = self.now, None
            self.member, self.chat.staff_id = to, to.id
            self.actor = Actor(to.role, to.id, to.area)
            self.decide(KeepMember(to))

    def erase(self, case: Case) -> None:
        """Erase the case of this chat: what else the turn has changed goes with it."""
        self.decide(Erase(case))
        self.moved = self.again = False

    def show_again(self) -> None:
        """Show the screen as it should stand, under its own number: what was right already does not change."""
        self.again = True

    def notify(self, members: Iterable[Member], kind: NoticeKind, ref: str) -> None:
        """Tell members of staff that a case waits, without saying why on the lock screen."""
        self.decide(*(Notice(("staff", m.id), kind, "case", ref) for m in members))

    def delete(self, message_id: int | None) -> None:
        """Take a message out of the chat, once, as far as its channel allows."""
        if message_id is not None and (gone := TakeOut(message_id)) not in self.effects:
            self.decide(gone)

    async def open(self, ref: str, verb: Verb) -> Case:
        """Return a case that the actor may do `verb` to; raises NotYoursError, also when there is none."""
        found = self.own_case if self.own_case is not None and self.own_case.ref == ref else await self.reads.case(ref)
        case = self.scope.check(verb, found)
        if case is not self.own_case and not any(changed.case is case for changed in self.decided(Change)):
            self.decide(Change(case))
        if self.actor.role != "self_reporter":
            # Who may open a case sees it whole on its card, and the trail says so: the person reads it (/wiekeek).
            seen: Verb = "open" if verb == "index" and self.scope.may("open", case) else verb
            self.decide(Trace(self.actor.id, seen, case.ref))
        return case
