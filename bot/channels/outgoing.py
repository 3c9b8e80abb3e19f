"""Outgoing things, as the outbox keeps them: what is said and to whom, whatever channel will carry it."""

from __future__ import annotations

from typing import Any

from bot.channels.port import Message
from conversations.screen import Screen
from storage.people.chats import Chat
from storage.queues.outbox import STUB, Outgoing


def showing(screen: Screen, number: int | None = None) -> dict[str, Any]:
    """Return a screen as it is kept; `number`: which screen of its chat it is, None for a notice."""
    return {"screen": screen.kept(), "number": number}


def to_chat(chat: Chat, kind: str, said: dict[str, Any], **more: Any) -> Outgoing:
    """Return what is said in a chat. `more`: a key, or the moment before which it does not leave."""
    return Outgoing(chat.id, kind, {"to": chat.telegram_id} | said, **more)


def to_former_chat(chat: Chat, kind: str, said: dict[str, Any]) -> Outgoing:
    """Return what is said in a chat that is nobody's any more when it leaves."""
    return Outgoing("", kind, {"to": chat.telegram_id} | said)


def message_in(row: Outgoing) -> Message:
    """Return the message that a row shows."""
    return _message(row, row.payload)


def stub_in(row: Outgoing) -> Message | None:
    """Return what is sent in the place of a screen where others see the lock screen, if anything is."""
    stub = row.payload.get(STUB)
    return _message(row, stub) if stub else None


def _message(row: Outgoing, said: dict[str, Any]) -> Message:
    if "made" in said:
        return Message(Screen(""), row.chat_id, made=said["made"])
    return Message(Screen.read(said["screen"]), row.chat_id, said["number"])
