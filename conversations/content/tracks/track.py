"""A track: one way of help as data, what its phases are called and why a case of it is closed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from conversations.content.files.content_file import ContentFile, Id, Label, Symbol, Text, refuse, twice
from conversations.content.files.worded import Worded
from storage.case.phases import KINDS, Kind

# What the program itself lets happen in every track.
HAPPENS = ("released", "closed", "reopened")


class Phase(Worded):
    """A phase: `worker`: how those who help call it; `person`: how the person reads it of themselves."""

    texts = ("worker", "person")

    id: Id
    kind: Kind
    worker: Text
    person: Text


class Event(Worded):
    """Something that can happen: how those who help call it, and how the person reads it of themselves.

    `outcome`: it is what came of the reporting day.
    """

    texts = ("label", "person")

    id: Annotated[Id, Field(max_length=16)]
    symbol: Symbol
    label: Label
    person: Text
    outcome: bool = False


class Closing(Worded):
    """A reason to close a case; `person`: how the person reads it, None for what they never read."""

    texts = ("label", "person")

    id: Annotated[Id, Field(max_length=16)]
    symbol: Symbol
    label: Label
    person: Text | None = None


class Track(ContentFile):
    """A track whole. `status`: a convicted person or a suspect, of whom no text presumes the fact."""

    packaged = "track.toml"

    id: Id
    status: Literal["convicted", "suspect"]
    phases: tuple[Phase, ...] = Field(alias="phase", min_length=1)
    events: tuple[Event, ...] = Field(alias="event", min_length=1)
    closings: tuple[Closing, ...] = Field(alias="closing", min_length=1, max_length=8)

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        refuse(self._faults())
        return self

    def _faults(self) -> Iterator[str]:
        yield from twice("phase", (phase.id for phase in self.phases))
        yield from twice("event", (event.id for event in self.events))
        for what in HAPPENS:
            if self.event(what) is None:
                yield f"event: {what} is not there; write how it is called"
        yield from twice("closing", (closing.id for closing in self.closings))
        for kind in KINDS:
            if sum(phase.kind == kind for phase in self.phases) != 1:
                yield f"phase: {kind} is the kind of not one phase; write one for each of {', '.join(KINDS)}"

    def phase(self, kind: Kind) -> Phase:
        """Return what a phase of this kind is called."""
        return next(phase for phase in self.phases if phase.kind == kind)

    def event(self, what: str) -> Event | None:
        """Return what something that happened is called."""
        return next((one for one in self.events if one.id == what), None)

    def closing(self, closing_id: str) -> Closing | None:
        """Return a reason to close a case."""
        return next((one for one in self.closings if one.id == closing_id), None)
