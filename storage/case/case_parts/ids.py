"""Identities of rows, known before they are written."""

from __future__ import annotations

from secrets import randbits
from time import time_ns

_latest_tick = 0


def new_id() -> str:
    """Return a fresh identity: known before the row is written, so that fields can be sealed for it.

    A UUID of version 7 (RFC 9562, 5.7 and 6.2 method 3). Of one process a later one sorts after an earlier one, so rows
    of one moment keep their order on every database.
    """
    global _latest_tick
    # 4096 ticks a millisecond. They say in which order and not at what time, which is the Clock's.
    _latest_tick = max(time_ns() * 4096 // 1_000_000, _latest_tick + 1)
    milliseconds, fraction = divmod(_latest_tick, 4096)
    return f"{milliseconds:012x}7{fraction:03x}{0x8000 | randbits(14):04x}{randbits(48):012x}"
