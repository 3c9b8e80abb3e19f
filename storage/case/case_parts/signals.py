"""Signals: flags and their levels."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Level = Literal["none", "low", "medium", "high", "urgent"]
LEVELS: tuple[Level, ...] = ("none", "low", "medium", "high", "urgent")


@dataclass(slots=True, repr=False)
class Flag:
    """A signal with its reason. It decides nothing."""

    id: str
    flag: str
    domain: str
    level: Level
    since: datetime
    reason: str
    acknowledged_at: datetime | None = None
    lowered_at: datetime | None = None
    # Overruled by a worker, with their reason: it stands in the history, and weighs nothing.
    overruled_at: datetime | None = None
    why: str | None = None
    # Members of staff.
    seen_by: str | None = None
    overruled_by: str | None = None

    @property
    def stands(self) -> bool:
        """Whether it counts: not lowered by the rules, not overruled by a human."""
        return self.lowered_at is None and self.overruled_at is None
