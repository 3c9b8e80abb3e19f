"""Facts for the figures, derived from answers as data says (domain.md, section 4): yes, no, or unknown.

What somebody had before they went in is what they said before they came out. What a check-in asks of them since then
says what they have now, and never what they had.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import Self

from pydantic import Field, model_validator

from conversations.content.files.content_file import ContentFile, Data, Id, refuse, twice
from storage.case.case import Case
from storage.schema import PROFILE, TOPICS

# How the facts of a topic end: what somebody had before they went in, and what they have at a check-in after release.
START, NOW = "_start", "_now"


class Said(Data):
    """That a question was answered with one of these options."""

    question: Id
    options: tuple[Id, ...] = Field(min_length=1)

    def holds(self, case: Case, questions: Container[str] | None = None) -> bool:
        """Tell whether it was; of several answers, one is enough. `questions`: those that count, if not all do."""
        value = case.person.answer_to(self.question) if questions is None or self.question in questions else None
        return any(one in self.options for one in (value if isinstance(value, list) else [value]))


class Fact(Data):
    """Yes when one of `yes` was said, else no when all of `no` were."""

    id: Id
    yes: tuple[Said, ...] = Field(min_length=1)
    no: tuple[Said, ...] = Field(min_length=1)

    def of(self, case: Case, questions: Container[str] | None = None) -> bool | None:
        """Return whether it holds for a case, by the answers to some questions or to all; None when nobody knows."""
        if any(said.holds(case, questions) for said in self.yes):
            return True
        return False if all(said.holds(case, questions) for said in self.no) else None


class Facts(ContentFile):
    """All of them."""

    packaged = "facts.toml"

    facts: tuple[Fact, ...] = Field(alias="fact", default=())

    @model_validator(mode="after")
    def _are_counted(self) -> Self:
        refuse(self._faults())
        return self

    def _faults(self) -> Iterator[str]:
        yield from twice("fact", (fact.id for fact in self.facts))
        known = {*PROFILE, *(f"{topic}{end}" for topic in TOPICS for end in (START, NOW))}
        for fact in self.facts:
            if fact.id not in known:
                yield f"fact.{fact.id}: the figures do not count it; write one of {', '.join(sorted(known))}"

    def keep(self, case: Case) -> None:
        """Keep with a case what its answers say; what was before changes no more once somebody came out."""
        if not case.answers:
            return
        came_out = any(event.to == "free" for event in case.events)
        for fact in self.facts:
            if not fact.id.endswith(NOW) and not (came_out and fact.id.endswith(START)):
                case.figures.know(fact.id, fact.of(case))

    def keep_now(self, case: Case, moment: str, questions: Container[str]) -> None:
        """Keep what somebody has at a moment after release, by what they answered then; what nobody knows stays."""
        for fact in self.facts:
            if fact.id.endswith(NOW) and (holds := fact.of(case, questions)) is not None:
                case.figures.know(f"{fact.id.removesuffix(NOW)}_{moment}", holds)
