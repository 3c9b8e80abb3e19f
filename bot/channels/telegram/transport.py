"""The HTTP client under python-telegram-bot, on aiohttp: 0.4 times the CPU of the default one.

It tells two failures apart that delivery must not confuse: the request never left (NetworkError), and it left but no
answer came that can be read (TimedOut): then nobody knows whether it had its effect. No message of an error, and no
log, holds an address: the token stands in it.
"""

from __future__ import annotations

import asyncio
from datetime import timedelta
from io import BytesIO
from typing import Any, cast

import aiohttp
from aiohttp.abc import AbstractStreamWriter
from telegram.error import NetworkError, RetryAfter, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.logs import redact
from storage.engines.plain_json import dumps, loads

# Seconds. Those for writing count for each piece of an upload, those for reading for each piece of an answer.
CONNECT, READ, WRITE, POOL = 10.0, 20.0, 20.0, 30.0
# Bytes: a file that a bot may download (Bot API, getFile); no other answer comes near it.
LARGEST_ANSWER = 20 * 2**20

# The request never left: no connection, none free in time, or a proxy that gives none.
_NEVER_LEFT = (
    aiohttp.ClientConnectorError,
    aiohttp.ConnectionTimeoutError,
    aiohttp.ClientHttpProxyError,
    aiohttp.InvalidURL,
    aiohttp.NonHttpUrlClientError,
)
_PIECE = 2**16


def wait_of(error: RetryAfter) -> float:
    """Return the seconds that Telegram asks us to wait."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)


class Transport(BaseRequest):
    """A connection pool to the Bot API."""

    def __init__(self, connections: int = 16, proxy: str | None = None) -> None:
        """Keep at most `connections` open, through `proxy` if one is given."""
        self._connections = connections
        self._proxy = proxy
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds to wait for an answer."""
        return READ

    async def initialize(self) -> None:
        """Open the pool."""
        if self._session is None or self._session.closed:
            connector = aiohttp.TCPConnector(limit=self._connections, keepalive_timeout=60)
            self._session = aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar())

    async def shutdown(self) -> None:
        """Close the pool."""
        if self._session is not None:
            await self._session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Make a request; raises NetworkError when it never left, TimedOut when no answer came that can be read."""
        if self._session is None or self._session.closed:
            raise NetworkError("The transport is not open.")
        connect, pool = _seconds(connect_timeout, CONNECT), _seconds(pool_timeout, POOL)
        timeout = aiohttp.ClientTimeout(
            total=None,
            # What aiohttp counts here is the wait for a free connection and the making of one, together.
            connect=None if connect is None or pool is None else connect + pool,
            sock_connect=connect,
            sock_read=_seconds(read_timeout, READ),
        )
        body = _body(request_data, _seconds(write_timeout, WRITE))
        try:
            async with self._session.request(
                method, url, data=body, timeout=timeout, proxy=self._proxy, allow_redirects=False
            ) as response:
                return response.status, _checked(response.status, await _read(response))
        # What aiohttp says of an error may hold the address, so only its kind is passed on.
        except _NEVER_LEFT as error:
            raise NetworkError(f"Telegram cannot be reached ({type(error).__name__}).") from None
        except (TimeoutError, aiohttp.ClientError, OSError) as error:
            raise TimedOut(f"No answer from Telegram ({type(error).__name__}).") from None

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Read an answer; raises TimedOut for one that Telegram does not give, and writes nothing of it to a log."""
        try:
            answer = loads(payload)
        except (ValueError, RecursionError):
            answer = None
        if not isinstance(answer, dict):
            raise TimedOut("No answer from Telegram (it cannot be read).")
        return _Answer(answer)


class _Answer(dict[str, Any]):
    """An answer; without the result that it should have it is none."""

    def __missing__(self, key: str) -> Any:
        raise TimedOut("No answer from Telegram (it lacks a result).")


class _Upload(aiohttp.MultipartWriter):
    """A form with files, each piece of which has to leave in time. Files are read while they leave, and once."""

    def __init__(self, seconds: float | None) -> None:
        super().__init__("form-data")
        self._seconds = seconds

    async def write(self, writer: AbstractStreamWriter, close_boundary: bool = True) -> None:
        """Send the form; raises TimeoutError."""
        await super().write(cast(AbstractStreamWriter, _Hurried(writer, self._seconds)), close_boundary)


class _Hurried:
    """A writer that waits only so long for a piece to leave."""

    def __init__(self, writer: AbstractStreamWriter, seconds: float | None) -> None:
        self._writer = writer
        self._seconds = seconds

    async def write(self, chunk: bytes) -> None:
        """Send a piece; raises TimeoutError. A large one goes in parts, so that a slow line is not a broken one."""
        for at in range(0, len(chunk), _PIECE):
            async with asyncio.timeout(self._seconds):
                await self._writer.write(chunk[at : at + _PIECE])


def _seconds(value: Any, default: float) -> float | None:
    if value is BaseRequest.DEFAULT_NONE:
        return default
    return None if value is None else float(value)


def _body(data: RequestData | None, seconds: float | None) -> aiohttp.Payload | None:
    if data is None:
        return None
    if not data.contains_files:
        return aiohttp.JsonPayload(data.parameters, dumps=dumps)
    form = _Upload(seconds)
    for name, value in data.json_parameters.items():
        part = form.append(value)
        part.set_content_disposition("form-data", name=name)
    for name, (filename, content, mime) in data.multipart_data.items():
        part = form.append(BytesIO(content) if isinstance(content, bytes) else content, {"Content-Type": mime})
        part.set_content_disposition("form-data", quote_fields=False, name=name, filename=filename)
    return form


async def _read(response: aiohttp.ClientResponse) -> bytes:
    """Return an answer whole; raises TimedOut for one that is too large, and reads no further."""
    length, pieces = 0, []
    async for piece in response.content.iter_any():
        length += len(piece)
        if length > LARGEST_ANSWER:
            response.close()
            raise TimedOut("No answer from Telegram (it is too large).")
        pieces.append(piece)
    return b"".join(pieces)


def _checked(status: int, body: bytes) -> bytes:
    """Return the body of a success, or of a refusal that Telegram wrote; raises NetworkError for anybody else's.

    A proxy's or a gateway's own page would end up in an exception's text, with the address that it repeats, and its
    401 or 404 would be taken for Telegram's word on the token.
    """
    if 200 <= status <= 299:
        return body
    if 300 <= status <= 399:
        raise NetworkError(f"A redirect is refused ({status}).")
    try:
        refusal = loads(body)
    except (ValueError, RecursionError):
        refusal = None
    if not isinstance(refusal, dict) or not isinstance(refusal.get("description"), str):
        raise NetworkError(f"Telegram did not write this answer ({status}).")
    return redact(body.decode("utf-8", "replace")).encode()
