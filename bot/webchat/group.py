"""A group or a channel: where the bot does not belong, and how it is seen to leave."""

from __future__ import annotations

from typing import Any

from bot.webchat.chat import Chat
from bot.webchat.exchange import Exchange
from bot.webchat.telegram.errors import forbidden, upgraded

JSON = dict[str, Any]


class Group(Chat):
    """A group or a channel that the bot was added to, to see it leave."""

    def __init__(self, world: Exchange, chat_id: int, title: str, kind: str) -> None:
        super().__init__(world, chat_id)
        self.title = title
        self.kind = kind
        self.status = "left"
        self.upgraded_to: Group | None = None
        self.added_by: JSON = world.new_person("Iemand")

    @property
    def left(self) -> bool:
        """Whether the bot is out of it."""
        return self.status in ("left", "kicked")

    def api(self) -> JSON:
        """Return the Bot API's Chat object."""
        return {"id": self.id, "type": self.kind, "title": self.title}

    def check_writable(self) -> None:
        """Raise the 403 of a group that the bot left or was thrown out of, the 400 of one that has moved."""
        if self.upgraded_to is not None:
            raise upgraded(self.upgraded_to.id)
        if self.status == "kicked":
            raise forbidden(f"bot was kicked from the {self.kind} chat")
        if self.status == "left":
            raise forbidden(f"bot is not a member of the {self.kind} chat")

    def add_bot(self) -> None:
        """Somebody adds the bot."""
        self._member("administrator" if self.kind == "channel" else "member", self.added_by)
        if self.kind != "channel":
            bot = self.world.bot
            self._post({"new_chat_members": [bot], "new_chat_member": bot, "new_chat_participant": bot})

    def kick_bot(self) -> None:
        """Somebody throws the bot out."""
        self._member("kicked", self.added_by)

    def move_to(self, moved: Group) -> None:
        """The group becomes the supergroup `moved`, which has another id (`World.upgrade`)."""
        self.upgraded_to = moved
        moved.status = self.status
        self._post({"migrate_to_chat_id": moved.id})
        moved._post({"migrate_from_chat_id": self.id})

    def leave(self) -> None:
        """The bot goes of its own accord."""
        self._member("left", self.world.bot)

    def say(self, text: str) -> int:
        """Somebody writes `text` in it; returns the message id."""
        return self._post(self.world.written(text))

    def _post(self, content: JSON) -> int:
        channel = self.kind == "channel"
        message = self.new_message(None if channel else self.added_by, content)
        if not self.left:
            self.world.updates.push("channel_post" if channel else "message", message)
        return int(message["message_id"])

    def _member(self, status: str, by: JSON) -> None:
        self.world.member_changed(self.api(), by, self.status, status)
        self.status = status
        self.changed()
