"""A phone that changes hands: a new one at a case, or a chat that goes on with another case."""

from __future__ import annotations

from dataclasses import dataclass

from conversations.effects.effect import Effect
from storage.case.case import Case


@dataclass(frozen=True, slots=True, repr=False)
class AnswerPhone(Effect):
    """What somebody who helps said of the new phone of a case (our id of its chat): whether it is theirs."""

    case: Case
    phone: str
    theirs: bool


@dataclass(frozen=True, slots=True, repr=False)
class HandChat(Effect):
    """A chat that goes on with another case, by the word of who helps there."""

    former: Case
    case: Case
