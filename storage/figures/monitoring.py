"""Monitoring rows: plain facts of a case, one row each, written with the case whenever one of them has changed.

The row is not the case: no reference, no day, no name of anybody. When the case is erased, the row stays without it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date
from secrets import token_hex
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, insert, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.case.case import Case
from storage.case.case_parts import Action, Contact
from storage.clock import wall
from storage.figures.indicators import ENDS, HOW, tallied
from storage.schema import MOMENTS, PROFILE, TALLIES, TOPICS, monitoring

# Days of a sentence that are at most 3 weeks, and at most 3 months.
THREE_WEEKS, THREE_MONTHS = 21, 92
# Characters that a row has for its measures.
MEASURES = 600
# A change of what a fact means rewrites every row when its case is next looked at.
_VERSION = "3"

FACTS = tuple(c.name for c in monitoring.columns if c.name not in ("id", "case_id", *TALLIES))
_INSERT = insert(monitoring)
_UPDATE = (
    update(monitoring)
    .where(monitoring.c.case_id == bindparam("of_case"))
    .values({name: bindparam(f"new_{name}") for name in (*FACTS, *TALLIES)})
)
_FORGET = (
    update(monitoring).where(monitoring.c.case_id == bindparam("of_case")).values(case_id=None, id=bindparam("new_id"))
)


def sentence_class(days: int | None) -> str:
    """Return how long a sentence is: `weeks` (at most 3), `months` (at most 3), `longer`, or `unknown`."""
    if days is None:
        return "unknown"
    return "weeks" if days <= THREE_WEEKS else "months" if days <= THREE_MONTHS else "longer"


def answers_to_letter(contacts: Iterable[Contact]) -> list[Contact]:
    """Return the reactions of the person to a letter: what came from them since and was not begun by us."""
    known = list(contacts)
    letter = min((c.on for c in known if (c.kind, c.direction) == ("letter", "out")), default=None)
    if letter is None:
        return []
    ours = {(c.kind, c.on) for c in known if c.direction == "out"}
    came = [c for c in known if c.direction == "in" and c.kind != "care" and c.on >= letter]
    return [c for c in came if (c.kind, c.on) not in ours or c.kind == "letter"]


def two_way(case: Case, zone: ZoneInfo) -> list[Contact]:
    """Return the contacts in both directions before the reporting date, the first one first."""
    day = case.reporting_date
    spoken = [c for c in case.contacts if c.direction == "in" and c.kind in HOW]  # not who called in vain
    came = [c for c in spoken if day is None or wall(c.on, zone).date() < day]
    return sorted(came, key=lambda c: c.on)


def measured(case: Case, today: date, zone: ZoneInfo) -> dict[str, Any]:
    """Return the facts of a case as they are on a day (domain.md, section 4)."""
    contacts = two_way(case, zone)
    standing = [a for a in case.actions if a.status in ("agreed", "done")]
    # In this order, whatever the columns': the digest of a row is over its values.
    return {
        **_place(case, zone),
        **_reached(case, contacts),
        **_planned(case, standing),
        "known": None if case.known_to_care is None else int(case.known_to_care),
        **_carried_out(standing, today),
        **_came_of_it(case, standing, today, zone),
        "head_start": _head_start(case) if contacts else None,
        "measures": _weighed(case),
        **_told(case),
    }


def _place(case: Case, zone: ZoneInfo) -> dict[str, Any]:
    return {
        "municipality": case.municipality,
        "month": (case.first_listed_on or wall(case.added_at, zone).date()).replace(day=1),
        "province": case.province,
        "prison": case.prison,
        "track": case.track,
        "sentence": sentence_class(case.sentence_days),
    }


def _reached(case: Case, contacts: list[Contact]) -> dict[str, Any]:
    return {
        "how": contacts[0].kind if contacts else None,
        "letter_sent": int(case.reach.letter_at is not None),
        "letter_answered": int(bool(answers_to_letter(case.contacts))),
        "contact": int(bool(contacts)),
    }


def _is_before_the_day(case: Case, day: date | None) -> bool:
    return day is not None and (case.reporting_date is None or day < case.reporting_date)


def _planned(case: Case, standing: list[Action]) -> dict[str, Any]:
    return {
        "action": int(_is_before_the_day(case, case.first_action_on)),
        "plan": int(_is_before_the_day(case, case.plan_agreed_on)),
        "own_wish": int(any(a.proposal is None and a.by == "self_reporter" for a in standing)),
    }


def _head_start(case: Case) -> int | None:
    """Return the days from the agreed plan to the reporting date; None when it did not come before it."""
    day, agreed = case.reporting_date, case.plan_agreed_on
    return (day - agreed).days if day is not None and agreed is not None and agreed < day else None


def _carried_out(standing: list[Action], today: date) -> dict[str, Any]:
    due = [a for a in standing if a.due is not None and (a.status == "done" or a.due < today)]
    in_time = [a for a in due if a.settled_on is not None and a.due is not None and a.settled_on <= a.due]
    return {"actions_due": len(due), "actions_in_time": len(in_time)}


def _came_of_it(case: Case, standing: list[Action], today: date, zone: ZoneInfo) -> dict[str, Any]:
    day, release = case.reporting_date, case.release_date
    past = day is not None and day < today and case.phase in ("coming", "held", "free")
    outcome = case.outcome if case.outcome in ENDS else None
    returned = outcome in ("reported", "arrested") and release is not None and release < today
    return {
        "called_up": int(outcome is not None or (past and case.outcome is None)),
        "outcome": outcome,
        "handed_over": int(any(case.shares.was_handed_over(a) for a in standing)),
        "returned": int(returned),
        "aftercare": int(returned and any(c.direction == "in" and _since(c, release, zone) for c in case.contacts)),
    }


def _told(case: Case) -> dict[str, Any]:
    names = (*PROFILE, *(f"{topic}_{moment}" for topic in TOPICS for moment in MOMENTS))
    return {name: int(case.facts[name]) if name in case.facts else None for name in names}


def _since(contact: Contact, day: date | None, zone: ZoneInfo) -> bool:
    return day is not None and wall(contact.on, zone).date() >= day


def _weighed(case: Case) -> str:
    """Return how each measure was weighed, as many as there is room for: none is cut in half, and then misread."""
    words = sorted(f"{m.code}={m.decision}/{m.reason or ''}".rstrip("/") for m in case.measures)
    while len(" ".join(words)) > MEASURES:
        words.pop()
    return " ".join(words)


def digest(facts: dict[str, Any]) -> str:
    """Return what tells one set of facts from another."""
    return hashlib.blake2b(f"{_VERSION}{[*facts.values()]}".encode(), digest_size=8).hexdigest()


class Measurements:
    """Rows that are to be written with their cases."""

    def __init__(self) -> None:
        self._new: list[dict[str, Any]] = []
        self._changed: list[dict[str, Any]] = []

    def take(self, case: Case, today: date, zone: ZoneInfo) -> None:
        """Measure a case that is about to be written, and remember its row when it has changed."""
        case.figures.mark(today, wall(case.added_at, zone).date())
        facts = measured(case, today, zone)
        is_open = case.is_at_home
        case.silent_since = case.first_listed_on if is_open and not facts["contact"] else None
        seen = digest(facts)
        if seen == case.measured:
            return
        facts |= tallied(facts)
        if case.measured is None:
            self._new.append(facts | {"id": token_hex(16), "case_id": case.id})
        else:
            self._changed.append({f"new_{name}": value for name, value in facts.items()} | {"of_case": case.id})
        case.measured = seen

    async def write(self, connection: AsyncConnection) -> None:
        """Write them; the cases are there."""
        if self._new:
            await connection.execute(_INSERT, self._new)
        if self._changed:
            await connection.execute(_UPDATE, self._changed)


async def let_go(connection: AsyncConnection, case_id: str) -> None:
    """Leave the row of a case that is erased without it: under a new id, and nothing says whose it was."""
    await connection.execute(_FORGET, {"of_case": case_id, "new_id": token_hex(16)})
