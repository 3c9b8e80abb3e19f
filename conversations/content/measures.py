"""The measures that can be weighed for a case, as data (domain.md section 5): conditions, lead time, who decides."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Self

from pydantic import Field, model_validator

from conversations.content.files import placeholders
from conversations.content.files.content_file import ContentFile, Id, Text, refuse, twice
from conversations.content.files.worded import Worded


class MeasureRule(Worded):
    """One measure. `lead_days`: days before the reporting date by which it must be begun; `verify`: check it first."""

    texts = (
        "name",
        "basis",
        "conditions",
        "decides",
        "ask",
    )

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

    packaged = "measures.toml"

    measures: tuple[MeasureRule, ...] = Field(alias="measure", min_length=1)

    @model_validator(mode="after")
    def _are_told_apart(self) -> Self:
        refuse(self._faults())
        return self

    def _faults(self) -> Iterator[str]:
        yield from twice("measure", (one.id for one in self.measures))
        for one in self.measures:
            texts = {key: getattr(one, key) for key in ("name", "basis", "decides", "ask")}
            texts |= {f"conditions.{number}": text for number, text in enumerate(one.conditions)}
            for key, text in texts.items():
                yield from (f"measure.{one.id}.{key}: {fault}" for fault in placeholders.faults(text))

    def codes(self) -> tuple[str, ...]:
        """Return their ids."""
        return tuple(one.id for one in self.measures)

    def measure(self, code: str) -> MeasureRule | None:
        """Return a measure by its id."""
        return next((one for one in self.measures if one.id == code), None)
