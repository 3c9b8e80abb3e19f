"""A locked chat: one that shows nothing before the PIN."""

from __future__ import annotations

from conversations.rules.pin import PLACES
from conversations.turn import Turn


def is_locked(turn: Turn) -> bool:
    """Tell whether the PIN comes first."""
    return turn.place["kind"] in PLACES and turn.has_case and turn.case.preferences.pin is not None
