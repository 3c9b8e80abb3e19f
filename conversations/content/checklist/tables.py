"""The tables of a checklist as they stand in the file, and how one is found by its id."""

from __future__ import annotations

from functools import cached_property

from pydantic import Field

from conversations.content.checklist.flag_rules import FlagRule
from conversations.content.checklist.parts import CHOICES, Id, Text
from conversations.content.checklist.proposals import Proposal
from conversations.content.checklist.questions import Domain, Means, Question
from conversations.content.checklist.routes import ShortRoute
from conversations.content.files.content_file import ContentFile


class ChecklistTables(ContentFile):
    """What is asked, in its order. `first`: what comes before all else; `sitting`: at most so many questions."""

    packaged = "checklist.toml"

    version: Text
    sitting: int = Field(default=8, ge=1, le=20)
    first: tuple[Id, ...] = ()
    short: ShortRoute | None = None
    domains: tuple[Domain, ...] = Field(alias="domain", min_length=1, max_length=CHOICES)
    questions: tuple[Question, ...] = Field(alias="question", min_length=1)
    proposals: tuple[Proposal, ...] = Field(alias="proposal", default=())
    flags: tuple[FlagRule, ...] = Field(alias="flag", default=())

    @cached_property
    def _by_id(self) -> dict[str, Question]:
        return {q.id: q for q in self.questions}

    def question(self, question_id: str) -> Question | None:
        """Return a question by its id."""
        return self._by_id.get(question_id)

    def proposal(self, proposal_id: str | None) -> Proposal | None:
        """Return a proposal by its id."""
        return next((p for p in self.proposals if p.id == proposal_id), None)

    def domain(self, domain_id: str) -> Domain:
        """Return a domain by its id; raises StopIteration for another: the file was checked."""
        return next(d for d in self.domains if d.id == domain_id)

    def meaning(self, means: Means) -> Question | None:
        """Return the question that means something to the code, whatever its id."""
        return next((q for q in self.questions if q.means == means), None)

    @property
    def wishes(self) -> list[Domain]:
        """The domains that are offered as what somebody thinks about most."""
        return [d for d in self.domains if d.wish]

    @cached_property
    def wish(self) -> Question | None:
        """The question for the wish, if there is one."""
        return next((q for q in self.questions if q.kind == "wish"), None)
