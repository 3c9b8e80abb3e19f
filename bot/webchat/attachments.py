"""What a person can send besides text, with the fields that the Bot API requires of each."""

from __future__ import annotations

import mimetypes
from typing import TYPE_CHECKING, Any

from bot.webchat.chat import Document

if TYPE_CHECKING:
    from bot.webchat.world import World

JSON = dict[str, Any]


def document(world: World, name: str, content: bytes) -> JSON:
    """Return a document with its content kept for getFile."""
    mime = mimetypes.guess_type(name)[0] or "application/octet-stream"
    file = world.keep_file(Document(name, mime, content))
    return {"document": {"file_name": name, "mime_type": mime, **file}}


def sticker(world: World) -> JSON:
    """Return a still sticker."""
    shape = {"width": 512, "height": 512, "is_animated": False, "is_video": False, "type": "regular", "emoji": "👍"}
    return {"sticker": {**shape, **world.keep_file(Document("sticker.webp", "image/webp", b"RIFF"))}}


def voice(world: World) -> JSON:
    """Return a voice message of three seconds."""
    file = world.keep_file(Document("voice.ogg", "audio/ogg", b"OggS"))
    return {"voice": {"duration": 3, "mime_type": "audio/ogg", **file}}


def photo(world: World) -> JSON:
    """Return a photo in two sizes."""
    sizes = []
    for width in (90, 1280):
        file = world.keep_file(Document("photo.jpg", "image/jpeg", b"\xff\xd8\xff"))
        sizes.append({"width": width, "height": width, **file})
    return {"photo": sizes}


def location() -> JSON:
    """Return a place: the market square of Groningen."""
    return {"location": {"latitude": 53.2194, "longitude": 6.5665}}


def contact(phone_number: str, first_name: str) -> JSON:
    """Return somebody's telephone number."""
    return {"contact": {"phone_number": phone_number, "first_name": first_name}}
