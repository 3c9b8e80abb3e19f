"""The checklist as data: domains, questions, routes, proposed actions and flags, read from a TOML file and checked."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, cached_property
from typing import Self

from pydantic import model_validator

from conversations.content.checklist import private
from conversations.content.checklist.checks import faults
from conversations.content.checklist.flag_rules import FlagRule
from conversations.content.checklist.parts import UNKNOWN, UNSAID, Condition
from conversations.content.checklist.proposals import Proposal
from conversations.content.checklist.questions import Domain, Option, Question
from conversations.content.checklist.routes import in_order
from conversations.content.checklist.tables import ChecklistTables
from conversations.content.files.content_file import refuse
from storage.case.case_parts import Answer

__all__ = [
    "UNKNOWN",
    "UNSAID",
    "Checklist",
    "Condition",
    "Domain",
    "FlagRule",
    "Option",
    "Proposal",
    "Question",
]


class Checklist(ChecklistTables):
    """All of it, checked: what a conversation asks, proposes and signals."""

    @cached_property
    def _orders(self) -> dict[tuple[str | None, bool], tuple[Question, ...]]:
        return {}

    def flag_rule(self, flag_id: str) -> FlagRule | None:
        """Return a signal's rule by its id."""
        rule = next((f for f in self.flags if f.id == flag_id), None)
        return rule or (self.crisis_rule if self.crisis_rule.id == flag_id else None)

    @cached_property
    def private(self) -> private.Private:
        """What nobody reads beside the person and who helps."""
        return private.of_checklist(self)

    @cached_property
    def crisis_rule(self) -> FlagRule:
        """The signal for words that sound like a crisis: the file's own, else the packaged one."""
        return next((f for f in self.flags if f.kind == "words"), None) or _packaged_crisis_rule()

    def is_collected(self, answers: Mapping[str, Answer]) -> bool:
        """Tell whether an answer says that somebody fetches the person at release."""
        asked = self.meaning("collecting")
        answer = answers.get(asked.id) if asked is not None else None
        if asked is None or answer is None:
            return False
        said = [answer.value] if isinstance(answer.value, str) else answer.value
        return any(option.means == "collected" for option in asked.options if option.id in said)

    def order(self, wish: str | None, short: bool) -> tuple[Question, ...]:
        """Return every question in the order of a route."""
        known = self._orders.get((wish, short))
        if known is None:
            first = (*(self.short.questions if short and self.short else ()), *self.first)
            known = self._orders[wish, short] = in_order(self.questions, first, wish)
        return known

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        """Refuse a file that would ask what cannot be asked; all that is wrong is said at once."""
        refuse(faults(self))
        return self


@cache
def _packaged_crisis_rule() -> FlagRule:
    """Return the packaged signal for words: the consent text promises it, so no file can leave it out."""
    return next(f for f in Checklist.load().flags if f.kind == "words")
