"""Coordination, as it may be looked up: bottlenecks, questions, meetings and what stands still, within an area."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, Protocol

from storage.case.case_parts import Effort, Resolution
from storage.coordination.bottlenecks import Bottleneck
from storage.coordination.inquiries import Inquiry
from storage.coordination.meetings import Meeting
from storage.people.staff import Member
from storage.queues.pressing import Waiting

# Why a case is on the agenda of a meeting.
Topic = Literal["new", "near", "stuck"]


@dataclass(frozen=True, slots=True, repr=False)
class Decided:
    """What a meeting decided on a case."""

    ref: str
    municipality: str
    resolution: Resolution


@dataclass(frozen=True, slots=True, repr=False)
class Tried:
    """What was tried at the edge of the possible for a case."""

    ref: str
    municipality: str
    effort: Effort


@dataclass(frozen=True, slots=True, repr=False)
class Stuck:
    """A case that stands still: its worker's name, if it has one, and why."""

    case: Waiting
    worker: str | None


class CoordinationReads(Protocol):
    """Within the area of who acts; what is outside of it does not exist: NotYoursError."""

    async def bottlenecks(self) -> list[Bottleneck]:
        """Return what stands in the way in the area and what would help, the oldest first."""
        ...

    async def bottleneck(self, bottleneck_id: str) -> Bottleneck:
        """Return one of them, held for this turn; raises NotYoursError."""
        ...

    async def told(self, bottleneck_id: str) -> Bottleneck:
        """Return what one told oneself; raises NotYoursError."""
        ...

    async def answerers(self, area: str) -> list[Member]:
        """Return the coordinators of a place."""
        ...

    async def open_inquiries(self) -> list[Inquiry]:
        """Return the questions that wait for an answer of who acts."""
        ...

    async def inquiry(self, inquiry_id: str) -> Inquiry:
        """Return a question that is one's own, to be answered or to be found, held for this turn; or NotYoursError."""
        ...

    async def may_answer(self, inquiry: Inquiry) -> bool:
        """Tell whether who acts answers this question, and withdraws its answer."""
        ...

    async def answers(self, text: str | None) -> list[Inquiry]:
        """Return the answers that can be found: the most like `text` first, or those that helped most."""
        ...

    async def last_meeting(self) -> Meeting | None:
        """Return the last meeting of the area."""
        ...

    async def agenda(self, since: datetime | None) -> list[tuple[Topic, Waiting]]:
        """Return the cases to talk about, each once: stuck, near its date, new since a moment."""
        ...

    async def decided(self, since: datetime | None = None) -> list[Decided]:
        """Return what meetings decided and is not done, and what was decided after a moment, the oldest first."""
        ...

    async def stuck(self) -> list[Stuck]:
        """Return the open cases that wait longer than their norm, by municipality and worker."""
        ...

    async def tried(self, since: date | None = None) -> list[Tried]:
        """Return what was tried at the edge of the possible, the newest first."""
        ...

    async def count_risks(self) -> list[tuple[str, int, int]]:
        """Return for each domain its high and urgent risks that stand, and its actions, the most risks first."""
        ...

    async def measures_weighed(self) -> Iterable[str]:
        """Return the codes of the measures that were used for a case of the area."""
        ...
