"""Answers that Telegram did not write, and those that it did: which error each becomes."""

from __future__ import annotations

import gzip
import json

import pytest
from aiohttp import web
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, RetryAfter
from telegram.request import RequestData

from bot.channels.telegram import transport
from tests.transport.wire import TOKEN, answering, bot_at, failure, is_never_left, is_unanswered, saying, send


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
