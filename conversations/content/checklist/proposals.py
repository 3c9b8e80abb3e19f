"""The actions that a checklist proposes, as data; `rules.due_day` says by which day each is done."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from conversations.content.checklist.parts import Condition, Id, Text
from conversations.content.files.worded import Worded
from storage.case.phases import BEFORE, Kind

Owner = Literal["self", "worker", "casemanager", "supporter", "other"]
Timing = Literal["before", "inside", "after"]
# With whom: who decides, pays or takes over.
Partner = Literal[
    "municipality",
    "income",
    "debts",
    "lawyer",
    "landlord",
    "energy",
    "bank",
    "immigration",
    "taxes",
    "fines",
    "employer",
    "school",
    "uwv",
    "doctor",
    "midwife",
    "insurer",
    "prison",
    "close",
]


class Proposal(Worded):
    """An action to propose.

    `before`: done `lead` days before the reporting date, or `soon` days from now if that is earlier. `inside`: `days`
    after the reporting date. `after`: `days` after the day of release, or before it when negative. `for_staff`: what
    professionals call it; `private` as in `Domain`.
    `phases`: where somebody stands to whom it is proposed; before the gate, unless it says otherwise.
    """

    texts = (
        "text",
        "for_staff",
        "why",
    )

    id: Id
    domain: Id
    owner: Owner
    partner: Partner | None = None
    timing: Timing = "before"
    private: bool = False
    text: Text
    for_staff: Text | None = None
    why: Text
    lead: int | None = Field(default=None, ge=0, le=365)
    soon: int | None = Field(default=None, ge=1, le=365)
    days: int | None = Field(default=None, ge=-60, le=365)
    when: tuple[Condition, ...] = ()
    needs_date: bool = False
    phases: tuple[Kind, ...] = Field(default=BEFORE, min_length=1)
    sources: tuple[Text, ...] = ()

    @model_validator(mode="after")
    def _has_its_day(self) -> Self:
        if (self.timing == "before") != (self.lead is not None) or (self.timing == "before") == (self.days is not None):
            wanted = "lead" if self.timing == "before" else "days"
            raise ValueError(f"{self.timing} is counted with {wanted} alone")
        if self.timing == "before" and not set(self.phases) <= set(BEFORE):
            raise ValueError(f"before is over after the gate, so phases can be {' and '.join(BEFORE)} alone")
        if self.timing == "inside" and (self.days or 0) < 0:
            raise ValueError("inside begins on the reporting date, so days cannot be negative")
        return self
