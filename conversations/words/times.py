"""Times of the day as people type them: 8 uur, half 9, kwart over acht, tien voor half 9, 8.30, 0830."""

from __future__ import annotations

import re
from datetime import time

_HOURS = ("een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf")
_WRITTEN = {word: str(number) for number, word in enumerate(_HOURS, start=1)} | {"kwart": "15", "één": "1"}
_FIGURES = re.compile(r"(\d{1,2})(?:[:.uh ]{1,2}(\d{2}))?")
_TOGETHER = re.compile(r"(\d{2})(\d{2})")
_AROUND = re.compile(r"(?:(\d{1,2})(?: min(?:uten|uut)?)? (over|voor) )?(half )?(\d{1,2})")
_EARLY = re.compile(r"(?: in de| s)? (?:s?nachts?|s?ochtends?|s?morgens?|vroeg)$")
_LATE = re.compile(r"(?: in de| s)? (?:s?middags?|s?avonds?)$")
# An hour before this one is meant for the afternoon: nobody leaves for the day itself at two in the night.
AFTERNOON = 4
# Nor does a letter ask somebody to be there before seven: 5 uur is five in the afternoon.
THERE = 7


class NotATimeError(ValueError):
    """It does not read as a time of the day."""


def _time(minutes: int) -> time:
    if not 0 <= minutes < 24 * 60:
        raise NotATimeError
    return time(minutes // 60, minutes % 60)


def read_time(text: str, afternoon: int = AFTERNOON) -> time:
    """Return the time that was typed; an hour before `afternoon` is of the afternoon unless it says otherwise.

    Raises NotATimeError.
    """
    said = " ".join(text.casefold().replace("’", "'").replace("'s ", "").split())
    plain = re.sub(r"^(?:om|rond|ongeveer) ", "", _LATE.sub("", _EARLY.sub("", said)))
    plain = re.sub(r"\s*(?:uur|u|h|o'clock)?\.?$", "", plain).strip()
    plain = " ".join(_WRITTEN.get(word, word) for word in plain.split())
    if not plain.isascii():
        raise NotATimeError
    minutes = _minutes(plain)
    meant = 30 <= minutes < afternoon * 60 and not plain.startswith("0") and not _EARLY.search(said)
    if meant or (_LATE.search(said) and minutes < 12 * 60):
        minutes += 12 * 60
    return _time(minutes)


def _minutes(plain: str) -> int:
    """Return the minutes since midnight."""
    if match := _TOGETHER.fullmatch(plain) or _FIGURES.fullmatch(plain):
        hour, minute = int(match[1]), int(match[2] or 0)
        if minute > 59:
            raise NotATimeError
        return hour * 60 + minute
    if match := _AROUND.fullmatch(plain):
        if int(match[1] or 0) > 59:
            raise NotATimeError
        around = int(match[1] or 0) * (1 if match[2] == "over" else -1)
        return int(match[4]) * 60 - (30 if match[3] else 0) + around
    raise NotATimeError
