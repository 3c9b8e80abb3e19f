"""A page of somebody's own document: who and what each part is about, and lines in plain words."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from datetime import date, datetime

from conversations.self_reporter.plan.plan_words import words_of
from conversations.turn import Turn
from storage.case.case import Case
from storage.people.kept import Kept

# A section has a title, and lines: a head and a text each.
Line = dict[str, str]
Section = tuple[str, list[Line]]
NOTHING = "–"

_TAG = re.compile(r"<[^>]+>")


def plain(text: str) -> str:
    """Return a text of the screens as paper shows it: without markup, and without the pictogram before a number."""
    return html.unescape(_TAG.sub("", text)).replace("📞 ", "")


def own(words: str | None) -> str | None:
    """Return what somebody typed so that it stands on paper as they typed it."""
    return html.escape(words, quote=False) if words else None


def line(head: str, *parts: str | None) -> Line:
    """Return a line whose parts, texts of the screens, stand behind each other; what is empty is left out."""
    return {"head": plain(head), "text": " · ".join(plain(part) for part in parts if part)}


@dataclass(frozen=True, slots=True, repr=False)
class Page:
    """The turn in which somebody asks, their case, and what else is kept about them."""

    turn: Turn
    case: Case
    kept: Kept

    def day(self, day: date | None) -> str:
        """Return a day in full."""
        return self.turn.words.full_date(day) if day else NOTHING

    def moment(self, at: datetime | None) -> str:
        """Return a moment as read off the wall, with its year."""
        return self.turn.words.dated(at) if at is not None else NOTHING

    def who(self, member_id: str | None) -> str:
        """Return the name of a member of the team; a former one whose name is gone stays somebody."""
        return self.kept.names.get(member_id or "") or self.turn.text("somebody of the team")

    def yes_no(self, said: bool | None) -> str:
        """Return yes, no, or that nobody knows."""
        if said is None:
            return self.turn.text("not known")
        return self.turn.text("yes") if said else self.turn.text("no")

    def language(self, code: str) -> str:
        """Return what a language is called."""
        return str(self.turn.words.locale.languages.get(code, code))

    def domain(self, name: str) -> str:
        """Return what a part of life is called."""
        found = next((d for d in self.turn.content.checklist.domains if d.id == name), None)
        return self.turn.words.content(found.id, found.name) if found else self.turn.text("something of your own")

    def action(self, action_id: str) -> str:
        """Return what an action of the plan says."""
        found = self.case.action(action_id)
        return words_of(self.turn, found) if found else NOTHING

    def measure(self, code: str) -> str:
        """Return what a measure is called."""
        rule = self.turn.content.measures.measure(code)
        return self.turn.words.content(rule.id, rule.name) if rule else code
