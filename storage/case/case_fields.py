"""Fields of a case: its facts, and the rows that hang from it, with what a turn has touched of them.

What is done to them stands in `storage/case/verbs`, by noun; `storage/case/case.py` puts them together.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from storage.case.case_parts import (
    Action,
    Answer,
    Consent,
    Contact,
    Decision,
    Effort,
    Event,
    Flag,
    Handover,
    Identity,
    Measure,
    Message,
    Note,
    Preferences,
    Reminder,
    Resolution,
    Story,
)
from storage.case.phases import BEFORE, Kind
from storage.keys.vault import Subject


@dataclass(slots=True, repr=False)
class CaseFields:
    """One call-up as it is kept. No repr: a traceback or a log line must never show it."""

    id: str
    ref: str
    municipality: str
    province: str
    added_at: datetime
    identity: Identity
    version: int = 0
    prison: str | None = None
    track: str = "self_report"
    phase: Kind = "waiting"
    outcome: str | None = None
    reporting_date: date | None = None
    date_confirmed_by: str | None = None
    overview_date: date | None = None
    list_withdrew: bool = False
    arrived_on: date | None = None
    inside_on: date | None = None
    release_date: date | None = None
    formal_release: date | None = None
    sentence_days: int | None = None
    known_to_care: bool | None = None
    listed_on: date | None = None
    missing_since: date | None = None
    closed_reason: str | None = None
    closed_on: date | None = None
    language: str = "nl"
    worker: str | None = None
    invited_at: datetime | None = None
    joined_at: datetime | None = None
    new_phone: str | None = None
    new_phone_at: datetime | None = None
    call_asked_at: datetime | None = None
    unreachable_since: datetime | None = None
    channel: str = "chat"
    pressing: int = 0
    questions_left: int | None = None
    last_answer_at: datetime | None = None
    shared_until: datetime | None = None
    look_at: datetime | None = None
    attend_by: datetime | None = None
    alarmed_until: datetime | None = None
    first_listed_on: date | None = None
    first_action_on: date | None = None
    plan_agreed_on: date | None = None
    silent_since: date | None = None
    facts: dict[str, bool] = field(default_factory=dict)
    measured: str | None = None
    answers: dict[str, Answer] = field(default_factory=dict)
    shares_phone: bool | None = None
    preferences: Preferences = field(default_factory=Preferences)
    # What the list said last, by fact: whatever is otherwise here was set by somebody who works with the case.
    listed: dict[str, Any] = field(default_factory=dict)
    actions: list[Action] = field(default_factory=list)
    flags: list[Flag] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)
    consents: list[Consent] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    reminders: list[Reminder] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    measures: list[Measure] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    handovers: list[Handover] = field(default_factory=list)
    stories: list[Story] = field(default_factory=list)
    resolutions: list[Resolution] = field(default_factory=list)
    efforts: list[Effort] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    waiting: dict[str, datetime] = field(default_factory=dict)
    touched: dict[str, dict[str, Any]] = field(default_factory=dict)
    stored: set[str] = field(default_factory=set)
    # Ids of contacts that were noted by mistake, and are to go.
    dropped: set[str] = field(default_factory=set)
    subject: Subject | None = None
    # Whether its flags were reviewed since it was loaded (conversations/rules/flags.py), and when time alone
    # changes one. Whoever writes a case without doing so leaves it to be looked at once more.
    flags_reviewed: bool = False
    flags_look_at: datetime | None = None
    # Whether somebody fetches the person at release, as the checklist in use reads the answers; worked out with the
    # flags. A case that was loaded and not reviewed: as it waited for it, or not.
    fetched: bool | None = None
    # The identity as it is stored, and its sealed blob: it is not sealed anew with every answer.
    sealed_identity: tuple[Identity, bytes] | None = None

    def touch(self, table: str, row: Any = None) -> None:
        """Remember that a row of a table is to be written; `cases` for the case itself."""
        self.touched.setdefault(table, {})[self.id if row is None else row.id] = self if row is None else row

    @property
    def is_at_home(self) -> bool:
        """Whether the person waits at home, with or without a day."""
        return self.phase in BEFORE

    def action(self, action_id: str) -> Action | None:
        """Return an action of this case by its id, or None."""
        return next((a for a in self.actions if a.id == action_id), None)
