"""Themes of bottlenecks, as data: a short list to choose from."""

from __future__ import annotations

from typing import Self

from pydantic import Field, model_validator

from conversations.content.files.content_file import ContentFile, Id, Label, refuse, twice
from conversations.content.files.worded import Worded
from conversations.words.wording import Words


class Theme(Worded):
    """One theme."""

    texts = ("name",)

    id: Id
    name: Label


class Themes(ContentFile):
    """All of them, in the order of the file."""

    packaged = "themes.toml"

    themes: tuple[Theme, ...] = Field(alias="theme", min_length=1, max_length=12)

    @model_validator(mode="after")
    def _are_told_apart(self) -> Self:
        refuse(twice("theme", (one.id for one in self.themes)))
        return self

    def name(self, words: Words, theme: str | None) -> str:
        """Return a theme of the list, or the one that a coordinator typed, as it is shown."""
        if theme is None:
            return words.text("no theme yet")
        known = next((one for one in self.themes if one.id == theme), None)
        return words.content(known.id, known.name) if known else theme
