"""Parts that every table of a checklist file shares: ids, texts, and a condition on answers."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from conversations.content.files.content_file import Data

# Always offered beside a question's own options.
UNKNOWN, UNSAID = "unknown", "unsaid"
Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,19}$")]
# A screen with its buttons stays readable on a small phone.
Text = Annotated[str, Field(min_length=1, max_length=400)]
# Buttons that one looks through without scrolling back and forth.
CHOICES = 12


class Condition(Data):
    """Holds when `question` was answered with one of `options`, or with several of which one is among them."""

    question: Id
    options: tuple[Id, ...] = Field(min_length=1)
