"""Letters: a batch for who acts, each with a fresh code, and the list of who gets which."""

from __future__ import annotations

from dataclasses import dataclass

from conversations.effects.effect import Effect
from storage.case.case import Case


@dataclass(frozen=True, slots=True, repr=False)
class PrintLetters(Effect):
    """A letter with a fresh code for each of these cases, all in one PDF, and a posting list beside it."""

    cases: tuple[Case, ...]
