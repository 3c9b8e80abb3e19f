"""The view of a phone that the page draws, as JSON."""

from __future__ import annotations

from typing import Any

from bot.webchat.chat import ChatMessage
from bot.webchat.clockbar import ZONE, day
from bot.webchat.phone import Phone

JSON = dict[str, Any]

# What the page has no picture of.
KINDS = {
    "sticker": "Sticker",
    "voice": "Spraakbericht",
    "photo": "Foto",
    "location": "Locatie",
    "contact": "Telefoonnummer",
}


def phone_view(phone: Phone, menu: list[JSON]) -> JSON:
    """Return one phone, whole, with the `menu` that it shows.

    The page draws it anew from this, so nothing is lost when it missed something.
    """
    letter = phone.letter
    return {
        "id": phone.id,
        "name": phone.person["first_name"],
        "title": phone.title,
        "started": phone.started,
        "blocked": phone.blocked,
        "menu": menu,
        "letter": letter
        and {
            "title": letter.title,
            "lines": letter.lines,
            "code": letter.code,
            "hint": letter.hint,
            "payload": letter.link_payload,
        },
        "messages": [message_view(phone, message) for message in phone.messages],
        "toasts": {"count": len(phone.toasts), "last": phone.toasts[-1] if phone.toasts else ""},
        "notices": {"count": len(phone.lock_screen), "last": phone.lock_screen[-1] if phone.lock_screen else ""},
    }


def message_view(phone: Phone, message: ChatMessage) -> JSON:
    """Return one message."""
    raw = message.raw
    quoted = raw.get("reply_to_message", {})
    document = message.document
    return {
        "id": message.message_id,
        "mine": message.mine,
        "text": message.text,
        "entities": raw.get("entities") or raw.get("caption_entities") or [],
        "buttons": raw.get("reply_markup", {}).get("inline_keyboard", []),
        "day": day(message.date),
        "time": f"{message.date.astimezone(ZONE):%H:%M}",
        "edited": message.edited and message.mine,
        "kind": next((name for key, name in KINDS.items() if key in raw), ""),
        "forwarded": raw.get("forward_origin", {}).get("sender_user_name", ""),
        "reply_to": {"id": quoted["message_id"], "text": quoted.get("text") or quoted.get("caption") or ""}
        if quoted
        else None,
        "document": document
        and {
            "name": document.name,
            "bytes": len(document.content),
            "url": f"/phones/{phone.id}/files/{message.message_id}",
            "is_picture": "photo" in raw,
        },
    }
