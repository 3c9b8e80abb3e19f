"""The result of an import, worked out before anything is: the dry run that a coordinator says yes or no to.

It holds whole cases, so it has no repr.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from conversations.words.reasons import Reason
from conversations.words.wording import Words
from storage.case.case import Case
from storage.keys.vault import WrappedKey

# Messages of an import leave so long after the yes, and can be recalled until then.
PAUSE = timedelta(minutes=30)
# The heading above the reasons in a file to mend: a reader leaves that column out
# (conversations/content/packaged/headings.toml).
REASON = "Reden van afkeuring"
# The headings of rows that are passed on. That of the reasons says to a reader that it is not a whole list.
FORWARDED = (
    *("Zaaknummer", "Roepnaam", "Achternaam", "Geboortejaar", "Gemeente", "Inrichting", "Melddatum"),
    *("Strafduur (dagen)", "Datum overzicht", "Reeds bekend bij hulpverlening", "Taal", "Wijk"),
)
# From so many changed, or newly missing, cases on it is asked once more when they are more than half.
MANY = 5


@dataclass(frozen=True, slots=True, repr=False)
class Change:
    """One fact of a case: what it is, what the list says, and its name."""

    name: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True, repr=False)
class Place:
    """The name of a place that was probably meant, and in how many rows it stands."""

    said: str
    name: str
    rows: int


@dataclass(frozen=True, slots=True, repr=False)
class Refused:
    """A row that is not taken, and why."""

    row: int
    reason: Reason


@dataclass(frozen=True, slots=True, repr=False)
class Forwarded:
    """A row of another area: its cells under FORWARDED, and why it is passed on."""

    cells: tuple[str, ...]
    reason: Reason


@dataclass(frozen=True, slots=True, repr=False)
class Doubt:
    """A row that may be about somebody else than the case of its number: one of surname and year of birth differs.

    `what` differs: "last_name" or "birth_year"; `before` is what the case has, `after` what the list says.
    """

    row: int
    ref: str
    what: str
    before: str
    after: str


@dataclass(slots=True, repr=False)
class ToWorker:
    """What a worker hears of: how many new cases, others with other facts, and letters that the list contradicts.

    And how many are gone from the list, and how many closed ones stand on it again.
    """

    name: str
    new: int = 0
    changed: int = 0
    differs: int = 0
    missing: int = 0
    back: int = 0
    # Whether they have opened their invitation: else nothing reaches them yet.
    joined: bool = True


@dataclass(slots=True, repr=False)
class Taken:
    """What an overview brings. `cases` and `keys` are what is to be written."""

    new: list[str] = field(default_factory=list)
    changes: dict[str, list[Change]] = field(default_factory=dict)
    # What somebody who works with the case has set, and the list says otherwise: it stays.
    kept: dict[str, list[Change]] = field(default_factory=dict)
    unchanged: int = 0
    missing: list[str] = field(default_factory=list)
    newly_missing: int = 0
    # Rows that are not taken before somebody has said that they are about the same person.
    doubts: list[Doubt] = field(default_factory=list)
    # Where somebody can be missing: the municipalities of the file, or whole areas; and how many open cases stood on an
    # earlier list, are not on this one, and live elsewhere: of them it says nothing.
    covers: list[str] = field(default_factory=list)
    apart: int = 0
    # The day of a newer list that was taken over before this one.
    newer: date | None = None
    # Cases that move to a municipality where their worker does not work.
    moved: list[str] = field(default_factory=list)
    # Closed cases that were gone from the list and stand on it again.
    back: list[str] = field(default_factory=list)
    # Rows of people who had everything erased.
    erased: list[int] = field(default_factory=list)
    rejected: list[Refused] = field(default_factory=list)
    outside: int = 0
    # Rows of another area, to be passed on; and numbers of those from beyond the region.
    forward: list[Forwarded] = field(default_factory=list)
    beyond: list[int] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    workers: dict[str, ToWorker] = field(default_factory=dict)
    # The names of those who take new cases, by id.
    takers: dict[str, str] = field(default_factory=dict)
    # Ids of the cases whose person is told, in neutral words, that the list and their letter differ.
    people: list[str] = field(default_factory=list)
    rows: int = 0
    cases: list[Case] = field(default_factory=list)
    keys: list[WrappedKey] = field(default_factory=list)
    made: list[Case] = field(default_factory=list)

    def as_json(self, words: Words) -> dict[str, Any]:
        """Return the document that `cases import --json` prints; what came later stands there where there is any."""
        document: dict[str, Any] = {
            "new": len(self.new),
            "changed": len(self.changes),
            "unchanged": self.unchanged,
            "missing": len(self.missing),
            "rejected": [{"row": r.row, "reason": words.reason(r.reason)} for r in self.rejected],
        }
        if self.apart:
            document["elsewhere"] = self.apart
        if self.doubts:
            document["doubts"] = [{"row": d.row, "ref": d.ref, "differs": d.what} for d in self.doubts]
        return document

    @property
    def mark(self) -> str:
        """What stands for all that was shown: another dry run with this mark comes to the same."""

        def plain(value: Any) -> Any:
            return value.isoformat() if isinstance(value, date) else value

        said: list[Any] = [
            len(self.new),
            self.unchanged,
            self.missing,
            self.apart,
            self.erased,
            plain(self.newer),
            self.moved,
            self.back,
        ]
        for changes in (self.changes, self.kept):
            said += [
                (ref, [(c.name, plain(c.before), plain(c.after)) for c in facts]) for ref, facts in changes.items()
            ]
        said += [(r.row, r.reason.packed()) for r in self.rejected]
        said += [
            (who, told.new, told.changed, told.differs, told.missing, told.back)
            for who, told in sorted(self.workers.items())
        ]
        return hashlib.sha256(json.dumps([*said, sorted(self.people)]).encode()).hexdigest()[:16]

    @property
    def many_changed(self) -> bool:
        """Whether more than half of the cases that the list knows change."""
        return len(self.changes) >= MANY and len(self.changes) > self.unchanged

    @property
    def doubtful(self) -> bool:
        """Whether it may be the wrong file: most of it changes, most is missing, or a newer list is in already."""
        return self.many_changed or self.many_missing or self.newer is not None

    @property
    def many_missing(self) -> bool:
        """Whether more than half of the cases that stood on the list before are not on it now."""
        return self.newly_missing >= MANY and self.newly_missing > len(self.changes) + self.unchanged


def message_prefix(by: str) -> str:
    """Return what the keys of all messages begin with that somebody's imports send."""
    return f"import:{by}:"


def leaves_at(now: datetime) -> datetime:
    """Return when the messages of an import leave."""
    return now + PAUSE


def to_mend(
    title: str, headings: Sequence[str], cells: Mapping[int, Sequence[str]], taken: Taken, words: Words
) -> dict[str, Any]:
    """Return the refused rows as a sheet (bot/errands/documents/tabling.py): as they stood, each with its reason."""
    width = len(headings)
    rows = [
        [*([*cells[r.row]] + [""] * width)[:width], words.reason(r.reason)]
        for r in taken.rejected
        if any(cells.get(r.row, ()))
    ]
    return {"sheets": [{"name": title, "headings": [*headings, REASON], "rows": rows}]}


def to_forward(title: str, taken: Taken, words: Words) -> dict[str, Any]:
    """Return the rows of another area of the region as a sheet, which a coordinator there can bring in as it is."""
    rows = [[*row.cells, words.reason(row.reason)] for row in taken.forward]
    return {"sheets": [{"name": title, "headings": [*FORWARDED, REASON], "rows": rows}]}


def beyond(
    title: str, headings: Sequence[str], cells: Mapping[int, Sequence[str]], taken: Taken, words: Words
) -> dict[str, Any]:
    """Return the rows of no municipality of the region as a sheet, as they stood."""
    numbers = set(taken.beyond)
    rows = [refused for refused in taken.rejected if refused.row in numbers]
    return to_mend(title, headings, cells, replace(taken, rejected=rows), words)
