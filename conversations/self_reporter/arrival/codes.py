"""Codes: before anything is said, that of the letter and the year of birth. Nothing about any case is told."""

from __future__ import annotations

import unicodedata
from datetime import timedelta

from conversations.content.crisis import plain
from conversations.effects.invitation import Guess, Miss
from conversations.roles import stranger
from conversations.screen import Screen
from conversations.self_reporter.arrival import new_phone
from conversations.self_reporter.phrases import contact, quiet_line
from conversations.shared import language
from conversations.turn import Turn
from storage.case.case import Case
from storage.people.invitations import TRIES, Invitation, find_code

# Codes that open nothing, which one chat may try in an hour, and which may begin alike, by whomever (safety.md).
CODES_AN_HOUR, ALIKE_AN_HOUR = 5, 20
# How people begin, as `plain` writes it: they are greeted, and told what is needed.
GREETINGS = frozenset(
    {
        *("hoi", "hoii", "hoi hoi", "hallo", "hallo daar", "hey", "he", "hai", "hi", "yo", "moi", "dag", "goedendag"),
        *("goedemorgen", "goeiemorgen", "goedemiddag", "goedenavond", "goeie", "moin", "hello", "good morning"),
        *("salaam", "salam", "selam", "merhaba", "czesc", "dzien dobry", "مرحبا", "السلام عليكم", "hoi voorzorg"),
    }
)


def _reach(turn: Turn) -> dict[str, str]:
    """Return whom to call, for a text."""
    team = contact(turn)
    return {"telephone": team.telephone, "days": team.days}


async def open_invitation(turn: Turn, code: str) -> Invitation | None:
    """Return the invitation that a code opens, however many wrong ones came before: a right one is always taken.

    One that opens nothing is counted, for this chat and for its beginning; what one chat tries beyond its five in an
    hour is not told to anybody any more.
    """
    found = await turn.reads.invitation(code)
    if found is not None and found.is_open(turn.now):
        return found
    chat = turn.chat
    if chat.code_tries_since is None or turn.now - chat.code_tries_since > timedelta(hours=1):
        chat.code_tries, chat.code_tries_since = 0, turn.now
    chat.code_tries += 1
    if chat.code_tries <= CODES_AN_HOUR:
        turn.decide(Guess(code))
    return None


async def _is_slowed(turn: Turn, code: str) -> bool:
    """Tell whether a wrong code is one too many of this chat, or of those that begin as it does."""
    return turn.chat.code_tries > CODES_AN_HOUR or await turn.reads.guesses_like(code) >= ALIKE_AN_HOUR


@stranger.screen("start")
async def start(turn: Turn) -> Screen:
    """Greet, and ask for a code."""
    text = turn.text("👋 Hello, I am Voorzorg.\n\nDo you have a letter with a code? Type the code here.")
    return Screen(text, ((language.button(turn),),))


@stranger.command("start", "help")
async def started(turn: Turn, code: str) -> None:
    """Take the code of a deep link; without one, ask for it."""
    if code:
        await typed_code(turn, code)
    elif await new_phone.waits(turn):
        turn.go("new_phone")
    else:
        turn.go("start")


@stranger.lost
async def not_understood(turn: Turn, said: str | None, why: str = "") -> None:
    """Words may be a code wherever they are typed; of anything else it is said what to do instead."""
    if said and not why:
        await typed_code(turn, said)
        return
    told = turn.text("Do you want a human? Call 📞 {telephone} ({days}).", **_reach(turn))
    turn.remark(f"{why} {told}" if why else told)


@stranger.typed("start", "refused", "no_code", "new_phone")
async def typed_code(turn: Turn, text: str) -> None:
    """Take a code, valid or not, and ask the same of everybody; who only guesses gets no question any more."""
    code = find_code(text)
    if code is None and turn.place["kind"] == "new_phone":
        new_phone.hear_nothing(turn)
        return
    if code is None:
        if plain(text) in GREETINGS:
            turn.go("start", turn.text("Good that you write. No code? Call 📞 {telephone} ({days}).", **_reach(turn)))
        else:
            turn.go("no_code")
        return
    invitation = await open_invitation(turn, code)
    if invitation is None and await _is_slowed(turn, code):
        turn.go("refused")
        return
    if invitation and invitation.staff_id:
        member = await turn.reads.member_of(invitation)
        if member is not None:
            turn.join(invitation, member)
            turn.go("today" if member.role in ("worker", "coordinator") else "desk")
            return
    turn.go("birth_year", code=code, tries=0)


@stranger.screen("no_code")
async def no_code(turn: Turn) -> Screen:
    """Say what a code looks like."""
    return Screen(
        turn.text(
            "I cannot read that as a code.\n\nA code looks like this: ABCD-EFGH-JKMN. It stands in your letter. "
            "Type it here.\n\nNo code? Call 📞 {telephone} ({days}).",
            **_reach(turn),
        )
        + f"\n\n{quiet_line(turn)}"
    )


@stranger.screen("birth_year")
async def birth_year(turn: Turn) -> Screen:
    """Ask the year of birth: after every well-formed code."""
    question = turn.text(
        "I want to be sure that it is you.\n\nIn which year were you born? Type 4 digits. Example: 1990."
    )
    return Screen(question, ((language.button(turn),),))


@stranger.screen("refused")
async def refused(turn: Turn) -> Screen:
    """One same answer to an unknown, used, ended or burned code."""
    return Screen(
        turn.text(
            "This code does not work.\n\nCall 📞 {telephone} ({days}). You get a new one.",
            **_reach(turn),
        )
    )


def read_year(text: str) -> int | None:
    """Return four decimal digits as a year, in whatever script they were typed."""
    plain = unicodedata.normalize("NFKC", text).strip() if text.strip().isdecimal() else ""
    return int(plain) if len(plain) == 4 else None


async def missed(turn: Turn, invitation: Invitation, case: Case | None) -> None:
    """Count a wrong year; at the third the code burns, and who helps hears it."""
    turn.decide(Miss(invitation))
    # Its own count, over all chats and all times that the link was opened: now it burns.
    if case is not None and invitation.tries + 1 >= TRIES:
        turn.notify(await turn.reads.helpers(case), "alert", case.ref)


@stranger.typed("birth_year")
async def typed_year(turn: Turn, text: str) -> None:
    """Compare the year; three wrong ones burn the code and tell the worker."""
    turn.delete(turn.message_id)
    code, tries = turn.place["code"], turn.place["tries"]
    year = read_year(text)
    if year is None and find_code(text) is not None:
        await typed_code(turn, text)  # the one before was mistyped
        return
    if year is None:
        why = turn.text("Type 4 digits, please.")
        turn.remark(f"{why}\n{quiet_line(turn)}")
        return
    invitation = await turn.reads.invitation(code)
    if invitation and invitation.case_id and invitation.is_open(turn.now):
        case = await turn.reads.case_of(invitation)
        if case is not None and case.identity.birth_year == year:
            if case.person.has_begun:
                await new_phone.knock(turn, invitation, case)
                return
            turn.join(invitation, case)
            turn.helper = await turn.reads.helper_of(case)
            case.reach.began(invitation.made_at, turn.now)
            turn.go("phone")
            return
        await missed(turn, invitation, case)
    if tries + 1 < TRIES:
        turn.go("birth_year", turn.text("That is not right. Try it once more."), code=code, tries=tries + 1)
        return
    turn.go("refused")
