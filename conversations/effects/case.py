"""A case beside that of the chat: it has changed, or all of it is erased."""

from __future__ import annotations

from dataclasses import dataclass

from conversations.effects.effect import Effect
from storage.case.case import Case


@dataclass(frozen=True, slots=True, repr=False)
class Change(Effect):
    """A case that the turn has opened or made: what its verbs have touched is written. That of the chat always is."""

    case: Case


@dataclass(frozen=True, slots=True, repr=False)
class Erase(Effect):
    """The case of this chat goes, with all that hangs from it: of the turn nothing but its notices is left."""

    case: Case
