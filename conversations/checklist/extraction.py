"""The checklist's texts for Babel: each with the id of its question, action or flag as context."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from typing import IO, Any

# Context, texts: what `Words.content` asks for.
Message = tuple[int, str, tuple[str, str], list[str]]


def _texts(data: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for domain in data["domain"]:
        yield domain["id"], domain["name"]
    for question in data["question"]:
        yield question["id"], question["text"]
        if "help" in question:
            yield question["id"], question["help"]
        for option in question.get("options", ()):
            yield question["id"], option["label"]
    for proposal in data.get("proposal", ()):
        yield proposal["id"], proposal["text"]
        yield proposal["id"], proposal["why"]
    for flag in data.get("flag", ()):
        yield flag["id"], flag["reason"]


def extract(file: IO[bytes], keywords: Any, comment_tags: Any, options: Any) -> Iterator[Message]:
    """Yield every text with its context. Lines are not told: tomllib does not know them."""
    for context, text in _texts(tomllib.load(file)):
        yield 0, "pgettext", (context, text), []
