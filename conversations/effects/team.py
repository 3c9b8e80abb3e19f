"""The team: who comes, who goes, who stands in for whom, and what somebody changed of themselves."""

from __future__ import annotations

from dataclasses import dataclass

from conversations.effects.effect import Effect
from storage.people.covers import Cover
from storage.people.staff import Member


@dataclass(frozen=True, slots=True, repr=False)
class Welcome(Effect):
    """Somebody who is invited to the team; with an id, somebody who is invited again."""

    role: str
    area: str
    name: str
    member_id: str | None = None


@dataclass(frozen=True, slots=True)
class Dismiss(Effect):
    """Somebody whose access ends, at once: their cases wait for somebody else."""

    member_id: str


@dataclass(frozen=True, slots=True, repr=False)
class KeepMember(Effect):
    """A member of the team who has changed: session, secret, days or hour."""

    member: Member


@dataclass(frozen=True, slots=True)
class StandIn(Effect):
    """A colleague who has somebody's cases for a while."""

    cover: Cover


@dataclass(frozen=True, slots=True)
class ComeBack(Effect):
    """Somebody who is back before the day that was said: nobody stands in for them any more."""

    member_id: str
