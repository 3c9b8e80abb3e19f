"""Updates as Telegram delivers them, and on request as they should not come: twice, out of order, late, renumbered."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from bot.webchat.queue import Queue


class Updates(Queue):
    """What the bot has still to fetch, and what a test wants to go wrong with it."""

    def repeat(self, update_id: int) -> None:
        """Deliver an update once more, after all that waits, confirmed or not.

        Raises KeyError for one that never was or lies more than a thousand back.
        """
        row = next((row for row in reversed(self.past) if row.id == update_id), None)
        if row is None:
            raise KeyError(f"No update {update_id} is remembered.")
        self._disordered()
        self.rows.append(replace(row, given=False, fails=0, delay=1, wake=0.0))
        self.wake()

    def shuffle(self, seed: int = 0) -> list[int]:
        """Put what waits in another order, the same for the same seed; returns the ids in that order."""
        rows = list(self.waiting())
        before = list(rows)
        Random(seed).shuffle(rows)
        if rows == before:
            rows = rows[1:] + rows[:1]
        self._disordered()
        self.rows = rows
        return [row.id for row in rows]

    def hold(self, kind: str) -> None:
        """Hold updates of `kind` up inside Telegram until `let_go`: others that come later get lower numbers.

        So a tap can arrive before the text that was typed first: Telegram promises no order between the two.
        """
        self.held.setdefault(kind, [])

    def let_go(self, kind: str) -> None:
        """Queue what was held up, in its own order."""
        for content in self.held.pop(kind, []):
            self.push(kind, content)

    def restart_ids(self, first: int) -> None:
        """Let the next update get the number `first`, as after a week without any; what still waits is too old."""
        self.clear()
        self.next_id = first
