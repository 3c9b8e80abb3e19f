"""Spoken texts: every one that can be heard, with what is spoken: one list for who records, checks and plays.

A recording is made once for everybody. Where a text holds a name, a day or a number, it says that they stand on the
screen. A question has its own id and `<id>.help`; other texts say what they are before it: `action.`, `crisis.` …
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from conversations.content.content import Content
from conversations.content.files.placeholders import filled
from conversations.self_reporter.phone.spoken_screens import GO_ON, SCREENS, Line, Spoken, of_screen
from conversations.self_reporter.phrases import EXAMPLE
from conversations.words.wording import Words

_TAG = re.compile(r"<[^>]+>")
# Before a line; within a sentence it stays: it is what the sentence is about.
_PICTOGRAM = re.compile(r"^[^\w“(]+|[\ufe0f\u20e3]")
_END = re.compile(r"(?<=[.!?])\s+")

_WHO_READS = (
    "Who sees your answers?\n\n"
    "👤 You.\n"
    "🧑 {helper}, and who stands in for {helper}. A coordinator sometimes looks along, when {helper} asks for it.\n"
    "📱 Telegram, the company of this app, can read along.\n"
    "🏢 The prison reads something only when you say yes."
)
_DANGER = "🚨 Do you think of dying, or is there violence? Call {suicide} or {emergency}."
# In every crisis: nobody waits for a helper who is not there.
ALONE = "I am a computer. {helper} reads this only on working days, by day. Do not wait for that."
_SIGNAL = "Sometimes the computer sees it too. Then {helper} gets a sign on a working day."

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


def of_action(proposal: str | None) -> tuple[str, ...]:
    """Return the id of an action's recording; the person's own words have none."""
    return (f"action.{proposal}",) if proposal else ()


def spoken(content: Content) -> Iterator[Spoken]:
    """Yield every text that can be heard, with the content of this installation."""
    yield from SCREENS
    said = (_WHO_READS, _DANGER, *((_SIGNAL,) if content.crisis.signal else ()))
    ask = "You may always stop. Then too you get help. Do you want to go on here?"
    yield of_screen("consent", *said, ask, choices=("👍 Yes, here", "📞 I would rather call", "🚪 Stop"))
    yield from _questions(content)
    for proposal in content.checklist.proposals:
        yield Spoken(f"action.{proposal.id}", ((proposal.id, proposal.text), (proposal.id, proposal.why)))
    for one in content.crisis.helps:
        quiet = ("🙈 Hide this",) if one.quiet else ()
        lines: tuple[Line, ...] = ((one.id, one.say), ALONE)
        yield Spoken(f"crisis.{one.id}", lines, (*quiet, "✍️ Write a message", GO_ON))
    for measure in content.measures.measures:
        lines = "{helper} asks you something. You choose.", (measure.id, measure.ask)
        yield Spoken(f"measure.{measure.id}", lines, ("👍 Yes", "🤷 I do not know", "👎 No"))


def _questions(content: Content) -> Iterator[Spoken]:
    checklist = content.checklist
    for domain in checklist.domains:
        if domain.intro:
            yield Spoken(f"domain.{domain.id}", ((domain.id, domain.intro),))
    for question in checklist.questions:
        if question.asks == "worker":
            continue
        wishes: list[Line] = [(d.id, d.name) for d in checklist.wishes] if question.kind == "wish" else []
        own: list[Line] = [(question.id, option.label) for option in question.options]
        fixed = ("🤷 I do not know", "🤐 I would rather not say")
        yield Spoken(question.id, ((question.id, question.text),), (*wishes, *own, *fixed))
        if question.help:
            more = [(question.id, text) for text in (question.help, question.why) if text]
            yield Spoken(f"{question.id}.help", tuple(more), ("⬅️ To the question",))


def words_to_speak(words: Words, content: Content, one: Spoken) -> str:
    """Return what somebody says who records a text: its sentences, then what can be chosen, without pictograms."""
    values = _values(words, content)
    said = [_said(words, line, values) for line in one.lines]
    if one.choices:
        choices = [_said(words, line, values).rstrip(".") for line in one.choices]
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
