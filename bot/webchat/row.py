"""One update that waits, and the queue of Telegram's in which it waits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

# Telegram's numbers for the queues of a webhook: what is in different queues arrives in any order.
LANES = {
    "message": (0, "chat"),
    "edited_message": (0, "chat"),
    "channel_post": (0, "chat"),
    "edited_channel_post": (0, "chat"),
    "inline_query": (1, "from"),
    "callback_query": (3, "from"),
    "my_chat_member": (5, "chat"),
}

Lane = tuple[int, object]


@dataclass(slots=True, eq=False)
class Row:
    """An update that waits. `expires` and `wake` are Unix seconds; the last three are for a webhook that fails."""

    id: int
    expires: float
    body: bytes
    lane: Lane
    given: bool = False
    fails: int = 0
    delay: int = 1
    wake: float = 0.0


def lane_of(kind: str, content: Any) -> Lane:
    """Return the queue of an update: by kind, and by chat or by who sent it."""
    number, of = LANES.get(kind, (0, "chat"))
    subject = content.get(of) if isinstance(content, dict) else None
    owner = subject.get("id") if isinstance(subject, dict) else None
    # What is nobody's waits for nothing.
    return number, owner if isinstance(owner, int) else object()
