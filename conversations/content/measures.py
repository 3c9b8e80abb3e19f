"""The measures that can be weighed for a case, as data (domain.md section 5): conditions, lead time, who decides."""

from __future__ import annotations

from typing import Self

from pydantic import Field, model_validator

from conversations.content import placeholders
from conversations.content.content_file import ContentFile, Data, Id, Text, twice


class MeasureRule(Data):
    """One measure. `lead_days`: days before the reporting date by which it must be begun; `verify`: check it first."""

    id: Id
    name: Text
    basis: Text
    conditions: tuple[Text, ...] = Field(min_length=1, max_length=5)
    decides: Text
    lead_days: int | None = Field(default=None, ge=0, le=365)
    verify: bool = False
    ask: Text


class Measures(ContentFile):
    """All of them, in the order of the file."""

    measures: tuple[MeasureRule, ...] = Field(alias="measure", min_length=1)

    @classmethod
    def packaged(cls) -> str:
        """Return the name of the packaged file."""
        return "measures.toml"

    @model_validator(mode="after")
    def _are_told_apart(self) -> Self:
        ids = [one.id for one in self.measures]
        if again := twice(ids):
            raise ValueError(f"measure: {', '.join(again)} stands there twice; give each measure an id of its own")
        wrong = [
            f"{one.id}: {fault}"
            for one in self.measures
            for text in (one.name, one.basis, one.decides, one.ask, *one.conditions)
            for fault in placeholders.faults(text)
        ]
        if wrong:
            raise ValueError("\n".join(wrong))
        return self

    def codes(self) -> tuple[str, ...]:
        """Return their ids."""
        return tuple(one.id for one in self.measures)

    def measure(self, code: str) -> MeasureRule | None:
        """Return a measure by its id."""
        return next((one for one in self.measures if one.id == code), None)
