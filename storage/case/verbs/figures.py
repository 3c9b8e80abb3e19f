"""The figures' part of a case: facts that they need, and the days on which something first was so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from storage.case.case_fields import CaseFields


@dataclass(slots=True, repr=False)
class CaseFigures:
    """What the figures need to know of a case."""

    case: CaseFields

    def know(self, fact: str, holds: bool | None) -> None:
        """Keep a fact that the figures need: yes, no, or None when nobody knows."""
        case = self.case
        if case.facts.get(fact) is not holds:
            case.facts = {name: value for name, value in case.facts.items() if name != fact}
            if holds is not None:
                case.facts[fact] = holds
            case.touch("cases")

    def know_care(self, known: bool | None) -> None:
        """Keep whether professionals knew the person already; None when nobody knows."""
        self.case.known_to_care = known
        self.case.touch("cases")

    def mark(self, today: date, added_on: date) -> None:
        """Keep on which day it first stood on a list, had an action, and had a plan that the person agreed to.

        `added_on`: the day on the wall on which it was added, for a case that no list has brought.
        """
        case = self.case
        if case.first_listed_on is None:
            case.first_listed_on = case.listed_on or added_on
        if case.first_action_on is None or case.plan_agreed_on is None:
            standing = [a for a in case.actions if a.status in ("agreed", "done")]
            if standing and case.first_action_on is None:
                case.first_action_on = today
            # What a worker does of their own accord asks for nobody's agreement.
            if case.plan_agreed_on is None and any(a.by != "worker" or a.owner != "worker" for a in standing):
                case.plan_agreed_on = today
