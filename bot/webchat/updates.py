"""The queue of updates: kept until an offset confirms them or they are too old, as Telegram keeps them."""

from __future__ import annotations

import asyncio
import json
from bisect import insort
from collections import Counter
from datetime import timedelta
from typing import Any

from bot.webchat.errors import conflict
from storage.clock import Clock

# Seconds. Bot API server, Client.cpp: callback queries wait 150 s and inline queries 30 s, whatever the documents say.
MESSAGE_LIFETIME = timedelta(hours=24)
CALLBACK_LIFETIME = timedelta(seconds=150)
INLINE_LIFETIME = timedelta(seconds=30)
LIMIT = 100
LONGEST_POLL = 50

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Updates:
    """What the bot has still to fetch."""

    def __init__(self, clock: Clock, first_id: int, callback_lifetime: timedelta = CALLBACK_LIFETIME) -> None:
        """Start an empty queue whose first update gets `first_id`."""
        self.clock = clock
        self.next_id = first_id
        self.lifetimes = {"callback_query": callback_lifetime, "inline_query": INLINE_LIFETIME}
        self.allowed: frozenset[str] = frozenset()
        self.counts: Counter[str] = Counter()
        self._rows: list[tuple[int, float, bytes]] = []
        self._start = 0
        self._waiting: asyncio.Future[None] | None = None
        self._listening = asyncio.Event()
        self._confirmed = asyncio.Event()
        self._confirmed.set()

    @property
    def pending(self) -> int:
        """How many updates wait for a confirming offset, expired ones included."""
        return len(self._rows) - self._start

    def push(self, kind: str, content: dict[str, Any]) -> int | None:
        """Queue an update of `kind`; returns its id, or None when `allowed_updates` leaves that kind out."""
        if self.allowed and kind not in self.allowed:
            return None
        return self.inject({"update_id": self.next_id, kind: content}, kind)

    def inject(self, update: dict[str, Any], kind: str = "message") -> int:
        """Queue a raw update as it is, whatever it holds; returns its id, a new one when it had none."""
        update_id = update.setdefault("update_id", self.next_id)
        key = update_id if isinstance(update_id, int) else self.next_id
        lifetime = self.lifetimes.get(kind, MESSAGE_LIFETIME)
        row = (key, self.clock.now().timestamp() + lifetime.total_seconds(), _encode(update).encode("utf-8", "replace"))
        if key >= self.next_id:
            self._rows.append(row)
            self.next_id = key + 1
        else:
            insort(self._rows, row, lo=self._start)
        self.counts[kind] += 1
        self._confirmed.clear()
        self._listening.clear()
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(None)
        return key

    async def get(self, offset: int = 0, limit: int = LIMIT, timeout: int = 0) -> bytes:  # noqa: ASYNC109 (Telegram's word)
        """Confirm what lies below `offset` and return up to `limit` updates as a JSON array.

        Waits up to `timeout` seconds for the first one. A negative offset keeps only the last so many. Raises
        ApiError 409 when another call takes over meanwhile.
        """
        self.release(conflict())
        self._confirm(offset)
        limit = min(max(limit, 1), LIMIT)
        batch = self._batch(limit)
        timeout = min(max(timeout, 0), LONGEST_POLL)
        if not batch and timeout:
            waiting = self._waiting = asyncio.get_running_loop().create_future()
            self._listening.set()
            try:
                async with asyncio.timeout(timeout):
                    await waiting
            except TimeoutError:
                pass
            finally:
                if self._waiting is waiting:
                    self._waiting = None
                    self._listening.clear()
            batch = self._batch(limit)
        return b"[" + b",".join(batch) + b"]"

    def release(self, error: Exception | None = None) -> None:
        """End the poll that waits, with `error` or with an empty answer."""
        if self._waiting is not None and not self._waiting.done():
            if error is None:
                self._waiting.set_result(None)
            else:
                self._waiting.set_exception(error)
        self._waiting = None
        self._listening.clear()

    async def listening(self) -> None:
        """Wait until the bot has fetched all there is and its poll waits for more."""
        await self._listening.wait()

    async def confirmed(self) -> None:
        """Wait until the bot has confirmed every update that is queued now or meanwhile."""
        await self._confirmed.wait()

    def _confirm(self, offset: int) -> None:
        rows, start = self._rows, self._start
        if offset > 0:
            while start < len(rows) and rows[start][0] < offset:
                start += 1
        elif offset < 0:
            start = max(start, len(rows) + offset)
        self._start = start
        # Amortised: a list that is cut only when half of it is done costs less than a deque that is indexed.
        if start > 1000 and start * 2 > len(rows):
            del rows[:start]
            self._start = 0
        if self.pending == 0:
            self._confirmed.set()

    def _batch(self, limit: int) -> list[bytes]:
        now = self.clock.now().timestamp()
        rows, at = self._rows, self._start
        while at < len(rows) and rows[at][1] <= now:
            at += 1
        self._start = at
        batch: list[bytes] = []
        while at < len(rows) and len(batch) < limit:
            if rows[at][1] > now:
                batch.append(rows[at][2])
            at += 1
        if self.pending == 0:
            self._confirmed.set()
        return batch
