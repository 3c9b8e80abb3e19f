"""Names as they are compared: however they are capitalised, spaced or accented, and whatever alphabet a letter is from.

The letters that look like ours are those of the Unicode confusables (UTS #39), as far as Cyrillic and Greek have them.
"""

from __future__ import annotations

import unicodedata

from storage.parts import Identity

_OURS = str.maketrans("аеԁһіјԛмнорсѕтуԝхвкαβεζηικμνορτυχ", "aedhijqmhopcstywxbkabezhikmnoptyx")
_FOREIGN = frozenset(map(chr, _OURS))


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
