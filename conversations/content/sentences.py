"""Ready sentences: a worker sends one with a tap, and the person reads it in their own language."""

from __future__ import annotations

from typing import Self

from pydantic import Field, model_validator

from conversations.content import placeholders
from conversations.content.content_file import ContentFile, Data, Id, Text, twice


class Sentence(Data):
    """One of them."""

    id: Id
    text: Text


class Group(Data):
    """Those about one thing: at most a screen full."""

    id: Id
    symbol: Text
    name: Text
    sentences: tuple[Sentence, ...] = Field(min_length=1, max_length=8)


class Sentences(ContentFile):
    """All of them."""

    groups: tuple[Group, ...] = Field(alias="group", min_length=1)

    @classmethod
    def packaged(cls) -> str:
        """Return the name of the packaged file."""
        return "sentences.toml"

    @model_validator(mode="after")
    def _are_told_apart(self) -> Self:
        ids = [one.id for group in self.groups for one in group.sentences]
        if again := twice(ids):
            raise ValueError(f"sentences: {', '.join(again)} stands there twice; give each sentence an id of its own")
        if again := twice(group.id for group in self.groups):
            raise ValueError(f"group: {', '.join(again)} stands there twice; give each group an id of its own")
        wrong = [
            f"{one.id}.text: {fault}"
            for group in self.groups
            for one in group.sentences
            for fault in placeholders.faults(one.text, ("number",))
        ]
        if wrong:
            raise ValueError("\n".join(wrong))
        return self

    def group(self, group_id: str) -> Group | None:
        """Return a group by its id."""
        return next((one for one in self.groups if one.id == group_id), None)

    def sentence(self, sentence_id: str) -> Sentence | None:
        """Return a sentence by its id."""
        return next((one for group in self.groups for one in group.sentences if one.id == sentence_id), None)
