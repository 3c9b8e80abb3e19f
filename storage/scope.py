"""Who may do what to which case: roles as sets of verbs. Deny by default; a button or a command is never permission.

"Not yours" and "does not exist" are one answer, `NotYoursError`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sqlalchemy import ColumnElement, and_, false, or_, true

from storage.case import Case
from storage.schema import cases

Verb = Literal[
    "index", "names", "open", "change", "message", "take", "assign", "invite", "erase", "import", "letters", "team"
]
Reach = Literal["own", "area"]

# design.md, "Who may what". `own`: the self-reporter's own case, or a case assigned to the member.
GRANTS: dict[str, dict[Reach, frozenset[Verb]]] = {
    "self_reporter": {"own": frozenset({"index", "names", "open", "change", "message", "erase"})},
    "worker": {
        "own": frozenset({"index", "names", "open", "change", "message", "invite", "assign", "erase"}),
        "area": frozenset({"index", "take"}),
    },
    "coordinator": {
        "own": frozenset({"index", "names", "open", "change", "message", "invite", "assign", "erase"}),
        "area": frozenset({"index", "names", "invite", "import", "assign", "letters", "team", "take"}),
    },
    "casemanager": {},
    "supporter": {},
    "administrator": {"area": frozenset({"team"})},
}


# An area is a municipality, a prison, a province written "provincie Groningen" (the municipality has its name), or all.
PROVINCE = "provincie "


class NotYoursError(Exception):
    """There is no such case, for you."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a self-reporter (`id` of their case), a member of staff, or a stranger with no verbs at all."""

    role: str
    id: str
    area: str = ""


STRANGER = Actor("stranger", "")


class Scope:
    """What one actor may do."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor
        self._grants = GRANTS.get(actor.role, {})

    def _covers(self, municipality: str, province: str, prison: str | None) -> bool:
        area = self.actor.area
        return area == "all" or (bool(area) and area in (municipality, PROVINCE + province, prison))

    def may(self, verb: Verb, case: Case) -> bool:
        """Tell whether the actor may do this to this case."""
        own = case.id == self.actor.id if self.actor.role == "self_reporter" else case.worker == self.actor.id
        if own and verb in self._grants.get("own", ()):
            return True
        return verb in self._grants.get("area", ()) and self._covers(case.municipality, case.province, case.prison)

    def may_in(self, verb: Verb, municipality: str, province: str) -> bool:
        """Tell whether the actor may do this to a case that is yet to be made there."""
        return verb in self._grants.get("area", ()) and self._covers(municipality, province, None)

    def check(self, verb: Verb, case: Case | None) -> Case:
        """Return the case when the actor may do this; raises NotYoursError, also when there is none."""
        if case is None or not self.may(verb, case):
            raise NotYoursError
        return case

    def visible(self, verb: Verb = "index") -> ColumnElement[bool]:
        """Return the condition on `cases` under which the actor may do `verb`: for lists."""
        grounds: list[ColumnElement[bool]] = []
        if verb in self._grants.get("own", ()):
            column = cases.c.id if self.actor.role == "self_reporter" else cases.c.worker
            grounds.append(column == self.actor.id)
        if verb in self._grants.get("area", ()):
            grounds.append(self._area_condition())
        return or_(*grounds) if grounds else false()

    def _area_condition(self) -> ColumnElement[bool]:
        area = self.actor.area
        if area == "all":
            return true()
        if area.startswith(PROVINCE):
            return and_(cases.c.province == area.removeprefix(PROVINCE))
        return or_(cases.c.municipality == area, cases.c.prison == area)
