"""Placeholders of a text: the names in braces for which something is filled in, and what can be wrong with them.

One that nobody fills in, or a brace too few, would fail the turn of whoever comes to the text. So a text is looked at
before anybody reads it; and should one get through, `filled` says it without the value.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator, Mapping
from string import Formatter

# In place of a value that there is none for.
GAP = "…"
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_BRACES = re.compile(r"\{[^{}]*\}|[{}]")
_log = logging.getLogger("voorzorg.texts")


class PlaceholderError(ValueError):
    """A text has a brace too few, or something else than a name between its braces."""


def names(text: str) -> frozenset[str]:
    """Return the placeholders of a text; raises PlaceholderError."""
    try:
        parts = list(Formatter().parse(text))
    except ValueError as error:
        raise PlaceholderError("a { or } too few; write both around a name, or neither") from error
    found = set()
    for _, name, spec, conversion in parts:
        if name is None:
            continue
        if not _NAME.fullmatch(name) or spec or conversion:
            raise PlaceholderError(f"{{{name}}} is no name; write only a name between {'{'} and {'}'}")
        found.add(name)
    return frozenset(found)


def faults(text: str, known: Iterable[str] = (), needed: Iterable[str] = ()) -> Iterator[str]:
    """Yield what is wrong with the placeholders of a text: only `known` are filled in, `needed` must be there."""
    try:
        found = names(text)
    except PlaceholderError as error:
        yield str(error)
        return
    can = sorted({*known, *needed})
    for name in sorted(found - set(can)):
        there = f"write one of {_listed(can)}" if can else "take it out, nothing is filled in here"
        yield f"{{{name}}} is not known here; {there}"
    if missing := sorted(set(needed) - found):
        yield f"{_listed(missing)} is missing; write it where it belongs"


def _listed(found: Iterable[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in found)


def filled(text: str, values: Mapping[str, str], otherwise: str = "") -> str:
    """Return a text with its values; one that cannot be filled gives way to `otherwise`, else to itself with gaps.

    It never raises: nobody loses a turn over a text.
    """
    for one in (text, otherwise):
        if one:
            try:
                return one.format(**values)
            except (KeyError, IndexError, ValueError, AttributeError, TypeError):
                # The text, never a value.
                _log.error("a text cannot be filled: %.60r", one)
    return _BRACES.sub(lambda found: values.get(found[0].strip("{}"), GAP if len(found[0]) > 1 else ""), text)
