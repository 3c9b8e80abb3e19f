"""A case: one call-up of one self-reporter, as an object with verbs. Pure: no SQL, no network, no clock of its own.

Each verb changes the case in memory and remembers what it touched; `storage/cases.py` writes exactly that. It has no
repr: a traceback or a log line must never show it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from typing import Any, Literal
from zoneinfo import ZoneInfo

from storage.clock import instant
from storage.parts import (
    LEVELS,
    UNSETTLED,
    Action,
    Answer,
    Consent,
    Contact,
    Decision,
    Effort,
    Flag,
    Handover,
    Identity,
    Level,
    Measure,
    Message,
    Note,
    Preferences,
    Reminder,
    Resolution,
    Speaker,
    Story,
    new_id,
)
from storage.vault import Subject

# The consent to let the prison see an action begins so; its id follows. And in which states the prison sees it.
TO_THE_PRISON = "casemanager:"
SHOWN_TO_THE_PRISON = ("agreed", "done")


@dataclass(slots=True, repr=False)
class Case:
    """One call-up, whole."""

    id: str
    ref: str
    municipality: str
    province: str
    added_at: datetime
    identity: Identity
    version: int = 0
    prison: str | None = None
    track: str = "self_report"
    phase: str = "waiting"
    outcome: str | None = None
    reporting_date: date | None = None
    date_confirmed_by: str | None = None
    overview_date: date | None = None
    list_withdrew: bool = False
    release_date: date | None = None
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
    waiting: dict[str, datetime] = field(default_factory=dict)
    touched: dict[str, dict[str, Any]] = field(default_factory=dict)
    stored: set[str] = field(default_factory=set)
    subject: Subject | None = None
    # Whether its flags were reviewed since it was loaded (conversations/checklist/flags.py), and when time alone
    # changes one. Whoever writes a case without doing so leaves it to be looked at once more.
    flags_reviewed: bool = False
    flags_look_at: datetime | None = None
    # The identity as it is stored, and its sealed blob: it is not sealed anew with every answer.
    sealed_identity: tuple[Identity, bytes] | None = None

    def touch(self, table: str, row: Any = None) -> None:
        """Remember that a row of a table is to be written; `cases` for the case itself."""
        self.touched.setdefault(table, {})[self.id if row is None else row.id] = self if row is None else row

    # What a person says.

    def answer(self, question: str, value: str | list[str], now: datetime, by: Speaker = "self_reporter") -> None:
        """Keep an answer, and who put it in: a `worker` writes down what a person says without a chat.

        A later one takes its place.
        """
        self.answers[question] = Answer(value, now, by)
        self.last_answer_at = now
        self.touch("cases")

    def value(self, question: str) -> str | list[str] | None:
        """Return what was answered, or None."""
        answer = self.answers.get(question)
        return answer.value if answer else None

    def say_phone_is_shared(self, shared: bool | None) -> None:
        """Keep whether somebody else uses the phone; None when the person does not know."""
        self.shares_phone = shared
        self.touch("cases")

    def prefer(self, **wishes: Any) -> None:
        """Keep how the person wants it: fields of `Preferences`; None takes a wish away."""
        self.preferences = replace(self.preferences, **wishes)
        self.touch("cases")

    def consent(self, to: str, given: bool, now: datetime, text_version: str) -> None:
        """Keep a yes or a no; the latest one to the same thing counts."""
        row = Consent(new_id(), to, given, now, text_version)
        self.consents.append(row)
        self.touch("consent", row)

    def consents_to(self, to: str) -> bool:
        """Tell whether the latest word on `to` was yes."""
        given = [c.given for c in self.consents if c.to == to]
        return bool(given) and given[-1]

    # The plan.

    def propose(
        self,
        domain: str,
        owner: str,
        when: str,
        text: str,
        due: date | None,
        proposal: str | None,
        by: str = "self_reporter",
    ) -> Action:
        """Put an action before the person; it counts only when they agree."""
        action = Action(new_id(), len(self.actions), domain, owner, when, "proposed", due, text, None, proposal, by)
        self.actions.append(action)
        self.touch("action", action)
        return action

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

    def with_the_prison(self) -> list[Action]:
        """Return the actions that the prison sees: the casemanager's, with a yes that stands. Never about health."""
        return [
            action
            for action in self.actions
            if action.owner == "casemanager"
            and action.status in SHOWN_TO_THE_PRISON
            and action.domain != "health"
            and self.consents_to(TO_THE_PRISON + action.id)
        ]

    def confirm_share(self, action: Action, now: datetime) -> None:
        """The prison takes on what was shared with it."""
        action.confirmed_at = action.confirmed_at or now
        self.touch("action", action)

    # Reminders.

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

    # Signals, contact and messages.

    def raise_flag(self, flag: str, domain: str, level: Level, reason: str, now: datetime) -> Flag:
        """Signal something, once: a flag that already stands keeps its age."""
        for row in self.flags:
            if row.flag == flag and row.lowered_at is None:
                if (row.level, row.reason) != (level, reason):
                    if LEVELS.index(level) > LEVELS.index(row.level):
                        row.acknowledged_at = row.overruled_at = row.seen_by = row.overruled_by = row.why = None
                    row.level, row.reason = level, reason
                    self.touch("flag", row)
                return row
        row = Flag(new_id(), flag, domain, level, now, reason)
        self.flags.append(row)
        self.touch("flag", row)
        return row

    def look_at_flags(self, again: datetime | None) -> None:
        """Keep that the rules over flags were applied, and when time alone changes one next."""
        self.flags_reviewed, self.flags_look_at = True, again

    def lower_flag(self, row: Flag, now: datetime) -> None:
        """The reason is gone; the flag stays in the history."""
        row.lowered_at = now
        self.touch("flag", row)

    def acknowledge(self, row: Flag, now: datetime, by: str | None = None) -> None:
        """A professional has seen the flag, the first of them counts."""
        if row.acknowledged_at is None:
            row.acknowledged_at, row.seen_by = now, by
        self.touch("flag", row)

    def overrule(self, row: Flag, why: str, now: datetime, by: str | None = None) -> None:
        """A professional knows better than the rule, and says why; it weighs nothing from here on."""
        row.overruled_at, row.why, row.overruled_by = now, why, by
        self.acknowledge(row, now, by)

    def contacted(self, kind: str, direction: str, now: datetime) -> None:
        """Keep that there was contact."""
        row = Contact(new_id(), kind, direction, now)
        self.contacts.append(row)
        self.touch("contact", row)

    def message(self, sender: str, text: str, now: datetime, kind: str = "text") -> Message:
        """Keep words of the `self_reporter` or the `worker`."""
        row = Message(new_id(), sender, kind, now, text)
        self.messages.append(row)
        self.touch("message", row)
        return row

    def unread(self, sender: str) -> list[Message]:
        """Return the messages of `sender` that the other side has not read, oldest first."""
        return [m for m in self.messages if m.sender == sender and m.read_at is None]

    def read(self, sender: str, now: datetime) -> None:
        """The other side has read what `sender` wrote."""
        for row in self.unread(sender):
            row.read_at = now
            self.touch("message", row)

    # What professionals do.

    def note(self, text: str, by: str, now: datetime) -> None:
        """Write something down for those who help."""
        row = Note(new_id(), now, by, text)
        self.notes.append(row)
        self.touch("note", row)

    def weigh(self, code: str, decision: str, reason: str | None, by: str, now: datetime) -> Measure:
        """Keep how a measure was weighed; a later word on the same measure takes the place of the former."""
        for row in self.measures:
            if row.code == code:
                row.decision, row.reason, row.by, row.at = decision, reason, by, now
                break
        else:
            row = Measure(new_id(), code, decision, reason, now, by)
            self.measures.append(row)
        self.touch("measure", row)
        return row

    def hear_wish(self, row: Measure, wish: str) -> None:
        """The person says whether a measure fits them: yes, no or unsure."""
        row.wish = wish
        self.touch("measure", row)

    def ask_decision(self, measure: str, by: str, of: str, decide_by: date, question: str, now: datetime) -> Decision:
        """Ask a colleague to decide on a measure."""
        row = Decision(new_id(), measure, by, of, now, decide_by, question)
        self.decisions.append(row)
        self.touch("decision", row)
        return row

    def decide(self, row: Decision, answer: str, explanation: str | None, now: datetime) -> None:
        """A colleague has decided."""
        row.answer, row.explanation, row.answered_at = answer, explanation, now
        self.touch("decision", row)

    def resolve(self, text: str, owner: str | None, due: date, by: str, now: datetime) -> Resolution:
        """The intake meeting decides who does what by when."""
        row = Resolution(new_id(), by, owner, now, due, text)
        self.resolutions.append(row)
        self.touch("resolution", row)
        return row

    def carry_out(self, row: Resolution, now: datetime) -> None:
        """What a meeting decided has been done."""
        row.done_at = row.done_at or now
        self.touch("resolution", row)

    def go_to_the_limit(self, tried: str, stopped: str, by: str, now: datetime) -> Effort:
        """Keep what was tried at the edge of the possible, and where it stopped."""
        row = Effort(new_id(), by, now, tried, stopped)
        self.efforts.append(row)
        self.touch("effort", row)
        return row

    def hand_over(self, to: str, summary: str, now: datetime) -> None:
        """Give the case to another worker, with what they must know; it is counted."""
        row = Handover(new_id(), self.worker, to, now, summary)
        self.handovers.append(row)
        self.touch("handover", row)
        self.assign(to)

    def share(self, until: datetime | None) -> None:
        """Let the coordinator read along until then; None ends it."""
        self.shared_until = until
        self.touch("cases")

    def deal_with(self, row: Reminder, dealt: Literal["done", "not_done"], now: datetime) -> None:
        """The worker has done, or not done, what a reminder asked that was handed to them."""
        row.dealt, row.dealt_at = dealt, now
        self.touch("due", row)

    # The course of the case.

    def reach_by(self, channel: str) -> None:
        """Keep how the person wants to be reached: chat, telephone, paper or visit."""
        self.channel = channel
        self.touch("cases")

    def know_care(self, known: bool | None) -> None:
        """Keep whether professionals knew the person already; None when nobody knows."""
        self.known_to_care = known
        self.touch("cases")

    def count_questions(self, left: int) -> None:
        """Keep how many questions apply and have no answer."""
        if left != self.questions_left:
            self.questions_left = left
            self.touch("cases")

    def press(self, level: int) -> None:
        """Keep how worrying it is, from 0 to 4: lists sort by it."""
        if level != self.pressing:
            self.pressing = level
            self.touch("cases")

    def record_outcome(self, outcome: str) -> None:
        """Keep what came of the reporting date: reported, postponed, absent, arrested or cancelled."""
        self.outcome = outcome
        if outcome in ("reported", "arrested"):
            self.phase = "inside"
        self.touch("cases")

    def release(self, day: date) -> None:
        """The person is free again, from this day on."""
        self.release_date, self.phase = day, "released"
        self.touch("cases")

    def close(self, reason: str, day: date) -> None:
        """The case ends, with the reason; nothing goes out any more."""
        self.phase, self.closed_reason, self.closed_on = "closed", reason, day
        for row in self.reminders:
            if row.state in UNSETTLED:
                self.end_reminder(row, "cancelled", "case closed")
        self.touch("cases")

    def mark(self, today: date) -> None:
        """Keep on which day it first stood on a list, had an action, and had a plan that the person agreed to."""
        if self.first_listed_on is None:
            self.first_listed_on = self.listed_on or self.added_at.date()
        if self.first_action_on is None or self.plan_agreed_on is None:
            standing = [a for a in self.actions if a.status in ("agreed", "done")]
            if standing and self.first_action_on is None:
                self.first_action_on = today
            # What a worker does of their own accord asks for nobody's agreement.
            if self.plan_agreed_on is None and any(a.by != "worker" or a.owner != "worker" for a in standing):
                self.plan_agreed_on = today

    def know(self, fact: str, holds: bool | None) -> None:
        """Keep a fact that the figures need: yes, no, or None when nobody knows."""
        if self.facts.get(fact) is not holds:
            self.facts = {name: value for name, value in self.facts.items() if name != fact}
            if holds is not None:
                self.facts[fact] = holds
            self.touch("cases")

    def tell(self, kind: str, moment: str, text: str, now: datetime) -> Story:
        """Keep what somebody said of the help (`helped`, `missed`, `who`, `worker`, `story`) at the plan or after."""
        row = Story(new_id(), kind, moment, now, text)
        self.stories.append(row)
        self.touch("story", row)
        return row

    def expect_release(self, day: date | None) -> None:
        """Keep the day of release as it is known now; it may come up to two weeks early."""
        self.release_date = day
        self.touch("cases")

    def attend(self, by: datetime | None) -> None:
        """Keep by when somebody must have attended to it."""
        if by != self.attend_by:
            self.attend_by = by
            self.touch("cases")

    def alarm(self) -> None:
        """The coordinators were told that nobody has seen to it in time."""
        self.alarmed_until = self.attend_by
        self.touch("cases")

    def invite(self, now: datetime) -> None:
        """An invitation was made."""
        self.invited_at = now
        self.touch("cases")

    def join(self, now: datetime) -> None:
        """The self-reporter opened the invitation on their own phone."""
        self.joined_at = self.joined_at or now
        self.unreachable_since = None
        self.touch("cases")

    def speak(self, language: str) -> None:
        """Keep the language that the person reads."""
        self.language = language
        self.touch("cases")

    def reached(self, yes: bool, now: datetime) -> None:
        """Keep whether messages arrive."""
        self.unreachable_since = None if yes else (self.unreachable_since or now)
        self.touch("cases")

    def assign(self, worker: str | None) -> None:
        """Give the case to a member of staff."""
        self.worker = worker
        self.touch("cases")

    def confirm_date(self, day: date, by: str) -> None:
        """The letter says this day: from here on it is a fact (the letter rules, never the list)."""
        if day != self.reporting_date and self.outcome in ("postponed", "absent", "cancelled"):
            self.outcome = None  # another call-up of the same sentence
        self.reporting_date, self.date_confirmed_by = day, by
        self.list_withdrew = False
        if self.phase == "waiting":
            self.phase = "called_up"
        self.touch("cases")

    def withdraw_date(self) -> None:
        """A letter took the day back, or put it off without a new one: there is no day now."""
        self.reporting_date = self.date_confirmed_by = None
        if self.phase == "called_up":
            self.phase = "waiting"
        self.touch("cases")

    def list_date(self, day: date | None) -> None:
        """An overview brings, moves or drops a date. It is a fact for nobody until the letter confirms it."""
        self.list_withdrew = day is None and (self.overview_date is not None or self.list_withdrew)
        self.overview_date = day
        if self.date_confirmed_by is None:
            self.reporting_date = day
            if self.phase in ("waiting", "called_up"):
                self.phase = "called_up" if day else "waiting"
        self.touch("cases")

    @property
    def letter_at(self) -> datetime | None:
        """When the first letter to the person left: with an invitation of ours, or as a worker noted it."""
        noted = [c.on for c in self.contacts if (c.kind, c.direction) == ("letter", "out")]
        return min([*noted, *([self.invited_at] if self.invited_at else [])], default=None)

    @property
    def confirmed_date(self) -> date | None:
        """The reporting date, once the letter confirmed it."""
        return self.reporting_date if self.date_confirmed_by else None

    def days_left(self, today: date) -> int | None:
        """Return the days until the reporting date, or None without one."""
        return (self.reporting_date - today).days if self.reporting_date else None

    @property
    def level(self) -> Level:
        """The highest level of the flags that stand."""
        standing = [LEVELS.index(f.level) for f in self.flags if f.stands]
        return LEVELS[max(standing, default=0)]
