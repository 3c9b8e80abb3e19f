"""Extraction of the texts of content for Babel: each with the id of what it belongs to as context."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from typing import IO, Any

# Context, texts: what `Words.content` asks for.
Message = tuple[int, str, tuple[str, str], list[str]]


def _texts(data: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for domain in data.get("domain", ()):
        yield domain["id"], domain["name"]
        if "for_staff" in domain:
            yield domain["id"], domain["for_staff"]
        if "intro" in domain:
            yield domain["id"], domain["intro"]
    for question in data.get("question", ()):
        yield question["id"], question["text"]
        for more in ("help", "why"):
            if more in question:
                yield question["id"], question[more]
        for option in question.get("options", ()):
            yield question["id"], option["label"]
    for proposal in data.get("proposal", ()):
        yield proposal["id"], proposal["text"]
        yield proposal["id"], proposal["why"]
        if "for_staff" in proposal:
            yield proposal["id"], proposal["for_staff"]
    for flag in data.get("flag", ()):
        yield flag["id"], flag["reason"]
        for todo in flag.get("todo", ()):
            yield flag["id"], todo
    for measure in data.get("measure", ()):
        for text in (measure["name"], measure["basis"], measure["decides"], measure["ask"], *measure["conditions"]):
            yield measure["id"], text
    for phase in data.get("phase", ()):
        yield phase["id"], phase["worker"]
        yield phase["id"], phase["person"]
    for one in (*data.get("event", ()), *data.get("closing", ())):
        yield one["id"], one["label"]
        if "person" in one:
            yield one["id"], one["person"]
    for theme in data.get("theme", ()):
        yield theme["id"], theme["name"]
    for one in data.get("crisis", ()):
        yield one["id"], one["say"]
    for group in data.get("group", ()):
        yield group["id"], group["name"]
        for sentence in group["sentences"]:
            yield sentence["id"], sentence["text"]


def extract(file: IO[bytes], keywords: Any, comment_tags: Any, options: Any) -> Iterator[Message]:
    """Yield every text with its context. Lines are not told: tomllib does not know them."""
    for context, text in _texts(tomllib.load(file)):
        yield 0, "pgettext", (context, text), []
