"""The courier: brings updates to the bot's own address, as the Bot API server does (WebhookActor.cpp).

Each update goes alone; those of one queue (`row.LANES`) one after the other, others beside them. What is not answered
with 2xx is sent again, at once and then after 2, 4, 8 … seconds, until it is too old.
"""

from __future__ import annotations

import asyncio
import json
import ssl
from collections.abc import Callable
from random import Random

import aiohttp

from bot.webchat.queue import Queue
from bot.webchat.row import Row
from bot.webchat.telegram.errors import ApiError
from bot.webchat.telegram.fields import Fields
from storage.clock import Clock

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
# Seconds: the longest delay lies between this and twice as much; what Retry-After may ask; how long an answer may take.
LONGEST_DELAY, LONGEST_RETRY_AFTER, ANSWER = 60, 3600, 60
# Seconds until another try when there is no connection; seconds of nothing but 410 that end a webhook.
NO_CONNECTION, GONE = 1.0, 23 * 3600
# What cannot be called by way of an answer.
NOT_IN_ANSWERS = ("get", "setwebhook", "deletewebhook", "close", "logout")


class Courier:
    """What is on its way to the bot."""

    def __init__(self, queue: Queue, clock: Clock, given_up: Callable[[], object]) -> None:
        """Bring what comes into `queue`; delays and ages are measured with `clock`.

        `given_up` is called when the address has answered 410 for 23 hours.
        """
        self._queue = queue
        self._clock = clock
        self._given_up = given_up
        self._random = Random(0)
        # Calls a method for an answer that asks for it.
        self.perform: Callable[[str, Fields], object] = lambda method, fields: None
        # Unix seconds and words of the last failure.
        self.error: tuple[int, str] | None = None
        self._gone_since = 0.0
        self._url, self._secret, self._connections = "", "", 0
        self._news = asyncio.Event()
        self._settled = asyncio.Event()
        self._settled.set()
        self._worker: asyncio.Task[None] | None = None
        self.under_way: dict[asyncio.Task[None], Row] = {}

    def start(self, url: str, secret: str, connections: int, context: ssl.SSLContext | None) -> None:
        """Bring updates to `url`, with `secret` in a header, over at most so many connections at once."""
        self._url, self._secret, self._connections = url, secret, connections
        self._queue.arrived = self.wake
        self._settled.clear()
        self._worker = asyncio.create_task(self._work(context))

    def stop(self) -> list[asyncio.Task[None]]:
        """Bring nothing more; returns what ends now. What is under way may have arrived all the same."""
        self._queue.arrived = lambda: None
        tasks = [task for task in (self._worker, *self.under_way) if task is not None]
        for task in tasks:
            task.cancel()
        self._worker = None
        self.under_way.clear()
        self._settled.set()
        self.error = None
        self._gone_since = 0.0
        return tasks

    def wake(self) -> None:
        """Look at the clock: it was moved, and it may be time for another try."""
        self._settled.clear()
        self._news.set()

    async def settled(self) -> None:
        """Wait until nothing is under way and nothing can be sent before the clock moves."""
        await self._settled.wait()

    async def _work(self, context: ssl.SSLContext | None) -> None:
        connector = aiohttp.TCPConnector(limit=0, ssl=context or True)
        patience = aiohttp.ClientTimeout(total=ANSWER)
        async with aiohttp.ClientSession(connector=connector, timeout=patience) as session:
            while True:
                self._news.clear()
                wait = self._send_what_can_go(session)
                if not self.under_way:
                    self._settled.set()
                try:
                    async with asyncio.timeout(wait):
                        await self._news.wait()
                except TimeoutError:
                    pass
                self._settled.clear()

    def _send_what_can_go(self, session: aiohttp.ClientSession) -> float | None:
        """Send the first of each queue whose time has come; returns the seconds until the next, None without one."""
        now = self._clock.now().timestamp()
        busy = {row.lane for row in self.under_way.values()}
        waits = []
        for row in list(self._queue.waiting()):
            if row.lane in busy:
                continue
            busy.add(row.lane)
            if row.wake > now:
                waits.append(row.wake - now)
            elif len(self.under_way) < self._connections:
                task = asyncio.create_task(self._send(session, row))
                self.under_way[task] = row
                task.add_done_callback(self._landed)
        return min(waits, default=None)

    def _landed(self, task: asyncio.Task[None]) -> None:
        self.under_way.pop(task, None)
        self._news.set()

    async def _send(self, session: aiohttp.ClientSession, row: Row) -> None:
        headers = {"Content-Type": "application/json", **({SECRET_HEADER: self._secret} if self._secret else {})}
        try:
            async with session.post(self._url, data=row.body, headers=headers, allow_redirects=False) as answer:
                body = await answer.read()
        except aiohttp.ClientConnectorError as error:
            self._failed(row, _words(error), NO_CONNECTION)
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            timed_out = isinstance(error, TimeoutError)
            self._missed(row, "Read timeout expired" if timed_out else "Webhook connection closed", 0)
        else:
            if 200 <= answer.status <= 299:
                self._gone_since = 0.0
                self._queue.forget(row)
                self._answered(body)
            else:
                self._refused(row, answer)

    def _refused(self, row: Row, answer: aiohttp.ClientResponse) -> None:
        now = self._clock.now().timestamp()
        if answer.status != 410:
            self._gone_since = 0.0
        elif not self._gone_since:
            self._gone_since = now
        elif now > self._gone_since + GONE:
            self._given_up()
            return
        asked = answer.headers.get("Retry-After", "")
        seconds = min(int(asked), LONGEST_RETRY_AFTER) if asked.isdecimal() else 0
        self._missed(row, f"Wrong response from the webhook: {answer.status} {answer.reason}", seconds)

    def _missed(self, row: Row, error: str, asked: int) -> None:
        """Send it again after as long as was asked, else at once, and from then on after twice as long each time."""
        wait = float(asked)
        if not asked and row.fails:
            longest = self._random.randint(LONGEST_DELAY, 2 * LONGEST_DELAY)
            row.delay = min(longest, row.delay * 2)
            wait = row.delay
        row.fails += 1
        self._failed(row, error, wait)

    def _failed(self, row: Row, error: str, wait: float) -> None:
        now = self._clock.now().timestamp()
        self.error = (int(now), error)
        row.wake = now + wait
        if row.wake > row.expires:
            self._queue.forget(row)

    def _answered(self, body: bytes) -> None:
        """Call the method that an answer in JSON asks for; nobody hears what came of it."""
        try:
            fields = json.loads(body)
            method = str(fields.pop("method", "")).lower()
            if method and not method.startswith(NOT_IN_ANSWERS):
                self.perform(method, fields)
        except (ValueError, AttributeError, ApiError):
            return


def _words(error: aiohttp.ClientConnectorError) -> str:
    if isinstance(error, aiohttp.ClientSSLError):
        return "SSL error {error:0A000086:SSL routines::certificate verify failed}"
    return "Connection refused"
