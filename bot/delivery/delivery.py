"""Delivery: what is in the outbox goes out, in order per chat, at its pace, until it arrives or is given up.

One screen a chat: it is edited in place while it is the newest message there; otherwise a fresh one is sent and the
old one folds to a neutral line. Who has blocked us, or what is refused, comes back as an update of our own.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from bot import logs
from bot.channels.outgoing import message_in, showing, stub_in
from bot.channels.port import (
    Attachment,
    GoneError,
    LaterError,
    Message,
    Port,
    RefusedError,
    UnknownError,
)
from bot.channels.telegram.former import modern
from bot.delivery.batch import NOT_MADE, Batch
from bot.delivery.holds import ANSWERS, LONG, Holds
from bot.delivery.pace import Pace
from bot.errands.documents.making import DocumentError, made
from bot.errands.documents.qr import qr_png
from bot.steps import step
from conversations import notices
from conversations.content.reminders import Sending
from conversations.rules.sending_hours import within_hours
from conversations.words.wording import words_for
from storage.clock import Clock
from storage.engines import residue
from storage.engines.database import Database
from storage.keys.vault import Vault
from storage.people.chats import Chats, Standing, standing
from storage.queues import due
from storage.queues.inbox import Inbox
from storage.queues.outbox import MESSAGES as KINDS_OF_MESSAGES
from storage.queues.outbox import STUB, Outbox, Outgoing

T = TypeVar("T")

# Rows looked at for one batch, messages in it (a kill sends these twice, at most), and requests under way at once.
LOOK_AHEAD, MESSAGES, PARALLEL = 256, 64, 8
# Messages that somebody misses when they do not come; a screen is shown again with the next tap.
MEANT = ("notice", "qr", "document")
# A reminder that has waited longer than this, for Telegram or for us, keeps to the hours in which messages leave.
STILL_TIMELY = timedelta(minutes=30)
# Seconds for which an answer waits for its place; after longer it comes in a message of its own.
SHORT = 5.0


class WithdrawnError(Exception):
    """Somebody was erased meanwhile, and this is about them."""


class Delivery:
    """Empties the outbox."""

    def __init__(
        self, database: Database, vault: Vault, clock: Clock, port: Port, pace: Pace, zone: ZoneInfo, hours: Sending
    ) -> None:
        self._database = database
        self._outbox = Outbox(vault)
        self._inbox = Inbox(vault)
        self._chats = Chats(vault)
        self._clock = clock
        self._port = port
        self._pace = pace
        self._zone = zone
        self._hours = hours
        self.holds = Holds(pace.timer)
        self._slots = asyncio.Semaphore(PARALLEL)
        # Chats in which a message may stand that is not noted: an edit above it would be seen by nobody.
        self._unsure: set[str] = set()
        self.failure: Exception | None = None

    async def recall(self) -> None:
        """Find what may have been on its way when we were last ended; before the first batch."""
        async with self._database.read() as connection:
            self._unsure |= await self._outbox.chats_of_messages(connection)

    async def send_batch(self) -> int:
        """Send one batch: at most one message a chat. Returns how many rows it moved on."""
        now = self._clock.now()
        async with self._database.read() as connection:
            rows = await self._outbox.next(connection, now, LOOK_AHEAD, ANSWERS if self.holds.closed_for else None)
            for row in rows:
                row.payload = modern(row.kind, row.payload)
            lanes = self._lanes(rows)
            chats = await standing(connection, {row.chat_id for row in rows if row.chat_id})
            reminders = [row.key for row in rows if row.key.startswith("reminder:")]
            leaving = await due.still_leaving(connection, reminders) if reminders else set()
        if not lanes:
            return 0
        step("delivery:chosen")
        batch = Batch()
        await asyncio.gather(*(self._lane(lane, chats, leaving, batch) for lane in lanes))
        async with self._database.write() as connection:
            for chat in await self._chats.by_id(connection, {r.chat_id for r in batch.damaged if r.kind in MEANT}):
                batch.undelivered.append((chat.telegram_id, "refused"))  # who helps hears that it does not come
            if any(not row.chat_id for lane in lanes for row in lane):  # a goodbye: whose chat it was goes from it too
                await residue.note(connection, "outbox")
            await batch.write(connection, self._outbox, self._inbox, now)
        self._unsure.difference_update(batch.fresh)
        step("delivery:noted")
        return len(batch.finished) + len(batch.later) + len(batch.damaged)

    def _lanes(self, rows: Iterable[Outgoing]) -> list[list[Outgoing]]:
        """Group rows by chat, in order, each lane up to and with its first message; chats that must wait stay out."""
        lanes: dict[str, list[Outgoing]] = {}
        full: set[str] = set()
        messages = 0
        for row in rows:
            lane = row.chat_id or f"row {row.seq}"
            if row.damaged:
                lanes.setdefault(f"{lane} damaged", []).append(row)
            elif row.kind == "answer":  # the tapped button stops its clock at once, whatever else waits
                lanes.setdefault(f"{lane} answers", []).append(row)
            elif lane not in full:
                if row.kind in KINDS_OF_MESSAGES:
                    full.add(lane)
                    if messages >= MESSAGES or self._pace.chat_waits(row.payload["to"]):
                        continue
                    messages += 1
                lanes.setdefault(lane, []).append(row)
        return [lane for lane in lanes.values() if lane]

    async def _lane(self, lane: list[Outgoing], chats: dict[str, Standing], leaving: set[str], batch: Batch) -> None:
        async with self._slots:
            for row in lane:
                chat = chats.get(row.chat_id)
                if row.damaged:
                    batch.set_aside(row)
                elif row.key.startswith("reminder:") and row.key not in leaving:
                    batch.drop(row, "cancelled", handed=False)
                elif chat is None and row.chat_id and row.kind in (*KINDS_OF_MESSAGES, "fold"):
                    # Its owner has another phone now: nothing more is shown on this one. (A goodbye has none.)
                    batch.drop(row, "no chat", handed=True)
                elif (opens := self._untimely(row)) is not None:
                    batch.hold(row, opens)
                elif not await self._send(row, chat, batch):
                    return

    def _untimely(self, row: Outgoing) -> datetime | None:
        """Return when a reminder may leave that could not in time, and would now come in the night."""
        now = self._clock.now()
        if not row.key.startswith("reminder:") or row.made_at is None or now - row.made_at < STILL_TIMELY:
            return None
        opens = within_hours(now, self._zone, self._hours)
        return opens if opens > now else None

    async def _send(self, row: Outgoing, chat: Standing | None, batch: Batch) -> bool:
        """Send one row and note what came of it; False when the rest of its lane has to wait."""
        step("delivery:sending")
        try:
            await self._look_again(row, chat)
            await self._deliver(row, chat, batch)
        except WithdrawnError:
            return False
        except LaterError as error:
            if error.seconds is not None:
                return self._too_many(row, error.seconds, batch)
            logs.get().warning("not delivered", kind=row.kind, error=error.why)
            return batch.again(row, self._clock.now(), error.why)
        except GoneError as error:
            return batch.gone(row, error.why)
        except RefusedError:
            if row.kind == "delete":
                self._unsure.add(row.chat_id)  # it stands there still, below the screen
            return batch.refused(row, chat)
        except DocumentError as error:
            logs.get().error("a document could not be made", kind=row.kind, why=str(error))
            return batch.fail(row, NOT_MADE)
        except PermissionError as error:
            self.failure = error
            return False
        except UnknownError:
            return batch.unanswered(row, self._clock.now())
        step("delivery:sent")
        return batch.arrived(row)

    def _too_many(self, row: Outgoing, seconds: float, batch: Batch) -> bool:
        """Wait as long as the channel says; when several chats are refused, less long, and all of them together."""
        closed = self.holds.closed_for
        asked = timedelta(seconds=min(seconds, closed) if closed else seconds)
        return batch.again(row, self._clock.now(), "429", asked)

    async def _call(self, row: Outgoing, way: str, call: Callable[[], Awaitable[T]], batch: Batch) -> T:
        """Do something in a chat, unless this kind of it is refused there for now; raises LaterError then too."""
        to: int | None = row.payload.get("to")
        if to is not None and (held := self.holds.held(to, way)):
            raise LaterError("429", held)
        try:
            return await call()
        except LaterError as error:
            if error.seconds is None or to is None:  # an answer to a tap, or to a stranger: nobody's chat waits for it
                raise
            rows = self.holds.refuse(to, way, error.seconds, row.seq, row.attempts)
            # Who helps hears of one chat that is cut off for long; of all of them, who keeps the program does.
            long = error.seconds > LONG and not self.holds.closed_for and row.reason is None
            if long and row.chat_id and row.kind in KINDS_OF_MESSAGES:
                batch.undelivered.append((to, "held"))
            again = self._clock.now() + timedelta(seconds=self.holds.closed_for)
            batch.later += [(seq, tried, again, "429") for seq, tried in rows if seq != row.seq]
            raise

    async def _look_again(self, row: Outgoing, chat: Standing | None) -> None:
        """Raise WithdrawnError when a message to a colleague was taken back since it was read, or is another now."""
        if row.kind not in KINDS_OF_MESSAGES or chat is None or chat.staff_id is None:
            return
        async with self._database.read() as connection:
            if not await self._outbox.stands(connection, row):
                raise WithdrawnError

    async def _deliver(self, row: Outgoing, chat: Standing | None, batch: Batch) -> None:
        port, said = self._port, row.payload
        to = said.get("to", 0)
        match row.kind:
            case "screen":
                assert chat is not None
                await self._show(row, chat, batch)
            case "notice":
                message = message_in(row)
                batch.sent.append((row.chat_id, await self._send_fresh(row, lambda: port.send(to, message), batch)))
            case "qr":
                picture = await asyncio.to_thread(qr_png, said["link"])
                file = Attachment(picture, "code.png", said["caption"], picture=True, marked_up=True)
                batch.sent.append((row.chat_id, await self._send_fresh(row, lambda: port.attach(to, file), batch)))
            case "document":
                data, name = dict(said["document"]), said["file_name"]
                content = await made(data.pop("template"), data)
                await self._look_again(row, chat)  # making it takes a while
                paper = Attachment(content, name, said["caption"], picture=name.endswith(".png"))
                batch.sent.append((row.chat_id, await self._send_fresh(row, lambda: port.attach(to, paper), batch)))
            case "fold":
                # The screen as it stands now: one that waited for a retry may have come since the fold was decided.
                assert chat is not None
                standing, line = chat.screen_message or 0, message_in(row)
                await self._call(row, "edit", lambda: port.edit(to, standing, line), batch)
                batch.screens.append((row.chat_id, standing, True))
            case "clear":
                await self._clear(row, batch)
            case "sweep":
                await self._sweep(row, batch)
            case "answer":
                await self._call(row, "answer", lambda: port.answer(said["tap"], said["text"]), batch)
            case "delete":
                await self._call(row, "delete", lambda: port.delete(to, said["message_id"]), batch)
            case "menu":
                await self._call(row, "menu", lambda: port.menu(said["to"], said["commands"]), batch)
            case "leave":
                await self._call(row, "leave", lambda: port.leave(to), batch)
            case "inline":
                await self._call(row, "inline", lambda: port.decline(said["query"]), batch)

    async def _send_fresh(self, row: Outgoing, send: Callable[[], Awaitable[int]], batch: Batch) -> int:
        """Send a new message and return its number. Until that is noted, the chat is one of those we are unsure of."""
        async with self._pace.turn(row.payload["to"]):
            sure = row.chat_id not in self._unsure
            self._unsure.add(row.chat_id)
            try:
                number = await self._call(row, "send", send, batch)
            except LaterError as error:
                if sure and error.seconds is not None:  # refused: nothing of it stands there
                    self._unsure.discard(row.chat_id)
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
        if old is not None and old >= chat.newest_message and chat.id not in self._unsure:
            try:
                if await self._edit(row, old, message, batch):
                    batch.screens.append((row.chat_id, old, False))
                    return
                # Somebody waits for this answer, who may be in need: below, in a message of its own.
            except RefusedError as error:
                if not error.missing:
                    raise
                old = None  # the person deleted it: a fresh one
        if stub and self.holds.held(to, "edit") > SHORT:
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
