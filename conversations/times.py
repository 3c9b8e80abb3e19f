"""Times of the day as people type them: 8 uur, half 9, kwart over 8, 8.30, 0830."""

from __future__ import annotations

import re
from datetime import time

_FIGURES = re.compile(r"(\d{1,2})(?:[:.uh ]{1,2}(\d{2}))?")
_TOGETHER = re.compile(r"(\d{2})(\d{2})")
_HALF_TO = re.compile(r"half (\d{1,2})")
_QUARTER = re.compile(r"kwart (over|voor) (\d{1,2})")


class NotATimeError(ValueError):
    """It does not read as a time of the day."""


def _time(hour: int, minute: int) -> time:
    try:
        return time(hour, minute)
    except ValueError:
        raise NotATimeError from None


def read_time(text: str) -> time:
    """Return the time that was typed; raises NotATimeError."""
    plain = " ".join(text.casefold().replace("’", "'").split())
    plain = re.sub(r"\s*(?:uur|u|h|o'clock)?(?: 's (?:ochtends|morgens))?$", "", plain).removeprefix("om ").strip()
    if not plain.isascii():
        raise NotATimeError
    if match := _HALF_TO.fullmatch(plain):
        return _time(int(match[1]) - 1, 30)
    if match := _QUARTER.fullmatch(plain):
        return _time(int(match[2]), 15) if match[1] == "over" else _time(int(match[2]) - 1, 45)
    if match := _TOGETHER.fullmatch(plain):
        return _time(int(match[1]), int(match[2]))
    if match := _FIGURES.fullmatch(plain):
        return _time(int(match[1]), int(match[2] or 0))
    raise NotATimeError
