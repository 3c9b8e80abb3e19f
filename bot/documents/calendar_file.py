"""The child process that makes a calendar file: days with neutral titles, for a phone that is the person's own."""

from __future__ import annotations

import json
import sys
from datetime import date, datetime, timedelta

from icalendar import Alarm, Calendar, Event


def calendar(data: dict[str, object]) -> bytes:
    """Return a calendar (RFC 5545) of `days`: each a uid, a date (ISO 8601) and a title; made at `made_at`."""
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
        event.add("dtstart", on)
        event.add("dtend", on + timedelta(days=1))
        event.add("summary", day["title"])
        event.add("class", "PRIVATE")
        event.add("transp", "TRANSPARENT")
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", day["title"])
        alarm.add("trigger", timedelta(hours=9))  # of the day itself: the bot has reminded of it the day before
        event.add_component(alarm)
        made.add_component(event)
    return bytes(made.to_ical())


def main() -> None:
    """Make one file."""
    sys.stdout.buffer.write(calendar(json.load(sys.stdin)))


if __name__ == "__main__":
    main()
