"""A transcript: what everybody saw and did, in order, as text that a person can read aloud."""

from __future__ import annotations

import os
import re
from pathlib import Path

from bot.webchat.chat import ChatMessage
from bot.webchat.phone import Phone
from tests.house import House

GOLDEN = Path(__file__).with_name("golden")


class Transcript:
    """Follows a few phones and writes down each thing that changes on them."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.lines: list[str] = []
        self._seen: dict[tuple[str, int], str] = {}
        self._phones: dict[str, Phone] = {}

    def follow(self, name: str, phone: Phone) -> None:
        """Write down what happens on a phone from now on."""
        self._phones[name] = phone
        self._note()

    def heading(self, text: str) -> None:
        """Begin a part."""
        self.lines += ["", f"## {text}", ""]

    async def tap(self, name: str, button: str) -> None:
        """Tap, and write down what comes of it."""
        self.lines.append(f"{name} taps [{button}]")
        await self.house.tap(self._phones[name], button)
        self._note()

    async def say(self, name: str, text: str, as_: str | None = None) -> None:
        """Type, and write down what comes of it; `as_` stands for a text that differs from run to run."""
        self.lines.append(f"{name} types: {as_ or text}")
        await self.house.say(self._phones[name], text)
        self._note()

    async def reply(self, name: str, text: str) -> None:
        """Reply to the newest message, and write down what comes of it."""
        phone = self._phones[name]
        self.lines.append(f"{name} replies: {text}")
        phone.reply(phone.last.message_id, text)
        await self.house.pump()
        self._note()

    def note(self) -> None:
        """Write down what has come by itself."""
        self._note()

    def _note(self) -> None:
        for name, phone in self._phones.items():
            for message in phone.messages:
                shown = _shown(message)
                if not message.mine and self._seen.get((name, message.message_id)) != shown:
                    self._seen[name, message.message_id] = shown
                    self.lines += [f"{name} sees:", *(f"    {line}".rstrip() for line in shown.split("\n")), ""]

    def text(self) -> str:
        """Return all of it, with what differs from run to run made the same."""
        text = "\n".join(self.lines).strip() + "\n"
        refs: dict[str, str] = {}
        return re.sub(
            r"\b[A-Z]{2}-[0-9A-Z]{5}\b", lambda m: refs.setdefault(m[0], f"{m[0][:2]}-CASE{len(refs) + 1}"), text
        )

    def matches(self, name: str) -> None:
        """Compare with the transcript that was read and kept; VOORZORG_GOLDEN=write keeps this one to be read."""
        path = GOLDEN / f"{name}.md"
        if os.environ.get("VOORZORG_GOLDEN") == "write":
            path.write_text(self.text())
        assert self.text() == path.read_text()


def _shown(message: ChatMessage) -> str:
    return "\n".join([message.text, *("".join(f"[{label}]" for label, _ in row) for row in message.buttons)])
