"""The language that somebody speaks, as lists write it: to its code."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from bot.errands.overviews.cells import Cell
from bot.errands.overviews.values.unreadable import NOTHING, Unreadable
from conversations.words.places import fold
from conversations.words.reasons import text


def language(cell: Cell, also: Mapping[str, str], default: str = "nl") -> str:
    """Return the code of a language, two letters where it has them (else three, as pap); raises Unreadable.

    A code or a Dutch, English or own name is taken, and those of `also`, by folded name; of several
    the first counts; an empty cell gives `default`.
    """
    said = str(cell) if cell is not None else ""
    if fold(said) in NOTHING:
        return default
    for part in (said, re.split(r"[/,;+&(]| en | of ", said)[0]):
        word = fold(part)
        short = word.split()[0] if len((word.split() or [""])[0]) in {2, 3} else ""
        code = also.get(word) or _languages().get(word) or _languages().get(short)
        if code is not None:
            return code
    raise Unreadable(text("The language is not known. Fill in a code, for example nl, en or ar."))


@cache
def _languages() -> dict[str, str]:
    """The code of each language by code, Dutch name and English name (Unicode CLDR, through Babel)."""
    from babel import Locale

    codes: dict[str, str] = {}
    for names in (Locale("en").languages, Locale("nl").languages):
        for code, name in names.items():
            if re.fullmatch(r"[a-z]{2,3}", code):
                codes[fold(name)] = codes[code] = code
    return codes
