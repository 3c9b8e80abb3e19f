"""Targets of the figures, as data: what was set beforehand, for which place and from when on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Self

from pydantic import Field, model_validator

from conversations.content.files.content_file import ContentFile, Data, Id, refuse
from storage.figures.indicators import INDICATORS


class Target(Data):
    """What was set beforehand: of `area` ("all", "provincie Drenthe", a municipality), for periods that begin later."""

    indicator: Id
    area: str = "all"
    from_: date = Field(alias="from")
    value: int = Field(ge=0, le=100)


class Targets(ContentFile):
    """All targets."""

    packaged = "targets.toml"

    targets: tuple[Target, ...] = Field(alias="target", default=())

    @model_validator(mode="after")
    def _are_of_indicators(self) -> Self:
        refuse(self._faults())
        return self

    def _faults(self) -> Iterator[str]:
        known = [one.id for one in INDICATORS]
        for number, target in enumerate(self.targets):
            if target.indicator not in known:
                mend = f"write one of {', '.join(known)}"
                yield f"target.{number}.indicator: there is no indicator {target.indicator}; {mend}"

    def of(self, indicator_id: str, areas: tuple[str, ...], first: date) -> int | None:
        """Return the target of the narrowest of `areas`, set on or before the first day of a period."""
        for area in areas:
            set_before = [t for t in self.targets if (t.indicator, t.area) == (indicator_id, area) and t.from_ <= first]
            if set_before:
                return max(set_before, key=lambda t: t.from_).value
        return None
