"""An errand: something that takes the network or a while."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from conversations.effects.effect import Effect


@dataclass(frozen=True, slots=True, repr=False)
class Errand(Effect):
    """Something that takes the network or a while (bot/errands); what comes of it is said to the turn of its kind."""

    kind: str
    data: dict[str, Any]
