"""The checklist as data: domains, questions, options, proposed actions and flags, read from a TOML file and checked."""

from __future__ import annotations

import tomllib
from functools import cached_property
from importlib import resources
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from storage.parts import Level

# Always offered beside a question's own options.
UNKNOWN, UNSAID = "unknown", "unsaid"
# A button's data has 64 bytes (Bot API): verb, mac and screen number leave this much for "question/option".
_Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,15}$")]
_Text = Annotated[str, Field(min_length=1)]


class ChecklistError(ValueError):
    """The checklist file is wrong; the message says where and what to write."""


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Domain(_Data):
    """A part of life. Its name is shown on a button."""

    id: _Id
    symbol: _Text
    name: _Text


class Condition(_Data):
    """Holds when `question` was answered with one of `options`."""

    question: _Id
    options: tuple[_Id, ...] = Field(min_length=1)


class Option(_Data):
    """An answer that can be tapped; `level`: how worrying it is."""

    id: _Id
    symbol: _Text
    label: _Text
    level: Level = "none"


class Question(_Data):
    """One question. `number` is that of domain.md section 2; `unknown`: the level of "I do not know"."""

    id: _Id
    number: int
    domain: _Id
    kind: Literal["choice", "date", "wish"] = "choice"
    text: _Text
    help: _Text | None = None
    options: tuple[Option, ...] = ()
    when: tuple[Condition, ...] = ()
    unknown: Level = "medium"

    def option(self, option_id: str) -> Option | None:
        """Return one of the question's own options."""
        return next((o for o in self.options if o.id == option_id), None)


class Proposal(_Data):
    """An action to propose: done `lead` days before the reporting date, or `soon` days from now if that is earlier."""

    id: _Id
    domain: _Id
    owner: Literal["self", "worker", "casemanager", "supporter", "other"]
    timing: Literal["before", "inside", "after"] = "before"
    text: _Text
    why: _Text
    lead: int = Field(ge=0, le=365)
    soon: int | None = Field(default=None, ge=1, le=365)
    when: tuple[Condition, ...] = ()
    needs_date: bool = False


class FlagRule(_Data):
    """A signal (domain.md section 3) with the reason that a worker reads; it decides nothing.

    What raises it, by `kind`: `answers` (all of `when`, and one of `any_of` if there are any), `open_high` (something
    high stands open), `silence` (nobody reacted to the letter for `silent_days`), `words` (what somebody wrote; only a
    human ends it). With `days_left` it stands only with fewer days than that until the reporting date.
    """

    id: _Id
    domain: _Id
    level: Level
    reason: _Text
    kind: Literal["answers", "open_high", "silence", "words"] = "answers"
    when: tuple[Condition, ...] = ()
    any_of: tuple[Condition, ...] = ()
    days_left: int | None = Field(default=None, ge=1, le=365)
    silent_days: int | None = Field(default=None, ge=1, le=365)
    # Within how many office hours, or working days, somebody has seen to it; and what to do, in two lines.
    norm_hours: float | None = Field(default=None, gt=0, le=80)
    norm_days: int | None = Field(default=None, ge=0, le=30)
    todo: tuple[_Text, ...] = Field(min_length=2, max_length=2)

    @model_validator(mode="after")
    def _can_stand(self) -> Self:
        """Refuse a rule that nothing could raise, or that would never say when."""
        needs = {"answers": self.when + self.any_of, "open_high": self.days_left, "silence": self.silent_days}
        if not needs.get(self.kind, True):
            raise ValueError(f"{self.id}: say what raises it (when or any_of, days_left, silent_days)")
        if self.norm_hours is not None and self.norm_days is not None:
            raise ValueError(f"{self.id}: write norm_hours or norm_days, not both")
        return self


class Checklist(_Data):
    """All of it, in the order in which it is asked."""

    version: _Text
    domains: tuple[Domain, ...] = Field(alias="domain", min_length=1)
    questions: tuple[Question, ...] = Field(alias="question", min_length=1)
    proposals: tuple[Proposal, ...] = Field(alias="proposal", default=())
    flags: tuple[FlagRule, ...] = Field(alias="flag", default=())

    @classmethod
    def load(cls, path: Path | None = None) -> Checklist:
        """Return the checklist of the file at `path`, or the packaged one; raises ChecklistError."""
        source = path if path is not None else resources.files("conversations") / "content" / "checklist.toml"
        label = "checklist.toml" if path is None else str(path)
        try:
            return cls.model_validate(tomllib.loads(source.read_text(encoding="utf-8")))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise ChecklistError(f"{label} cannot be read: {error}") from error
        except ValidationError as error:
            lines = (f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in error.errors())
            raise ChecklistError("\n".join(f"{label}: {line}" for line in lines)) from error

    @cached_property
    def _by_id(self) -> dict[str, Question]:
        return {q.id: q for q in self.questions}

    def question(self, question_id: str) -> Question | None:
        """Return a question by its id."""
        return self._by_id.get(question_id)

    def proposal(self, proposal_id: str | None) -> Proposal | None:
        """Return a proposal by its id."""
        return next((p for p in self.proposals if p.id == proposal_id), None)

    def flag_rule(self, flag_id: str) -> FlagRule | None:
        """Return a signal's rule by its id."""
        return next((f for f in self.flags if f.id == flag_id), None)

    def domain(self, domain_id: str) -> Domain:
        """Return a domain by its id; raises StopIteration for another: the file was checked."""
        return next(d for d in self.domains if d.id == domain_id)

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        """Refuse a file that would ask what cannot be asked."""
        domains = [d.id for d in self.domains]
        questions = [q.id for q in self.questions]
        flags = [f.id for f in self.flags]
        proposals = [p.id for p in self.proposals]
        for kind, ids in (("domain", domains), ("question", questions), ("proposal", proposals), ("flag", flags)):
            if twice := {i for i in ids if ids.count(i) > 1}:
                raise ValueError(f"{kind}: {', '.join(sorted(twice))} stands there twice; give each an id of its own")
        parts: list[Question | Proposal | FlagRule] = [*self.questions, *self.proposals, *self.flags]
        for part in parts:
            if part.domain not in domains:
                raise ValueError(f"{part.id}: there is no domain {part.domain}")
            for condition in (*part.when, *(part.any_of if isinstance(part, FlagRule) else ())):
                asked = next((q for q in self.questions if q.id == condition.question), None)
                if asked is None:
                    raise ValueError(f"{part.id}: there is no question {condition.question}")
                known = {o.id for o in asked.options} | {UNKNOWN, UNSAID}
                if missing := set(condition.options) - known:
                    raise ValueError(f"{part.id}: {condition.question} has no option {', '.join(sorted(missing))}")
                if isinstance(part, Question) and questions.index(asked.id) >= questions.index(part.id):
                    raise ValueError(f"{part.id}: ask {asked.id} before it")
        for question in self.questions:
            if question.kind == "choice" and not question.options:
                raise ValueError(f"{question.id}: write its options")
        return self
