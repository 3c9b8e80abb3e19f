"""Contact with the person, and the words between them and who helps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(slots=True)
class Contact:
    """That there was contact: letter, phone, visit, care, chat; `in` or `out`."""

    id: str
    kind: str
    direction: str
    on: datetime


@dataclass(slots=True, repr=False)
class Message:
    """Words between the self-reporter and their worker; kind `help` is a call for a human without words."""

    id: str
    sender: str
    kind: str
    at: datetime
    text: str
    read_at: datetime | None = None
    # Of the self-reporter's: when somebody answered it, spoke to them, or said that it needs no answer.
    settled_at: datetime | None = None
