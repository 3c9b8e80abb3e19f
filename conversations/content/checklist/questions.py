"""The questions of a checklist and the domains they belong to, as data."""

from __future__ import annotations

from functools import cached_property
from typing import Literal

from pydantic import Field

from conversations.content.checklist.parts import CHOICES, Condition, Id, Text
from conversations.content.files.content_file import Data, Label, Symbol
from conversations.content.files.worded import Worded
from storage.case.case_parts import Level
from storage.case.phases import BEFORE, Kind

Form = Literal["choice", "several", "date", "wish"]
# Who may ask: the bot and the worker; the worker alone; the bot only on a phone that nobody else uses.
Asks = Literal["everybody", "worker", "own_phone"]
# What the code does something with: whether there is a letter with a day, which day that is, who fetches the person.
Means = Literal["letter", "reporting_date", "collecting"]


class Domain(Worded):
    """A part of life. `wish`: whether it is offered as what somebody thinks about most; `intro` stands before it.

    `for_staff`: what professionals call it. `private`: nobody beside the person and who helps ever reads of it.
    """

    texts = (
        "name",
        "for_staff",
        "intro",
    )

    id: Id
    symbol: Symbol
    name: Label
    for_staff: Text | None = None
    wish: bool = True
    private: bool = False
    intro: Text | None = None


class Option(Worded):
    """An answer that can be tapped; `level`: how worrying it is. `alone`: it goes with no other of several.

    `means`: `collected`, somebody fetches the person at release.
    """

    texts = ("label",)

    id: Id
    symbol: Symbol
    label: Label
    level: Level = "none"
    alone: bool = False
    means: Literal["collected"] | None = None


class Near(Data):
    """How worrying a date is that lies fewer than `days` ahead."""

    days: int = Field(ge=1, le=365)
    level: Level


class Question(Worded):
    """One question. `number` is that of domain.md section 2; `unknown`: the level of "I do not know".

    `help` explains it with one example, `why` says what the answer is for. `may_change`: a check-in asks it again.
    `phases`: where somebody stands who is asked it (storage/case/phases.py); before the gate, unless it says otherwise.
    `means`: what the code does something with, whatever the id; `private` as in `Domain`.
    """

    texts = (
        "text",
        "help",
        "why",
    )

    id: Id
    number: int
    domain: Id
    kind: Form = "choice"
    means: Means | None = None
    private: bool = False
    text: Text
    help: Text | None = None
    why: Text | None = None
    options: tuple[Option, ...] = Field(default=(), max_length=CHOICES)
    when: tuple[Condition, ...] = ()
    unknown: Level = "medium"
    near: tuple[Near, ...] = ()
    asks: Asks = "everybody"
    may_change: bool = False
    phases: tuple[Kind, ...] = Field(default=BEFORE, min_length=1)
    sources: tuple[Text, ...] = ()

    def option(self, option_id: str) -> Option | None:
        """Return one of the question's own options."""
        return next((o for o in self.options if o.id == option_id), None)

    @cached_property
    def levels(self) -> dict[str, Level]:
        """How worrying each of its own options is."""
        return {o.id: o.level for o in self.options}
