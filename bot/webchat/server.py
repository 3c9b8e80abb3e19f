"""The server: a Bot API and a page with phones on one loopback port."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from types import TracebackType
from typing import Self

from aiohttp import web

from bot.webchat.phones import Phones
from bot.webchat.queue import CALLBACK_LIFETIME
from bot.webchat.telegram.bot_api import BotApi
from bot.webchat.telegram.faults import Faults
from bot.webchat.telegram.files import UPLOAD_BYTES
from bot.webchat.telegram.rates import Rates
from bot.webchat.world import World
from storage.clock import Clock

# Only this machine: whoever reaches the page is every person on it.
HOST = "127.0.0.1"
# A base64 upload from the page is a third larger than the file, and the form around it takes some.
BODY_BYTES = UPLOAD_BYTES * 3 // 2


class Server:
    """A Telegram of our own; `async with Server() as server` starts and stops it."""

    def __init__(
        self,
        token: str = "4242:voorzorg",
        clock: Clock | None = None,
        port: int = 0,
        *,
        bot_name: str = "Voorzorg",
        username: str = "voorzorg_bot",
        first_update_id: int = 713_204_118,
        callback_lifetime: timedelta = CALLBACK_LIFETIME,
        per_second: float | None = None,
        per_chat_second: float | None = None,
        timer: Callable[[], float] = time.monotonic,
        throttled: bool = False,
        on_clock: Callable[[datetime], Awaitable[None]] | None = None,
    ) -> None:
        """Prepare a server.

        `port` 0 takes a free one; `callback_lifetime` is how long a tap can be fetched and answered; `per_second` and
        `per_chat_second` are the messages a second that pass (None: all), measured with `timer`; `throttled` also holds
        back a bot that polls again at once with the same offset, or sets its webhook twice in a second; `on_clock` is
        asked to move the time forward when somebody presses a button of the page's clock, which is hidden without it.
        """
        head = token.partition(":")[0]
        self.token = token
        self.port = port
        self.world = World(
            clock, int(head) if head.isdecimal() else 4242, bot_name, username, first_update_id, callback_lifetime
        )
        if throttled:
            self.world.updates.haste = self.world.webhook.haste = timer
        self.faults = Faults()
        self.api = BotApi(self.world, token, self.faults, Rates(per_second, per_chat_second, timer))
        self.phones = Phones(self.world, on_clock)
        self._runner: web.AppRunner | None = None

    @property
    def url(self) -> str:
        """The address without a slash at the end: the page's, and a bot's `VOORZORG_BOT_API_URL`."""
        return f"http://{HOST}:{self.port}"

    async def start(self) -> Self:
        """Open the port; raises OSError when it is taken."""
        app = web.Application(client_max_size=BODY_BYTES)
        app.add_routes(self.api.routes())
        self.phones.wire(app)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        site = web.TCPSite(self._runner, HOST, self.port)
        await site.start()
        if self.port == 0:
            self.port = self._runner.addresses[0][1]
        return self

    async def stop(self) -> None:
        """Close the port and end the calls that wait; a second time does nothing."""
        self.world.updates.release()
        await self.world.webhook.close()
        await self.phones.close()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def __aenter__(self) -> Self:
        return await self.start()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()
