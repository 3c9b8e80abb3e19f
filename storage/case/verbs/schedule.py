"""The schedule of a case: its reminders, each with one end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Literal
from zoneinfo import ZoneInfo

from storage.case.case_fields import CaseFields
from storage.case.case_parts import UNSETTLED, Action, Reminder, new_id
from storage.clock import instant


@dataclass(slots=True, repr=False)
class Schedule:
    """The reminders of a case."""

    case: CaseFields

    def remind(self, kind: str, day: date, at: time, zone: ZoneInfo, action: Action | None = None) -> Reminder:
        """Plan a reminder on a wall-clock rule."""
        row = Reminder(new_id(), kind, action.id if action else None, day, at, zone.key, instant(day, at, zone))
        self.case.reminders.append(row)
        self.case.touch("due", row)
        return row

    def cancel(self, why: str, action_id: str | None = None, kinds: tuple[str, ...] = ()) -> None:
        """End what has not gone out yet: of one action, or of the named kinds."""
        for row in self.case.reminders:
            mine = (action_id is not None and row.action_id == action_id) or row.kind in kinds
            if mine and row.state in UNSETTLED:
                self.end(row, "cancelled", why)

    def cancel_all(self, why: str) -> None:
        """End whatever has not gone out yet."""
        for row in self.case.reminders:
            if row.state in UNSETTLED:
                self.end(row, "cancelled", why)

    def end(self, row: Reminder, state: str, reason: str) -> None:
        """Give a reminder its one end: cancelled, skipped or handed_to_worker, with the reason."""
        row.state, row.reason = state, reason
        self.case.touch("due", row)

    def mark_opened(self, row: Reminder, now: datetime) -> None:
        """The person has looked at it."""
        if row.opened_at is None:
            row.opened_at = now
            self.case.touch("due", row)

    def deal_with(self, row: Reminder, dealt: Literal["done", "not_done", "over"], now: datetime) -> None:
        """The worker has done, or not done, what a reminder asked that was handed to them; or it was over before."""
        row.dealt, row.dealt_at = dealt, now
        self.case.touch("due", row)
