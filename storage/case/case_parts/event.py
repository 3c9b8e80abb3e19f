"""Events: what happened in the course of a case, on which day, and by whom it was told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from storage.case.phases import Kind

# Who told it: the person, somebody who helps or the prison; `unknown` for what was noted before events were kept.
Teller = Literal["self", "worker", "casemanager", "unknown"]


@dataclass(slots=True)
class Event:
    """Something that happened. `to`: the kind of phase that it led to, None where the person stays where they are.

    `position`: the how manieth of its case, from 0 on. `day`: on which it happened, None where nobody knows;
    `noted_at`: when it was written, None until it is, and of what happened before events were kept.
    """

    id: str
    position: int
    what: str
    to: Kind | None
    day: date | None
    by: Teller
    noted_at: datetime | None = None
