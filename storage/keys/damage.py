"""Damage: what is sealed and does not open any more, because a disk, a copy or a hand has changed it.

One such row must cost nobody else anything. Whoever reads rows of many leaves it out and says so here; the running
program tells the administrators, once (bot/rounds/damage.py).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")


class SealError(Exception):
    """A sealed field does not open."""


@dataclass(frozen=True, slots=True)
class Damaged:
    """A row that does not open; `case_id`: of a case, or of what hangs from one."""

    table: str
    row: str
    case_id: str | None = None

    @property
    def name(self) -> str:
        """What it is called where it is noted that it was told: nothing of the row can be read from it."""
        return "damaged:" + hashlib.sha256(f"{self.table}\x00{self.row}".encode()).hexdigest()[:20]


class Damage:
    """What was met since it was last told."""

    def __init__(self) -> None:
        self._met: set[Damaged] = set()

    def meet(self, table: str, row: str, case_id: str | None = None) -> None:
        """Note a row that does not open."""
        self._met.add(Damaged(table, row, case_id))

    def opened(self, table: str, row: str, open_: Callable[[], T]) -> T | None:
        """Return what `open_` does, or None when the row is damaged; that is noted."""
        try:
            return open_()
        except SealError:
            self.meet(table, row)
            return None

    def take(self) -> list[Damaged]:
        """Return what was met, and begin anew."""
        met, self._met = self._met, set()
        return sorted(met, key=lambda one: (one.table, one.row))
