"""All there is in this small Telegram: a bot, people with phones, groups, files and the queue of updates."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from itertools import count
from typing import Any

from bot.webchat.chat import Chat, Group
from bot.webchat.phone import Phone
from bot.webchat.queue import CALLBACK_LIFETIME
from bot.webchat.telegram import entities
from bot.webchat.telegram.files import Files
from bot.webchat.telegram.menus import Menus, in_group, private
from bot.webchat.telegram.updates import Updates
from bot.webchat.telegram.webhook import Webhook
from storage.clock import Clock, SystemClock

JSON = dict[str, Any]


class World:
    """The state behind the server; one event loop owns it."""

    def __init__(
        self,
        clock: Clock | None = None,
        bot_id: int = 4242,
        bot_name: str = "Voorzorg",
        username: str = "voorzorg_bot",
        first_update_id: int = 713_204_118,
        callback_lifetime: timedelta = CALLBACK_LIFETIME,
    ) -> None:
        self.clock = clock or SystemClock()
        self.bot: JSON = {"id": bot_id, "is_bot": True, "first_name": bot_name, "username": username}
        self.updates = Updates(self.clock, first_update_id, callback_lifetime)
        self.webhook = Webhook(self.updates, self.clock)
        self.chats: dict[int, Chat] = {}
        self.files = Files(self.clock)
        self.commands = Menus()
        self.taps: dict[str, tuple[Phone, float]] = {}
        self.inline_queries: dict[str, tuple[Phone, float]] = {}
        self.listeners: set[Callable[[Chat], None]] = set()
        self._message_ids = count(1)
        self._user_ids = count(100_001)
        self._group_ids = count(1_000_001)
        self._query_ids = count(4_382_000_000_000_001)

    # People, groups

    @property
    def phones(self) -> list[Phone]:
        """The phones, in the order in which they came."""
        return [chat for chat in self.chats.values() if isinstance(chat, Phone)]

    def phone(
        self, first_name: str = "Sam", user_id: int | None = None, language_code: str | None = "nl", title: str = ""
    ) -> Phone:
        """Return a new phone of somebody who never wrote to the bot; `title` stands above it on the page."""
        person = self.new_person(first_name, user_id)
        if language_code:
            person["language_code"] = language_code
        phone = Phone(self, person, title or first_name)
        self.chats[phone.id] = phone
        phone.changed()
        return phone

    def group(self, title: str = "Groep", kind: str = "supergroup", added: bool = True) -> Group:
        """Return a new group ("group" is one that can still be upgraded) that somebody just added the bot to."""
        number = next(self._group_ids)
        group = Group(self, -number if kind == "group" else -1_000_000_000_000 - number, title, kind)
        self.chats[group.id] = group
        if added:
            group.add_bot()
        return group

    def channel(self, title: str = "Kanaal") -> Group:
        """Return a new channel that has the bot as an administrator; `say` posts in it."""
        return self.group(title, "channel")

    def new_person(self, first_name: str, user_id: int | None = None) -> JSON:
        """Return the Bot API's User object of somebody new."""
        return {"id": user_id or next(self._user_ids), "is_bot": False, "first_name": first_name}

    def member_changed(self, chat: Chat, by: JSON, old: str, new: str) -> None:
        """Tell the bot that its own place in `chat` changed."""
        content = {
            "chat": chat.api(),
            "from": by,
            "date": self.seconds(),
            "old_chat_member": _member(self.bot, old),
            "new_chat_member": _member(self.bot, new),
        }
        self.updates.push("my_chat_member", content)

    # Messages

    def inject(self, update: JSON) -> int:
        """Queue a raw update, whatever it holds; returns its update_id (a new one when it had none)."""
        return self.updates.inject(update)

    def seconds(self) -> int:
        """Return the present moment in Unix seconds, as the Bot API writes dates."""
        return int(self.clock.now().timestamp())

    def next_message_id(self) -> int:
        """Return the next message id: one sequence for all chats of the bot, as in private chats."""
        return next(self._message_ids)

    def next_query_id(self) -> str:
        """Return a fresh id for a tap or an inline query."""
        return str(next(self._query_ids))

    def written(self, text: str) -> JSON:
        """Return a text as somebody types it, with the commands that Telegram marks in it."""
        text, marks = entities.plain(text)
        return {"text": text, "entities": marks} if marks else {"text": text}

    def mention(self, mark: JSON) -> JSON | None:
        """Return an entity with a link to a person made a mention; None when nobody has that number."""
        url = str(mark.get("url", ""))
        if not url.startswith("tg://user?id="):
            return mark
        number = url.removeprefix("tg://user?id=")
        chat = self.chats.get(int(number)) if number.isdecimal() else None
        if not isinstance(chat, Phone):
            return None
        where = {"offset": mark["offset"], "length": mark["length"]}
        return {"type": "text_mention", **where, "user": chat.person}

    def set_commands(self, scope: str, language: str, commands: list[JSON]) -> None:
        """Keep the menu for a scope (`menus.py`) and a language ("" is every language); none at all drops it."""
        self.commands[scope, language] = commands
        for phone in self.phones:
            phone.changed()

    def menu(self, phone: Phone, group: Group | None = None, administrator: bool = False) -> list[JSON]:
        """Return the commands that `phone` shows in its own chat, or in a group where it may be an administrator."""
        scopes = private(phone.id) if group is None else in_group(group.id, phone.id, administrator)
        return self.commands.shown(phone.person.get("language_code", ""), *scopes)

    def tell(self, chat: Chat) -> None:
        """Tell who listens that `chat` changed."""
        for listener in self.listeners:
            listener(chat)


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
