"""Headings of overviews, as data: by which names a list may call its columns, and what is never taken."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from conversations.content.files.content_file import ContentFile, Data, Text, refuse
from conversations.words.places import fold

# What a row of an overview can hold, as code reads it; and without which no row says whose it is.
Column = Literal[
    "number",
    "first_name",
    "infix",
    "last_name",
    "birth_year",
    "municipality",
    "prison",
    "reporting_date",
    "sentence_days",
    "listed_on",
    "known_to_care",
    "language",
    "district",
]
NEEDED: tuple[Column, ...] = ("number", "last_name", "birth_year", "municipality", "reporting_date")
Code = Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]


class Known(Data):
    """The names of one column: `heading`: how messages call it; `also`: other headings for it."""

    heading: Text
    required: bool = False
    also: tuple[Text, ...] = ()


class Hints(Data):
    """Words beside a heading that say how to fill it in, and of which columns."""

    fields: tuple[Column, ...] = ()
    words: tuple[Text, ...] = ()


class Ignored(Data):
    """Columns that may stand in an overview and are left out."""

    headings: tuple[Text, ...] = ()


class Refused(Data):
    """Columns for which a file is refused whole: headings that hold one of these parts, or one of these words."""

    what: Text
    contains: tuple[Text, ...] = ()
    words: tuple[Text, ...] = ()


class ListHeadings(ContentFile):
    """All of them. `languages`: codes of languages by names that lists use and the Unicode tables do not have."""

    packaged = "headings.toml"

    columns: dict[Column, Known] = Field(alias="fields")
    hints: Hints = Hints()
    ignored: Ignored = Ignored()
    refused: tuple[Refused, ...] = ()
    languages: dict[Text, Code] = Field(default_factory=dict)

    @classmethod
    def load(cls, path: Path | None = None) -> Self:
        """Return the headings of a file, with what is always refused; raises ContentError."""
        own = super().load(path)
        if path is None:
            return own
        # Numbers of citizens and offences are never taken, whatever a file in the place of the packaged one says.
        always = [one for one in super().load(None).refused if one not in own.refused]
        return own.model_copy(update={"refused": (*own.refused, *always)})

    @model_validator(mode="after")
    def _are_told_apart(self) -> Self:
        refuse(self._faults())
        return self

    def _faults(self) -> Iterator[str]:
        for column in NEEDED:
            if column not in self.columns:
                yield f"fields: {column} is not there; write a [fields.{column}] table with its heading"
            elif not self.columns[column].required:
                yield f"fields.{column}: no row says whose it is without it; write required = true"
        seen: dict[str, str] = {}
        for name, known in self.columns.items():
            for text in (known.heading, *known.also):
                if (other := seen.setdefault(fold(text), name)) != name:
                    yield f'fields.{name}: "{text}" stands for {other} too; keep it with one of them'

    @cached_property
    def variants(self) -> dict[str, Column]:
        """The column that each folded heading stands for."""
        return {fold(text): name for name, known in self.columns.items() for text in (known.heading, *known.also)}

    @cached_property
    def _joined(self) -> dict[str, Column]:
        """The variants without spaces: a heading may be broken over two lines anywhere."""
        return {variant.replace(" ", ""): column for variant, column in self.variants.items()}

    @cached_property
    def language_codes(self) -> dict[str, str]:
        """The codes of languages by folded names."""
        return {fold(name): code for name, code in self.languages.items()}

    @cached_property
    def left_out(self) -> frozenset[str]:
        """The folded headings of columns that are left out unseen."""
        return frozenset(map(fold, self.ignored.headings))

    @property
    def required(self) -> list[Column]:
        """The columns without which a list is none."""
        return [name for name, known in self.columns.items() if known.required]

    def column(self, folded: str) -> Column | None:
        """Return the column that a folded heading names, also with a word beside it that says how to fill it in."""
        if found := self.variants.get(folded) or self._joined.get(folded.replace(" ", "")):
            return found
        bare = " ".join(word for word in folded.split() if word not in self.hints.words)
        found = self.variants.get(bare)
        return found if found in self.hints.fields else None

    def heading(self, column: str) -> str:
        """Return what messages call a column; raises KeyError for one that there is not."""
        return {str(name): known.heading for name, known in self.columns.items()}[column]

    def sensitive(self, folded: str) -> str | None:
        """Return what a heading says that a file must not have, in a word for a message; None if it may be there."""
        joined, words = folded.replace(" ", ""), set(folded.split())
        for one in self.refused:
            if words & set(one.words) or any(part in joined for part in one.contains):
                return one.what
        return None
