"""Delivery: what is in the outbox goes to Telegram, in order per chat, at its pace, until it arrives or is given up.

One screen a chat: it is edited in place while it is the newest message there; otherwise a fresh one is sent and the
old one folds to a neutral line. Who has blocked us, or what Telegram refuses, comes back as an update of our own.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal
from zoneinfo import ZoneInfo

from telegram import Bot
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
from bot.pace import Pace
from bot.steps import step
from bot.transport import wait_of
from conversations import notices
from conversations.wording import words_for
from storage import due
from storage.chats import Chat, Chats, note_screens, note_sent
from storage.clock import Clock
from storage.database import Database
from storage.inbox import Inbox
from storage.outbox import Outbox, Outgoing
from storage.vault import Vault

# Rows looked at for one window, messages in it (a kill sends these twice, at most), and requests under way at once.
LOOK_AHEAD, MESSAGES, PARALLEL = 256, 64, 8
# A message that has not left after this long no longer helps anybody.
GIVE_UP = timedelta(hours=24)
# Waits after failing tries, in seconds; the last one repeats.
BACKOFF = (1, 2, 5, 15, 60, 300)
# Why a row waits that may have arrived already.
UNANSWERED = "no answer"
_EDIT_IS_GONE = ("message to edit not found", "message can't be edited", "message_id_invalid")
_NOBODY_THERE = ("chat not found", "user not found", "peer_id_invalid")
_METHODS = {
    "answer": "answerCallbackQuery",
    "delete": "deleteMessage",
    "leave": "leaveChat",
    "inline": "answerInlineQuery",
    "menu": "setMyCommands",
}

Result = Literal["sent", "failed", "later", "uncertain", "dropped"]


@dataclass(slots=True)
class Window:
    """What one window has come to, to be written in one transaction."""

    finished: list[tuple[int, str, str | None]] = field(default_factory=list)
    later: list[tuple[int, int, datetime, str]] = field(default_factory=list)
    screens: list[tuple[str, int, bool]] = field(default_factory=list)
    sent: list[tuple[str, int]] = field(default_factory=list)
    fresh: list[str] = field(default_factory=list)
    settled: list[tuple[str, str, str | None]] = field(default_factory=list)
    folds: list[Outgoing] = field(default_factory=list)
    undelivered: list[tuple[Chat, str]] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)


class Delivery:
    """Empties the outbox."""

    def __init__(self, database: Database, vault: Vault, clock: Clock, bot: Bot, pace: Pace, zone: ZoneInfo) -> None:
        self._database = database
        self._chats = Chats(vault)
        self._outbox = Outbox(vault)
        self._inbox = Inbox(vault)
        self._clock = clock
        self._bot = bot
        self._pace = pace
        self._zone = zone
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
        if self._pace.closed_for:
            return 0
        now = self._clock.now()
        async with self._database.read() as connection:
            rows = await self._outbox.next(connection, now, LOOK_AHEAD)
            lanes = self._lanes(rows)
            chats = {c.id: c for c in await self._chats.by_id(connection, {row.chat_id for row in rows if row.chat_id})}
            reminders = [row.key for row in rows if row.key.startswith("reminder:")]
            leaving = await due.still_leaving(connection, reminders) if reminders else set()
        if not lanes:
            return 0
        step("delivery:chosen")
        window = Window()
        await asyncio.gather(*(self._lane(lane, chats, leaving, window) for lane in lanes))
        async with self._database.write() as connection:
            await self._outbox.finish(connection, window.finished)
            await self._outbox.postpone(connection, window.later)
            for key in await self._outbox.close_chats(connection, window.closed, "unreachable"):
                window.settled.append((key, "handed_to_worker", "unreachable"))
            await self._outbox.add(connection, window.folds, now)
            await note_screens(connection, window.screens)
            await note_sent(connection, window.sent)
            await due.settle(connection, window.settled)
            back = [
                ({"voorzorg": {"kind": kind, "telegram_id": chat.telegram_id}}, chat.telegram_id)
                for chat, kind in window.undelivered
            ]
            await self._inbox.store(connection, back, now)
        self._unsure.difference_update(window.fresh)
        step("delivery:noted")
        return len(window.finished) + len(window.later)

    def _lanes(self, rows: Iterable[Outgoing]) -> list[list[Outgoing]]:
        """Group rows by chat, in order, each lane up to and with its first message; chats that must wait stay out."""
        lanes: dict[str, list[Outgoing]] = {}
        full: set[str] = set()
        messages = 0
        for row in rows:
            lane = row.chat_id or f"row {row.seq}"
            if row.kind == "answer":  # the tapped button stops its clock at once, whatever else waits
                lanes.setdefault(f"{lane} answers", []).append(row)
            elif lane not in full:
                if row.kind in ("screen", "notice"):
                    full.add(lane)
                    if messages >= MESSAGES or self._pace.chat_waits(row.payload["chat_id"]):
                        continue
                    messages += 1
                lanes.setdefault(lane, []).append(row)
        return [lane for lane in lanes.values() if lane]

    async def _lane(self, lane: list[Outgoing], chats: dict[str, Chat], leaving: set[str], window: Window) -> None:
        async with self._slots:
            for row in lane:
                chat = chats.get(row.chat_id)
                if row.key.startswith("reminder:") and row.key not in leaving:
                    window.finished.append((row.seq, "dropped", "cancelled"))
                elif chat is None and row.chat_id and row.kind in ("screen", "notice", "fold"):
                    # Its owner has another phone now: nothing more is shown on this one. (A goodbye has none.)
                    window.finished.append((row.seq, "dropped", "no chat"))
                    if row.key.startswith("reminder:"):
                        window.settled.append((row.key, "handed_to_worker", "no chat"))
                elif not await self._send(row, chat, window):
                    return

    async def _send(self, row: Outgoing, chat: Chat | None, window: Window) -> bool:
        """Send one row and note what came of it; False when the rest of its lane has to wait."""
        step("delivery:sending")
        try:
            await self._deliver(row, chat, window)
        except RetryAfter as error:
            seconds = wait_of(error)
            self._pace.close(seconds)
            return self._again(row, chat, window, "429", timedelta(seconds=seconds))
        except Forbidden:
            return self._gone(row, chat, window, "blocked")
        except BadRequest as error:
            return self._refused(row, chat, window, error.message.lower())
        except (InvalidToken, EndPointNotFound):  # do_api_request turns the one into the other
            self.failure = PermissionError("Telegram does not know this token. Set VOORZORG_BOT_TOKEN to a valid one.")
            return False
        except TimedOut:
            return self._unanswered(row, chat, window)
        except NetworkError as error:
            logs.get().warning("not delivered", kind=row.kind, error=type(error).__name__)
            return self._again(row, chat, window, "network")
        except TelegramError as error:
            logs.get().warning("not delivered", kind=row.kind, error=type(error).__name__)
            return self._again(row, chat, window, "telegram")
        step("delivery:sent")
        window.finished.append((row.seq, "sent", None))
        if row.key.startswith("reminder:"):
            window.settled.append((row.key, "sent", None))
        return True

    async def _call(self, method: str, payload: dict[str, Any]) -> Any:
        return await self._bot.do_api_request(method, api_kwargs=payload)

    async def _deliver(self, row: Outgoing, chat: Chat | None, window: Window) -> None:
        payload = row.payload
        match row.kind:
            case "screen":
                assert chat is not None
                await self._show(row, chat, window)
            case "notice":
                window.sent.append((row.chat_id, await self._send_fresh(row, payload, window)))
            case "fold":
                # The screen as it stands now: one that waited for a retry may have come since the fold was decided.
                assert chat is not None
                await self._call("editMessageText", payload | {"message_id": chat.screen_message})
                window.screens.append((row.chat_id, chat.screen_message or 0, True))
            case "clear":
                await self._clear(payload)
            case _:
                await self._call(_METHODS[row.kind], payload)

    async def _send_fresh(self, row: Outgoing, payload: dict[str, Any], window: Window) -> int:
        """Send a new message and return its number. Until that is noted, the chat is one of those we are unsure of."""
        await self._pace.turn(payload["chat_id"])
        self._unsure.add(row.chat_id)
        sent = await self._call("sendMessage", payload)
        window.fresh.append(row.chat_id)
        return int(sent["message_id"])

    async def _show(self, row: Outgoing, chat: Chat, window: Window) -> None:
        """Edit the screen where it stands, or send a fresh one and fold the old."""
        old = chat.screen_message
        if old is not None and old >= chat.newest_message and chat.id not in self._unsure:
            try:
                await self._call("editMessageText", row.payload | {"message_id": old})
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
        # It answers what the person just did: no sound, and nothing new on the lock screen.
        sent = await self._send_fresh(row, row.payload | {"disable_notification": True}, window)
        window.screens.append((row.chat_id, sent, False))
        if old is not None:
            folded = notices.superseded(words_for(chat.language, self._zone))
            payload = {"chat_id": chat.telegram_id, "message_id": old, "text": folded.text}
            window.folds.append(Outgoing(row.chat_id, "clear", payload))

    async def _clear(self, payload: dict[str, Any]) -> None:
        """Take a former screen out of the chat; one that is too old for that (48 hours) keeps a neutral line."""
        try:
            await self._call("deleteMessage", {key: payload[key] for key in ("chat_id", "message_id")})
        except BadRequest:
            await self._call("editMessageText", payload)

    def _again(
        self, row: Outgoing, chat: Chat | None, window: Window, why: str, asked: timedelta | None = None
    ) -> bool:
        """Try again later, after as long as Telegram `asked`; answers to taps and what is a day old are given up."""
        if row.kind == "answer":
            window.finished.append((row.seq, "failed", why))
            return True
        if row.made_at is not None and self._clock.now() - row.made_at > GIVE_UP:
            return self._failed(row, chat, window, why)
        wait = asked or timedelta(seconds=BACKOFF[min(row.attempts, len(BACKOFF) - 1)])
        if row.reason == UNANSWERED:  # it may have arrived: what goes wrong later does not change that
            why = UNANSWERED
        window.later.append((row.seq, row.attempts + (asked is None), self._clock.now() + wait, why))
        return False

    def _unanswered(self, row: Outgoing, chat: Chat | None, window: Window) -> bool:
        """Nobody knows whether it arrived: an edit is simply repeated, a message is sent once more and no further."""
        if row.kind == "answer" or (row.kind == "notice" and row.reason == UNANSWERED):
            window.finished.append((row.seq, "uncertain", UNANSWERED))
            if row.key.startswith("reminder:"):
                window.settled.append((row.key, "sent", "not confirmed"))
            return True
        return self._again(row, chat, window, UNANSWERED)

    def _refused(self, row: Outgoing, chat: Chat | None, window: Window, text: str) -> bool:
        """Telegram will never take this row. For tidying that is an end like another."""
        if any(nobody in text for nobody in _NOBODY_THERE):
            return self._gone(row, chat, window, "no chat")
        if row.kind in ("screen", "notice"):
            logs.get().error("Telegram refuses a message", kind=row.kind, seq=row.seq)
            return self._failed(row, chat, window, "refused")
        if row.kind == "fold" and chat is not None:
            window.screens.append((row.chat_id, chat.screen_message or 0, True))
        window.finished.append((row.seq, "sent", None))
        return True

    def _failed(self, row: Outgoing, chat: Chat | None, window: Window, why: str) -> bool:
        window.finished.append((row.seq, "failed", why))
        if row.key.startswith("reminder:"):
            window.settled.append((row.key, "handed_to_worker", why))
        if chat is not None and row.kind in ("screen", "notice"):
            window.undelivered.append((chat, "refused"))
        return True

    def _gone(self, row: Outgoing, chat: Chat | None, window: Window, why: str) -> bool:
        """Nobody gets anything in this chat any more: end all that waits for it, and let a human know."""
        window.finished.append((row.seq, "failed", why))
        if row.key.startswith("reminder:"):
            window.settled.append((row.key, "handed_to_worker", why))
        if chat is not None and row.kind in ("screen", "notice"):
            window.closed.append(row.chat_id)
            window.undelivered.append((chat, "unreachable"))
        return False
