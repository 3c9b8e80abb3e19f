"""An overview: read and waiting for a yes, taken over with one, and its messages taken back."""

from __future__ import annotations

from dataclasses import dataclass

from conversations.effects.effect import Effect
from conversations.shared.import_result import Taken
from storage.queues.drafts import Draft


@dataclass(frozen=True, slots=True, repr=False)
class KeepDraft(Effect):
    """An overview that waits for the yes of who acts."""

    draft: Draft


@dataclass(frozen=True, slots=True, repr=False)
class TakeOver(Effect):
    """An overview that a coordinator said yes to: written with the turn, and its draft goes."""

    draft: Draft
    taken: Taken


@dataclass(frozen=True, slots=True)
class RecallMessages(Effect):
    """Who acts takes back what their imports would send and what has not left yet."""
