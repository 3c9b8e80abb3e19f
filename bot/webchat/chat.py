"""A chat as the server keeps it: its messages as Telegram would send them, and who waits for a change in it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot.webchat.document import Document
from bot.webchat.exchange import Exchange

JSON = dict[str, Any]


@dataclass(frozen=True)
class ChatMessage:
    """A message as the person sees it."""

    message_id: int
    text: str
    buttons: list[list[tuple[str, str]]]
    mine: bool
    date: datetime
    edited: bool
    document: Document | None
    reply_to: int | None
    raw: JSON

    @property
    def labels(self) -> list[str]:
        """The texts on the buttons, row by row."""
        return [text for row in self.buttons for text, _ in row]

    def __str__(self) -> str:
        rows = "".join("\n      " + " ".join(f"[{text}]" for text, _ in row) for row in self.buttons)
        file = f" <{self.document.name}, {len(self.document.content)} bytes>" if self.document else ""
        return f"{self.message_id:>4} {'>' if self.mine else ' '} {self.text}{file}{rows}"


class Chat:
    """What a private chat, a group and a channel have in common; `world` is what they share."""

    kind = "private"

    def __init__(self, world: Exchange, chat_id: int) -> None:
        self.world = world
        self.id = chat_id
        self.history: dict[int, JSON] = {}
        self.revision = 0
        self._touched: dict[int, int] = {}
        self._waiting: set[asyncio.Event] = set()

    def api(self) -> JSON:
        """Return the Bot API's Chat object."""
        raise NotImplementedError

    def check_writable(self) -> None:
        """Raise the ApiError that a bot gets which may not write here."""

    def new_message(self, sender: JSON | None, content: JSON) -> JSON:
        """Put a new message in the chat and return it as Telegram would send it."""
        message: JSON = {"message_id": self.world.next_message_id()}
        if sender is not None:
            message["from"] = sender
        message["chat"] = self.api()
        message["date"] = self.world.seconds()
        message.update(content)
        self.history[message["message_id"]] = message
        self.touched(message["message_id"])
        return message

    def receive(self, bot: JSON, content: JSON) -> JSON:
        """Put a message of the bot in the chat and return it."""
        return self.new_message(bot, content)

    def quoted(self, message_id: int) -> JSON:
        """Return the message as it appears inside a reply: without the one that it replied to."""
        return {key: value for key, value in self.history[message_id].items() if key != "reply_to_message"}

    def touched(self, message_id: int) -> None:
        """Note that a message came or changed."""
        self._touched[message_id] = self.revision + 1
        self.changed()

    def changed(self) -> None:
        """Tell everybody who waits that something in the chat is new."""
        self.revision += 1
        for event in self._waiting:
            event.set()
        self.world.tell(self.id)

    async def change(self, seen: int, event: asyncio.Event) -> None:
        """Wait until the chat's revision is another than `seen`."""
        event.clear()
        self._waiting.add(event)
        try:
            if self.revision == seen:
                await event.wait()
        finally:
            self._waiting.discard(event)

    @property
    def messages(self) -> list[ChatMessage]:
        """The visible messages, oldest first."""
        return [self.view(raw) for raw in self.history.values()]

    def newest_first(self) -> Iterator[ChatMessage]:
        """Go through the visible messages from the last one back."""
        for raw in reversed(list(self.history.values())):
            yield self.view(raw)

    def view(self, raw: JSON) -> ChatMessage:
        """Return a message as the person sees it."""
        rows = raw.get("reply_markup", {}).get("inline_keyboard", [])
        photos: list[JSON] = raw.get("photo", [])
        file_id = (photos[-1] if photos else raw.get("document", {})).get("file_id")
        return ChatMessage(
            message_id=raw["message_id"],
            text=raw.get("text") or raw.get("caption") or "",
            buttons=[
                [(button["text"], str(button.get("callback_data") or button.get("url") or "")) for button in row]
                for row in rows
            ],
            mine=not raw.get("from", {}).get("is_bot", False),
            date=datetime.fromtimestamp(raw["date"], UTC),
            edited="edit_date" in raw,
            document=self.world.files.get(file_id) if file_id else None,
            reply_to=raw.get("reply_to_message", {}).get("message_id"),
            raw=raw,
        )
