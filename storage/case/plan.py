"""The plan of a case: actions, who does them and by when, and the reminders of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Literal
from zoneinfo import ZoneInfo

from storage.case.answers import Answers
from storage.case.case_parts import UNSETTLED, Action, Reminder, new_id
from storage.clock import instant

# What no content can open, and no caller by saying nothing (conversations/content/checklist/private.py says the rest).
ALWAYS_PRIVATE = frozenset({"health"})


class Plan(Answers):
    """The verbs of actions and reminders."""

    __slots__ = ()

    def propose(
        self,
        domain: str,
        owner: str,
        when: str,
        text: str,
        due: date | None,
        proposal: str | None,
        by: str = "self_reporter",
        private: bool = False,
    ) -> Action:
        """Put an action before the person; it counts only when they agree. `private`: as in `Action`."""
        action = Action(new_id(), len(self.actions), domain, owner, when, "proposed", due, text, None, proposal, by)
        action.private = private or domain in ALWAYS_PRIVATE
        self.actions.append(action)
        self.touch("action", action)
        return action

    def keep_private(self, is_private: Callable[[str, str | None], bool]) -> None:
        """Close what the checklist has private by now; nothing that was private is opened again.

        `is_private` is asked with the domain and the proposal of each action.
        """
        for action in self.actions:
            if not action.private and is_private(action.domain, action.proposal):
                action.private = True
                self.touch("action", action)

    def action(self, action_id: str) -> Action | None:
        """Return an action of this case by its id, or None."""
        return next((a for a in self.actions if a.id == action_id), None)

    def agree(self, action: Action, due: date | None = None, together: bool = False) -> None:
        """The person takes the action on, on their own day if they name one, `together` with their helper or alone."""
        action.status, action.together = "agreed", together
        if due is not None:
            action.due, action.own_day = due, True
        self.touch("action", action)

    def settle(
        self, action: Action, status: Literal["done", "declined", "dropped"], why: str, on: date | None = None
    ) -> None:
        """End an action, `on` a day; its reminders end with it."""
        action.status, action.settled_on = status, on
        self.touch("action", action)
        self.cancel_reminders(why, action_id=action.id)

    def move(self, action: Action, due: date | None, own_day: bool = True) -> None:
        """Give an action another day; not `own_day`: it follows from the reporting date, and moves with it."""
        action.due, action.own_day = due, own_day and due is not None
        self.touch("action", action)

    def put_first(self, action: Action) -> None:
        """The person wants to arrange this before everything else."""
        action.rank = 1 + max((a.rank for a in self.actions), default=0)
        self.touch("action", action)

    def count_not_yet(self, action: Action, times: int) -> None:
        """Keep how often in a row the person said that it is not done yet."""
        action.not_yet = times
        self.touch("action", action)

    def pass_on(self, action: Action, owner: str) -> None:
        """Somebody else does it from here on; what would have reminded the person of it ends."""
        action.owner = owner
        self.touch("action", action)
        self.cancel_reminders("somebody else does it", action_id=action.id)

    def remind(self, kind: str, day: date, at: time, zone: ZoneInfo, action: Action | None = None) -> Reminder:
        """Plan a reminder on a wall-clock rule."""
        row = Reminder(new_id(), kind, action.id if action else None, day, at, zone.key, instant(day, at, zone))
        self.reminders.append(row)
        self.touch("due", row)
        return row

    def cancel_reminders(self, why: str, action_id: str | None = None, kinds: tuple[str, ...] = ()) -> None:
        """End what has not gone out yet: of one action, or of the named kinds."""
        for row in self.reminders:
            mine = (action_id is not None and row.action_id == action_id) or row.kind in kinds
            if mine and row.state in UNSETTLED:
                self.end_reminder(row, "cancelled", why)

    def end_reminder(self, row: Reminder, state: str, reason: str) -> None:
        """Give a reminder its one end: cancelled, skipped or handed_to_worker, with the reason."""
        row.state, row.reason = state, reason
        self.touch("due", row)

    def open_reminder(self, row: Reminder, now: datetime) -> None:
        """The person has looked at it."""
        if row.opened_at is None:
            row.opened_at = now
            self.touch("due", row)
