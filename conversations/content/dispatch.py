"""Dispatch: who takes a new case, as data: rules by municipality, district and language, each with a capacity."""

from __future__ import annotations

from typing import Self

from pydantic import Field, model_validator

from conversations.content.files.content_file import ContentFile, Data, Text
from conversations.words.places import fold
from storage.people.loads import Loads
from storage.scope import PROVINCE


class Rule(Data):
    """One rule. Without `districts` or `languages` it holds for all; `most`: open cases, from which it is full."""

    worker: Text
    municipality: Text | None = None
    province: Text | None = None
    districts: tuple[Text, ...] = ()
    languages: tuple[Text, ...] = ()
    most: int | None = Field(default=None, ge=1, le=1000)

    @model_validator(mode="after")
    def _is_somewhere(self) -> Self:
        if (self.municipality is None) == (self.province is None):
            raise ValueError("write either a municipality or a province in each rule")
        return self

    def fits(self, language: str, district: str | None) -> bool:
        """Tell whether the rule is about such a case."""
        there = not self.districts or (district is not None and fold(district) in map(fold, self.districts))
        return there and (not self.languages or language in self.languages)

    @property
    def weight(self) -> int:
        """How much it asks for: the rule that asks for more goes first."""
        return bool(self.districts) + bool(self.languages)


class Dispatch(ContentFile):
    """All rules. A municipality without any has its one worker, else its province's or the region's."""

    packaged = "dispatch.toml"

    rules: tuple[Rule, ...] = Field(default=(), alias="rule")

    def choose(
        self, loads: Loads, municipality: str, province: str, language: str, district: str | None = None
    ) -> str | None:
        """Return the id of the member who takes a case, and count it there; None where a human must decide."""
        rules = [r for r in self.rules if r.municipality == municipality]
        rules = rules or [r for r in self.rules if r.province == province]
        chosen = self._by_rule(rules, loads, language, district) if rules else _only(loads, municipality, province)
        if chosen is not None:
            loads.give(chosen)
        return chosen

    @staticmethod
    def _by_rule(rules: list[Rule], loads: Loads, language: str, district: str | None) -> str | None:
        able = []
        for order, rule in enumerate(rules):
            member = loads.named(rule.worker)
            if member is None or not rule.fits(language, district):
                continue
            has = loads.of_member(member.id)
            if rule.most is None or has < rule.most:
                able.append((-rule.weight, has, order, member.id))
        return min(able)[-1] if able else None


def _only(loads: Loads, municipality: str, province: str) -> str | None:
    """Return the one worker of a municipality, else of its province, else of the region; None without one.

    With several, a human decides who takes the case: None too.
    """
    for area in (municipality, PROVINCE + province, "all"):
        if there := loads.workers(area):
            return there[0].id if len(there) == 1 else None
    return None
