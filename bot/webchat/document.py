"""A file in a chat."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Document:
    """A file: its name, its MIME type, its bytes."""

    name: str
    mime: str
    content: bytes
