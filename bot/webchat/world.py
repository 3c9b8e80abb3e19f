"""The world: all there is in this small Telegram, an exchange with the phones and groups that hang on it."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from typing import Any

from bot.webchat.chat import Chat
from bot.webchat.exchange import Exchange
from bot.webchat.group import Group
from bot.webchat.phone import Phone
from bot.webchat.queue import CALLBACK_LIFETIME
from bot.webchat.telegram.menus import Menus, in_group, private
from bot.webchat.telegram.webhook import Webhook
from storage.clock import Clock

JSON = dict[str, Any]


class World(Exchange):
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
        bot: JSON = {"id": bot_id, "is_bot": True, "first_name": bot_name, "username": username}
        super().__init__(clock, bot, first_update_id, callback_lifetime)
        self.webhook = Webhook(self.updates, self.clock)
        self.chats: dict[int, Chat] = {}
        self.commands = Menus()
        self._group_ids = count(1_000_001)

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

    def upgrade(self, group: Group) -> Group:
        """Make a group a supergroup with another id; returns that one."""
        moved = self.group(group.title, added=False)
        group.move_to(moved)
        return moved

    # Messages

    def inject(self, update: JSON) -> int:
        """Queue a raw update, whatever it holds; returns its update_id (a new one when it had none)."""
        return self.updates.inject(update)

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
