"""An invitation: made for somebody, used up, tried in vain, or guessed at."""

from __future__ import annotations

from dataclasses import dataclass

from conversations.effects.effect import Effect
from storage.case.case import Case
from storage.people.invitations import Invitation
from storage.people.staff import Member


@dataclass(frozen=True, slots=True, repr=False)
class Invite(Effect):
    """A fresh invitation for a case, shown to who acts; a former one ends."""

    case: Case


@dataclass(frozen=True, slots=True, repr=False)
class Bind(Effect):
    """An invitation that is used up: from here on this chat is its owner's, and a former phone of theirs goes."""

    invitation: Invitation
    owner: Case | Member


@dataclass(frozen=True, slots=True, repr=False)
class Spend(Effect):
    """An invitation that is used up without opening anything yet."""

    invitation: Invitation


@dataclass(frozen=True, slots=True, repr=False)
class Miss(Effect):
    """A wrong answer to what an invitation asks: after three it is burned."""

    invitation: Invitation


@dataclass(frozen=True, slots=True, repr=False)
class Guess(Effect):
    """A code that opened nothing."""

    code: str
