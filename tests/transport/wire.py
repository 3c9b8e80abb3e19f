"""Servers that answer as they are told, a bot on our transport, and what became of an attempt."""

from __future__ import annotations

import asyncio
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import web
from telegram import Bot
from telegram.error import NetworkError, TelegramError, TimedOut

from bot.channels.telegram.transport import Transport

TOKEN = "4242:a-token-that-must-not-show"
SECRET = "must-not-show"
OK = {"ok": True, "result": True}

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def answering(handler: Handler) -> AsyncIterator[str]:
    """A server that answers every request with `handler`; gives its address."""
    app = web.Application(client_max_size=2**26)
    app.router.add_route("*", "/{path:.*}", handler)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


@asynccontextmanager
async def talking(talk: Talk) -> AsyncIterator[str]:
    """A server that does with every connection what `talk` does; gives its address."""

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await talk(reader, writer)
        finally:
            writer.transport.abort()

    server = await asyncio.start_server(connected, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()
        await server.wait_closed()


@asynccontextmanager
async def bot_at(url: str, **more: Any) -> AsyncIterator[Bot]:
    """A bot of python-telegram-bot on our transport, that has not asked for itself yet."""
    request = Transport(**more)
    bot = Bot(TOKEN, base_url=f"{url}/bot", base_file_url=f"{url}/file/bot", request=request)
    await request.initialize()
    try:
        yield bot
    finally:
        await request.shutdown()


async def send(bot: Bot, **more: Any) -> Any:
    """Send a text, as delivery does."""
    return await bot.do_api_request("sendMessage", api_kwargs={"chat_id": 1, "text": "Hoi"}, **more)


def saying(body: bytes | str, status: int = 200, **headers: str) -> Handler:
    """Return a handler that answers the same to everything."""

    async def answer(request: web.Request) -> web.StreamResponse:
        named = {key.replace("_", "-"): value for key, value in headers.items()}
        return web.Response(body=body, status=status, headers=named)

    return answer


def is_never_left(error: BaseException) -> bool:
    """Whether delivery may send it again without a second thought."""
    return type(error) is NetworkError


def is_unanswered(error: BaseException) -> bool:
    """Whether it may have had its effect."""
    return type(error) is TimedOut


async def failure(attempt: Awaitable[Any]) -> TelegramError:
    """Return the error of an attempt, in which the token stands nowhere."""
    with pytest.raises(TelegramError) as caught:
        await attempt
    shown = "".join(traceback.format_exception(caught.value))
    assert SECRET not in f"{shown} {caught.value!r}"
    return caught.value
