"""Glyphs: which fonts documents are set in, and what of a text they can show: a box for a sign helps nobody."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

# Signs, parts of signs and joiners: left out when no font has them. A letter is never left out.
_SIGNS = ("So", "Sk", "Cf", "Mn", "Me", "Cn", "Co")


# A word that would run off the page may break here and there: a space of no width.
_LONG_WORD, _PIECE, _BREAK = re.compile(r"\S{41,}"), re.compile(r"\S{1,30}"), "\u200b"


@cache
def fonts() -> Path:
    """Return the folder of the fonts that come with the charts: DejaVu writes Latin, Cyrillic, Greek and Arabic."""
    found = find_spec("matplotlib")
    assert found is not None
    assert found.submodule_search_locations
    return Path(found.submodule_search_locations[0]) / "mpl-data" / "fonts" / "ttf"


@cache
def known() -> frozenset[int]:
    """The code points that the font of our papers has."""
    from fontTools.ttLib import TTFont  # only here: it comes with the charts

    with TTFont(fonts() / "DejaVuSans.ttf", lazy=True) as font:
        return frozenset(font.getBestCmap())


def printable(thing: Any) -> Any:
    """Return texts, or what holds texts, without the signs that no font has; very long words may break."""
    if isinstance(thing, dict):
        return {name: printable(value) for name, value in thing.items()}
    if isinstance(thing, list):
        return [printable(value) for value in thing]
    if not isinstance(thing, str):
        return thing
    if not thing.isascii():
        thing = "".join(c for c in thing if ord(c) in known() or unicodedata.category(c) not in _SIGNS).strip()
    return _LONG_WORD.sub(lambda word: _BREAK.join(_PIECE.findall(word[0])), thing)
