"""The parts of a case: answers, actions, flags, contacts, words, decisions. Rows as objects, without verbs.

What holds personal data has no repr: a traceback or a log line must never show it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from secrets import randbits
from time import time_ns
from typing import Any, Literal

Level = Literal["none", "low", "medium", "high", "urgent"]
Speaker = Literal["self_reporter", "worker"]
LEVELS: tuple[Level, ...] = ("none", "low", "medium", "high", "urgent")
# States of a reminder that are not its end. `leaving`: its notice is in the outbox.
UNSETTLED = ("planned", "leaving")


_latest_tick = 0


def new_id() -> str:
    """Return a fresh identity: known before the row is written, so that fields can be sealed for it.

    A UUID of version 7 (RFC 9562, 5.7 and 6.2 method 3). Of one process a later one sorts after an earlier one, so rows
    of one moment keep their order on every database.
    """
    global _latest_tick
    # 4096 ticks a millisecond. They say in which order and not at what time, which is the Clock's.
    _latest_tick = max(time_ns() * 4096 // 1_000_000, _latest_tick + 1)
    milliseconds, fraction = divmod(_latest_tick, 4096)
    return f"{milliseconds:012x}7{fraction:03x}{0x8000 | randbits(14):04x}{randbits(48):012x}"


@dataclass(frozen=True, slots=True, repr=False)
class Answer:
    """What somebody answered to a question: an option, several, or a text or date as ISO 8601."""

    value: str | list[str]
    at: datetime
    by: Speaker = "self_reporter"


@dataclass(slots=True, repr=False)
class Preferences:
    """How a person wants it: when reminders come, until when it is quiet, and what guards a phone that others use.

    All of it is sealed with the answers. `pin`: a salted hash and what was tried (conversations/rules/pin.py);
    `next_domain`, `next_on`: where and on which day they want to go on.
    """

    hour: time | None = None
    quiet_from: time | None = None
    quiet_until: time | None = None
    paused_until: date | None = None
    pin: str | None = None
    next_domain: str | None = None
    next_on: date | None = None

    def as_json(self) -> dict[str, str]:
        """Return what was set, as JSON."""
        said = {name: getattr(self, name) for name in self.__slots__}
        return {name: str(value) for name, value in said.items() if value is not None}

    @classmethod
    def from_json(cls, said: dict[str, str]) -> Preferences:
        """Return what was kept."""
        read: dict[str, Any] = {"hour": time.fromisoformat, "quiet_from": time.fromisoformat}
        read |= {"quiet_until": time.fromisoformat, "paused_until": date.fromisoformat, "next_on": date.fromisoformat}
        return cls(**{name: read.get(name, str)(value) for name, value in said.items()})


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


@dataclass(slots=True, repr=False)
class Flag:
    """A signal with its reason. It decides nothing."""

    id: str
    flag: str
    domain: str
    level: Level
    since: datetime
    reason: str
    acknowledged_at: datetime | None = None
    lowered_at: datetime | None = None
    # Overruled by a worker, with their reason: it stands in the history, and weighs nothing.
    overruled_at: datetime | None = None
    why: str | None = None
    # Members of staff.
    seen_by: str | None = None
    overruled_by: str | None = None

    @property
    def stands(self) -> bool:
        """Whether it counts: not lowered by the rules, not overruled by a human."""
        return self.lowered_at is None and self.overruled_at is None


@dataclass(slots=True)
class Contact:
    """That there was contact: letter, phone, visit, care, chat; `in` or `out`."""

    id: str
    kind: str
    direction: str
    on: datetime


@dataclass(slots=True)
class Consent:
    """A yes or a no to a use of data, with the version of the text that was read.

    Of a yes to a recipient (storage/case/sharing.py): what they said to it, and why it stands no more; `told_at`: since
    when they need not be told of that any more.
    """

    id: str
    to: str
    given: bool
    at: datetime
    text_version: str
    confirmed_at: datetime | None = None
    declined_at: datetime | None = None
    ended: str | None = None
    told_at: datetime | None = None


@dataclass(slots=True, repr=False)
class Message:
    """Words between the self-reporter and their worker; kind `help` is a call for a human without words."""

    id: str
    sender: str
    kind: str
    at: datetime
    text: str
    read_at: datetime | None = None
    # Of the self-reporter's: when somebody answered it, spoke to them, or said that it needs no answer.
    settled_at: datetime | None = None


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
    # What came of one that was handed to the worker: `done`, `not_done`, or `over` before anybody did it.
    dealt: str | None = None
    dealt_at: datetime | None = None


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


@dataclass(slots=True, repr=False)
class Story:
    """What somebody said of the help: `kind` what was asked, `moment` plan, after or closing."""

    id: str
    kind: str
    moment: str
    at: datetime
    text: str


@dataclass(slots=True, repr=False)
class Identity:
    """Who it is about. Names may be empty: an overview can come without."""

    first_name: str
    last_name: str
    birth_year: int | None
    number: str | None

    @property
    def name(self) -> str:
        """The whole name, for professionals."""
        return f"{self.first_name} {self.last_name}".strip()
