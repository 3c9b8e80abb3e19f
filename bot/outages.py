"""Outages, such as of the database or Telegram: said with their cause, counted, and told when they are over.

Whoever meets it waits and tries again, for ever: what is stored stays stored. The log has one line at once and one a
minute; administrators hear afterwards of what took longer than that. While it lasts nobody can be told: every message
goes through the database and through Telegram.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from bot import logs
from storage.engines.connection import DBAPIError

DATABASE, TELEGRAM = "the database", "Telegram"
# Seconds: between two lines about what is still away, and after which somebody is told.
EACH, LONG = 60.0, 60.0
# Letters of a cause.
CAUSE = 200


def cause_of(error: BaseException) -> str:
    """Return why, in the words of the database or the line: they hold no values, and none of a statement's."""
    origin: BaseException = (error.orig or error) if isinstance(error, DBAPIError) else error
    said = (str(origin).splitlines() or [""])[0].strip()
    return logs.redact(f"{type(origin).__name__}: {said}" if said else type(origin).__name__)[:CAUSE]


@dataclass(slots=True)
class _Outage:
    began: float
    cause: str
    said: float
    count: int = 1


class Outages:
    """All of them. `timer`: seconds of a clock that nobody sets; `lasting`: what does not answer now."""

    def __init__(self, timer: Callable[[], float] | None = None) -> None:
        self.timer = timer or asyncio.get_running_loop().time
        self.lasting: dict[str, _Outage] = {}
        self._over: list[str] = []

    def away(self, what: str, error: BaseException) -> None:
        """Something does not answer, once more."""
        now, cause = self.timer(), cause_of(error)
        known = self.lasting.get(what)
        if known is None:
            self.lasting[what] = _Outage(now, cause, now)
            logs.get().error(f"{what} does not answer: waiting", cause=cause)
            return
        known.count += 1
        if cause != known.cause or now - known.said >= EACH:
            known.cause, known.said = cause, now
            seconds = round(now - known.began)
            logs.get().error(f"{what} does not answer: waiting", cause=cause, seconds=seconds, count=known.count)

    def back(self, what: str) -> None:
        """It answers again, if it did not before."""
        known = self.lasting.pop(what, None)
        if known is None:
            return
        lasted = self.timer() - known.began
        logs.get().warning(f"{what} answers again", seconds=round(lasted), count=known.count)
        if lasted >= LONG:
            self._over.append(what)

    def take(self) -> list[str]:
        """Return what was away for long, and is to be told."""
        over, self._over = self._over, []
        return over
