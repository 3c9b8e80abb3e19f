"""Reception: updates come in as raw JSON, are stored, and then confirmed to Telegram, by the next call's offset."""

from __future__ import annotations

from typing import Any

from telegram import Bot

from bot.channels.telegram.envelope import ALLOWED_UPDATES, essence, read_envelope
from bot.steps import step
from storage.clock import Clock
from storage.engines.database import Database
from storage.queues.inbox import Inbox

# Updates in one call (Bot API, getUpdates).
BATCH = 100
# Seconds that a call may take beyond its long poll.
MARGIN = 10


class Reception:
    """Polls Telegram. It keeps no offset: numbers may start anew after a quiet week, and the inbox knows them all."""

    def __init__(self, database: Database, inbox: Inbox, clock: Clock, bot: Bot, poll_seconds: int) -> None:
        self._database = database
        self._inbox = inbox
        self._clock = clock
        self._bot = bot
        self._poll = poll_seconds
        self._offset: int | None = None
        self.ignored = 0

    async def poll(self) -> int:
        """Wait for updates and store them; returns how many came. Raises what the transport raises."""
        asked: dict[str, Any] = {"timeout": self._poll, "limit": BATCH, "allowed_updates": ALLOWED_UPDATES}
        if self._offset is not None:
            asked["offset"] = self._offset
        updates = await self._bot.do_api_request("getUpdates", api_kwargs=asked, read_timeout=self._poll + MARGIN)
        # It has done its work: sent again after a quiet week, it would confirm lower numbers unread.
        self._offset = None
        if not isinstance(updates, list) or not updates:
            return 0
        step("reception:received")
        await self.store(updates)
        step("reception:stored")
        # Sent with the next call only: until then Telegram keeps them.
        numbers = [u["update_id"] for u in updates if isinstance(u, dict) and isinstance(u.get("update_id"), int)]
        if numbers:
            self._offset = max(numbers) + 1
        return len(updates)

    async def store(self, updates: list[Any]) -> None:
        """Store what concerns us, in one transaction."""
        kept = []
        for update in updates:
            envelope = read_envelope(update)
            if envelope.kind == "ignored":
                self.ignored += 1
            else:
                kept.append((essence(update), envelope.chat))
        if kept:
            async with self._database.write() as connection:
                await self._inbox.store(connection, kept, self._clock.now())
