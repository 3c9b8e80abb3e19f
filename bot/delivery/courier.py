"""The courier: what one row of the outbox becomes in its chat.

One screen a chat: it is edited in place while it is the newest message there; otherwise a fresh one is sent and the
old one folds to a neutral line.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta
from functools import partial
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from bot.channels.outgoing import message_in, showing, stub_in
from bot.channels.port import Attachment, LaterError, Message, Port, RefusedError
from bot.delivery.batch import Batch
from bot.delivery.holds import LONG, Holds
from bot.delivery.pace import Pace
from bot.errands.documents.making import made
from bot.errands.documents.qr import qr_png
from conversations import notices
from conversations.words.wording import words_for
from storage.clock import Clock
from storage.people.chats import Standing
from storage.queues.outbox import MESSAGES, STUB, Outgoing

T = TypeVar("T")

# Seconds for which an answer waits for its place; after longer it comes in a message of its own.
SHORT = 5.0


class Courier:
    """Brings rows to their chats, at their pace; raises what the port does where one does not arrive."""

    def __init__(self, port: Port, pace: Pace, holds: Holds, clock: Clock, zone: ZoneInfo) -> None:
        self._port = port
        self._pace = pace
        self._holds = holds
        self._clock = clock
        self._zone = zone
        # Chats in which a message may stand that is not noted: an edit above it would be seen by nobody.
        self.unsure: set[str] = set()

    async def bring(
        self, row: Outgoing, chat: Standing | None, batch: Batch, still_wanted: Callable[[], Awaitable[None]]
    ) -> None:
        """Do what a row asks, and note in the batch what stands in its chat then.

        `still_wanted` raises when a row was taken back while its document was made, which takes a while.
        """
        match row.kind:
            case "screen":
                assert chat is not None
                await self._show(row, chat, batch)
            case "notice":
                await self._send(row, partial(self._port.send, row.payload["to"], message_in(row)), batch)
            case "qr":
                await self._send(row, partial(self._port.attach, row.payload["to"], await _code(row)), batch)
            case "document":
                paper = await _document(row)
                await still_wanted()
                await self._send(row, partial(self._port.attach, row.payload["to"], paper), batch)
            case "fold":
                # The screen as it stands now: one that waited for a retry may have come since the fold was decided.
                assert chat is not None
                await self._fold(row, chat.screen_message or 0, batch)
            case "clear":
                await self._clear(row, batch)
            case "sweep":
                await self._sweep(row, batch)
            case _:
                await self._call(row, row.kind, partial(self._once, row), batch)

    async def _once(self, row: Outgoing) -> None:
        """Make the call of a row that is one call, by the name of its kind, and leaves nothing to note."""
        port, said = self._port, row.payload
        match row.kind:
            case "answer":
                await port.answer(said["tap"], said["text"])
            case "delete":
                await port.delete(said["to"], said["message_id"])
            case "menu":
                await port.menu(said["to"], said["commands"])
            case "leave":
                await port.leave(said["to"])
            case "inline":
                await port.decline(said["query"])

    async def _send(self, row: Outgoing, send: Callable[[], Awaitable[int]], batch: Batch) -> None:
        batch.sent.append((row.chat_id, await self._send_fresh(row, send, batch)))

    async def _call(self, row: Outgoing, way: str, call: Callable[[], Awaitable[T]], batch: Batch) -> T:
        """Do something in a chat, unless this kind of it is refused there for now; raises LaterError then too."""
        to: int | None = row.payload.get("to")
        if to is not None and (held := self._holds.held(to, way)):
            raise LaterError("429", held)
        try:
            return await call()
        except LaterError as error:
            if error.seconds is None or to is None:  # an answer to a tap, or to a stranger: nobody's chat waits for it
                raise
            rows = self._holds.refuse(to, way, error.seconds, row.seq, row.attempts)
            # Who helps hears of one chat that is cut off for long; of all of them, who keeps the program does.
            long = error.seconds > LONG and not self._holds.closed_for and row.reason is None
            if long and row.chat_id and row.kind in MESSAGES:
                batch.undelivered.append((to, "held"))
            again = self._clock.now() + timedelta(seconds=self._holds.closed_for)
            batch.later += [(seq, tried, again, "429") for seq, tried in rows if seq != row.seq]
            raise

    async def _send_fresh(self, row: Outgoing, send: Callable[[], Awaitable[int]], batch: Batch) -> int:
        """Send a new message and return its number. Until that is noted, the chat is one of those we are unsure of."""
        async with self._pace.turn(row.payload["to"]):
            sure = row.chat_id not in self.unsure
            self.unsure.add(row.chat_id)
            try:
                number = await self._call(row, "send", send, batch)
            except LaterError as error:
                if sure and error.seconds is not None:  # refused: nothing of it stands there
                    self.unsure.discard(row.chat_id)
                raise
        batch.fresh.append(row.chat_id)
        return number

    async def _edit(self, row: Outgoing, number: int, message: Message, batch: Batch) -> bool:
        """Let a message of a chat say something else; False when it has to wait for longer than somebody does."""
        try:
            await self._call(row, "edit", lambda: self._port.edit(row.payload["to"], number, message), batch)
        except LaterError as error:
            if error.seconds is None or error.seconds <= SHORT:
                raise
            return False
        return True

    async def _show(self, row: Outgoing, chat: Standing, batch: Batch) -> None:
        """Edit the screen where it stands, or send a fresh one and fold the old."""
        port, to, old = self._port, row.payload["to"], chat.screen_message
        message, stub = message_in(row), stub_in(row)
        if old is not None and old >= chat.newest_message and chat.id not in self.unsure:
            try:
                if await self._edit(row, old, message, batch):
                    batch.screens.append((row.chat_id, old, False))
                    return
                # Somebody waits for this answer, who may be in need: below, in a message of its own.
            except RefusedError as error:
                if not error.missing:
                    raise
                old = None  # the person deleted it: a fresh one
        if stub and self._holds.held(to, "edit") > SHORT:
            stub = None  # the words could not take its place for long: a number to call is worth more than a quiet line
        # It answers what the person just did: no sound. A lock screen shows the words of a new message all the same:
        # where others look at it, a neutral line is sent, and becomes the screen; should that fail, it leads on.
        first = stub or message
        sent = await self._send_fresh(row, lambda: port.send(to, first, silent=True), batch)
        batch.screens.append((row.chat_id, sent, False))
        if old is not None:
            above = notices.superseded(words_for(chat.language, self._zone))
            batch.folds.append(self._above(row, old, showing(above)))
        if stub and not await self._edit(row, sent, message, batch):
            whole = await self._send_fresh(row, lambda: port.send(to, message, silent=True), batch)
            batch.screens.append((row.chat_id, whole, False))
            batch.folds.append(self._above(row, sent, row.payload[STUB]))

    @staticmethod
    def _above(row: Outgoing, number: int, said: dict[str, Any]) -> Outgoing:
        """Return what takes a message out that stands above the screen now."""
        return Outgoing(row.chat_id, "clear", {"to": row.payload["to"], "message_id": number} | said)

    async def _fold(self, row: Outgoing, standing: int, batch: Batch) -> None:
        line = message_in(row)
        await self._call(row, "edit", lambda: self._port.edit(row.payload["to"], standing, line), batch)
        batch.screens.append((row.chat_id, standing, True))

    async def _sweep(self, row: Outgoing, batch: Batch) -> None:
        """Take many messages out of a chat at once; where one of them cannot go, one by one."""
        port, to, numbers = self._port, row.payload["to"], row.payload["message_ids"]
        try:
            await self._call(row, "delete", lambda: port.delete_all(to, numbers), batch)
        except RefusedError:
            for number in numbers:
                with suppress(RefusedError):
                    await self._call(row, "delete", partial(port.delete, to, number), batch)

    async def _clear(self, row: Outgoing, batch: Batch) -> None:
        """Take a former screen out of the chat; one that is too old for that (48 hours) keeps a neutral line."""
        port, to, number = self._port, row.payload["to"], row.payload["message_id"]
        try:
            await self._call(row, "delete", lambda: port.delete(to, number), batch)
        except RefusedError:
            await self._call(row, "edit", lambda: port.edit(to, number, message_in(row)), batch)


async def _code(row: Outgoing) -> Attachment:
    picture = await asyncio.to_thread(qr_png, row.payload["link"])
    return Attachment(picture, "code.png", row.payload["caption"], picture=True, marked_up=True)


async def _document(row: Outgoing) -> Attachment:
    data, name = dict(row.payload["document"]), row.payload["file_name"]
    content = await made(data.pop("template"), data)
    return Attachment(content, name, row.payload["caption"], picture=name.endswith(".png"))
