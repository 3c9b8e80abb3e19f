"""What leaves: calls, uploads and downloads, over the connections of one pool."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from io import FileIO
from pathlib import Path

import pytest
from aiohttp import web
from telegram import Bot, InputFile
from telegram.error import BadRequest
from telegram.request import BaseRequest

from bot.channels.telegram import transport
from bot.channels.telegram.transport import Transport
from bot.webchat.server import Server
from tests.transport.wire import OK, TOKEN, answering, bot_at, failure, is_never_left, send


async def test_a_call_is_one_json_body_in_plain_ascii(server: Server) -> None:
    sam = server.world.phone("Sam")
    sam.start()
    async with bot_at(server.url) as bot:
        text = "Zoë — 🟦 \x00"
        sent = await bot.do_api_request("sendMessage", api_kwargs={"chat_id": sam.id, "text": text})
    assert sam.last is not None
    assert (sam.last.text, sent["message_id"]) == (text.strip(), sam.last.message_id)


async def test_half_a_character_is_left_for_telegram_to_refuse(server: Server) -> None:
    sam = server.world.phone("Sam")
    sam.start()
    async with bot_at(server.url) as bot:
        error = await failure(bot.do_api_request("sendMessage", api_kwargs={"chat_id": sam.id, "text": "a\ud800"}))
    assert isinstance(error, BadRequest)
    assert "utf-8" in error.message.lower()


@pytest.mark.parametrize("size", [1, 5 * 2**20])
async def test_bytes_are_uploaded_with_their_name_and_caption(server: Server, size: int) -> None:
    sam = server.world.phone("Sam")
    sam.start()
    content = bytes(range(256)) * (size // 256) or b"x"
    async with bot_at(server.url) as bot:
        await bot.send_document(
            sam.id, InputFile(content, "plan één.pdf"), caption="Jouw <b>plan</b>", parse_mode="HTML"
        )
    assert sam.last is not None
    document = sam.last.document
    assert document is not None
    assert (document.name, document.mime, document.content == content) == ("plan één.pdf", "application/pdf", True)
    assert sam.last.text == "Jouw plan"


class Counted(FileIO):
    """A file that counts what is read of it."""

    taken = 0

    def read(self, size: int | None = -1, /) -> bytes:  # type: ignore[override]
        piece = super().read(-1 if size is None else size)
        self.taken += len(piece or b"")
        return piece or b""

    def readall(self) -> bytes:
        raise AssertionError("It is read whole.")


async def test_a_big_file_is_read_once_while_it_leaves(server: Server, tmp_path: Path) -> None:
    sam = server.world.phone("Sam")
    sam.start()
    content = bytes(20 * 2**20)
    (tmp_path / "report.pdf").write_bytes(content)
    with Counted(tmp_path / "report.pdf") as file:
        async with bot_at(server.url) as bot:
            await bot.send_document(sam.id, InputFile(file, "report.pdf", read_file_handle=False))
        assert file.taken == len(content)
    assert sam.last is not None
    assert sam.last.document is not None
    assert len(sam.last.document.content) == len(content)


async def test_a_document_that_somebody_sent_is_downloaded(server: Server) -> None:
    sam = server.world.phone("Sam")
    sam.send_document("lijst.csv", b"\x00\xffbytes")
    async with bot_at(server.url) as bot:
        assert sam.last is not None
        file = await bot.get_file(sam.last.raw["document"]["file_id"])
        assert bytes(await file.download_as_bytearray()) == b"\x00\xffbytes"


@asynccontextmanager
async def counting() -> AsyncIterator[tuple[str, list[object]]]:
    """A server that notes the connections over which requests came."""
    seen: list[object] = []

    async def note(request: web.Request) -> web.StreamResponse:
        seen.append(request.transport)
        return web.json_response(OK)

    async with answering(note) as url:
        yield url, seen


async def test_twenty_requests_at_once_share_the_connections_of_the_pool() -> None:
    async with counting() as (url, seen), bot_at(url, connections=3) as bot:
        await asyncio.gather(*(send(bot) for _ in range(20)))
        assert len(seen) == 20
        assert len(set(map(id, seen))) <= 3


async def test_requests_one_after_the_other_use_one_connection_refusals_too() -> None:
    async with counting() as (url, seen), bot_at(url) as bot:
        for _ in range(10):
            await send(bot)
        assert len(set(map(id, seen))) == 1
    seen.clear()

    async def refuse(request: web.Request) -> web.StreamResponse:
        seen.append(request.transport)
        return web.json_response({"ok": False, "description": "Bad Request: chat not found"}, status=400)

    async with answering(refuse) as url, bot_at(url) as bot:
        for _ in range(5):
            assert isinstance(await failure(send(bot)), BadRequest)
        assert len(set(map(id, seen))) == 1


async def test_a_transport_that_is_not_open_says_so() -> None:
    request = Transport()
    bot = Bot(TOKEN, request=request)
    assert is_never_left(await failure(send(bot)))
    await request.initialize()
    await request.initialize()
    await request.shutdown()
    await request.shutdown()
    assert is_never_left(await failure(send(bot)))


def test_a_bot_asks_the_transport_for_its_patience() -> None:
    request: BaseRequest = Transport()
    assert request.read_timeout == transport.READ
