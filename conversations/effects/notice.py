"""A notice: a neutral message that comes unasked."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from conversations.effects.effect import Effect
from storage.case.case_parts import new_id

NoticeKind = Literal[
    "reminder",
    "message",
    "important",
    "help",
    "alert",
    "erased",
    "digest",
    "late",
    "asked",
    "listed",
    "read",
    "inquiry",
    "answered",
    "solved",
    "decided",
    "monthly",
    "new_phone",
    "changed",
    "moved",
    "access",
    "unshared",
    "news",
    "cover",
    "twice",
]


@dataclass(frozen=True, slots=True)
class Notice(Effect):
    """A neutral message that comes unasked. `to`: a chat's owner, as (kind, id); `verb` with `args`: its button.

    A `key` names what is told, so that it is told once. `not_before`: it may be recalled until then. `about`: what the
    text itself names, such as a number to call.
    """

    to: tuple[Literal["case", "staff"], str]
    kind: NoticeKind
    verb: str
    args: str = ""
    key: str = field(default_factory=new_id)
    not_before: datetime | None = None
    about: str = ""
