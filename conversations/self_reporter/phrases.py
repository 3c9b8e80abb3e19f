"""Phrases that many screens of a self-reporter share: the helper's name, the number to call, the last buttons."""

from __future__ import annotations

from datetime import date, datetime

from conversations.content.region import Contact
from conversations.rules.hours import is_open, next_open
from conversations.screen import Button, Screen
from conversations.self_reporter.script import HUMAN, Choice, Script, text
from conversations.turn import Turn
from storage.clock import wall

# A date in examples lies ahead, so that nobody types it over by mistake for a real one.
EXAMPLE = date(2027, 3, 9)
# Outside office hours: when who helps gets a sign, and who can be called until then.
LATER = (
    text("Good that you say it. {helper} gets a sign on {day} at {time}.\n\nYou can call then too:\n{number}"),
    text("To talk now, day and night: {suicide} or {suicide_free}."),
)
QUIET = text("Are you doing badly? Call {suicide}, day and night.")
SETTLED = Script("screen.settled", text("✅ This is settled."), choices=(Choice(text("▶️ Go on"), "onward"),))
# A day that was typed, put back in words; who asks for another one leads elsewhere (`Choice.to`).
CONFIRM_DATE = Script(
    "screen.confirm_date",
    text("Is it this day?\n\n📅 {day}"),
    choices=(Choice(text("✅ Yes, that is right"), "date"), Choice(text("✏️ No, another day"), "question")),
)


def contact(turn: Turn) -> Contact:
    """Return the team of the case's municipality: whom to call."""
    return turn.content.region.contact(turn.case.municipality if turn.has_case else None)


def helper(turn: Turn) -> str:
    """Return the helper's name, or the team's while nobody has the case."""
    return turn.helper.name if turn.helper else contact(turn).team


def number(turn: Turn) -> str:
    """Return the number to call with its days: 📞 050 123 45 67 (werkdagen)."""
    team = contact(turn)
    return f"📞 {team.telephone} ({team.days})"


def sign_at(turn: Turn) -> datetime | None:
    """Return the moment on the wall at which who helps gets a sign; None while the team is at work: it is now."""
    office, zone = turn.content.region.office, turn.content.zone
    return None if is_open(office, turn.now, zone) else wall(next_open(office, turn.now, zone), zone)


def sign_told(turn: Turn) -> str:
    """Say who gets a sign, and when, as it is: signs to a team wait for its office hours."""
    if (at := sign_at(turn)) is None:
        return turn.text("{helper} gets a sign now.", helper=helper(turn))
    day, time = turn.words.day(at.date()), turn.words.time(at.time())
    return turn.text("{helper} gets a sign on {day} at {time}.", helper=helper(turn), day=day, time=time)


def sign_later(turn: Turn) -> dict[str, str] | None:
    """Return what LATER names: when who helps gets a sign, and whom to call; None while the team is at work."""
    at, talk = sign_at(turn), turn.content.region.numbers.suicide_prevention
    if at is None:
        return None
    return {
        "helper": helper(turn),
        "day": turn.words.day(at.date()),
        "time": turn.words.time(at.time()),
        "number": number(turn),
        "suicide": talk.telephone,
        "suicide_free": talk.free or talk.telephone,
    }


def quiet_line(turn: Turn) -> str:
    """Return the one line for who cannot wait, below what we do not understand."""
    talk = turn.content.region.numbers.suicide_prevention
    return turn.text(QUIET, suicide=talk.telephone)


def carried(turn: Turn) -> str | None:
    """Return the sentence above the screen that was about to be shown, for the one that is shown instead of it."""
    return turn.place.get("note") or turn.place.get("why") or None


def human(turn: Turn) -> Button:
    """Return the button that is always there."""
    return HUMAN.button(turn)


def gone(turn: Turn, then: str = "onward") -> Screen:
    """Return what stands where something was settled meanwhile; `then`: what leads on from there."""
    [go_on] = SETTLED.choices
    return screen(turn, SETTLED.said(turn), (go_on.to(then).button(turn),), spoken=(SETTLED.id,))


def screen(
    turn: Turn,
    text: str,
    *rows: tuple[Button, ...],
    human_too: bool = True,
    spoken: tuple[str, ...] = (),
) -> Screen:
    """Return a screen whose last row calls a human; `spoken` as in `Screen`."""
    return Screen(text, (*rows, *(((human(turn),),) if human_too else ())), spoken)
