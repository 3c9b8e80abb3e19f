"""The pace at which messages may leave: Telegram's limits for a bot as a whole and for one chat (bots FAQ)."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

# Messages that may follow each other at once in one chat; Telegram tolerates short bursts.
CHAT_BURST = 3
# Messages that are looked back at, at most; and how much longer they take than they might, for clocks that differ.
LOOK_BACK, MARGIN = 30, 1.005


class _Moment:
    """When a message leaves; once it has, the latest that Telegram can have counted it."""

    __slots__ = ("at",)

    def __init__(self, at: float) -> None:
        self.at = at


class Pace:
    """Hands out moments to send at. Times are seconds of the event loop's own clock."""

    def __init__(self, per_second: float, per_second_in_chat: float, timer: Callable[[], float] | None = None) -> None:
        self._gap = 1 / per_second
        messages = max(1, int(min(per_second, LOOK_BACK)))
        # No more than these in any time as long as this.
        self._latest: deque[_Moment] = deque(maxlen=messages)
        self._span = messages / per_second * MARGIN
        self._chat_gap = 1 / per_second_in_chat
        self.timer = timer or asyncio.get_running_loop().time
        self._next = 0.0
        self._chats: dict[int, float] = {}

    def chat_waits(self, chat: int) -> float:
        """Return the seconds until this chat may get its next message; 0 when it may now."""
        # Each message moves the chat's mark one gap on; a burst may run ahead of it.
        ahead = self._chats.get(chat, 0.0) - (CHAT_BURST - 1) * self._chat_gap
        return max(0.0, ahead - self.timer())

    @asynccontextmanager
    async def turn(self, chat: int) -> AsyncIterator[None]:
        """Wait for the next free moment, and take it for a message to `chat` that is sent within the context.

        Telegram counts a message when it comes in, and that may be any time until its answer: after one that was held
        up, those that were not would be too many. So the answer's time is what the next ones are counted from.
        """
        now = self.timer()
        at = max(now, self._next)
        if len(self._latest) == self._latest.maxlen:
            at = max(at, self._latest[0].at + self._span)
        moment = _Moment(at)
        self._latest.append(moment)
        self._next = at + self._gap
        self._chats[chat] = max(at, self._chats.get(chat, 0.0)) + self._chat_gap
        if len(self._chats) > 10_000:
            self._chats = {c: mark for c, mark in self._chats.items() if mark > now}
        if at > now:
            await asyncio.sleep(at - now)
        try:
            yield
        finally:
            moment.at = max(at, self.timer())
