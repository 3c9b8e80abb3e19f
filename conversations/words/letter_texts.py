"""Letters to people who have no chat yet: what stands in them, and who needs one."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from conversations.content.letters.languages import LetterLanguages
from conversations.content.letters.rules import Ladder, LetterRules
from conversations.content.region import Contact, Region
from conversations.words.wording import LANGUAGES, Words, words_for
from storage.case.case import Case
from storage.people.invitations import FreshCode

# Characters of a word after which it may be broken, and of a name.
LONGEST_WORD, LONGEST_NAME = 30, 100
_MAY_BREAK = "\u200b"
_ISOLATES = re.compile("[\u2066-\u2069]")


@dataclass(slots=True)
class LettersDue:
    """References of the cases that need a first letter, a second one, or a visit; the longest due first."""

    first: list[str] = field(default_factory=list)
    second: list[str] = field(default_factory=list)
    visits: list[str] = field(default_factory=list)

    def add(self, ref: str, letters: int, last: date, today: date, ladder: Ladder) -> None:
        """Put a case where it belongs that has had so many letters, the last on a day, and no reaction."""
        waited = (today - last).days
        if letters == 1 and waited >= ladder.second_letter_days:
            self.second.append(ref)
        elif letters > 1 and waited >= ladder.visit_days:
            self.visits.append(ref)


@dataclass(frozen=True, slots=True)
class SentBatch:
    """Letters that were noted as sent at one moment: those that can be taken back, and how many people have begun.

    Who has begun with us had the letter, or needs none any more: theirs stays as it was noted.
    """

    at: datetime
    refs: list[str]
    begun: int


def note_sent(case: Case, now: datetime) -> None:
    """A letter with a code has left."""
    case.reach.contacted("letter", "out", now)
    case.reach.invited(now)


# What is left in a name of a letter that was lost, or of an error of a spreadsheet, from before such rows were refused.
_NO_LETTERS = frozenset("?#¿\ufffd□")


def addressee(case: Case) -> str:
    """Return the whole name for a letter: a first name alone is that of five people; "" when none is known."""
    who = case.identity
    parts = [part for part in (who.first_name, who.last_name) if part and _NO_LETTERS.isdisjoint(part)]
    name = " ".join(parts)[:LONGEST_NAME]
    return name[:1].upper() + name[1:]


def breakable(text: str) -> str:
    """Return a text in which a word of any length can be broken."""
    parts = []
    for word in text.split(" "):
        parts.append(_MAY_BREAK.join(word[at : at + LONGEST_WORD] for at in range(0, len(word), LONGEST_WORD)))
    return " ".join(parts)


def letter(
    case: Case,
    region: Region,
    fresh: FreshCode,
    bot: str,
    words: Words,
    languages: LetterLanguages,
    rules: LetterRules,
    window: bool = False,
) -> dict[str, Any]:
    """Return the data of one letter for the template: Dutch in front, the person's language on the back.

    `words` are those of the front; a language that nobody wrote gets English. No address is in it, no date of a list,
    and nothing in the part that an envelope shows, unless it is one with a window (`window`, or the rules): then the
    name and the reference. The reference only says which envelope it goes into.

    Whoever had a letter before gets a second one: the same fields say something else, so that a template that knows
    of one letter prints the other as well; `second` is for a template that wants to make more of it.
    """
    second = any((c.kind, c.direction) == ("letter", "out") for c in case.contacts)
    visit_days = rules.ladder(case.municipality).visit_days
    contact = region.contact(case.municipality)
    # On the back, the days that the region file has in Dutch are said in figures.
    hours = f"{region.office.opens:%H:%M}\u2011{region.office.closes:%H:%M}"  # a dash that no line ends on
    sides = [_side(case, contact, bot, words, contact.days) | (_again(words, visit_days) if second else {})]
    back = words_for(case.language if case.language in LANGUAGES else "en", words.zone)
    if case.language not in LANGUAGES and (other := languages.of(case.language)) is not None:
        name = breakable(addressee(case))
        said = other.filled(name, bot, contact.telephone, hours, visit_days if second else None)
        sides.append(_signed(other.code, contact) | said)
    elif back.language != words.language:
        sides.append(_side(case, contact, bot, back, hours) | (_again(back, visit_days) if second else {}))
    return {
        "ref": case.ref,
        "link": f"https://t.me/{bot}?start={fresh.code}",
        "code": fresh.short_code,
        "second": second,
        "window": [breakable(addressee(case)), case.ref] if window or rules.window_envelope else [],
        "sides": sides,
    }


def _signed(language: str, contact: Contact) -> dict[str, Any]:
    return {"language": language, "team": breakable(contact.team), "telephone": contact.telephone}


def _side(case: Case, contact: Contact, bot: str, words: Words, days: str) -> dict[str, Any]:
    name = breakable(addressee(case))
    said: dict[str, Any] = {
        "greeting": words.text("Dear {name},", name=name) if name else words.text("Hello,"),
        # For a name that no font has the letters of.
        "plain_greeting": words.text("Hello,"),
        "sentence": words.text(
            "You were given a sentence. The sentence stays the same. Together we see to the rest: your home, your "
            "money, your people. You choose what we do."
        ),
        "free": words.text("It costs nothing. You may stop at any time."),
        "begin": words.text("This is how you begin"),
        "scan": words.text("Scan the picture with the camera of your phone."),
        "type": words.text("Or open Telegram. Search for @{bot}. Type this code:", bot=bot),
        "call": words.text("Do you prefer to call? Call {telephone}, {days}.", telephone=contact.telephone, days=days),
        "picture": words.text("A picture for the camera of your phone"),
        "only_you": words.text("The code is only for you. The code does not work? Call us."),
        "two_letters": words.text(
            "You may get two letters. This letter has a blue square. The other letter has a day. Keep that letter "
            "well: that day counts."
        ),
        "sign": words.text("A blue square"),
        "greetings": words.text("Kind regards,"),
    }
    return _plain(said) | _signed(words.language, contact)


def _again(words: Words, visit_days: int) -> dict[str, str]:
    """Return what a second letter says in place of the first."""
    said = {
        "sentence": words.text(
            "We wrote to you before. Maybe the letter got lost, or you put it away. That happens. The help is still "
            "there: for your home, your money, your people. You choose what we do."
        ),
        "free": words.text(
            "It costs nothing. You may stop at any time. Do we hear nothing? Then maybe somebody of us comes by, "
            "after {days} days or later.",
            days=visit_days,
        ),
        "only_you": words.text("This code is new, and only for you. The code does not work? Call us."),
        "two_letters": words.text(
            "Is there also a letter with a day, without a blue square? Keep that letter well: that day counts."
        ),
    }
    return _plain(said)


def _plain(said: dict[str, str]) -> dict[str, str]:
    """Return texts for paper: worded for a chat, a name must neither become markup nor turn the line around it."""
    return {name: _ISOLATES.sub("", html.unescape(text)) for name, text in said.items()}
