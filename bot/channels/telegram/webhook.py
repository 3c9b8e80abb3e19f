"""The webhook: Telegram brings updates over HTTP; they are stored, and only then acknowledged.

What is not acknowledged Telegram brings again, until it is too old. TLS is the work of a proxy in front of this.
"""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
from collections import Counter
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self

import aiohttp
from aiohttp import web
from telegram import Bot
from telegram.error import BadRequest
from yarl import URL

from bot import logs
from bot.channels.telegram.envelope import ALLOWED_UPDATES
from bot.channels.telegram.reception import Reception
from bot.settings import Settings
from bot.steps import step

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
# Bytes in a body, levels in its JSON (Telegram's own have about ten), seconds for a body to arrive.
LARGEST_BODY, DEEPEST, PATIENCE = 2**20, 64, 20
# What Telegram may bring at once: more than one writer to the database would only queue.
CONNECTIONS = 10
# Seconds at a stop for what has arrived to be stored.
DRAIN = 10.0

# What a stranger sends does not stand in a log, not even as a complaint of aiohttp's.
_quiet = logging.getLogger("bot.channels.telegram.webhook.server")
_quiet.setLevel(logging.CRITICAL + 1)


class Endpoint:
    """The address that Telegram brings updates to; `refused` counts by reason what it did not take."""

    def __init__(self, reception: Reception, settings: Settings, arrived: Callable[[], None]) -> None:
        """Store through `reception` what comes to the path of `settings.webhook_url`; `arrived` is called after it."""
        self._reception = reception
        self._arrived = arrived
        self._secret = settings.webhook_secret.get_secret_value().encode()
        self._path = URL(settings.webhook_url or "/").path
        self._host, self._port = settings.listen_at
        self._runner: web.AppRunner | None = None
        self.refused: Counter[str] = Counter()

    @property
    def port(self) -> int:
        """The port that it listens on."""
        return self._port

    async def __aenter__(self) -> Self:
        """Open the port; raises ValueError when that is not possible."""
        app = web.Application(client_max_size=LARGEST_BODY)
        app.router.add_route("*", "/{path:.*}", self._take)
        self._runner = web.AppRunner(app, access_log=None, logger=_quiet, shutdown_timeout=DRAIN)
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, self._host, self._port).start()
        except OSError as error:
            await self._runner.cleanup()
            raise ValueError(f"VOORZORG_LISTEN: cannot listen there ({error.strerror}).") from None
        self._port = self._runner.addresses[0][1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the port once what has arrived is stored."""
        if self._runner is not None:
            await self._runner.cleanup()

    async def _take(self, request: web.Request) -> web.Response:
        if request.path != self._path or request.method != "POST":
            return self._refuse("path", 404)
        # Before a byte of the body is read.
        if not self._knows(request):
            return self._refuse("secret", 403)
        try:
            async with asyncio.timeout(PATIENCE):
                update = read_update(await request.read())
        except web.HTTPRequestEntityTooLarge:
            return self._refuse("size", 413)
        except TimeoutError:
            return self._refuse("slow", 408)
        except (web.RequestPayloadError, aiohttp.ClientPayloadError, ValueError, OSError):
            return self._refuse("body", 400)
        step("reception:received")
        try:
            await self._reception.store([update])
        except Exception as error:
            logs.get().error("an update was not stored", error=type(error).__name__, where=logs.where(error))
            return self._refuse("storage", 500)
        step("reception:stored")
        self._arrived()
        return web.Response()

    def _knows(self, request: web.Request) -> bool:
        given = request.headers.get(SECRET_HEADER, "").encode("utf-8", "surrogateescape")
        # Without a secret of our own nobody knows it.
        return bool(self._secret) and hmac.compare_digest(given, self._secret)

    def _refuse(self, reason: str, status: int) -> web.Response:
        self.refused[reason] += 1
        count = self.refused[reason]
        # The first, the tenth, the hundredth …: enough to find a wrong setting, too little to fill a disk.
        if str(count).rstrip("0") == "1":
            logs.get().warning("the webhook refuses", kind=reason, count=count)
        return web.Response(status=status)


def read_update(body: bytes) -> dict[str, Any]:
    """Return the update in a body; raises ValueError when it is not UTF-8, not JSON, too deep, or has no number.

    Without a number it is no update of Telegram's, but might pass for one of our own.
    """
    try:
        update = json.loads(body.decode(), parse_constant=_not_json)
    except RecursionError:
        raise ValueError("too deep") from None
    if not isinstance(update, dict) or type(update.get("update_id")) is not int or not _is_shallow(update):
        raise ValueError("no update")
    return update


async def set_webhook(bot: Bot, settings: Settings) -> None:
    """Ask Telegram to bring updates; what waits is kept. Raises ValueError when it refuses the address."""
    try:
        await bot.set_webhook(
            settings.webhook_url or "",
            secret_token=settings.webhook_secret.get_secret_value(),
            allowed_updates=ALLOWED_UPDATES,
            max_connections=CONNECTIONS,
        )
    except BadRequest as error:
        raise ValueError(f"VOORZORG_WEBHOOK_URL: Telegram refuses it: {error.message}") from None


def _not_json(constant: str) -> Any:
    raise ValueError(f"{constant} is not JSON")


def _is_shallow(update: dict[str, Any]) -> bool:
    """Tell whether it is nested no deeper than `DEEPEST`: what is read again later must not fail then."""
    level: list[Any] = [update]
    for _ in range(DEEPEST):
        inner = (part.values() if isinstance(part, dict) else part for part in level)
        level = [part for parts in inner for part in parts if isinstance(part, dict | list)]
        if not level:
            return True
    return False
