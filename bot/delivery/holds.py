"""Holds: which chats Telegram does not want to hear from for a while (429), and whether it means all of us.

A 429 may ask for hours, on one kind of call in one chat. That holds this kind in this chat, and nobody else. Only when
several chats are refused within a short time does what nobody waits for stay behind; minutes later it is tried again,
whatever was asked: an answer to somebody is always tried, so that a number to call never waits behind somebody else.
"""

from __future__ import annotations

from collections.abc import Callable

from bot import logs

# So many chats refused within so many seconds, and it is all of us; then nothing unasked leaves for so long at most.
SEVERAL, WITHIN, PAUSE = 3, 10.0, 120.0
# Seconds over which somebody has to hear of it.
LONG = 60.0
# What may be tried while all else pauses: what somebody did just now is answered.
ANSWERS = ("answer", "screen", "delete", "sweep")


class Holds:
    """Refusals by chat and kind of call. Times are seconds of the given timer."""

    def __init__(self, timer: Callable[[], float]) -> None:
        self._timer = timer
        self._until: dict[tuple[int, str], float] = {}
        # When which chat was refused, and the row that waits for it: (moment, chat, way, seq, attempts).
        self._refused: list[tuple[float, int, str, int, int]] = []
        self._closed_until = 0.0

    def held(self, chat: int, way: str) -> float:
        """Return the seconds for which this kind of call (edit, send, delete, answer) has to wait in this chat."""
        return max(0.0, self._until.get((chat, way), 0.0) - self._timer())

    @property
    def closed_for(self) -> float:
        """Seconds until what nobody waits for may leave again."""
        return max(0.0, self._closed_until - self._timer())

    def refuse(self, chat: int, way: str, seconds: float, seq: int, attempts: int) -> list[tuple[int, int]]:
        """Note a refusal; returns rows (seq, attempts) to be tried again after `closed_for`: it is all of us."""
        now = self._timer()
        self._until = {key: until for key, until in self._until.items() if until > now}
        log = logs.get().error if seconds > LONG else logs.get().warning
        log("Telegram refuses one chat for a while", way=way, seconds=round(seconds))
        if self._closed_until > now:
            self._until[chat, way] = min(now + seconds, self._closed_until)
            return []
        self._until[chat, way] = now + seconds
        self._refused = [one for one in self._refused if now - one[0] <= WITHIN]
        self._refused.append((now, chat, way, seq, attempts))
        if len({one[1] for one in self._refused}) < SEVERAL:
            return []
        self._closed_until = max(self._closed_until, now + min(seconds, PAUSE))
        again = [(row, tried) for _, _, _, row, tried in self._refused]
        for _, held, its_way, _, _ in self._refused:
            self._until[held, its_way] = min(self._until.get((held, its_way), 0.0), self._closed_until)
        self._refused.clear()
        logs.get().error("Telegram refuses several chats: all that can wait does", seconds=round(self.closed_for))
        return again
