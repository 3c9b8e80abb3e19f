"""Facts for the figures, derived from answers as data says (domain.md, section 4): yes, no, or unknown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Self

from pydantic import Field, model_validator

from conversations.content.files.content_file import ContentFile, Data, Id, refuse, twice
from storage.case.case import Case
from storage.schema import PROFILE, TOPICS


class Said(Data):
    """That a question was answered with one of these options."""

    question: Id
    options: tuple[Id, ...] = Field(min_length=1)

    def holds(self, case: Case) -> bool:
        """Tell whether it was; of several answers, one is enough."""
        value = case.person.answer_to(self.question)
        return any(one in self.options for one in (value if isinstance(value, list) else [value]))


class Fact(Data):
    """Yes when one of `yes` was said, else no when all of `no` were."""

    id: Id
    yes: tuple[Said, ...] = Field(min_length=1)
    no: tuple[Said, ...] = Field(min_length=1)

    def of(self, case: Case) -> bool | None:
        """Return whether it holds for a case; None when nobody knows."""
        if any(said.holds(case) for said in self.yes):
            return True
        return False if all(said.holds(case) for said in self.no) else None


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
        known = {*PROFILE, *(f"{topic}_start" for topic in TOPICS)}
        for fact in self.facts:
            if fact.id not in known:
                yield f"fact.{fact.id}: the figures do not count it; write one of {', '.join(sorted(known))}"

    def keep(self, case: Case) -> None:
        """Keep with a case what its answers say now."""
        if case.answers:
            for fact in self.facts:
                case.figures.know(fact.id, fact.of(case))
