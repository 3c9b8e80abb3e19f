"""Names of places, read in any spelling: one that is merely near is proposed and never taken."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from rapidfuzz import fuzz, process

PlaceKind = Literal["municipality", "province", "prison"]
AreaKind = Literal["municipality", "province", "prison", "all"]

# Alike in percent: one wrong letter in a name of six is near, "Asten" (Noord-Brabant) is not Assen.
NEAR = 82.0
# Percent by which the nearest name must be nearer than another place's: "Stellingwerf" is two places.
CLEARLY = 5.0
# Letters that begin one name only, and stand for it: "Veenh." is Veenhuizen.
FEWEST_LETTERS = 4
LONGEST_NAME = 80  # characters; longer text is no name of a place

_LEADS: Mapping[PlaceKind, re.Pattern[str]] = {
    "municipality": re.compile(r"(?:gemeente|gem) "),
    "province": re.compile(r"(?:provincie|prov|province) "),
    "prison": re.compile(
        r"(?:pi|p i|jc|penitentiaire inrichting|justitieel complex|gevangenis|hvb|huis van bewaring|locatie|loc) "
    ),
}


@dataclass(frozen=True, slots=True)
class Found:
    """A name as the region spells it; `area` is the spelling that `Region.area` reads back as this one thing."""

    name: str
    kind: AreaKind
    area: str


@dataclass(frozen=True, slots=True)
class Near:
    """A name that was probably meant. Only ever propose it: nothing is to be taken for it unasked."""

    name: str
    kind: AreaKind
    area: str


Match = Found | Near | None


def fold(text: str) -> str:
    """Return `text` without case, accents and punctuation, its words set apart by one space."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).casefold()
    return " ".join(re.sub(r"[\W_]+", " ", bare).split())


def key(text: str) -> str:
    """Return what all spellings of a place's name share: folded, without "gemeente", "PI" and what is in brackets."""
    folded = fold(re.sub(r"\([^)]*\)", " ", text[:LONGEST_NAME]))
    lead = next(filter(None, (pattern.match(folded) for pattern in _LEADS.values())), None)
    return folded[lead.end() :] if lead else folded


def leads_to(text: str, kind: PlaceKind) -> bool:
    """Return whether `text` says itself that it names a place of this kind ("provincie Groningen")."""
    return _LEADS[kind].match(fold(text[:LONGEST_NAME])) is not None


@dataclass(frozen=True)
class Names:
    """The names of all places of one kind: spellings, and hints that only ever propose one."""

    kind: PlaceKind
    spellings: dict[str, str] = field(default_factory=dict)
    hints: dict[str, str] = field(default_factory=dict)

    def add(self, name: str, also: Iterable[str] = (), hints: Iterable[str] = ()) -> None:
        """Add a place; raises ValueError when it, or one of its spellings, is there already."""
        if key(name) in self.spellings:
            raise ValueError(f'{self.kind}: "{name}" stands twice; keep one')
        for spelling in (name, *also):
            if (other := self.spellings.setdefault(key(spelling), name)) != name:
                raise ValueError(f'{self.kind}: "{spelling}" names both {other} and {name}; keep it with one of them')
        for hint in hints:
            self.hints.setdefault(key(hint), name)

    def read(self, text: str) -> tuple[str, bool] | None:
        """Return the name meant and whether it is certain, or None when no name is near, or two are."""
        wanted = key(text)
        if name := self.spellings.get(wanted):
            return name, True
        if name := self.hints.get(wanted):
            return name, False
        # Of three letters everything is near something.
        if len(wanted) <= 3:
            return None
        return self._with_more(wanted) or self._begun(wanted) or self._nearest(wanted)

    def _with_more(self, wanted: str) -> tuple[str, bool] | None:
        """Read a name with more behind it: "Veenhuizen, locatie Esserheem" is certain, "Groningen, Beijum" is not."""
        known = self.hints | self.spellings
        words = wanted.split()
        for end in range(len(words) - 1, 0, -1):
            if name := known.get(" ".join(words[:end])):
                return name, self.spellings.get(key(" ".join(words[end:]))) == name
        return None

    def _begun(self, wanted: str) -> tuple[str, bool] | None:
        """Read the beginning of a name, as abbreviations are written, when it begins one place's only."""
        if len(wanted) < FEWEST_LETTERS:
            return None
        names = {name for known, name in (self.hints | self.spellings).items() if known.startswith(wanted)}
        return (names.pop(), False) if len(names) == 1 else None

    def _nearest(self, wanted: str) -> tuple[str, bool] | None:
        known = self.hints | self.spellings
        close = process.extract(wanted, list(known), scorer=fuzz.ratio, score_cutoff=NEAR - CLEARLY, limit=None)
        if not close or close[0][1] < NEAR:
            return None
        name = known[close[0][0]]
        rival = any(known[found] != name and close[0][1] - score < CLEARLY for found, score, _ in close)
        return None if rival else (name, False)
