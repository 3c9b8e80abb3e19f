"""Attachments that a person can send besides text, with the fields that the Bot API requires of each."""

from __future__ import annotations

import mimetypes
from typing import Any

from bot.webchat.document import Document
from bot.webchat.telegram.files import Files

JSON = dict[str, Any]

# The beginning of a JPEG.
SMALL = b"\xff\xd8\xff"


def document(files: Files, name: str, content: bytes) -> JSON:
    """Return a document with its content kept for getFile."""
    mime = mimetypes.guess_type(name)[0] or "application/octet-stream"
    file = files.keep(Document(name, mime, content))
    return {"document": {"file_name": name, "mime_type": mime, **file}}


def sticker(files: Files) -> JSON:
    """Return a still sticker."""
    shape = {"width": 512, "height": 512, "is_animated": False, "is_video": False, "type": "regular", "emoji": "👍"}
    return {"sticker": {**shape, **files.keep(Document("sticker.webp", "image/webp", b"RIFF"), "stickers")}}


def voice(files: Files) -> JSON:
    """Return a voice message of three seconds."""
    file = files.keep(Document("voice.ogg", "audio/ogg", b"OggS"), "voice")
    return {"voice": {"duration": 3, "mime_type": "audio/ogg", **file}}


def photo(files: Files, content: bytes) -> JSON:
    """Return a photo in two sizes: a small one, and the one with its content, as Telegram makes a JPEG of it."""
    sizes = []
    for width, data in ((90, SMALL), (1280, content)):
        file = files.keep(Document("photo.jpg", "image/jpeg", data), "photos")
        sizes.append({"width": width, "height": width, **file})
    return {"photo": sizes}


def location() -> JSON:
    """Return a place: the market square of Groningen."""
    return {"location": {"latitude": 53.2194, "longitude": 6.5665}}


def contact(phone_number: str, first_name: str) -> JSON:
    """Return somebody's telephone number."""
    return {"contact": {"phone_number": phone_number, "first_name": first_name}}
