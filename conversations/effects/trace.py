"""A trace: one line of the trail of who did what."""

from __future__ import annotations

from dataclasses import dataclass

from conversations.effects.effect import Effect


@dataclass(frozen=True, slots=True)
class Trace(Effect):
    """A line of the trail (storage/audit.py), with pseudonyms only: `by` an id, `about` a reference.

    `result`: done, denied, or a word more.
    """

    by: str | None
    verb: str
    about: str | None
    result: str = "done"
