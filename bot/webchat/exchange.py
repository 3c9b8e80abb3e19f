"""The exchange: what all chats of this small Telegram share, and what they ask of it without knowing each other."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from itertools import count
from typing import Any

from bot.webchat.telegram import entities
from bot.webchat.telegram.files import Files
from bot.webchat.telegram.updates import Updates
from storage.clock import Clock, SystemClock

JSON = dict[str, Any]


class Exchange:
    """The bot, the clock, the numbers that are given out, the files and the queue of updates."""

    def __init__(self, clock: Clock | None, bot: JSON, first_update_id: int, callback_lifetime: timedelta) -> None:
        self.clock = clock or SystemClock()
        self.bot = bot
        self.updates = Updates(self.clock, first_update_id, callback_lifetime)
        self.files = Files(self.clock)
        # By the id of the query: whose phone it came from, and when (Unix seconds).
        self.taps: dict[str, tuple[int, float]] = {}
        self.inline_queries: dict[str, tuple[int, float]] = {}
        # Called with the id of a chat that changed.
        self.listeners: set[Callable[[int], None]] = set()
        self._message_ids = count(1)
        self._user_ids = count(100_001)
        self._query_ids = count(4_382_000_000_000_001)

    def seconds(self) -> int:
        """Return the present moment in Unix seconds, as the Bot API writes dates."""
        return int(self.clock.now().timestamp())

    def next_message_id(self) -> int:
        """Return the next message id: one sequence for all chats of the bot, as in private chats."""
        return next(self._message_ids)

    def next_query_id(self) -> str:
        """Return a fresh id for a tap or an inline query."""
        return str(next(self._query_ids))

    def new_person(self, first_name: str, user_id: int | None = None) -> JSON:
        """Return the Bot API's User object of somebody new."""
        return {"id": user_id or next(self._user_ids), "is_bot": False, "first_name": first_name}

    def written(self, text: str) -> JSON:
        """Return a text as somebody types it, with the commands that Telegram marks in it."""
        text, marks = entities.plain(text)
        return {"text": text, "entities": marks} if marks else {"text": text}

    def member_changed(self, chat: JSON, by: JSON, old: str, new: str) -> None:
        """Tell the bot that its own place in `chat` (the Bot API's Chat object) changed."""
        content = {
            "chat": chat,
            "from": by,
            "date": self.seconds(),
            "old_chat_member": _member(self.bot, old),
            "new_chat_member": _member(self.bot, new),
        }
        self.updates.push("my_chat_member", content)

    def tell(self, chat_id: int) -> None:
        """Tell who listens that a chat changed."""
        for listener in self.listeners:
            listener(chat_id)


def _member(user: JSON, status: str) -> JSON:
    member: JSON = {"user": user, "status": status}
    if status == "kicked":
        member["until_date"] = 0
    elif status == "administrator":
        rights = (
            "can_be_edited is_anonymous can_manage_chat can_delete_messages can_manage_video_chats "
            "can_restrict_members can_promote_members can_change_info can_invite_users can_post_stories "
            "can_edit_stories can_delete_stories can_post_messages can_edit_messages can_send_welcome_messages"
        )
        member.update(dict.fromkeys(rights.split(), True))
    return member
