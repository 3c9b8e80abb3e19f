"""The envelope of an update: whose chat it is, or none of our business, read from its raw JSON and nothing more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

ALLOWED_UPDATES = ["message", "edited_message", "callback_query", "my_chat_member", "inline_query"]
# Telegram's own service account, and the one behind anonymous administrators.
NOBODY = frozenset({777000, 1087968824})
# What both databases keep as a whole number.
LARGEST = 2**63 - 1

# What is read of the message under a tap or a reply, and of who wrote: the rest would only be kept and parsed.
_SHADOW = ("message_id", "date", "chat")
_SENDER = ("id", "is_bot", "first_name", "language_code")
_PLACE = ("id", "type")

Kind = Literal["private", "group", "inline", "ours", "ignored", "broken"]


@dataclass(frozen=True, slots=True)
class Envelope:
    """An update's address: `chat` is Telegram's id of a private chat or of a group."""

    kind: Kind
    chat: int | None = None


def _whole(value: Any) -> int | None:
    whole = isinstance(value, int) and not isinstance(value, bool) and -LARGEST <= value <= LARGEST
    return value if whole else None


def read_envelope(update: Any) -> Envelope:
    """Tell whose update it is; `broken` when it has the fields of an update that concerns us, but not their types."""
    if not isinstance(update, dict):
        return Envelope("ignored")
    kind = next((name for name in ALLOWED_UPDATES if name in update), None)
    if _whole(update.get("update_id")) is None or kind is None:
        return Envelope("ignored")
    content = update[kind]
    if not isinstance(content, dict):
        return Envelope("broken")
    if kind == "inline_query":
        return Envelope("inline") if isinstance(content.get("id"), str) else Envelope("broken")
    return _from_nobody(content) or (_tapped(content) if kind == "callback_query" else _in_chat(content))


def _from_nobody(content: dict[str, Any]) -> Envelope | None:
    """Tell of an update that no person has sent; None when somebody has."""
    sender = content.get("from")
    if sender is None:
        return Envelope("ignored")
    if not isinstance(sender, dict) or _whole(sender.get("id")) is None:
        return Envelope("broken")
    if sender.get("is_bot") or sender["id"] in NOBODY or "via_bot" in content:
        return Envelope("ignored")
    return None


def _tapped(content: dict[str, Any]) -> Envelope:
    """Tell whose tap it is: of who tapped. Buttons that are not on a message of ours are not ours."""
    message = content.get("message")
    if not isinstance(message, dict) or not isinstance(content.get("data"), str):
        return Envelope("ignored")
    return _in_chat(message)


def _in_chat(message: dict[str, Any]) -> Envelope:
    """Tell in which chat a message stands."""
    chat = message.get("chat")
    if not isinstance(chat, dict) or _whole(chat.get("id")) is None or _whole(message.get("message_id", 0)) is None:
        return Envelope("broken")
    return Envelope("private" if chat.get("type") == "private" else "group", chat["id"])


def essence(update: dict[str, Any]) -> dict[str, Any]:
    """Return an update without what no conversation reads: names, and the words of the message that it is about."""
    slim = dict(update)
    for kind in ("message", "edited_message", "callback_query"):
        content = slim.get(kind)
        if isinstance(content, dict):
            slim[kind] = content = _with_less(content)
            for about in ("message", "reply_to_message"):
                if isinstance(content.get(about), dict):
                    content[about] = _with_less(_only(content[about], _SHADOW))
    return slim


def _with_less(content: dict[str, Any]) -> dict[str, Any]:
    less = dict(content)
    for name, fields in (("from", _SENDER), ("chat", _PLACE)):
        if isinstance(less.get(name), dict):
            less[name] = _only(less[name], fields)
    return less


def _only(content: dict[str, Any], fields: tuple[str, ...]) -> dict[str, Any]:
    return {name: content[name] for name in fields if name in content}
