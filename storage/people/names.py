"""Names as they are compared: however they are capitalised, spaced or accented, and whatever alphabet a letter is from.

The letters that look like ours are those of the Unicode confusables (UTS #39), as far as Cyrillic and Greek have them.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

from rapidfuzz import fuzz

from storage.case.case_parts import Identity

_OURS = str.maketrans("аеԁһіјԛмнорсѕтуԝхвкαβεζηικμνορτυχ", "aedhijqmhopcstywxbkabezhikmnoptyx")
_FOREIGN = frozenset(map(chr, _OURS))

# Of 100, and letters: from here on two surnames are spellings of one. "Kloosterboer" and "Klosterboer" are, "Jansen"
# and "Hansen" (83) and the short "Smit" and "Smits" are not: better one yes too many than two people in one case.
SPELT, LONG_ENOUGH = 86, 6
# Letters that a list may write as others: Yılmaz, Đorđević, Łukasz, Groß, Sørensen; and Meijer as Meyer, Dijk as Dyk.
_WRITTEN = str.maketrans({"ı": "i", "đ": "d", "ł": "l", "ø": "o", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th"})
_ALSO = (("ij", "y"), ("ck", "k"), ("ph", "f"), ("oe", "o"), ("ae", "a"), ("ue", "u"))
# What stands before a surname, and is left out, added or shortened from one list to the next.
_BEFORE = frozenset(
    (
        *("van", "de", "der", "den", "het", "t", "s", "ter", "ten", "te", "op", "in", "aan"),
        *("bij", "uit", "tot", "voor", "onder", "over", "la", "le", "les", "du", "des", "d", "di"),
        *("da", "do", "dos", "del", "della", "von", "zu", "zur", "zum", "el", "al"),
        *("ul", "abd", "ben", "bin", "ibn", "bint", "ait", "af", "av", "mc", "mac", "o"),
    )
)

# What a list says of who a case is about: the same, of whom one thing is another, or somebody else.
Likeness = Literal["same", "swapped", "last_name", "birth_year", "another"]


def looks(name: str) -> str:
    """Return a name as it looks: small letters, each the one of ours that it looks like."""
    return name.casefold().translate(_OURS)


def has_look_alikes(name: str) -> bool:
    """Return whether letters of another alphabet stand in a name that can be read as ours."""
    return not _FOREIGN.isdisjoint(name.casefold())


def person_key(first_name: str, last_name: str, birth_year: int | None) -> tuple[str, str, int | None]:
    """Return what tells one person from another."""

    def plain(name: str) -> str:
        return "".join(c for c in unicodedata.normalize("NFKD", looks(name)) if c.isalnum())

    return plain(first_name), plain(last_name), birth_year


def identity_key(who: Identity) -> tuple[str, str, int | None]:
    """Return what tells this person from another."""
    return person_key(who.first_name, who.last_name, who.birth_year)


def _parts(name: str) -> list[str]:
    """Return the words of a surname that tell people apart: without accents, and without what stands before it."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", looks(name)) if not unicodedata.combining(c))
    plain = plain.translate(_WRITTEN)
    words = "".join(c if c.isalnum() else " " for c in plain).split()
    return [word for word in words if word not in _BEFORE] or words


def _sounds(name: str) -> str:
    """Return a word as several spellings of it become: no letter twice, and one way to write each sound."""
    for written, other in _ALSO:
        name = name.replace(written, other)
    return re.sub(r"(.)\1+", r"\1", name)


def _spelt_alike(one: str, other: str) -> bool:
    if _sounds(one) == _sounds(other):
        return True
    return min(len(one), len(other)) >= LONG_ENOUGH and fuzz.ratio(one, other) >= SPELT


def same_last_name(one: str, other: str) -> bool:
    """Tell whether two surnames are spellings of one, or one of them is the other with a partner's name beside it."""
    first, second = _parts(one), _parts(other)
    if not first or not second:
        return first == second
    if _spelt_alike("".join(first), "".join(second)):
        return True
    fewer, more = sorted((first, second), key=len)
    return all(any(_spelt_alike(word, there) for there in more) for word in fewer)


def likeness(who: Identity, first_name: str, last_name: str, birth_year: int | None) -> Likeness:
    """Tell whether a row is about the person of a case. A name or year that one of them lacks says nothing."""
    named = bool(who.last_name and last_name)
    other_name = named and not same_last_name(who.last_name, last_name)
    other_year = None not in (who.birth_year, birth_year) and who.birth_year != birth_year
    if other_name and first_name and who.first_name and not other_year:
        crosswise = same_last_name(who.last_name, first_name) and same_last_name(who.first_name, last_name)
        if crosswise:
            return "swapped"
    if other_name and other_year:
        return "another"
    return "last_name" if other_name else "birth_year" if other_year else "same"
