"""The length of a sentence as lists write it: in days, weeks, months and years, added up or taken off, in days."""

from __future__ import annotations

import re

from conversations.words.places import fold

DAYS_PER_MONTH = 30  # Wetboek van Strafrecht, article 88
DAYS_PER_YEAR = 365

_DAYS = {"d": 1, "w": 7, "m": DAYS_PER_MONTH, "j": DAYS_PER_YEAR}
_LENGTHS = re.compile(
    r"(\d{1,4}) ?(dagen|dag|dgn|dg|days|day|d|weken|weeks|week|wkn|wk|w|maanden|maand|months|month|mndn|mnd|m"
    r"|jaar|jaren|jr|j)?\b\.?",
    re.ASCII,
)
_WHOLE = re.compile(r"(\d{1,4})[.,]0{1,2}", re.ASCII)
_BETWEEN = re.compile(r"\s*(?:,|\+|&|/|\ben\b)\s*")
# A dash is a minus only behind a unit: "10-20 dagen" is nobody's length.
_LESS = re.compile(r"\s*(?:\bmin(?:us)?\b|(?<=[a-z.]) ?-)\s*")
# What a length is of, said after it.
_KINDS = re.compile(r"\b(?:hechtenis|gevangenisstraf|celstraf|detentie|onvoorwaardelijk|voorarrest|netto)\b")
# What is suspended is not served: somebody has to say how much is.
_SUSPENDED = re.compile(r"\b(?:waarvan|wv|w\.v\.|voorwaardelijk|voorw|vw)\b")
_NUMERALS = {
    "een": "1",
    "twee": "2",
    "drie": "3",
    "vier": "4",
    "vijf": "5",
    "zes": "6",
    "zeven": "7",
    "acht": "8",
    "negen": "9",
    "tien": "10",
    "elf": "11",
    "twaalf": "12",
}
# Dashes and apostrophes as word processors write them.
_PLAIN = str.maketrans("‐‑‒–—−’‘´`", "------''''")


def plain(text: str) -> str:
    """Return `text` with the plain dash and apostrophe for those of a word processor."""
    return text.translate(_PLAIN)


def is_partly_suspended(text: str) -> bool:
    """Tell whether a length, in small letters, says that a part of it is not to be served."""
    return _SUSPENDED.search(text) is not None


def length(text: str) -> int | None:
    """Return the days of a length in small letters, None for what is none.

    Where it stands twice, "6 weken (42 dagen)", both must come to the same.
    """
    outside, inside = re.sub(r"\([^)]*\)", " ", text), " ".join(re.findall(r"\(([^)]*)\)", text))
    days = _difference(outside)
    return days if days is not None and (not inside or _difference(inside) == days) else None


def _difference(text: str) -> int | None:
    in_figures = " ".join(_NUMERALS.get(fold(word), word) for word in _KINDS.sub(" ", text).split())
    lengths = [_sum(part) for part in _LESS.split(in_figures)]
    if any(days is None for days in lengths):
        return None
    first, *less = (days or 0 for days in lengths)
    return first - sum(less)


def _sum(text: str) -> int | None:
    if whole := _WHOLE.fullmatch(text.strip()):
        return int(whole[1])
    alone = rest = _BETWEEN.sub(" ", text).strip()
    days = 0 if rest else None
    while rest:
        match = _LENGTHS.match(rest)
        # A bare number is days, but only where it is all that stands there.
        if match is None or days is None or (match[2] is None and match[0] != alone):
            return None
        days += int(match[1]) * _DAYS[(match[2] or "d")[0]]
        rest = rest[match.end() :].strip()
    return days
