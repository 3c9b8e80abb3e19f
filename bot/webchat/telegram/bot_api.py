"""The HTTP side of the Bot API: reads a call in any of its four forms, plays the faults, and writes the reply."""

from __future__ import annotations

import asyncio
import hmac
import json
from collections import Counter
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import web

from bot.webchat.document import Document
from bot.webchat.telegram.errors import ApiError, bad_request, no_such_method, too_large, unauthorized
from bot.webchat.telegram.faults import Drop, Faults, Refuse, Slow
from bot.webchat.telegram.fields import Fields
from bot.webchat.telegram.methods import Methods
from bot.webchat.telegram.rates import Rates
from bot.webchat.world import World

COUNTED = {"sendmessage", "senddocument", "sendphoto"}

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class BotApi:
    """`/bot<token>/<method>` and `/file/bot<token>/<path>`."""

    def __init__(self, world: World, token: str, faults: Faults, rates: Rates) -> None:
        self.world = world
        self.token = token
        self.faults = faults
        self.rates = rates
        self.methods = Methods(world)
        self.calls: Counter[str] = Counter()

    def routes(self) -> list[web.RouteDef]:
        """Return the routes to put in an application."""
        return [
            web.get("/bot{token}/{method}", self.call),
            web.post("/bot{token}/{method}", self.call),
            web.get("/file/bot{token}/{path:.+}", self.download),
        ]

    async def call(self, request: web.Request) -> web.StreamResponse:
        """Answer one call."""
        try:
            if not self._knows(request.match_info["token"]):
                raise unauthorized()
            method = request.match_info["method"].lower()
            run = self.methods.table.get(method)
            if run is None and method != "getupdates":
                raise no_such_method()
            fields = await _fields(request)
            chat_id = str(fields.get("chat_id", ""))
            self.calls[method] += 1
            fault = self.faults.strike(method, chat_id) if self.faults else None
            if isinstance(fault, Refuse):
                raise ApiError(fault.code, fault.description, fault.retry_after)
            if isinstance(fault, Slow):
                await asyncio.sleep(fault.seconds)
            if isinstance(fault, Drop) and not fault.done:
                return _hang_up(request)
            if method in COUNTED:
                self.rates.take(chat_id)
            result = (
                await self.methods.get_updates(fields)
                if run is None
                else _encode(run(fields)).encode("utf-8", "replace")
            )
            if isinstance(fault, Drop):
                return _hang_up(request)
        except ApiError as error:
            return _refusal(error)
        return web.Response(body=b'{"ok":true,"result":' + result + b"}", content_type="application/json")

    async def download(self, request: web.Request) -> web.Response:
        """Send the content of a file that getFile named."""
        document = self.world.files.download(request.match_info["path"])
        if not self._knows(request.match_info["token"]) or document is None:
            return _refusal(ApiError(404, "Not Found"))
        return web.Response(body=document.content, content_type="application/octet-stream")

    def _knows(self, token: str) -> bool:
        return hmac.compare_digest(token.encode(), self.token.encode())


async def _fields(request: web.Request) -> Fields:
    """Return the fields of a call from the query and the body; raises ApiError when the body cannot be read."""
    fields: Fields = dict(request.query) if request.query_string else {}
    if not request.can_read_body:
        return fields
    try:
        if request.content_type == "multipart/form-data":
            for name, value in (await request.post()).items():
                fields[name] = _document(value) if isinstance(value, web.FileField) else value
        elif request.content_type == "application/json":
            fields.update(json.loads(await request.read()))
        else:
            fields.update(parse_qsl((await request.read()).decode(), keep_blank_values=True))
    except web.HTTPRequestEntityTooLarge:
        raise too_large() from None
    except (ValueError, TypeError):
        raise bad_request("can't parse the request body") from None
    return fields


def _document(file: web.FileField) -> Document:
    with file.file as content:
        return Document(file.filename, file.content_type, content.read())


def _refusal(error: ApiError) -> web.Response:
    body: dict[str, Any] = {"ok": False, "error_code": error.code, "description": error.description}
    headers = {}
    if error.retry_after is not None:
        body["parameters"] = {"retry_after": error.retry_after}
        headers["Retry-After"] = str(error.retry_after)
    if error.migrate_to_chat_id is not None:
        body["parameters"] = {"migrate_to_chat_id": error.migrate_to_chat_id}
    return web.Response(
        body=_encode(body).encode(), status=error.code, content_type="application/json", headers=headers
    )


def _hang_up(request: web.Request) -> web.StreamResponse:
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=500)
