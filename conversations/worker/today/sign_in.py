"""Signing in with a one-time code (TOTP, RFC 6238): what was asked waits, and goes on after the code."""

from __future__ import annotations

from datetime import timedelta

import pyotp

from conversations.effects.team import KeepMember
from conversations.effects.trace import Trace
from conversations.notices import to_administrators
from conversations.roles import casemanager, member, worker
from conversations.screen import Screen
from conversations.turn import Turn

SESSION = timedelta(hours=8)
# How long after a code something may be done that opens doors for others (safety.md, step-up).
FRESH = timedelta(minutes=10)
# Codes that did not work in an hour, after which none is taken: six digits are soon guessed by a script.
TRIES, HOUR = 10, timedelta(hours=1)
# Seconds of one code; one step before and after is taken too, for clocks that are a little off.
STEP = 30


def must_sign_in(turn: Turn) -> bool:
    """Tell whether this member has to give a code first."""
    if not turn.content.sign_in or turn.member is None:
        return False
    return turn.member.session_until is None or turn.member.session_until <= turn.now


def is_stale(turn: Turn) -> bool:
    """Tell whether what opens doors for others asks for a code again: a session of hours ago may be in other hands."""
    signed_in = turn.member.session_until - SESSION if turn.member and turn.member.session_until else None
    return turn.content.sign_in and (signed_in is None or turn.now - signed_in > FRESH)


def ask(turn: Turn, *deed: str) -> None:
    """Ask the code, and keep where the member was and what they did: a tap, a command or words (router.py)."""
    place = turn.place["then"] if turn.place["kind"] == "sign_in" else turn.place
    turn.go("sign_in", then=place, deed=list(deed))


async def code(turn: Turn) -> Screen:
    """Ask the six digits."""
    return Screen(turn.text("🔐 Type the 6 digits of your sign-in app."))


async def enters(turn: Turn, text: str) -> list[str] | None:
    """Take a code once. Returns what they did before, back where they were; None when the code is not right.

    Who guesses waits an hour, and the administrators hear it.
    """
    who, chat = turn.member, turn.chat
    assert who is not None
    turn.delete(turn.message_id)
    if chat.code_tries_since is None or turn.now - chat.code_tries_since > HOUR:
        chat.code_tries, chat.code_tries_since = 0, turn.now
    if chat.code_tries >= TRIES:
        turn.remark(turn.text("Too many codes did not work. Wait an hour, or ask your administrator."))
        return None
    digits = "".join(c for c in text if c.isascii() and c.isdigit())
    totp = pyotp.TOTP(who.totp_secret, interval=STEP)
    now = int(turn.now.timestamp()) // STEP
    for step in (now - 1, now, now + 1):
        if pyotp.utils.strings_equal(totp.generate_otp(step), digits) and step > (who.last_code or 0):
            who.last_code, who.session_until = step, turn.now + SESSION
            turn.decide(KeepMember(who))
            chat.code_tries = 0
            turn.decide(Trace(who.id, "sign_in", None))
            deed: list[str] = turn.place["deed"]
            turn.go(**turn.place["then"])
            return deed
    chat.code_tries += 1
    turn.decide(Trace(who.id, "sign_in", None, "denied"))
    if chat.code_tries == TRIES:
        turn.decide(*to_administrators(await turn.reads.administrators()))
    turn.remark(turn.text("That code does not work. Wait for the next one."))
    return None


for _conversation in (worker, casemanager, member):
    _conversation.screen("sign_in")(code)
