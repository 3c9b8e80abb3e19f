"""The transport over real HTTP: what leaves, what comes back, and which error tells delivery what became of it."""

from __future__ import annotations

import asyncio
import gzip
import json
import logging
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from io import FileIO
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from telegram import Bot, InputFile
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot import transport
from bot.transport import Transport
from bot.webchat import faults
from bot.webchat.server import Server

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
    return await bot.do_api_request("sendMessage", api_kwargs={"chat_id": 1, "text": "Hoi"}, **more)


def saying(body: bytes | str, status: int = 200, **headers: str) -> Handler:
    async def answer(request: web.Request) -> web.StreamResponse:
        named = {key.replace("_", "-"): value for key, value in headers.items()}
        return web.Response(body=body, status=status, headers=named)

    return answer


def is_never_left(error: BaseException) -> bool:
    return type(error) is NetworkError


def is_unanswered(error: BaseException) -> bool:
    return type(error) is TimedOut


@pytest.fixture(autouse=True)
def nothing_shows(caplog: pytest.LogCaptureFixture) -> Any:
    """No log names the token, at any level; but python-telegram-bot's own, which the program keeps quiet, do."""
    caplog.set_level(logging.DEBUG)
    yield
    said = [logging.Formatter().format(r) for r in caplog.get_records("call") if r.name != "telegram.Bot"]
    assert not [line for line in said if SECRET in line]


async def failure(attempt: Awaitable[Any]) -> TelegramError:
    """Return the error of an attempt, in which the token stands nowhere."""
    with pytest.raises(TelegramError) as caught:
        await attempt
    shown = "".join(traceback.format_exception(caught.value))
    assert SECRET not in f"{shown} {caught.value!r}"
    return caught.value


# What leaves.


async def test_a_call_is_one_json_body_in_plain_ascii(server_of_our_own: Server) -> None:
    sam = server_of_our_own.world.phone("Sam")
    sam.start()
    async with bot_at(server_of_our_own.url) as bot:
        text = "Zoë — 🟦 \x00"
        sent = await bot.do_api_request("sendMessage", api_kwargs={"chat_id": sam.id, "text": text})
    assert sam.last is not None
    assert (sam.last.text, sent["message_id"]) == (text.strip(), sam.last.message_id)


async def test_half_a_character_is_left_for_telegram_to_refuse(server_of_our_own: Server) -> None:
    sam = server_of_our_own.world.phone("Sam")
    sam.start()
    async with bot_at(server_of_our_own.url) as bot:
        error = await failure(bot.do_api_request("sendMessage", api_kwargs={"chat_id": sam.id, "text": "a\ud800"}))
    assert isinstance(error, BadRequest)
    assert "utf-8" in error.message.lower()


@pytest.mark.parametrize("size", [1, 5 * 2**20])
async def test_bytes_are_uploaded_with_their_name_and_caption(server_of_our_own: Server, size: int) -> None:
    sam = server_of_our_own.world.phone("Sam")
    sam.start()
    content = bytes(range(256)) * (size // 256) or b"x"
    async with bot_at(server_of_our_own.url) as bot:
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


async def test_a_big_file_is_read_once_while_it_leaves(server_of_our_own: Server, tmp_path: Path) -> None:
    sam = server_of_our_own.world.phone("Sam")
    sam.start()
    content = bytes(20 * 2**20)
    (tmp_path / "report.pdf").write_bytes(content)
    with Counted(tmp_path / "report.pdf") as file:
        async with bot_at(server_of_our_own.url) as bot:
            await bot.send_document(sam.id, InputFile(file, "report.pdf", read_file_handle=False))
        assert file.taken == len(content)
    assert sam.last is not None
    assert sam.last.document is not None
    assert len(sam.last.document.content) == len(content)


async def test_a_document_that_somebody_sent_is_downloaded(server_of_our_own: Server) -> None:
    sam = server_of_our_own.world.phone("Sam")
    sam.send_document("lijst.csv", b"\x00\xffbytes")
    async with bot_at(server_of_our_own.url) as bot:
        assert sam.last is not None
        file = await bot.get_file(sam.last.raw["document"]["file_id"])
        assert bytes(await file.download_as_bytearray()) == b"\x00\xffbytes"


@pytest.fixture
async def server_of_our_own() -> AsyncIterator[Server]:
    async with Server(token=TOKEN) as server:
        yield server


# Connections.


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


# It never left.


async def test_no_connection_means_that_it_never_left() -> None:
    async with answering(saying(b"")) as url:
        pass
    async with bot_at(url) as bot:
        assert is_never_left(await failure(send(bot)))


@pytest.mark.parametrize("url", ["http://nobody.invalid", "nonsense", "http://", "ftp://127.0.0.1"])
async def test_an_address_that_is_none_means_that_it_never_left(url: str) -> None:
    async with bot_at(url) as bot:
        assert is_never_left(await failure(send(bot)))


async def test_no_free_connection_in_time_means_that_it_never_left() -> None:
    arrived, go_on = asyncio.Event(), asyncio.Event()
    count = 0

    async def wait(request: web.Request) -> web.StreamResponse:
        nonlocal count
        count += 1
        arrived.set()
        await go_on.wait()
        return web.json_response(OK)

    async with answering(wait) as url, bot_at(url, connections=1) as bot:
        first = asyncio.create_task(send(bot))
        await arrived.wait()
        assert is_never_left(await failure(send(bot, pool_timeout=0.01, connect_timeout=0.01)))
        go_on.set()
        assert await first is True
        assert count == 1


async def test_tls_that_never_begins_means_that_it_never_left() -> None:
    silent = asyncio.Event()

    async def say_nothing(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await silent.wait()

    async with talking(say_nothing) as url, bot_at(url.replace("http:", "https:")) as bot:
        assert is_never_left(await failure(send(bot, connect_timeout=0.05, pool_timeout=0.05)))
        silent.set()


async def test_tls_that_is_none_means_that_it_never_left() -> None:
    async with answering(saying(b"")) as url, bot_at(url.replace("http:", "https:")) as bot:
        assert is_never_left(await failure(send(bot)))


# It left, and no answer came.


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


async def test_a_drop_of_the_server_means_that_nobody_knows(server_of_our_own: Server) -> None:
    sam = server_of_our_own.world.phone("Sam")
    sam.start()
    async with bot_at(server_of_our_own.url) as bot:
        for drop in (faults.drop_before, faults.drop_after):
            server_of_our_own.faults.add("sendMessage", drop)
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


# Answers that are none.


@pytest.mark.parametrize(
    "body",
    [
        b"<html>Welcome to this wifi</html>",
        b"",
        b"\xff\xfe{",
        b"[]",
        b"null",
        b"{}",
        b'{"ok":false,"description":"?"}',
        b"[" * 100_000,
        b'{"ok":true,"result":' + b"[" * 100_000,
    ],
)
async def test_a_success_that_cannot_be_read_means_that_nobody_knows(body: bytes) -> None:
    async with answering(saying(body)) as url, bot_at(url) as bot:
        assert is_unanswered(await failure(send(bot)))


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_a_redirect_is_not_followed(status: int) -> None:
    asked: list[str] = []

    async def elsewhere(request: web.Request) -> web.StreamResponse:
        asked.append(request.path)
        return web.Response(status=status, headers={"Location": f"/elsewhere{request.path}"})

    async with answering(elsewhere) as url, bot_at(url) as bot:
        error = await failure(send(bot))
        assert is_never_left(error)
        assert error.message == f"A redirect is refused ({status})."
    assert asked == [f"/bot{TOKEN}/sendMessage"]


@pytest.mark.parametrize("chunked", [False, True])
async def test_an_answer_that_is_too_large_is_not_read_to_its_end(
    monkeypatch: pytest.MonkeyPatch, chunked: bool
) -> None:
    monkeypatch.setattr(transport, "LARGEST_ANSWER", 100_000)
    sent = 0

    async def pour(request: web.Request) -> web.StreamResponse:
        nonlocal sent
        answer = web.StreamResponse()
        if chunked:
            answer.enable_chunked_encoding()
        else:
            answer.content_length = 2**28
        await answer.prepare(request)
        try:
            while sent < 2**28:
                await answer.write(bytes(2**16))
                sent += 2**16
        except ConnectionError:
            pass
        return answer

    async with answering(pour) as url, bot_at(url) as bot:
        assert is_unanswered(await failure(send(bot)))
    assert sent < 2**27


async def test_a_small_answer_that_unpacks_to_a_large_one_is_refused() -> None:
    bomb = gzip.compress(bytes(transport.LARGEST_ANSWER + 1))
    async with answering(saying(bomb, Content_Encoding="gzip")) as url, bot_at(url) as bot:
        assert is_unanswered(await failure(send(bot)))


async def test_twenty_megabytes_can_be_downloaded() -> None:
    async with answering(saying(bytes(transport.LARGEST_ANSWER))) as url, bot_at(url) as bot:
        content = await bot.request.retrieve(f"{url}/file/bot{TOKEN}/documents/file_1.csv")
    assert len(content) == transport.LARGEST_ANSWER


@pytest.mark.parametrize("status", [400, 401, 403, 404, 407, 409, 413, 429, 500, 502, 503, 504])
async def test_a_gateways_own_page_is_no_word_of_telegram_on_anything(status: int) -> None:
    async def page(request: web.Request) -> web.StreamResponse:
        return web.Response(text=f"<h1>The requested URL {request.path} was not found</h1>", status=status)

    async with answering(page) as url, bot_at(url) as bot:
        assert is_never_left(await failure(send(bot)))


@pytest.mark.parametrize("body", ["[]", "null", '{"error":"no"}', '{"description":5}', "[" * 100_000])
async def test_a_refusal_in_json_that_is_not_telegrams_is_no_word_of_telegram(body: str) -> None:
    async with answering(saying(body, 404)) as url, bot_at(url) as bot:
        assert is_never_left(await failure(send(bot)))


@pytest.mark.parametrize(
    ("status", "kind"), [(400, BadRequest), (403, Forbidden), (401, InvalidToken), (500, NetworkError)]
)
async def test_telegrams_own_refusals_are_those_of_python_telegram_bot(status: int, kind: type[Exception]) -> None:
    body = json.dumps({"ok": False, "error_code": status, "description": "Bad Request: een reden"})
    async with answering(saying(body, status)) as url, bot_at(url) as bot:
        error = await failure(bot.request.post(f"{url}/bot{TOKEN}/sendMessage", RequestData()))
        assert type(error) is kind
        assert error.message.lower() == "een reden"


async def test_seconds_to_wait_are_passed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    body = json.dumps({"ok": False, "description": "Too Many Requests", "parameters": {"retry_after": 7}})
    async with answering(saying(body, 429)) as url, bot_at(url) as bot:
        error = await failure(send(bot))
        assert isinstance(error, RetryAfter)
        assert transport.wait_of(error) == 7


async def test_a_token_that_a_refusal_repeats_does_not_show() -> None:
    body = json.dumps({"ok": False, "description": f"Bad Request: /bot{TOKEN}/sendMessage is wrong"})
    async with answering(saying(body, 400)) as url, bot_at(url) as bot:
        assert "[token]" in (await failure(send(bot))).message


# Through a proxy.


class Proxy:
    """A forward proxy: passes plain requests on, and answers CONNECT as it is told."""

    def __init__(self, connect: bytes = b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n") -> None:
        self.lines: list[str] = []
        self.connect = connect

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        self.lines.append(head.decode().splitlines()[0])
        method, target, _ = self.lines[-1].split()
        if method == "CONNECT":
            writer.write(self.connect)
            await writer.drain()
            return
        host, _, path = target.removeprefix("http://").partition("/")
        name, _, port = host.partition(":")
        there, back = await asyncio.open_connection(name, int(port)), writer
        rest = head.partition(b"\r\n")[2].replace(b"keep-alive", b"close")
        there[1].write(f"{method} /{path} HTTP/1.1\r\nConnection: close\r\n".encode() + rest)
        length = next(
            (int(line.split(b":")[1]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length")), 0
        )
        there[1].write(await reader.readexactly(length))
        back.write(await there[0].read())
        await back.drain()
        there[1].close()


async def test_everything_goes_through_the_proxy(server_of_our_own: Server) -> None:
    sam = server_of_our_own.world.phone("Sam")
    sam.start()
    proxy = Proxy()
    async with talking(proxy.talk) as url, bot_at(server_of_our_own.url, proxy=url) as bot:
        await bot.do_api_request("sendMessage", api_kwargs={"chat_id": sam.id, "text": "Hoi"})
    assert sam.last is not None
    assert sam.last.text == "Hoi"
    assert proxy.lines == [f"POST {server_of_our_own.url}/bot{TOKEN}/sendMessage HTTP/1.1"]


async def test_a_proxy_that_lets_nobody_through_means_that_it_never_left() -> None:
    proxy = Proxy()
    async with talking(proxy.talk) as url, bot_at("https://api.telegram.org", proxy=url) as bot:
        assert is_never_left(await failure(send(bot)))
    # Not even the proxy learns the token.
    assert proxy.lines == ["CONNECT api.telegram.org:443 HTTP/1.1"]


async def test_a_proxy_that_is_not_there_means_that_it_never_left(server_of_our_own: Server) -> None:
    async with answering(saying(b"")) as url:
        pass
    for base in (server_of_our_own.url, "https://api.telegram.org"):
        async with bot_at(base, proxy=url) as bot:
            assert is_never_left(await failure(send(bot)))


def test_a_bot_asks_the_transport_for_its_patience() -> None:
    request: BaseRequest = Transport()
    assert request.read_timeout == transport.READ
