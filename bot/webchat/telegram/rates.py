"""Rates: how many messages a second Telegram takes: so many in all, so many to one chat, in any span."""

from __future__ import annotations

import math
import time
from collections import deque
from collections.abc import Callable

from bot.webchat.telegram.errors import too_many

# Messages in a group, and the seconds in which (bots FAQ).
GROUP_MESSAGES, GROUP_SECONDS = 20, 60.0


class _Span:
    """At most `count` in any `seconds`."""

    def __init__(self, count: int, seconds: float) -> None:
        self.count = count
        self.seconds = seconds
        self.taken: deque[float] = deque()

    @classmethod
    def at(cls, rate: float) -> _Span:
        """Return the span of a rate a second."""
        count = max(1, math.floor(rate))
        return cls(count, count / rate)

    def wait(self, now: float) -> float:
        """Return the seconds until there is room; 0 means now."""
        while self.taken and self.taken[0] <= now - self.seconds:
            self.taken.popleft()
        return 0.0 if len(self.taken) < self.count else self.taken[0] + self.seconds - now


class Rates:
    """New messages are counted (sendMessage, sendDocument, sendPhoto), as Telegram's FAQ does; edits are not."""

    def __init__(
        self,
        per_second: float | None = None,
        per_chat_second: float | None = None,
        timer: Callable[[], float] = time.monotonic,
    ) -> None:
        """Take messages per second in all and per chat (None: no limit), and a source of seconds.

        With a limit per chat, a group gets 20 a minute.
        """
        self.per_chat = per_chat_second
        self.timer = timer
        self.all = _Span.at(per_second) if per_second else None
        self.chats: dict[str, _Span] = {}
        self.refused = 0

    def take(self, chat_id: str) -> None:
        """Count one message to `chat_id`; raises ApiError 429 when there is no room, and counts nothing then."""
        if self.all is None and self.per_chat is None:
            return
        now = self.timer()
        spans = [self.all] if self.all else []
        if self.per_chat is not None:
            span = self.chats.get(chat_id)
            if span is None:
                group = chat_id.startswith("-")
                span = _Span(GROUP_MESSAGES, GROUP_SECONDS) if group else _Span.at(self.per_chat)
                self.chats[chat_id] = span
            spans.append(span)
        wait = max(span.wait(now) for span in spans)
        if wait > 0:
            self.refused += 1
            raise too_many(math.ceil(wait))
        for span in spans:
            span.taken.append(now)
