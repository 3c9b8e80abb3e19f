"""The queue of updates: kept until an offset confirms them or they are too old, as Telegram keeps them.

A webhook takes from it too (`waiting`, `forget`).
"""

from __future__ import annotations

import asyncio
import json
from bisect import insort
from collections import Counter, deque
from collections.abc import Callable, Iterator
from datetime import timedelta
from operator import attrgetter
from typing import Any

from bot.webchat.row import LANES, Row, lane_of
from bot.webchat.telegram.errors import conflict
from storage.clock import Clock

# Seconds. Bot API server, Client.cpp: callback queries wait 150 s and inline queries 30 s, whatever the documents say.
MESSAGE_LIFETIME = timedelta(hours=24)
CALLBACK_LIFETIME = timedelta(seconds=150)
INLINE_LIFETIME = timedelta(seconds=30)
LIMIT = 100
LONGEST_POLL = 50
# An offset that lies further ahead than this confirms nothing (tdlib, TQueue.cpp).
FUTURE = 10
# Seconds in which a second poll with the same offset is held back, and in which it gets one update only.
HASTE, GREED = 3.0, 0.5
# Updates that can still be repeated on request.
REMEMBERED = 1000
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Queue:
    """What the bot has still to fetch."""

    def __init__(self, clock: Clock, first_id: int, callback_lifetime: timedelta = CALLBACK_LIFETIME) -> None:
        """Start an empty queue whose first update gets `first_id`."""
        self.clock = clock
        self.next_id = first_id
        self.lifetimes = {"callback_query": callback_lifetime, "inline_query": INLINE_LIFETIME}
        self.allowed: frozenset[str] = frozenset()
        self.counts: Counter[str] = Counter()
        # Seconds, to hold back a bot that polls too eagerly; None lets it.
        self.haste: Callable[[], float] | None = None
        # Called when something comes in.
        self.arrived: Callable[[], None] = lambda: None
        self.held: dict[str, list[dict[str, Any]]] = {}
        self.past: deque[Row] = deque(maxlen=REMEMBERED)
        self.rows: list[Row] = []
        # Out of order on request: an offset then confirms only what was given out.
        self.mixed = False
        self._start = 0
        self._last_poll = (-1, -HASTE)
        self._waiting: asyncio.Future[None] | None = None
        self._listening = asyncio.Event()
        self._confirmed = asyncio.Event()
        self._confirmed.set()

    @property
    def pending(self) -> int:
        """How many updates wait for a confirming offset, expired ones included."""
        return len(self.rows) - self._start

    def push(self, kind: str, content: dict[str, Any]) -> int | None:
        """Queue an update of `kind`; returns its id, or None when it is not asked for or held up."""
        if self.allowed and kind not in self.allowed:
            return None
        if kind in self.held:
            self.held[kind].append(content)
            return None
        return self.inject({"update_id": self.next_id, kind: content}, kind)

    def inject(self, update: dict[str, Any], kind: str = "") -> int:
        """Queue a raw update as it is, whatever it holds; returns its id, a new one when it had none."""
        update_id = update.setdefault("update_id", self.next_id)
        key = update_id if isinstance(update_id, int) else self.next_id
        kind = kind or next((name for name in update if name in LANES), "message")
        lifetime = self.lifetimes.get(kind, MESSAGE_LIFETIME)
        expires = self.clock.now().timestamp() + lifetime.total_seconds()
        row = Row(key, expires, _encode(update).encode("utf-8", "replace"), lane_of(kind, update.get(kind)))
        if key >= self.next_id or self.mixed:
            self.rows.append(row)
            self.next_id = max(self.next_id, key + 1)
        else:
            insort(self.rows, row, lo=self._start, key=attrgetter("id"))
        self.past.append(row)
        self.counts[kind] += 1
        self.wake()
        return key

    def wake(self) -> None:
        """Let who waits see that something came in."""
        self._confirmed.clear()
        self._listening.clear()
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(None)
        self.arrived()

    async def get(self, offset: int = 0, limit: int = LIMIT, timeout: int = 0) -> bytes:  # noqa: ASYNC109 (Telegram's word)
        """Confirm what lies below `offset` and return up to `limit` updates as a JSON array.

        Waits up to `timeout` seconds for the first one. A negative offset keeps only the last so many. Raises
        ApiError 409 when another call takes over meanwhile.
        """
        limit, timeout = min(max(limit, 1), LIMIT), min(max(timeout, 0), LONGEST_POLL)
        if self.haste is not None:
            limit, timeout = self._slowed(self.haste(), offset, limit, timeout)
        self.release(conflict())
        self._confirm(offset)
        batch = self._batch(limit)
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

    def waiting(self) -> Iterator[Row]:
        """Go through what is not confirmed and not too old, in order; what is too old is dropped."""
        now = self.clock.now().timestamp()
        for row in self.rows[self._start :]:
            if row.expires > now:
                yield row
            else:
                self.forget(row)

    def forget(self, row: Row) -> None:
        """Confirm one update, if it still waits."""
        try:
            at = self.rows.index(row, self._start)
        except ValueError:
            return
        if at == self._start:
            self._start += 1
        else:
            del self.rows[at]
        self._tidy()

    def clear(self) -> None:
        """Drop all that waits."""
        self.rows.clear()
        self._start = 0
        self._tidy()

    def _disordered(self) -> None:
        del self.rows[: self._start]
        self._start = 0
        self.mixed = True

    def _slowed(self, now: float, offset: int, limit: int, seconds: int) -> tuple[int, int]:
        """Return limit and timeout as Telegram forces them on a bot that asks the same again too soon."""
        last_offset, at = self._last_poll
        self._last_poll = (offset, now)
        if offset != last_offset:
            return limit, seconds
        if now < at + HASTE and seconds < HASTE:
            seconds = int(HASTE)
        return (1 if now < at + GREED else limit), seconds

    def _confirm(self, offset: int) -> None:
        rows, start = self.rows, self._start
        if offset > self.next_id + FUTURE:
            return
        if self.mixed and offset > 0:
            self.rows = [row for row in rows[start:] if row.id >= offset or not row.given]
            start = 0
        elif offset > 0:
            while start < len(rows) and rows[start].id < offset:
                start += 1
        elif offset < 0:
            start = max(start, len(rows) + offset)
        self._start = start
        self._tidy()

    def _batch(self, limit: int) -> list[bytes]:
        now = self.clock.now().timestamp()
        rows, at = self.rows, self._start
        while at < len(rows) and rows[at].expires <= now:
            at += 1
        self._start = at
        batch: list[bytes] = []
        while at < len(rows) and len(batch) < limit:
            row = rows[at]
            if row.expires > now:
                row.given = True
                batch.append(row.body)
            at += 1
        self._tidy()
        return batch

    def _tidy(self) -> None:
        # Amortised: a list that is cut only when half of it is done costs less than a deque that is indexed.
        if self._start > 1000 and self._start * 2 > len(self.rows):
            del self.rows[: self._start]
            self._start = 0
        if self.pending == 0:
            self.mixed = False
            self._confirmed.set()
