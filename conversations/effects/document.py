"""A document: a file for who acts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from conversations.effects.effect import Effect


@dataclass(frozen=True, slots=True, repr=False)
class Document(Effect):
    """A file for who acts, made when it is sent: a template's name and its data, and a neutral file name."""

    template: str
    data: dict[str, Any]
    file_name: str
    caption: str
