"""A person's phone: what they do with the bot, and what they see of it."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from typing import Any, TypeVar, overload

from bot.webchat.chat import Chat, ChatMessage
from bot.webchat.exchange import Exchange
from bot.webchat.letter import Letter
from bot.webchat.telegram import attachments
from bot.webchat.telegram.errors import forbidden

JSON = dict[str, Any]
T = TypeVar("T")
MESSAGE_LENGTH = 4096
# Seconds to wait for an answer: how long a failure takes to be told, on a busy machine too, and no measure of speed.
PATIENCE = 60.0
# What a link to a bot can carry (bot features, deep linking).
PAYLOAD = re.compile(r"[A-Za-z0-9_-]{0,64}")


class Phone(Chat):
    """One person with Telegram in hand, and their private chat with the bot."""

    def __init__(self, world: Exchange, person: JSON, title: str) -> None:
        super().__init__(world, person["id"])
        self.person = person
        self.title = title
        self.started = False
        self.blocked = False
        self.deactivated = False
        self.toasts: list[str] = []
        self.lock_screen: list[str] = []
        self.inline_results: list[JSON] = []
        self._letter: Letter | None = None
        self._acted_at = 0

    # What the person does

    def start(self, payload: str = "") -> int:
        """Press Start, after an unblock where needed, or open a deep link with `payload`; returns the message id.

        Raises ValueError for a payload that no link can carry: what somebody types goes through `say`.
        """
        if not PAYLOAD.fullmatch(payload):
            raise ValueError("A link carries at most 64 of A-Z, a-z, 0-9, _ and -.")
        if self.blocked:
            self.unblock()
        return self.say(f"/start {payload}".strip())

    def say(self, text: str) -> int:
        """Send `text`; what is too long for one message goes in several. Returns the last message id."""
        if not text.strip():
            raise ValueError("Telegram sends no empty message.")
        parts = [text[at : at + MESSAGE_LENGTH] for at in range(0, len(text), MESSAGE_LENGTH)]
        return [self._send(self.world.written(part)) for part in parts if part.strip()][-1]

    def reply(self, message_id: int, text: str) -> int:
        """Answer one message with `text`; returns the message id."""
        return self._send({"reply_to_message": self.quoted(message_id), **self.world.written(text)})

    def forward(self, text: str, author: str = "Iemand anders") -> int:
        """Send on what somebody else wrote; returns the message id."""
        origin = {"type": "hidden_user", "sender_user_name": author, "date": self.world.seconds()}
        return self._send({"forward_origin": origin, **self.world.written(text)})

    def send_document(self, name: str, content: bytes, caption: str = "") -> int:
        """Send a file; returns the message id."""
        extra = {"caption": caption} if caption else {}
        return self._send({**attachments.document(self.world.files, name, content), **extra})

    def send_sticker(self) -> int:
        """Send a sticker; returns the message id."""
        return self._send(attachments.sticker(self.world.files))

    def send_voice(self) -> int:
        """Send a voice message; returns the message id."""
        return self._send(attachments.voice(self.world.files))

    def send_photo(self, content: bytes = attachments.SMALL, caption: str = "") -> int:
        """Send a photo; returns the message id."""
        extra = {"caption": caption} if caption else {}
        return self._send({**attachments.photo(self.world.files, content), **extra})

    def send_location(self) -> int:
        """Send a place; returns the message id."""
        return self._send(attachments.location())

    def send_contact(self, phone_number: str = "+31612345678", first_name: str = "Moeder") -> int:
        """Send somebody's number; returns the message id."""
        return self._send(attachments.contact(phone_number, first_name))

    def edit(self, message_id: int, text: str) -> None:
        """Change an own message."""
        message = self.history[message_id]
        message.pop("entities", None)
        message.update(self.world.written(text), edit_date=self.world.seconds())
        self.touched(message_id)
        self._act()
        self.world.updates.push("edited_message", message)

    def tap(self, button: str) -> str:
        """Tap a button on the newest message that has it: by its text, its data, or a part of its text.

        Returns the id of the tap. Raises AssertionError when no message has it, or a message has several.
        """
        for message in self.newest_first():
            found = _matching([pair for row in message.buttons for pair in row], button)
            if len(found) > 1:
                raise AssertionError(f"{button!r} is on several buttons: {[text for text, _ in found]}\n{self.dump()}")
            if found:
                return self.tap_data(message.message_id, found[0][1])
        raise AssertionError(f"No button {button!r} on this phone.\n{self.dump()}")

    def tap_data(self, message_id: int, data: str | bytes) -> str:
        """Send any callback data about any message, as a bad client would; returns the id of the tap."""
        if isinstance(data, bytes):
            data = data.decode(errors="replace")
        gone: JSON = {"message_id": message_id, "chat": self.api(), "date": 0}
        query_id = self.world.next_query_id()
        self.world.taps[query_id] = (self.id, self.world.clock.now().timestamp())
        self._act()
        query: JSON = {
            "id": query_id,
            "from": self.person,
            "message": self.history.get(message_id, gone),
            "chat_instance": str(-self.id),
            "data": data,
        }
        self.world.updates.push("callback_query", query)
        return query_id

    def inline(self, query: str) -> str:
        """Type "@bot query" in some chat; returns the id of the question."""
        query_id = self.world.next_query_id()
        self.world.inline_queries[query_id] = (self.id, self.world.clock.now().timestamp())
        self.world.updates.push("inline_query", {"id": query_id, "from": self.person, "query": query, "offset": ""})
        return query_id

    def block(self) -> None:
        """Block the bot."""
        self._set_blocked(True)

    def unblock(self) -> None:
        """Let the bot in again."""
        self._set_blocked(False)

    def deactivate(self) -> None:
        """Delete the account: nobody learns of it until they write to it."""
        self.deactivated = True
        self.person["first_name"] = ""
        self.changed()

    # What the person sees

    @property
    def last(self) -> ChatMessage | None:
        """The newest message, whoever wrote it."""
        return next(self.newest_first(), None)

    @property
    def letter(self) -> Letter | None:
        """The paper letter beside the phone on the page."""
        return self._letter

    @letter.setter
    def letter(self, letter: Letter | None) -> None:
        self._letter = letter
        self.changed()

    @overload
    async def wait_for(self, what: str, timeout: float = PATIENCE, fresh: bool = False) -> ChatMessage: ...  # noqa: ASYNC109

    @overload
    async def wait_for(self, what: Callable[[Phone], T], timeout: float = PATIENCE, fresh: bool = False) -> T: ...  # noqa: ASYNC109

    async def wait_for(
        self,
        what: str | Callable[[Phone], Any],
        timeout: float = PATIENCE,  # noqa: ASYNC109 (the caller's patience is part of the assertion's message)
        fresh: bool = False,
    ) -> Any:
        """Wait until a message of the bot holds the text `what`, or `what(phone)` is true; returns that.

        With `fresh`, only messages count that came or changed since the person last did something. Raises
        AssertionError with the whole chat after `timeout` seconds.
        """
        event = asyncio.Event()
        try:
            async with asyncio.timeout(timeout):
                while True:
                    seen = self.revision
                    if found := self._find(what, fresh) if isinstance(what, str) else what(self):
                        return found
                    await self.change(seen, event)
        except TimeoutError:
            raise AssertionError(f"Waited {timeout:g} s in vain for {what!r}.\n{self.dump()}") from None

    async def answer(self, timeout: float = PATIENCE) -> ChatMessage:  # noqa: ASYNC109 (as above)
        """Wait for whatever the bot says or changes after what the person did last; returns the newest of it."""
        return await self.wait_for("", timeout, fresh=True)

    def dump(self) -> str:
        """Return the chat in plain text, for a person to read."""
        state = " (deactivated)" if self.deactivated else ""
        state = state or (" (blocked)" if self.blocked else "" if self.started else " (never started)")
        return "\n".join([f"--- {self.title}{state}", *map(str, self.messages), *(f"     ({t})" for t in self.toasts)])

    # What the server does to it

    def api(self) -> JSON:
        """Return the Bot API's Chat object."""
        return {"id": self.id, "type": "private", "first_name": self.person["first_name"]}

    def check_writable(self) -> None:
        """Raise the 403 of a person who is no longer there, blocked the bot or never started it."""
        if self.deactivated:
            raise forbidden("user is deactivated")
        if self.blocked:
            raise forbidden("bot was blocked by the user")
        if not self.started:
            raise forbidden("bot can't initiate conversation with a user")

    def receive(self, bot: JSON, content: JSON) -> JSON:
        """Put a message of the bot in the chat, and on the lock screen; return it."""
        shown = content.get("text") or content.get("caption") or content.get("document", {}).get("file_name", "")
        self.lock_screen.append(shown)
        return self.new_message(bot, content)

    def _find(self, text: str, fresh: bool) -> ChatMessage | None:
        for message_id, raw in reversed(list(self.history.items())):
            if fresh and self._touched.get(message_id, 0) <= self._acted_at:
                continue
            if raw["from"]["is_bot"] and text in (raw.get("text") or raw.get("caption") or ""):
                return self.view(raw)
        return None

    def _act(self) -> None:
        self._acted_at = self.revision

    def _send(self, content: JSON) -> int:
        if self.blocked:
            raise AssertionError(f"{self.title} blocked the bot, and has to start it again first.")
        if self.deactivated:
            raise AssertionError(f"{self.title} has no account any more.")
        self.started = True
        message = self.new_message(self.person, content)
        self._act()
        self.world.updates.push("message", message)
        return int(message["message_id"])

    def _set_blocked(self, blocked: bool) -> None:
        if blocked != self.blocked:
            states = ("member", "kicked") if blocked else ("kicked", "member")
            self.world.member_changed(self.api(), self.person, *states)
            self.blocked = blocked
            self.changed()


def _matching(buttons: list[tuple[str, str]], wanted: str) -> list[tuple[str, str]]:
    exact = [pair for pair in buttons if wanted in pair]
    return exact or [pair for pair in buttons if wanted in pair[0]]
