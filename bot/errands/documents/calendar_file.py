"""The child process that makes a calendar file: neutral titles on days and hours, for a phone of the person's own."""

from __future__ import annotations

import json
import sys
from datetime import UTC, date, datetime, timedelta

from icalendar import Alarm, Calendar, Event

# What an hour of the day takes up in a calendar, and how long before it the phone rings.
AN_HOUR, ON_THE_WAY = timedelta(hours=1), timedelta(hours=2)


def calendar(data: dict[str, object]) -> bytes:
    """Return a calendar (RFC 5545) of `days`: each a uid, a date and a title; made at `made_at`.

    `at`: the moment on that day, where one is known. Dates and moments as in ISO 8601.
    """
    made = Calendar()
    made.add("prodid", "-//Voorzorg//NL")
    made.add("version", "2.0")
    days = data["days"]
    assert isinstance(days, list)
    for day in days:
        on = date.fromisoformat(day["date"])
        event = Event()
        event.add("uid", day["uid"])
        event.add("dtstamp", datetime.fromisoformat(str(data["made_at"])))
        at = datetime.fromisoformat(day["at"]).astimezone(UTC) if "at" in day else None
        event.add("dtstart", at or on)
        event.add("dtend", at + AN_HOUR if at else on + timedelta(days=1))
        event.add("summary", day["title"])
        event.add("class", "PRIVATE")
        event.add("transp", "TRANSPARENT")
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", day["title"])
        # Of a day at nine: the bot has reminded of it the day before. Of an hour in time to leave.
        alarm.add("trigger", -ON_THE_WAY if at else timedelta(hours=9))
        event.add_component(alarm)
        made.add_component(event)
    return bytes(made.to_ical())


def main() -> None:
    """Make one file."""
    sys.stdout.buffer.write(calendar(json.load(sys.stdin)))


if __name__ == "__main__":
    main()
