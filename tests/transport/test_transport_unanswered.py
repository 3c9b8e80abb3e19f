"""It left, and no answer came that can be read: then nobody knows what became of it."""

from __future__ import annotations

import asyncio
from contextlib import suppress

import pytest
from aiohttp import web
from telegram import InputFile

from bot.webchat.server import Server
from bot.webchat.telegram import faults
from tests.transport.wire import OK, answering, bot_at, failure, is_unanswered, send, talking


async def test_silence_means_that_nobody_knows() -> None:
    arrived, go_on = asyncio.Event(), asyncio.Event()

    async def wait(request: web.Request) -> web.StreamResponse:
        await request.read()
        arrived.set()
        await go_on.wait()
        return web.json_response(OK)

    async with answering(wait) as url, bot_at(url) as bot:
        assert is_unanswered(await failure(send(bot, read_timeout=0.05)))
        assert arrived.is_set()
        go_on.set()


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"HTTP/1.1 200 OK\r\nContent-Le",
        b'HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{"ok":true',
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nnope",
        b"nonsense\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"a" * 100_000 + b"\r\n\r\n",
    ],
)
async def test_half_an_answer_means_that_nobody_knows(said: bytes) -> None:
    async def hang_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(said)
        await writer.drain()

    async with talking(hang_up) as url, bot_at(url) as bot:
        assert is_unanswered(await failure(send(bot)))


async def test_a_drop_of_the_server_means_that_nobody_knows(server: Server) -> None:
    sam = server.world.phone("Sam")
    sam.start()
    async with bot_at(server.url) as bot:
        for drop in (faults.drop_before, faults.drop_after):
            server.faults.add("sendMessage", drop)
            attempt = bot.do_api_request("sendMessage", api_kwargs={"chat_id": sam.id, "text": "Hoi"})
            assert is_unanswered(await failure(attempt))


async def test_an_upload_that_nobody_takes_means_that_nobody_knows() -> None:
    go_on = asyncio.Event()

    async def read_nothing(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await go_on.wait()

    async with talking(read_nothing) as url, bot_at(url) as bot:
        upload = bot.send_document(1, InputFile(bytes(50 * 2**20), "plan.pdf"), write_timeout=0.1, read_timeout=None)
        assert is_unanswered(await failure(upload))
        go_on.set()


async def test_an_upload_that_goes_slowly_but_goes_arrives() -> None:
    taken = 0

    async def sip(request: web.Request) -> web.StreamResponse:
        nonlocal taken
        for step in range(6):
            while taken < step * 4 * 2**20 and (piece := await request.content.readany()):
                taken += len(piece)
            with suppress(TimeoutError):
                async with asyncio.timeout(0.2):
                    await asyncio.Event().wait()
        message = {"message_id": 1, "date": 0, "chat": {"id": 1, "type": "private"}}
        taken += len(await request.read())
        return web.json_response({"ok": True, "result": message})

    async with answering(sip) as url, bot_at(url) as bot:
        # The whole takes longer than a piece may, and longer than the answer may: that counts from the end only.
        await bot.send_document(1, InputFile(bytes(50 * 2**20), "plan.pdf"), write_timeout=1, read_timeout=1)
    assert taken > 50 * 2**20
