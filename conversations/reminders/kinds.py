"""The kinds of what can fall due, as one table: what was planned is looked up here, whoever imported what.

Where a kind is written they are looked up in turn, so each is named here by its place and read when it is first asked.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator, Mapping

from conversations.reminders.kind import Kind

# The name that stands in the schedule, and where the kind is written.
TABLE: Mapping[str, str] = {
    "action_before": "conversations.reminders.reminders:REMINDER",
    "action_day": "conversations.reminders.reminders:REMINDER",
    "check_22": "conversations.reminders.home_checks:KIND",
    "check_call": "conversations.reminders.home_checks:CALLS",
    "check_day": "conversations.reminders.home_checks:ON_THE_DAY",
    "check_in": "conversations.reminders.check_in_plan:KIND",
    "check_month": "conversations.reminders.home_checks:KIND",
    "check_week": "conversations.reminders.home_checks:KIND",
    "day_changed": "conversations.reminders.follow_dates:KIND",
    "home_check": "conversations.reminders.home_checks:KIND",
    "missed_day": "conversations.self_reporter.day.homecoming:KIND",
    "perhaps_free": "conversations.self_reporter.day.perhaps_free:KIND",
    "reporting_14": "conversations.self_reporter.day.reporting:MILESTONE",
    "reporting_7": "conversations.self_reporter.day.reporting:A_WEEK_BEFORE",
    "reporting_3": "conversations.self_reporter.day.reporting:MILESTONE",
    "reporting_ahead": "conversations.self_reporter.day.reporting:THE_DAY_BEFORE",
    "reporting_eve": "conversations.self_reporter.day.reporting:THE_DAY_BEFORE",
    "reporting_again": "conversations.self_reporter.day.reporting:ONCE_MORE",
    "reporting_day": "conversations.self_reporter.day.reporting:LAST_MESSAGE",
    "share_again": "conversations.self_reporter.plan.sharing:ASKS_ANEW",
    "share_answered": "conversations.self_reporter.plan.sharing:TELLS_ANSWER",
    "silence_call": "conversations.reminders.silence:KIND",
    "silence_letter": "conversations.reminders.silence:KIND",
    "silence_visit": "conversations.reminders.silence:KIND",
    "sitting": "conversations.self_reporter.plan.sitting:KIND",
}


class Kinds(Mapping[str, Kind]):
    """The kinds of the table, whatever was imported so far and in which order."""

    def __init__(self, table: Mapping[str, str]) -> None:
        self._table = table
        self._known: dict[str, Kind] = {}

    def __getitem__(self, name: str) -> Kind:
        """Return a kind; raises KeyError for a name that the table does not have."""
        if name not in self._known:
            self._known[name] = pkgutil.resolve_name(self._table[name])
        return self._known[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._table)

    def __len__(self) -> int:
        return len(self._table)


KINDS = Kinds(TABLE)
