"""The signals of a checklist as data; `flags.review` says which of them stand for a case."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from conversations.content.checklist.parts import Condition, Id, Text
from conversations.content.files.worded import Worded
from storage.case.case_parts import Level
from storage.case.phases import KINDS, Kind


class FlagRule(Worded):
    """A signal (domain.md section 3) with the reason that a worker reads; it decides nothing.

    What raises it, by `kind`: `answers` (all of `when`, and one of `any_of` if there are any), `open_high` (something
    high stands open), `silence` (nobody reacted to the letter for `silent_days`), `words` (what somebody wrote; only a
    human ends it). With `days_left` it stands only with fewer days than that until the reporting date.
    """

    texts = (
        "reason",
        "todo",
    )

    id: Id
    domain: Id
    level: Level
    reason: Text
    kind: Literal["answers", "open_high", "silence", "words"] = "answers"
    when: tuple[Condition, ...] = ()
    any_of: tuple[Condition, ...] = ()
    days_left: int | None = Field(default=None, ge=1, le=365)
    silent_days: int | None = Field(default=None, ge=1, le=365)
    # Where somebody stands for whom it can be raised: everywhere, unless it says otherwise.
    phases: tuple[Kind, ...] = Field(default=KINDS, min_length=1)
    # Within how many office hours, or working days, somebody has seen to it; and what to do, in two lines.
    norm_hours: float | None = Field(default=None, gt=0, le=80)
    norm_days: int | None = Field(default=None, ge=0, le=30)
    todo: tuple[Text, ...] = Field(min_length=2, max_length=2)

    @property
    def ended_by_hand(self) -> bool:
        """Tell whether only a human ends it: no answer takes back what somebody wrote."""
        return self.kind == "words"

    @model_validator(mode="after")
    def _can_stand(self) -> Self:
        """Refuse a rule that nothing could raise, or that would never say when."""
        needs = {"answers": self.when + self.any_of, "open_high": self.days_left, "silence": self.silent_days}
        if not needs.get(self.kind, True):
            raise ValueError("say what raises it (when or any_of, days_left, silent_days)")
        if self.norm_hours is not None and self.norm_days is not None:
            raise ValueError("write norm_hours or norm_days, not both")
        return self
