"""The plan of a case: actions, who does them and by when."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from storage.case.case_fields import CaseFields
from storage.case.case_parts import Action, new_id
from storage.case.verbs.schedule import Schedule
from storage.case.verbs.shares import Shares

# What no content can open, and no caller by saying nothing (conversations/content/checklist/private.py says the rest).
ALWAYS_PRIVATE = frozenset({"health"})


@dataclass(slots=True, repr=False)
class Plan:
    """The actions of a case."""

    case: CaseFields

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
        position = len(self.case.actions)
        action = Action(new_id(), position, domain, owner, when, "proposed", due, text, None, proposal, by)
        action.private = private or domain in ALWAYS_PRIVATE
        self.case.actions.append(action)
        self.case.touch("action", action)
        return action

    def keep_private(self, is_private: Callable[[str, str | None], bool]) -> None:
        """Close what the checklist has private by now; nothing that was private is opened again.

        `is_private` is asked with the domain and the proposal of each action.
        """
        for action in self.case.actions:
            if not action.private and is_private(action.domain, action.proposal):
                action.private = True
                self.case.touch("action", action)

    def agree(self, action: Action, due: date | None = None, together: bool = False) -> None:
        """The person takes the action on, on their own day if they name one, `together` with their helper or alone."""
        action.status, action.together = "agreed", together
        if due is not None:
            action.due, action.own_day = due, True
        self.case.touch("action", action)

    def settle(
        self, action: Action, status: Literal["done", "declined", "dropped"], why: str, on: date | None = None
    ) -> None:
        """End an action, `on` a day; its reminders end with it. Who was to do it need not, and reads it no more."""
        action.status, action.settled_on = status, on
        self.case.touch("action", action)
        Schedule(self.case).cancel(why, action_id=action.id)
        if status != "done":
            Shares(self.case).end("dropped", action)

    def move(self, action: Action, due: date | None, own_day: bool = True) -> None:
        """Give an action another day; not `own_day`: it follows from the reporting date, and moves with it."""
        action.due, action.own_day = due, own_day and due is not None
        self.case.touch("action", action)

    def put_first(self, action: Action) -> None:
        """The person wants to arrange this before everything else."""
        action.rank = 1 + max((a.rank for a in self.case.actions), default=0)
        self.case.touch("action", action)

    def count_not_yet(self, action: Action, times: int) -> None:
        """Keep how often in a row the person said that it is not done yet."""
        action.not_yet = times
        self.case.touch("action", action)

    def pass_on(self, action: Action, owner: str) -> None:
        """Somebody else does it from here on: nothing reminds of it any more, and who was to do it reads it no more."""
        action.owner = owner
        self.case.touch("action", action)
        Schedule(self.case).cancel("somebody else does it", action_id=action.id)
        Shares(self.case).end("dropped", action)
