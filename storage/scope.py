"""Scope: who may do what to which case: roles as sets of verbs. Deny by default; a button is never permission.

"Not yours" and "does not exist" are one answer, `NotYoursError`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import ColumnElement, and_, false, literal, or_, select, true

from storage.case.case import Case
from storage.case.sharing import SHARING, SHOWN, TO_A_PRISON
from storage.schema import actions, cases, consents, decisions

Verb = Literal[
    "index",
    "names",
    "open",
    "change",
    "message",
    "invite",
    "vouch",
    "assign",
    "share",
    "erase",
    "take",
    "add",
    "decide",
    "import",
    "letters",
    "team",
    "items",
    "confirm",
    "figures",
    "meet",
]
Reach = Literal["own", "covered", "shared", "asked", "fresh", "area", "prison"]

_THEIRS: frozenset[Verb] = frozenset({"index", "names", "open", "change", "message", "invite", "vouch", "decide"})
_LENT: frozenset[Verb] = frozenset({"index", "names", "open"})

# design.md, "Who may what". `own`: the self-reporter's own case, or a case assigned to the member; `covered`: of a
# colleague for whom they stand in; `shared`: opened to coordinators for some days; `asked`: they are asked to decide;
# `fresh`: nobody has come in or answered yet, so that a code shows nothing; `prison`: the person lets this prison see
# something of the plan.
GRANTS: dict[str, dict[Reach, frozenset[Verb]]] = {
    "self_reporter": {"own": frozenset({"index", "names", "open", "change", "message", "erase"})},
    "worker": {
        "own": _THEIRS | {"assign", "share", "erase"},
        "covered": _THEIRS,
        "asked": frozenset({"decide"}),
        "area": frozenset({"index", "take", "add"}),
    },
    "coordinator": {
        "own": _THEIRS | {"assign", "share", "erase"},
        "covered": _THEIRS,
        "shared": _LENT,
        "asked": frozenset({"decide"}),
        "fresh": frozenset({"invite"}),
        "area": frozenset({"index", "names", "import", "assign", "letters", "team", "take", "add", "figures", "meet"}),
    },
    "casemanager": {"prison": frozenset({"items", "confirm"})},
    "supporter": {},
    "administrator": {"area": frozenset({"team"})},
}


# An area is a municipality, a prison, a province written "provincie Groningen" (the municipality has its name), or all.
PROVINCE = "provincie "


class NotYoursError(Exception):
    """There is no such case, for you."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a self-reporter (`id` of their case), a member of staff, or a stranger with no verbs at all.

    `covers`: the ids of the colleagues for whom a member stands in today.
    """

    role: str
    id: str
    area: str = ""
    covers: frozenset[str] = frozenset()


STRANGER = Actor("stranger", "")


def _with_the_prison() -> ColumnElement[bool]:
    """Return the condition on `cases` of those that let their prison see something: Shares.with_the_prison in SQL."""
    to = literal(TO_A_PRISON) + cases.c.prison + literal(":") + actions.c.id
    latest = (
        select(and_(consents.c.given, consents.c.ended.is_(None), consents.c.declined_at.is_(None)))
        .where(consents.c.case_id == actions.c.case_id, consents.c.to == to)
        .order_by(consents.c.at.desc(), consents.c.id.desc())
        .limit(1)
        .correlate(actions, cases)
        .scalar_subquery()
    )
    return (
        select(actions.c.id)
        .where(
            actions.c.case_id == cases.c.id,
            actions.c.owner == "casemanager",
            actions.c.status.in_(SHOWN),
            actions.c.private == false(),
            latest == true(),
        )
        .correlate(cases)
        .exists()
    )


def _fresh() -> ColumnElement[bool]:
    """Return the condition on `cases` of those in which nobody has come in, answered or agreed: not `has_begun`."""
    agreed = select(actions.c.id).where(actions.c.case_id == cases.c.id, actions.c.by != "worker").correlate(cases)
    return and_(cases.c.joined_at.is_(None), cases.c.last_answer_at.is_(None), ~agreed.exists())


def _of_area(area: str) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions on `cases` of which one is met by those of an area."""
    if area == "all":
        return (true(),)
    if area.startswith(PROVINCE):
        return (cases.c.province == area.removeprefix(PROVINCE),)
    return (cases.c.municipality == area, cases.c.prison == area) if area else (false(),)


def in_area(area: str) -> ColumnElement[bool]:
    """Return the condition on `cases` of those of an area."""
    return or_(*_of_area(area))


class Scope:
    """What one actor may do at a moment."""

    def __init__(self, actor: Actor, now: datetime) -> None:
        self.actor = actor
        self._now = now
        self._grants = GRANTS.get(actor.role, {})

    def _covers(self, municipality: str, province: str, prison: str | None) -> bool:
        area = self.actor.area
        return area == "all" or (bool(area) and area in (municipality, PROVINCE + province, prison))

    def _reaches(self, case: Case) -> Iterator[Reach]:
        """Say on which grounds a case is within reach."""
        actor = self.actor
        if actor.role == "self_reporter":
            if case.id == actor.id:
                yield "own"
            return
        if case.worker is not None and case.worker == actor.id:
            yield "own"
        if case.worker in actor.covers:
            yield "covered"
        if case.prison == actor.area and case.shares.with_the_prison():
            yield "prison"
        in_area = self._covers(case.municipality, case.province, case.prison)
        if in_area and case.shared_until is not None and case.shared_until > self._now:
            yield "shared"
        if any(d.asked_of == actor.id for d in case.decisions):
            yield "asked"
        if in_area and not case.person.has_begun:
            yield "fresh"
        if in_area:
            yield "area"

    def may(self, verb: Verb, case: Case) -> bool:
        """Tell whether the actor may do this to this case."""
        return any(verb in self._grants.get(reach, ()) for reach in self._reaches(case))

    def may_in(self, verb: Verb, municipality: str, province: str) -> bool:
        """Tell whether the actor may do this to a case that is yet to be made there."""
        return verb in self._grants.get("area", ()) and self._covers(municipality, province, None)

    def may_anywhere(self, verb: Verb) -> bool:
        """Tell whether the actor may do this in an area of their own, whatever that is."""
        return bool(self.actor.area) and verb in self._grants.get("area", ())

    def check(self, verb: Verb, case: Case | None) -> Case:
        """Return the case when the actor may do this; raises NotYoursError, also when there is none."""
        if case is None or not self.may(verb, case):
            raise NotYoursError
        return case

    def visible(self, verb: Verb = "index") -> ColumnElement[bool]:
        """Return the condition on `cases` under which the actor may do `verb`: for lists."""
        grounds = [self._condition(reach) for reach, verbs in self._grants.items() if verb in verbs]
        return or_(*grounds) if grounds else false()

    def visible_apart(self, verb: Verb, also: ColumnElement[bool]) -> list[ColumnElement[bool]]:
        """Return `visible(verb)` with another condition, as conditions of which one is met: each can use an index."""
        found: list[ColumnElement[bool]] = []
        for reach, verbs in self._grants.items():
            if verb in verbs:
                grounds = _of_area(self.actor.area) if reach == "area" else (self._condition(reach),)
                found += [and_(also, ground) for ground in grounds]
        return found or [false()]

    def mine(self) -> ColumnElement[bool]:
        """Return the condition on `cases` of those that are theirs to look after: their own, and who they cover."""
        return or_(self._condition("own"), self._condition("covered"))

    def _condition(self, reach: Reach) -> ColumnElement[bool]:
        actor = self.actor
        match reach:
            case "own":
                return (cases.c.id if actor.role == "self_reporter" else cases.c.worker) == actor.id
            case "covered":
                return cases.c.worker.in_(sorted(actor.covers)) if actor.covers else false()
            case "shared":
                return and_(cases.c.shared_until > self._now, in_area(actor.area))
            case "asked":
                return cases.c.id.in_(select(decisions.c.case_id).where(decisions.c.asked_of == actor.id))
            case "fresh":
                return and_(in_area(actor.area), _fresh())
            case "area":
                return in_area(actor.area)
            case "prison":
                return and_(cases.c.phase.in_(SHARING), cases.c.prison == actor.area, _with_the_prison())
