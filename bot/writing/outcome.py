"""The outcome of a round: its turns, what goes out beside them, and which updates have ended."""

from __future__ import annotations

from dataclasses import dataclass, field

from conversations.effects.notice import Notice
from conversations.turn import Turn
from storage.queues.inbox import Received
from storage.queues.outbox import Outgoing


@dataclass(slots=True)
class Outcome:
    """All that one round writes."""

    turns: list[Turn] = field(default_factory=list)
    outgoing: list[Outgoing] = field(default_factory=list)
    done: list[int] = field(default_factory=list)
    failed: list[tuple[Received, bool]] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    # References of cases that this round has erased: nothing about them leaves.
    erased: set[str] = field(default_factory=set)
