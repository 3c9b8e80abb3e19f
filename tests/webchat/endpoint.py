"""A bot's own address, for tests of the webhook: keeps what comes, and answers as it is told."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

ACTIVE = "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
YES = {"inline_keyboard": [[{"text": "Ja", "callback_data": "j"}]]}


@dataclass
class Endpoint:
    """A bot's address: keeps what comes, and answers as it is told."""

    url: str = ""
    answer: Callable[[dict[str, Any]], web.Response] = lambda update: web.Response()
    updates: list[dict[str, Any]] = field(default_factory=list)
    headers: list[Any] = field(default_factory=list)
    # Set when something that `hold` fits is here and waits.
    hold: Callable[[dict[str, Any]], bool] = lambda update: False
    held: asyncio.Event = field(default_factory=asyncio.Event)
    news: asyncio.Event = field(default_factory=asyncio.Event)
    go_on: asyncio.Event = field(default_factory=asyncio.Event)

    async def take(self, request: web.Request) -> web.Response:
        """Take one update in."""
        update = await request.json()
        if self.hold(update):
            self.held.set()
            await self.go_on.wait()
        self.updates.append(update)
        self.headers.append(request.headers)
        self.news.set()
        return self.answer(update)

    async def came(self, count: int) -> None:
        """Wait until so many updates have come."""
        while len(self.updates) < count:
            self.news.clear()
            await self.news.wait()

    @property
    def seen(self) -> list[str]:
        """What came, in order: texts, or kinds."""
        return [what(update) for update in self.updates]


def what(update: dict[str, Any]) -> str:
    """Return the text of an update, or its kind when it has none."""
    kind = next(key for key in update if key != "update_id")
    return update[kind].get("text") or kind


async def serve(endpoint: Endpoint, context: ssl.SSLContext | None = None) -> web.AppRunner:
    """Open an address on a free port; returns what closes it."""
    app = web.Application()
    app.router.add_post("/telegram", endpoint.take)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0, ssl_context=context).start()
    endpoint.url = f"{'https' if context else 'http'}://127.0.0.1:{runner.addresses[0][1]}/telegram"
    return runner


def status(code: int, **headers: str) -> Callable[[dict[str, Any]], web.Response]:
    return lambda update: web.Response(status=code, headers={key.replace("_", "-"): headers[key] for key in headers})
