"""Delivery: what is in the outbox goes to Telegram, in order per chat, at its pace, until it arrives or is given up.

One screen a chat: it is edited in place while it is the newest message there; otherwise a fresh one is sent and the
old one folds to a neutral line. Who has blocked us, or what Telegram refuses, comes back as an update of our own.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from telegram import Bot, InputFile
from telegram.error import (
    BadRequest,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot import logs
from bot.channels.telegram.transport import wait_of
from bot.delivery.batch import NOT_MADE, Window
from bot.delivery.holds import ANSWERS, LONG, Holds
from bot.delivery.pace import Pace
from bot.errands.documents.making import DocumentError, made
from bot.errands.documents.qr import qr_png
from bot.steps import step
from conversations import notices
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

# Rows looked at for one window, messages in it (a kill sends these twice, at most), and requests under way at once.
LOOK_AHEAD, MESSAGES, PARALLEL = 256, 64, 8
# Messages that somebody misses when they do not come; a screen is shown again with the next tap.
MEANT = ("notice", "qr", "document")
# A reminder that has waited longer than this, for Telegram or for us, keeps to the hours in which messages leave.
STILL_TIMELY = timedelta(minutes=30)
# Seconds for which an answer waits for its place; after longer it comes in a message of its own.
SHORT = 5.0
_EDIT_IS_GONE = ("message to edit not found", "message can't be edited", "message_id_invalid")
_DELETE_IS_GONE = "message to delete not found"
_METHODS = {
    "answer": "answerCallbackQuery",
    "delete": "deleteMessage",
    "leave": "leaveChat",
    "inline": "answerInlineQuery",
    "menu": "setMyCommands",
}


class WithdrawnError(Exception):
    """Somebody was erased meanwhile, and this is about them."""


class Delivery:
    """Empties the outbox."""

    def __init__(self, database: Database, vault: Vault, clock: Clock, bot: Bot, pace: Pace, zone: ZoneInfo) -> None:
        self._database = database
        self._outbox = Outbox(vault)
        self._inbox = Inbox(vault)
        self._chats = Chats(vault)
        self._clock = clock
        self._bot = bot
        self._pace = pace
        self._zone = zone
        self._holds = Holds(pace.timer)
        self._slots = asyncio.Semaphore(PARALLEL)
        # Chats in which a message may stand that is not noted: an edit above it would be seen by nobody.
        self._unsure: set[str] = set()
        self.failure: Exception | None = None

    async def recall(self) -> None:
        """Find what may have been on its way when we were last ended; before the first window."""
        async with self._database.read() as connection:
            self._unsure |= await self._outbox.chats_of_messages(connection)

    async def window(self) -> int:
        """Send one window: at most one message a chat. Returns how many rows it moved on."""
        now = self._clock.now()
        async with self._database.read() as connection:
            rows = await self._outbox.next(connection, now, LOOK_AHEAD, ANSWERS if self._holds.closed_for else None)
            lanes = self._lanes(rows)
            chats = await standing(connection, {row.chat_id for row in rows if row.chat_id})
            reminders = [row.key for row in rows if row.key.startswith("reminder:")]
            leaving = await due.still_leaving(connection, reminders) if reminders else set()
        if not lanes:
            return 0
        step("delivery:chosen")
        window = Window()
        await asyncio.gather(*(self._lane(lane, chats, leaving, window) for lane in lanes))
        async with self._database.write() as connection:
            for chat in await self._chats.by_id(connection, {r.chat_id for r in window.damaged if r.kind in MEANT}):
                window.undelivered.append((chat.telegram_id, "refused"))  # who helps hears that it does not come
            if any(not row.chat_id for lane in lanes for row in lane):  # a goodbye: whose chat it was goes from it too
                await residue.note(connection, "outbox")
            await window.write(connection, self._outbox, self._inbox, now)
        self._unsure.difference_update(window.fresh)
        step("delivery:noted")
        return len(window.finished) + len(window.later) + len(window.damaged)

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
                    if messages >= MESSAGES or self._pace.chat_waits(row.payload["chat_id"]):
                        continue
                    messages += 1
                lanes.setdefault(lane, []).append(row)
        return [lane for lane in lanes.values() if lane]

    async def _lane(self, lane: list[Outgoing], chats: dict[str, Standing], leaving: set[str], window: Window) -> None:
        async with self._slots:
            for row in lane:
                chat = chats.get(row.chat_id)
                if row.damaged:
                    window.set_aside(row)
                elif row.key.startswith("reminder:") and row.key not in leaving:
                    window.drop(row, "cancelled", handed=False)
                elif chat is None and row.chat_id and row.kind in (*KINDS_OF_MESSAGES, "fold"):
                    # Its owner has another phone now: nothing more is shown on this one. (A goodbye has none.)
                    window.drop(row, "no chat", handed=True)
                elif (opens := self._untimely(row)) is not None:
                    window.hold(row, opens)
                elif not await self._send(row, chat, window):
                    return

    def _untimely(self, row: Outgoing) -> datetime | None:
        """Return when a reminder may leave that could not in time, and would now come in the night."""
        now = self._clock.now()
        if not row.key.startswith("reminder:") or row.made_at is None or now - row.made_at < STILL_TIMELY:
            return None
        opens = within_hours(now, self._zone)
        return opens if opens > now else None

    async def _send(self, row: Outgoing, chat: Standing | None, window: Window) -> bool:
        """Send one row and note what came of it; False when the rest of its lane has to wait."""
        step("delivery:sending")
        try:
            await self._look_again(row, chat)
            await self._deliver(row, chat, window)
        except WithdrawnError:
            return False
        except RetryAfter as error:
            return self._too_many(row, wait_of(error), window)
        except Forbidden:
            return window.gone(row, "blocked")
        except BadRequest as error:
            text = error.message.lower()
            if row.kind == "delete" and _DELETE_IS_GONE not in text:
                self._unsure.add(row.chat_id)  # it stands there still, below the screen
            return window.refused(row, chat, text)
        except DocumentError as error:
            logs.get().error("a document could not be made", kind=row.kind, why=str(error))
            return window.fail(row, NOT_MADE)
        except (InvalidToken, EndPointNotFound):  # do_api_request turns the one into the other
            self.failure = PermissionError("Telegram does not know this token. Set VOORZORG_BOT_TOKEN to a valid one.")
            return False
        except TimedOut:
            return window.unanswered(row, self._clock.now())
        except NetworkError as error:
            logs.get().warning("not delivered", kind=row.kind, error=type(error).__name__)
            return window.again(row, self._clock.now(), "network")
        except TelegramError as error:
            logs.get().warning("not delivered", kind=row.kind, error=type(error).__name__)
            return window.again(row, self._clock.now(), "telegram")
        step("delivery:sent")
        return window.arrived(row)

    def _too_many(self, row: Outgoing, seconds: float, window: Window) -> bool:
        """Wait as long as Telegram says; when several chats are refused, less long, and all of them together."""
        closed = self._holds.closed_for
        asked = timedelta(seconds=min(seconds, closed) if closed else seconds)
        return window.again(row, self._clock.now(), "429", asked)

    async def _call(self, row: Outgoing, method: str, payload: dict[str, Any], window: Window) -> Any:
        """Call a method, unless Telegram refuses this kind of call in this chat for now; raises RetryAfter then too."""
        chat = payload.get("chat_id")
        if chat is not None and (held := self._holds.held(chat, method)):
            raise RetryAfter(timedelta(seconds=held))
        try:
            return await self._bot.do_api_request(method, api_kwargs=payload)
        except RetryAfter as error:
            if chat is None:  # an answer to a tap, or to a stranger: nobody's chat waits for it
                raise
            seconds = wait_of(error)
            rows = self._holds.refuse(chat, method, seconds, row.seq, row.attempts)
            # Who helps hears of one chat that is cut off for long; of all of them, who keeps the program does.
            long = seconds > LONG and not self._holds.closed_for and row.reason is None
            if long and row.chat_id and row.kind in KINDS_OF_MESSAGES:
                window.undelivered.append((chat, "held"))
            again = self._clock.now() + timedelta(seconds=self._holds.closed_for)
            window.later += [(seq, tried, again, "429") for seq, tried in rows if seq != row.seq]
            raise

    async def _look_again(self, row: Outgoing, chat: Standing | None) -> None:
        """Raise WithdrawnError when a message to a colleague was taken back since it was read, or is another now."""
        if row.kind not in KINDS_OF_MESSAGES or chat is None or chat.staff_id is None:
            return
        async with self._database.read() as connection:
            if not await self._outbox.stands(connection, row):
                raise WithdrawnError

    async def _deliver(self, row: Outgoing, chat: Standing | None, window: Window) -> None:
        payload = row.payload
        match row.kind:
            case "screen":
                assert chat is not None
                await self._show(row, chat, window)
            case "notice":
                window.sent.append((row.chat_id, await self._send_fresh(row, payload, window)))
            case "qr":
                picture = InputFile(await asyncio.to_thread(qr_png, payload["link"]), "code.png", attach=True)
                file = {name: payload[name] for name in payload if name != "link"} | {"photo": picture}
                window.sent.append((row.chat_id, await self._send_fresh(row, file, window, "sendPhoto")))
            case "document":
                data, name = dict(payload["document"]), payload["file_name"]
                # A picture is shown where it stands; other files are opened.
                kind = "photo" if name.endswith(".png") else "document"
                made_file = InputFile(await made(data.pop("template"), data), name, attach=True)
                await self._look_again(row, chat)  # making it takes a while
                sent = {"chat_id": payload["chat_id"], "caption": payload["caption"], kind: made_file}
                window.sent.append((row.chat_id, await self._send_fresh(row, sent, window, f"send{kind.capitalize()}")))
            case "fold":
                # The screen as it stands now: one that waited for a retry may have come since the fold was decided.
                assert chat is not None
                await self._call(row, "editMessageText", payload | {"message_id": chat.screen_message}, window)
                window.screens.append((row.chat_id, chat.screen_message or 0, True))
            case "clear":
                await self._clear(row, payload, window)
            case "sweep":
                await self._sweep(row, payload, window)
            case _:
                await self._call(row, _METHODS[row.kind], payload, window)

    async def _send_fresh(
        self, row: Outgoing, payload: dict[str, Any], window: Window, method: str = "sendMessage"
    ) -> int:
        """Send a new message and return its number. Until that is noted, the chat is one of those we are unsure of."""
        async with self._pace.turn(payload["chat_id"]):
            sure = row.chat_id not in self._unsure
            self._unsure.add(row.chat_id)
            try:
                sent = await self._call(row, method, payload, window)
            except RetryAfter:
                if sure:  # refused: nothing of it stands there
                    self._unsure.discard(row.chat_id)
                raise
        window.fresh.append(row.chat_id)
        return int(sent["message_id"])

    async def _show(self, row: Outgoing, chat: Standing, window: Window) -> None:
        """Edit the screen where it stands, or send a fresh one and fold the old."""
        payload, old = dict(row.payload), chat.screen_message
        stub = payload.pop(STUB, None)
        if old is not None and old >= chat.newest_message and chat.id not in self._unsure:
            try:
                await self._call(row, "editMessageText", payload | {"message_id": old}, window)
            except RetryAfter as error:
                if wait_of(error) <= SHORT:
                    raise
                # Somebody waits for this answer, who may be in need: below, in a message of its own.
            except BadRequest as error:
                text = error.message.lower()
                if not any(gone in text for gone in _EDIT_IS_GONE):
                    if "not modified" not in text:
                        raise
                    window.screens.append((row.chat_id, old, False))
                    return
                old = None  # the person deleted it: a fresh one
            else:
                window.screens.append((row.chat_id, old, False))
                return
        if stub and self._holds.held(payload["chat_id"], "editMessageText") > SHORT:
            stub = None  # the words could not take its place for long: a number to call is worth more than a quiet line
        # It answers what the person just did: no sound. A lock screen shows the words of a new message all the same:
        # where others look at it, a neutral line is sent, and becomes the screen; should that fail, it leads on.
        fresh = {"chat_id": payload["chat_id"], **stub} if stub else payload
        sent = await self._send_fresh(row, fresh | {"disable_notification": True}, window)
        window.screens.append((row.chat_id, sent, False))
        if old is not None:
            folded = notices.superseded(words_for(chat.language, self._zone))
            above = {"chat_id": payload["chat_id"], "message_id": old, "text": folded.text}
            window.folds.append(Outgoing(row.chat_id, "clear", above))
        if stub:
            try:
                await self._call(row, "editMessageText", payload | {"message_id": sent}, window)
            except RetryAfter as error:
                if wait_of(error) <= SHORT:
                    raise
                whole = await self._send_fresh(row, payload | {"disable_notification": True}, window)
                window.screens.append((row.chat_id, whole, False))
                gone = {"chat_id": payload["chat_id"], "message_id": sent, "text": stub["text"]}
                window.folds.append(Outgoing(row.chat_id, "clear", gone))

    async def _sweep(self, row: Outgoing, payload: dict[str, Any], window: Window) -> None:
        """Take many messages out of a chat at once; where one of them cannot go, one by one."""
        try:
            await self._call(row, "deleteMessages", payload, window)
        except BadRequest:
            for message in payload["message_ids"]:
                with suppress(BadRequest):
                    gone = {"chat_id": payload["chat_id"], "message_id": message}
                    await self._call(row, "deleteMessage", gone, window)

    async def _clear(self, row: Outgoing, payload: dict[str, Any], window: Window) -> None:
        """Take a former screen out of the chat; one that is too old for that (48 hours) keeps a neutral line."""
        try:
            gone = {key: payload[key] for key in ("chat_id", "message_id")}
            await self._call(row, "deleteMessage", gone, window)
        except BadRequest:
            await self._call(row, "editMessageText", payload, window)
