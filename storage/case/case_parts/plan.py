"""The plan: what somebody will do, and what reminds of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

# States of a reminder that are not its end. `leaving`: its notice is in the outbox.
UNSETTLED = ("planned", "leaving")


@dataclass(slots=True, repr=False)
class Action:
    """Something that somebody will do: before, inside or after."""

    id: str
    position: int
    domain: str
    owner: str
    when: str
    status: str
    due: date | None
    text: str
    partner: str | None = None
    proposal: str | None = None
    # Who put it in the plan, and when it ended.
    by: str = "self_reporter"
    settled_on: date | None = None
    # The day is one that somebody chose: it does not follow the reporting date.
    own_day: bool = False
    # How the person orders it: the highest comes first; 0: by its day. And how often they said "not yet" in a row.
    rank: int = 0
    not_yet: int = 0
    # The person does it together with their helper.
    together: bool = False
    # Nobody reads of it beside the person and who helps (conversations/content/checklist/private.py).
    private: bool = False


@dataclass(slots=True)
class Reminder:
    """A row of the schedule that belongs to this case: a local rule, its instant, and how it ended."""

    id: str
    kind: str
    action_id: str | None
    day: date
    at: time
    zone: str
    due_at: datetime
    state: str = "planned"
    reason: str | None = None
    notice: str | None = None
    opened_at: datetime | None = None
    # What came of one that was handed to the worker: `done`, `not_done`, or `over` before anybody did it. Of a check-in
    # that the person got: `done`, they went through it.
    dealt: str | None = None
    dealt_at: datetime | None = None
