"""Spoken texts: every one that can be heard, with what is spoken: one list for who records, checks and plays.

A recording is made once for everybody. Where a text holds a name, a day or a number, it says that they stand on the
screen. A question has its own id and `<id>.help`; other texts say what they are before it: `action.`, `crisis.` …
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from conversations.content.content import Content
from conversations.content.files.placeholders import filled
from conversations.self_reporter.arrival.arrival import script_of_consent
from conversations.self_reporter.phone.spoken_screens import SCREENS
from conversations.self_reporter.phrases import EXAMPLE
from conversations.self_reporter.plan import fits
from conversations.self_reporter.questions import question_script
from conversations.self_reporter.script import Line, Script
from conversations.self_reporter.understanding import crisis
from conversations.words.wording import Words

_TAG = re.compile(r"<[^>]+>")
# Before a line; within a sentence it stays: it is what the sentence is about.
_PICTOGRAM = re.compile(r"^[^\w“(]+|[\ufe0f\u20e3]")
_END = re.compile(r"(?<=[.!?])\s+")

# Places that stay silent, and why.
SILENT = {
    "phone": "nobody knows yet who else uses the phone",
    "pin_offer": "only who shares a phone sees it",
    "locked": "nothing plays before the PIN",
    "pin_year": "nothing plays before the PIN",
    "hidden": "what is out of sight is not heard either",
    "language": "it asks in every language at once",
    "messages": "people's own words",
    "not_understood": "it answers who types, or speaks, and asks one thing",
    "domain": "the person's own answers",
    "viewed": "names and days",
}


def spoken(content: Content) -> Iterator[Script]:
    """Yield every text that can be heard, with the content of this installation."""
    yield from SCREENS
    yield script_of_consent(content)
    yield from question_script.scripts_of(content.checklist)
    for proposal in content.checklist.proposals:
        yield Script(f"action.{proposal.id}", (proposal.id, proposal.text), (proposal.id, proposal.why))
    yield from map(crisis.script_of, content.crisis.helps)
    yield from map(fits.script_of, content.measures.measures)


def words_to_speak(words: Words, content: Content, one: Script) -> str:
    """Return what somebody says who records a text: its sentences, then what can be chosen, without pictograms."""
    values = _values(words, content)
    said = [_said(words, line, values) for line in one.lines]
    if one.choices:
        choices = [_said(words, choice.label, values).rstrip(".") for choice in one.choices]
        said.append(words.text("You can choose:") + " " + ". ".join(choices) + ".")
    return " ".join(said)


def _values(words: Words, content: Content) -> dict[str, str]:
    """Return what is said in place of a name, a day or a number; the numbers of the region are spoken as they are."""
    numbers = content.region.numbers
    return {
        "helper": words.text("your helper"),
        "number": words.text("the number that stands on your screen"),
        "telephone": words.text("the number that stands on your screen"),
        "days": words.text("the days stand there too"),
        "day": words.text("the day that stands on your screen"),
        "time": words.text("the time that stands there"),
        "hour": words.text("the time that stands there"),
        "prison": words.text("the prison that stands on your screen"),
        "sign": words.text("Who gets a sign, and when, stands on your screen."),
        "call_prison": words.text("the number that stands on your screen"),
        "action": words.text("the sentence that stands on your screen"),
        "example": words.full_date(EXAMPLE),
        "suicide": numbers.suicide_prevention.telephone,
        "suicide_free": numbers.suicide_prevention.free or numbers.suicide_prevention.telephone,
        "violence": numbers.domestic_violence.telephone,
        "legal": numbers.legal_help.telephone,
        "legal_days": numbers.legal_help.hours,
        "emergency": numbers.emergency.telephone,
    }


def _said(words: Words, line: Line, values: dict[str, str]) -> str:
    text = words.raw(line) if isinstance(line, str) else words.raw(line[1], line[0])
    said = ""
    for row in _TAG.sub("", filled(text, values)).splitlines():
        if plain := _PICTOGRAM.sub("", row).strip():
            follows = said.endswith(":")
            ended = plain if plain[-1] in ".!?:”" else f"{plain}."
            said = f"{said} {ended if follows else _capitals(ended)}".strip()
    return said


def _capitals(text: str) -> str:
    return " ".join(sentence[:1].upper() + sentence[1:] for sentence in _END.split(text))
