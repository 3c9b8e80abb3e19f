"""A day with a time of the day behind it, as people type them: 18 maart 9 uur, dinsdag om half negen.

A time is taken only where it cannot be a part of the day: behind "om", with "uur" or a colon, or as half and kwart.
"""

from __future__ import annotations

import re
from datetime import date, time

from conversations.words.dates import NotADateError, read_date
from conversations.words.times import THERE, NotATimeError, read_time

_AT = re.compile(r"^(.*?)[ ,]*\b(?:om|at)\s+(.+)$", re.IGNORECASE)
_DAYPART = r"(?:(?:['’]?s|in de) ?\w+)"
# Minutes that are no month, so that 18 9.30 is a time and 18 9.11 might be a day.
_NO_MONTH = r"(?:00|1[3-9]|[2-5]\d)"
_CLOCK = rf"(?:\d{{1,2}}:\d{{2}}(?: ?(?:uur|u|h))?|\d{{1,2}}\.{_NO_MONTH}|\d{{1,2}}\.\d{{2}} ?(?:uur|u|h))"
_O_CLOCK = r"(?:\w+ ?(?:uur|u|h)(?: ?\d{2})?)"
_SPOKEN = r"(?:(?:\w+ (?:over|voor) )?half \w+|(?:kwart|vijf|tien|5|10) (?:over|voor) \w+)(?: uur)?"
_BEHIND = re.compile(rf"^(.+?)[ ,]+((?:{_SPOKEN}|{_CLOCK}|{_O_CLOCK})(?: {_DAYPART})?)\.?$", re.IGNORECASE)


def read_appointment(text: str, today: date) -> tuple[date, time | None]:
    """Return the day that was typed, and the time behind it if one can be read for sure.

    Raises NoSuchDayError and NotADateError as `conversations.words.dates.read_date` does.
    """
    said = " ".join(text.split())
    if match := _AT.match(said):
        return read_date(said, today), _time(match[2])
    try:
        return read_date(said, today), None
    except NotADateError:
        match = _BEHIND.match(said)
        at = _time(match[2]) if match else None
        if match is None or at is None:
            raise
        return read_date(match[1], today), at


def _time(text: str) -> time | None:
    try:
        return read_time(text, THERE)
    except NotATimeError:
        return None
