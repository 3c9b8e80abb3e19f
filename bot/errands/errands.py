"""Errands: what a conversation asked for that takes the network or a while. What comes of one is an update of our own.

An errand is a row of the outbox; it ends in the transaction that puts its result into the inbox. It only reads, so one
that was cut off is simply done again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

from bot import logs
from bot.channels.port import GoneError, LaterError, Port, RefusedError, UnknownError
from bot.channels.reading import OURS
from bot.channels.telegram.former import modern
from bot.errands.overviews.bounded import read_bounded
from bot.errands.overviews.cells import OverviewError
from bot.own_content import own_files
from bot.settings import Settings
from conversations.words.reasons import text
from storage.clock import Clock, wall
from storage.engines.database import Database
from storage.keys.vault import Vault
from storage.queues.inbox import Inbox
from storage.queues.outbox import Outbox, Outgoing

# Bytes that a bot may fetch (Bot API, getFile).
LARGEST_FILE = 20 * 1024 * 1024
# Errands under way at once: each may hold a child process with a gigabyte.
AT_ONCE = 2
# Waits after failing tries, in seconds; then it is given up, and its result says so.
BACKOFF = (1, 5, 15, 60)

TOO_LARGE = text(
    "The file is larger than 20 MB. I cannot fetch one that large here. Read it in with the command line: "
    "voorzorg cases import."
)
NOT_FETCHED = text("I could not fetch the file. Send it once more.")

Result = dict[str, Any]


class Errands:
    """Does errands, and brings back what came of them."""

    def __init__(self, database: Database, vault: Vault, clock: Clock, port: Port, settings: Settings) -> None:
        self._database = database
        self._outbox = Outbox(vault)
        self._inbox = Inbox(vault)
        self._clock = clock
        self._port = port
        self._settings = settings
        self._kinds: dict[str, Callable[[dict[str, Any]], Awaitable[Result]]] = {"overview": self._overview}

    async def round(self) -> int:
        """Do some of the errands that wait; returns how many were ended."""
        async with self._database.read() as connection:
            rows = await self._outbox.errands(connection, self._clock.now(), AT_ONCE)
        return sum(await asyncio.gather(*map(self._do, rows)))

    async def _do(self, row: Outgoing) -> bool:
        if row.damaged:
            async with self._database.write() as connection:
                await self._outbox.park(connection, [row.seq])
            return True
        asked = modern(row.kind, row.payload)
        try:
            result = await self._kinds[asked["kind"]](asked)
        except (LaterError, UnknownError) as error:
            why, seconds = (error.why, error.seconds) if isinstance(error, LaterError) else ("network", None)
            logs.get().warning("an errand waits", kind=asked["kind"], error=why, seconds=round(seconds or 0))
            if row.attempts < len(BACKOFF):
                wait = BACKOFF[row.attempts] if seconds is None else min(seconds, BACKOFF[-1])
                return await self._later(row, timedelta(seconds=wait), why)
            result = {"refused": NOT_FETCHED.packed()}
        except (RefusedError, GoneError, PermissionError) as error:
            logs.get().warning("an errand has failed", kind=asked["kind"], error=type(error).__name__)
            too_large = isinstance(error, RefusedError) and error.too_large
            result = {"refused": (TOO_LARGE if too_large else NOT_FETCHED).packed()}
        about = {name: asked[name] for name in ("by", "about") if name in asked}
        ours = about | {"kind": asked["kind"], "telegram_id": asked["to"], "result": result}
        update: dict[str, Any] = {OURS: ours}
        now = self._clock.now()
        async with self._database.write() as connection:
            await self._inbox.store(connection, [(update, asked["to"])], now)
            await self._outbox.finish(connection, [(row.seq, "sent", None)])
        return True

    async def _later(self, row: Outgoing, wait: timedelta, why: str) -> bool:
        again: datetime = self._clock.now() + wait
        async with self._database.write() as connection:
            await self._outbox.postpone(connection, [(row.seq, row.attempts + 1, again, why)])
        return False

    async def _overview(self, asked: dict[str, Any]) -> Result:
        """Fetch a file and read it in a child process; raises what the port raises."""
        data = await self._port.fetch(asked["file_id"])
        if len(data) > LARGEST_FILE:
            return {"refused": TOO_LARGE.packed()}
        today = wall(self._clock.now(), self._settings.zone).date()
        try:
            overview = await read_bounded(data, asked["file_name"], own_files(self._settings), today)
        except OverviewError as error:
            return {"refused": error.reason.packed()}
        return {"overview": overview}
