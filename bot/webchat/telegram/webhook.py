"""The webhook: whether updates go to an address of the bot's own, and what Telegram accepts as one."""

from __future__ import annotations

import asyncio
import re
import ssl
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from bot.webchat.document import Document
from bot.webchat.queue import Queue
from bot.webchat.telegram.courier import Courier
from bot.webchat.telegram.errors import bad_request, too_many, webhook_set
from bot.webchat.telegram.fields import Fields, flag, number, string, structure
from storage.clock import Clock

JSON = dict[str, Any]

SECRET_LENGTH = 256
CONNECTIONS, MOST_CONNECTIONS = 40, 100
PORTS = (443, 80, 88, 8443)
HERE = ("127.0.0.1", "localhost", "::1")

_SECRET = re.compile(r"[A-Za-z0-9_-]*")


class Webhook:
    """Where the bot wants its updates; `courier` brings them."""

    def __init__(self, queue: Queue, clock: Clock) -> None:
        self._queue = queue
        self.courier = Courier(queue, clock, lambda: self.delete({}))
        # Seconds, to hold back a bot that sets it twice in a second; None lets it.
        self.haste: Callable[[], float] | None = None
        self._allowed_at = 0.0
        self._set("", "", 0, False)

    def _set(self, url: str, secret: str, connections: int, certified: bool) -> None:
        self.url, self._secret, self._connections, self._certified = url, secret, connections, certified

    def set(self, fields: Fields) -> bool:
        """Set, change or (without a URL) delete the webhook; one that is refused leaves none."""
        url, secret = string(fields, "url"), string(fields, "secret_token")
        if not url:
            return self.delete(fields)
        self._hold_back()
        connections = min(max(number(fields, "max_connections", CONNECTIONS), 1), MOST_CONNECTIONS)
        certificate = fields.get("certificate")
        now = (self.url, self._secret, self._connections, self._certified)
        if now == (url, secret, connections, isinstance(certificate, Document)) and not self._certified:
            self._allow(fields)
            return True
        self._queue.release(webhook_set())
        self.delete(fields)
        _check(url, secret)
        context = _trust(certificate) if isinstance(certificate, Document) else None
        self._allow(fields)
        self._set(url, secret, connections, context is not None)
        self.courier.start(url, secret, connections, context)
        return True

    def delete(self, fields: Fields) -> bool:
        """Let the bot poll again; what is under way may arrive all the same."""
        if flag(fields, "drop_pending_updates"):
            self._queue.clear()
        self.courier.stop()
        self._set("", "", 0, False)
        return True

    def info(self, fields: Fields) -> JSON:
        """Return the WebhookInfo."""
        info: JSON = {
            "url": self.url,
            "has_custom_certificate": self._certified,
            "pending_update_count": self._queue.pending,
        }
        if self.courier.error is not None:
            info["last_error_date"], info["last_error_message"] = self.courier.error
        if self.url:
            info |= {"max_connections": self._connections, "ip_address": "127.0.0.1"}
        if self._queue.allowed:
            info["allowed_updates"] = sorted(self._queue.allowed)
        return info

    def _allow(self, fields: Fields) -> None:
        allowed = structure(fields, "allowed_updates")
        if isinstance(allowed, list):
            self._queue.allowed = frozenset(map(str, allowed))

    def _hold_back(self) -> None:
        if self.haste is not None:
            now = self.haste()
            if now < self._allowed_at:
                raise too_many(1)
            self._allowed_at = now + 1

    # What a test asks.

    def wake(self) -> None:
        """Look at the clock: it was moved, and it may be time for another try."""
        self.courier.wake()

    async def settled(self) -> None:
        """Wait until nothing is under way and nothing can be sent before the clock moves."""
        await self.courier.settled()

    async def close(self) -> None:
        """Send nothing more."""
        await asyncio.gather(*self.courier.stop(), return_exceptions=True)


def _check(url: str, secret: str) -> None:
    """Raise ApiError for what Telegram does not deliver to; to this machine http and every port are fine."""
    try:
        # Without a scheme it is https.
        parts = urlsplit(url if "://" in url else f"https://{url}")
        whole = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        whole = False
    if not whole:
        raise bad_request("invalid webhook URL specified")
    if len(secret) > SECRET_LENGTH:
        raise bad_request("secret token is too long")
    if not _SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    if parts.hostname in HERE:
        return
    if parts.scheme == "http":
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if (parts.port or PORTS[0]) not in PORTS:
        raise bad_request("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
    # From here nothing goes over the network.
    raise bad_request("bad webhook: Failed to resolve host: Name or service not known")


def _trust(certificate: Document) -> ssl.SSLContext:
    """Return what an https address with its own certificate is verified with; raises ApiError for no certificate."""
    try:
        return ssl.create_default_context(cadata=certificate.content.decode())
    except (ValueError, ssl.SSLError):
        raise bad_request("bad webhook: Can't create an SSL context") from None
