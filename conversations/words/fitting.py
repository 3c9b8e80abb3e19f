"""Fitting on one screen: Telegram takes 4,096 characters after its markup is read, and refuses what is longer."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

# Bot API, sendMessage: in UTF-16 units, as Telegram counts.
LONGEST = 4096
MORE = "…"

_TAG = re.compile(r"<[^>]*>")


def length(text: str) -> int:
    """Return how long a text with markup is for Telegram."""
    return len(html.unescape(_TAG.sub("", text)).encode("utf-16-le")) // 2


def first_lines(text: str, room: int = LONGEST) -> str:
    """Return the first lines of `text` that fit, whole: markup never runs over a line's end."""
    if length(text) <= room:
        return text
    room -= length(MORE) + 1
    kept = []
    for line in text.split("\n"):
        room -= length(line) + 1
        if room < 0:
            break
        kept.append(line)
    return "\n".join([*kept, MORE])


def newest(texts: Sequence[str], room: int, apart: int = 2) -> list[str]:
    """Return the last of `texts` that fit whole, `apart` characters from each other."""
    kept: list[str] = []
    for text in reversed(texts):
        room -= length(text) + apart
        if room < 0:
            break
        kept.insert(0, text)
    return kept
