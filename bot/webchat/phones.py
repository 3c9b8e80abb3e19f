"""The phones over HTTP: the page, what a person does, and a WebSocket that shows every change at once."""

from __future__ import annotations

import asyncio
import base64
import binascii
import contextlib
import json
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from aiohttp import web

from bot.webchat.clockbar import ClockBar
from bot.webchat.phone import Phone
from bot.webchat.telegram.attachments import SMALL
from bot.webchat.view import phone_view
from bot.webchat.world import World

JSON = dict[str, Any]
PAGE = Path(__file__).with_name("page")
# Nothing from elsewhere, nothing inline: what somebody types cannot become a script.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
# Seconds between two looks at the clock for an open page.
CLOCK_INTERVAL = 5.0

ACTS: dict[str, Callable[[Phone, JSON], int | str | None]] = {
    "start": lambda phone, body: phone.start(body.get("payload", "")),
    "say": lambda phone, body: phone.say(body["text"]),
    "reply": lambda phone, body: phone.reply(body["message_id"], body["text"]),
    "edit": lambda phone, body: phone.edit(body["message_id"], body["text"]),
    "forward": lambda phone, body: phone.forward(body["text"]),
    "tap": lambda phone, body: (
        phone.tap(body["button"]) if "button" in body else phone.tap_data(body["message_id"], body["data"])
    ),
    "document": lambda phone, body: phone.send_document(
        body["name"], base64.b64decode(body["content"], validate=True), body.get("caption", "")
    ),
    "sticker": lambda phone, body: phone.send_sticker(),
    "voice": lambda phone, body: phone.send_voice(),
    "photo": lambda phone, body: phone.send_photo(
        base64.b64decode(body["content"], validate=True) if "content" in body else SMALL, body.get("caption", "")
    ),
    "location": lambda phone, body: phone.send_location(),
    "contact": lambda phone, body: phone.send_contact(),
    "block": lambda phone, body: phone.block(),
    "unblock": lambda phone, body: phone.unblock(),
    "deactivate": lambda phone, body: phone.deactivate(),
}


class Phones:
    """The people's side of the server."""

    def __init__(self, world: World, on_clock: Callable[[datetime], Awaitable[None]] | None) -> None:
        self.world = world
        self.bar = ClockBar(world.clock, on_clock)
        self._watchers: set[_Watcher] = set()

    def wire(self, app: web.Application) -> None:
        """Put the routes in `app`."""
        app.router.add_get("/", self.page)
        app.router.add_get("/{name:[a-z]+\\.(?:css|js)}", self.page)
        app.router.add_get("/phones", _guarded(self.every))
        app.router.add_post("/phones", _guarded(self.add))
        app.router.add_get("/phones/live", _guarded(self.live))
        app.router.add_get("/phones/{id:\\d+}", _guarded(self.state))
        app.router.add_get("/phones/{id:\\d+}/files/{message_id:\\d+}", _guarded(self.file))
        app.router.add_post("/phones/{id:\\d+}/{act:\\w+}", _guarded(self.act))
        app.router.add_get("/clock", _guarded(self.clock))
        app.router.add_post("/clock", _guarded(self.clock))
        self.world.listeners.add(self._mark)

    async def close(self) -> None:
        """Say goodbye to the open pages."""
        self.world.listeners.discard(self._mark)
        await asyncio.gather(*(watcher.socket.close(code=1001) for watcher in list(self._watchers)))

    async def page(self, request: web.Request) -> web.StreamResponse:
        """Send the page or one of its files."""
        file = PAGE / request.match_info.get("name", "index.html")
        if not file.is_file():
            raise web.HTTPNotFound(text="There is no such file.")
        headers = {"Content-Security-Policy": POLICY, "X-Content-Type-Options": "nosniff", "Cache-Control": "no-cache"}
        return web.FileResponse(file, headers={**headers, "Referrer-Policy": "no-referrer"})

    async def every(self, request: web.Request) -> web.Response:
        """Name the phones."""
        names = [
            {"id": phone.id, "name": phone.person["first_name"], "title": phone.title} for phone in self.world.phones
        ]
        return web.json_response(names)

    async def add(self, request: web.Request) -> web.Response:
        """Make a phone: first_name, user_id, language_code and title, each of them optional."""
        body = await _body(request)
        known = {key: body[key] for key in ("first_name", "user_id", "language_code", "title") if key in body}
        return web.json_response(self._view(self.world.phone(**known)), status=201)

    async def state(self, request: web.Request) -> web.Response:
        """Send one phone, whole."""
        return web.json_response(self._view(self._phone(request)))

    async def act(self, request: web.Request) -> web.Response:
        """Do something on a phone; the answer's `result` is the id of the message or the tap."""
        phone, act = self._phone(request), ACTS.get(request.match_info["act"])
        if act is None:
            raise web.HTTPNotFound(text="There is no such act.")
        body = await _body(request)
        try:
            result = act(phone, body)
        except (AssertionError, ValueError, KeyError, TypeError, AttributeError, binascii.Error) as error:
            return web.json_response({"ok": False, "error": str(error)}, status=400)
        return web.json_response({"ok": True, "result": result})

    async def file(self, request: web.Request) -> web.Response:
        """Send a file from the chat as a download."""
        phone = self._phone(request)
        raw = phone.history.get(int(request.match_info["message_id"]))
        document = phone.view(raw).document if raw else None
        if document is None:
            raise web.HTTPNotFound(text="There is no such file.")
        disposition = f"attachment; filename*=UTF-8''{quote(document.name)}"
        headers = {"Content-Disposition": disposition, "X-Content-Type-Options": "nosniff"}
        kind = "image/jpeg" if document.mime == "image/jpeg" else "application/octet-stream"
        return web.Response(body=document.content, content_type=kind, headers=headers)

    async def clock(self, request: web.Request) -> web.Response:
        """Tell the time, after moving it when that was asked: {"to": "morning" | "week" | "hour"}."""
        if self.bar.on_clock is None:
            raise web.HTTPNotFound(text="This clock cannot be moved.")
        if request.method == "POST":
            try:
                await self.bar.move((await _body(request)).get("to", ""))
            except KeyError:
                raise web.HTTPBadRequest(text="The clock goes to: morning, week, hour.") from None
            for watcher in self._watchers:
                watcher.event.set()
        return web.json_response(self.bar.view())

    async def live(self, request: web.Request) -> web.WebSocketResponse:
        """Send every phone, and from then on each phone that changes, always whole and only its latest state."""
        socket = web.WebSocketResponse(heartbeat=30.0)
        await socket.prepare(request)
        watcher = _Watcher(socket, {phone.id for phone in self.world.phones})
        self._watchers.add(watcher)
        sending = asyncio.create_task(self._send_changes(watcher))
        try:
            async for _ in socket:
                pass
        finally:
            self._watchers.discard(watcher)
            sending.cancel()
        return socket

    async def _send_changes(self, watcher: _Watcher) -> None:
        with contextlib.suppress(ConnectionError):  # a closed page; `live` sees it too, and ends this task
            await self._tell(watcher)

    async def _tell(self, watcher: _Watcher) -> None:
        told: JSON | None = None
        first = True
        while not watcher.socket.closed:
            watcher.event.clear()
            changed, watcher.changed = watcher.changed, set()
            clock = self.bar.view()
            news: JSON = {"phones": [self._view(phone) for phone in self.world.phones if phone.id in changed]}
            if clock != told or first:
                news["clock"] = told = clock
            if first or len(news) > 1 or news["phones"]:
                await watcher.socket.send_str(json.dumps(news, ensure_ascii=False, separators=(",", ":")))
            first = False
            try:
                async with asyncio.timeout(CLOCK_INTERVAL if self.bar.on_clock else None):
                    await watcher.event.wait()
            except TimeoutError:
                continue

    def _mark(self, chat_id: int) -> None:
        for watcher in self._watchers:
            watcher.changed.add(chat_id)
            watcher.event.set()

    def _view(self, phone: Phone) -> JSON:
        return phone_view(phone, self.world.menu(phone))

    def _phone(self, request: web.Request) -> Phone:
        chat = self.world.chats.get(int(request.match_info["id"]))
        if not isinstance(chat, Phone):
            raise web.HTTPNotFound(text="There is no such phone.")
        return chat


class _Watcher:
    """An open page, and what changed since it was last told."""

    def __init__(self, socket: web.WebSocketResponse, changed: set[int]) -> None:
        self.socket = socket
        self.changed = changed
        self.event = asyncio.Event()


def _guarded(
    handler: Callable[[web.Request], Awaitable[web.StreamResponse]],
) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    """Let only this machine's own page through: another site in the same browser may not press these buttons."""

    async def guarded(request: web.Request) -> web.StreamResponse:
        host = urlsplit(f"//{request.host}").hostname
        origin = request.headers.get("Origin")
        if host not in ("127.0.0.1", "localhost") or (origin and urlsplit(origin).netloc != request.host):
            raise web.HTTPForbidden(text="Only for this machine.")
        return await handler(request)

    return guarded


async def _body(request: web.Request) -> JSON:
    """Return the JSON object of a request, empty without a body; raises 400 for anything else, 415 for a form."""
    if not request.can_read_body:
        return {}
    if request.content_type != "application/json":
        raise web.HTTPUnsupportedMediaType(text="Only JSON.")
    try:
        body = json.loads(await request.read())
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise web.HTTPBadRequest(text="A JSON object is needed.")
    return body
