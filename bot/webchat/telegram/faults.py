"""Trouble on request: what a test wants to go wrong in the next calls of a method."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Refuse:
    """Answer with an error and do nothing; 429 and 5xx included."""

    code: int
    description: str
    retry_after: int | None = None


@dataclass(frozen=True)
class Slow:
    """Wait so many seconds before doing what was asked."""

    seconds: float


@dataclass(frozen=True)
class Drop:
    """Break the connection: before anything is done, or after it is done and before the answer."""

    done: bool


Fault = Refuse | Slow | Drop
drop_before = Drop(done=False)
drop_after = Drop(done=True)


def error(code: int, description: str, retry_after: int | None = None) -> Refuse:
    """Return an error answer: `error(429, "Too Many Requests: retry after 3", retry_after=3)`."""
    return Refuse(code, description, retry_after)


def slow(seconds: float) -> Slow:
    """Return a delay of `seconds`."""
    return Slow(seconds)


@dataclass
class Planned:
    """A fault that waits for its call."""

    method: str
    fault: Fault
    left: int | None
    chat_id: int | None
    hits: int = 0
    _spent: asyncio.Event = field(default_factory=asyncio.Event)

    async def spent(self) -> None:
        """Wait until the fault has struck as often as it was planned; wrap it in `asyncio.timeout`."""
        await self._spent.wait()

    def strike(self) -> None:
        """Count one use."""
        self.hits += 1
        if self.left is not None:
            self.left -= 1
            if self.left <= 0:
                self._spent.set()


class Faults:
    """The faults still to come, in the order in which they were added."""

    def __init__(self) -> None:
        self._planned: list[Planned] = []

    def __bool__(self) -> bool:
        return bool(self._planned)

    def add(self, method: str, fault: Fault, times: int | None = 1, chat_id: int | None = None) -> Planned:
        """Plan `fault` for the next `times` calls of `method` ("*" is every method; None is for good).

        With `chat_id` only calls for that chat are struck. Returns the plan, whose `spent()` can be awaited.
        """
        planned = Planned(method.lower(), fault, times, chat_id)
        self._planned.append(planned)
        return planned

    def clear(self) -> None:
        """Forget every fault."""
        self._planned.clear()

    def strike(self, method: str, chat_id: str) -> Fault | None:
        """Return the fault for a call of `method` (lower case) about `chat_id` ("" without one), and count it."""
        for planned in self._planned:
            if planned.method not in (method, "*"):
                continue
            if planned.chat_id is not None and str(planned.chat_id) != chat_id:
                continue
            planned.strike()
            if planned.left == 0:
                self._planned.remove(planned)
            return planned.fault
        return None
