"""Typed words: brought into one normal form, told apart from nothing at all, and not longer than what is kept."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, time, timedelta
from typing import Any

from conversations.turn import Turn
from conversations.words.appointments import read_appointment
from conversations.words.dates import NoSuchDayError, NotADateError

# Clients cut a paste behind half of the 4,096 characters that fit at the earliest, and send the parts within seconds.
PART, AT_ONCE = 2048, 5
HALF_A_YEAR = timedelta(days=182)
# Combining marks on one letter; no script that people write in needs more (hostile input 22).
MARKS_AT_MOST = 3

_MARKS = re.compile(r"([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f])+")
# Zero-width characters, directional controls, and marks on no letter: what is only these says nothing.
_INVISIBLE = {"Cf", "Cc", "Zs", "Zl", "Zp", "Mn", "Me"}
# Letters and signs that show nothing: the fillers of Hangul, the empty Braille pattern.
_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")


def capped(text: str) -> str:
    """Return `text` without more than three marks piled up on one letter."""
    return text if text.isascii() else _MARKS.sub(lambda piled: piled[0][:MARKS_AT_MOST], text)


def readable(text: str) -> str | None:
    """Return typed text in one normal form, or None when it says nothing or cannot be kept."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return None
    plain = capped(unicodedata.normalize("NFC", text)).strip()
    if "\x00" in plain or all(unicodedata.category(c) in _INVISIBLE or c in _BLANK for c in plain):
        return None
    return plain


def too_long(turn: Turn, text: str, most: int, **place: Any) -> bool:
    """Stay, or go to `place`, and say how much fits: when `text` is longer, or the rest of one that was.

    Telegram cuts a long paste into messages that follow each other at once; half a story is not kept for a whole one.
    """
    if len(text) <= most and not _is_the_rest(turn):
        return False
    note = turn.text("That is too long. I can keep {most} letters. Make it shorter.", most=most)
    cut = [turn.message_id, turn.written] if len(text) > PART else None
    turn.go(**((place or turn.place) | {"note": note, "cut": cut}))
    return True


def _is_the_rest(turn: Turn) -> bool:
    """Tell whether a message follows one that was cut, at once: who makes it shorter takes longer than that."""
    cut = turn.place.get("cut")
    if not isinstance(cut, list) or turn.message_id is None:
        return False
    number, written = cut
    return bool(number == turn.message_id - 1 and turn.written - written <= AT_ONCE)


def day_of(turn: Turn, text: str, from_today: bool = False) -> date | None:
    """Return the day that a colleague typed; stay and say what is wrong with it, and return None, when it is none."""
    said = appointment_of(turn, text, from_today)
    return said[0] if said is not None else None


def near_day_of(turn: Turn, text: str) -> date | None:
    """As `day_of`, for a day that may be over: without a year it is the nearest one, before or after today."""
    day = day_of(turn, text)
    return None if day is None else nearest(text, day, turn.today)


def nearest(text: str, day: date, today: date) -> date:
    """Return a typed day that was read as `day`: without a year the one before, where that is nearer."""
    before, _ = read_appointment(text, today - HALF_A_YEAR)
    return before if (before.month, before.day) == (day.month, day.day) else day


def appointment_of(turn: Turn, text: str, from_today: bool = False) -> tuple[date, time | None] | None:
    """Return the day that a colleague typed and the time behind it, if there is one; else as `day_of`."""
    try:
        day, at = read_appointment(text, turn.today)
    except NoSuchDayError:
        turn.remark(turn.text("That day does not exist. Look once more."))
    except NotADateError:
        turn.remark(turn.text("I cannot read that as a date."))
    else:
        if not from_today or day >= turn.today:
            return day, at
        turn.remark(turn.text("That day is over. Choose a day from today on."))
    return None
