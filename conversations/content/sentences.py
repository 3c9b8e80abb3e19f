"""Ready sentences: a worker sends one with a tap, and the person reads it in their own language."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Self

from pydantic import Field, model_validator

from conversations.content.files import placeholders
from conversations.content.files.content_file import ContentFile, Id, Label, Symbol, Text, refuse, twice
from conversations.content.files.worded import Worded


class Sentence(Worded):
    """One of them."""

    texts = ("text",)

    id: Id
    text: Text


class Group(Worded):
    """Those about one thing: at most a screen full."""

    texts = ("name",)

    id: Id
    symbol: Symbol
    name: Label
    sentences: tuple[Sentence, ...] = Field(min_length=1, max_length=8)


class Sentences(ContentFile):
    """All of them."""

    packaged = "sentences.toml"

    groups: tuple[Group, ...] = Field(alias="group", min_length=1)

    @model_validator(mode="after")
    def _are_told_apart(self) -> Self:
        refuse(self._faults())
        return self

    def _faults(self) -> Iterator[str]:
        yield from twice("group", (group.id for group in self.groups))
        yield from twice("sentences", (one.id for group in self.groups for one in group.sentences))
        for group in self.groups:
            for one in group.sentences:
                for fault in placeholders.faults(one.text, ("number",)):
                    yield f"group.{group.id}.{one.id}.text: {fault}"

    def group(self, group_id: str) -> Group | None:
        """Return a group by its id."""
        return next((one for one in self.groups if one.id == group_id), None)

    def sentence(self, sentence_id: str) -> Sentence | None:
        """Return a sentence by its id."""
        return next((one for group in self.groups for one in group.sentences if one.id == sentence_id), None)
