"""The fields of a Bot API call: text from a form or values from JSON, read as what the method needs."""

from __future__ import annotations

import json
from typing import Any

from bot.webchat.document import Document
from bot.webchat.telegram.errors import bad_request

Fields = dict[str, Any]


def number(fields: Fields, name: str, default: int = 0) -> int:
    """Return an integer field, `default` when it is absent or no number, as the Bot API reads integers."""
    try:
        return int(fields.get(name, default))
    except (TypeError, ValueError):
        return default


def string(fields: Fields, name: str) -> str:
    """Return a text field, empty when it is absent."""
    value = fields.get(name)
    if value is None:
        return ""
    text = value if isinstance(value, str) else str(value)
    try:
        text.encode()
    except UnicodeEncodeError:
        raise bad_request("strings must be encoded in UTF-8") from None
    return text


def flag(fields: Fields, name: str) -> bool:
    """Return a yes or no."""
    return fields.get(name) in (True, 1) or str(fields.get(name, "")).lower() in ("true", "yes", "1")


def structure(fields: Fields, name: str) -> Any:
    """Return a nested field, from JSON text or as it is; None when it is absent."""
    value = fields.get(name)
    if not isinstance(value, str):
        return value
    if not value.strip():
        return None
    try:
        return json.loads(value)
    except ValueError:
        raise bad_request(f"can't parse {name} JSON object") from None


def record(fields: Fields, name: str) -> dict[str, Any]:
    """Return a nested object, empty when it is absent; raises ApiError for anything else."""
    value = structure(fields, name)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise bad_request(f"object expected as {name}")
    return value


def marks(fields: Fields, name: str) -> list[dict[str, Any]]:
    """Return the entities that the caller made itself, empty without any."""
    value = structure(fields, name)
    if not isinstance(value, list):
        return []
    for mark in value:
        whole = isinstance(mark, dict) and isinstance(mark.get("type"), str)
        if not whole or not all(isinstance(mark.get(key), int) for key in ("offset", "length")):
            raise bad_request("can't parse MessageEntity")
    return value


def upload(fields: Fields, name: str) -> Document | str:
    """Return an uploaded file, or the text that stands for one (a file_id); `attach://` is followed."""
    value = fields.get(name)
    if isinstance(value, str) and value.startswith("attach://"):
        value = fields.get(value.removeprefix("attach://"))
    if isinstance(value, (Document, str)) and value:
        return value
    raise bad_request(f"there is no {name} in the request")
