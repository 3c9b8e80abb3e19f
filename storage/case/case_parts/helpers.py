"""Helpers: what they write down, weigh, ask of each other, decide and hand over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(slots=True, repr=False)
class Note:
    """What a worker writes down for those who help; the self-reporter may read it (`/mijngegevens`)."""

    id: str
    at: datetime
    by: str
    text: str


@dataclass(slots=True, repr=False)
class Measure:
    """A measure of the catalogue weighed for a case: considered, used, or not used and why (domain.md section 5)."""

    id: str
    code: str
    decision: str
    reason: str | None
    at: datetime
    by: str
    # What the person said when they were asked whether it fits them.
    wish: str | None = None


@dataclass(slots=True, repr=False)
class Decision:
    """A colleague is asked to decide on a measure; the answer comes back to the case. No health in it."""

    id: str
    measure: str
    asked_by: str
    asked_of: str
    asked_at: datetime
    decide_by: date
    question: str
    answer: str | None = None
    answered_at: datetime | None = None
    explanation: str | None = None


@dataclass(slots=True, repr=False)
class Handover:
    """A case went from one worker to another, with a summary for the new one, who says when they have read it."""

    id: str
    from_: str | None
    to: str
    at: datetime
    summary: str
    seen_at: datetime | None = None


@dataclass(slots=True, repr=False)
class Resolution:
    """What the intake meeting decided on a case: who (`owner`) does what by when. `by` recorded it."""

    id: str
    by: str
    owner: str | None
    at: datetime
    due: date
    text: str
    done_at: datetime | None = None


@dataclass(slots=True, repr=False)
class Effort:
    """What was tried at the edge of the possible (*maximale inzet*), and where it stopped and why."""

    id: str
    by: str
    at: datetime
    tried: str
    stopped: str
