"""It never left: no connection, none in time, no TLS, no way through a proxy."""

from __future__ import annotations

import asyncio

import pytest
from aiohttp import web

from bot.webchat.server import Server
from tests.transport.wire import OK, TOKEN, answering, bot_at, failure, is_never_left, saying, send, talking


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


async def test_everything_goes_through_the_proxy(server: Server) -> None:
    sam = server.world.phone("Sam")
    sam.start()
    proxy = Proxy()
    async with talking(proxy.talk) as url, bot_at(server.url, proxy=url) as bot:
        await bot.do_api_request("sendMessage", api_kwargs={"chat_id": sam.id, "text": "Hoi"})
    assert sam.last is not None
    assert sam.last.text == "Hoi"
    assert proxy.lines == [f"POST {server.url}/bot{TOKEN}/sendMessage HTTP/1.1"]


async def test_a_proxy_that_lets_nobody_through_means_that_it_never_left() -> None:
    proxy = Proxy()
    async with talking(proxy.talk) as url, bot_at("https://api.telegram.org", proxy=url) as bot:
        assert is_never_left(await failure(send(bot)))
    # Not even the proxy learns the token.
    assert proxy.lines == ["CONNECT api.telegram.org:443 HTTP/1.1"]


async def test_a_proxy_that_is_not_there_means_that_it_never_left(server: Server) -> None:
    async with answering(saying(b"")) as url:
        pass
    for base in (server.url, "https://api.telegram.org"):
        async with bot_at(base, proxy=url) as bot:
            assert is_never_left(await failure(send(bot)))
