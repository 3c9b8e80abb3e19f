"""Before anything is said: the code of the letter and the year of birth. Then: whose phone, what this is, who reads."""

from __future__ import annotations

import unicodedata
from datetime import timedelta

from conversations import language
from conversations.roles import self_reporter, stranger
from conversations.self_reporter.onward import onward
from conversations.self_reporter.phrases import contact, helper, number, screen
from conversations.turn import Button, Screen, Turn
from storage.invitations import TRIES, read_code

# Codes that one chat may try in an hour (safety.md).
CODES_AN_HOUR = 5
# Which text of `consent` was read, for the record.
TEXT_VERSION = "2026-11"


# A stranger: nothing about any case is said.


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
    else:
        turn.go("start")


@stranger.typed("start", "refused", "no_code")
async def typed_code(turn: Turn, text: str) -> None:
    """Take a code, valid or not, and ask the same of everybody."""
    code = read_code(text)
    if code is None:
        turn.go("no_code")
        return
    turn.delete(turn.message_id)
    chat = turn.chat
    if chat.code_tries_since is None or turn.now - chat.code_tries_since > timedelta(hours=1):
        chat.code_tries, chat.code_tries_since = 0, turn.now
    chat.code_tries += 1
    if chat.code_tries > CODES_AN_HOUR:
        turn.go("refused")
        return
    invitation = await turn.reads.invitation(code)
    if invitation and invitation.staff_id and invitation.is_open(turn.now):
        member = await turn.reads.member_of(invitation)
        if member is not None:
            turn.join(invitation, member)
            turn.go("today" if member.role == "worker" else "desk")
            return
    turn.go("birth_year", code=code, tries=0)


@stranger.screen("no_code")
async def no_code(turn: Turn) -> Screen:
    """Say what a code looks like."""
    return Screen(
        turn.text(
            "I cannot read that as a code.\n\nA code looks like this: ABCD-EFGH-JKMN. It stands in your letter. "
            "Type it here.\n\nNo code? Call 📞 {telephone} ({days}).",
            telephone=contact(turn).telephone,
            days=contact(turn).days,
        )
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
            telephone=contact(turn).telephone,
            days=contact(turn).days,
        )
    )


def read_year(text: str) -> int | None:
    """Return four decimal digits as a year, in whatever script they were typed."""
    plain = unicodedata.normalize("NFKC", text).strip() if text.strip().isdecimal() else ""
    return int(plain) if len(plain) == 4 else None


@stranger.typed("birth_year")
async def typed_year(turn: Turn, text: str) -> None:
    """Compare the year; three wrong ones burn the code and tell the worker."""
    turn.delete(turn.message_id)
    code, tries = turn.place["code"], turn.place["tries"]
    year = read_year(text)
    if year is None:
        turn.remark(turn.text("Type 4 digits, please."))
        return
    invitation = await turn.reads.invitation(code)
    if invitation and invitation.case_id and invitation.is_open(turn.now):
        case = await turn.reads.case_of(invitation)
        if case is not None and case.identity.birth_year == year:
            turn.join(invitation, case)
            turn.helper = await turn.reads.helper_of(case)
            case.join(turn.now)
            case.contacted("chat", "in", turn.now)
            turn.go("phone")
            return
        turn.missed.append(invitation)
        # Its own count, over all chats and all times that the link was opened: now it burns.
        if case is not None and invitation.tries + 1 >= TRIES:
            turn.notify(await turn.reads.helpers(case), "alert", case.ref)
    if tries + 1 < TRIES:
        turn.go("birth_year", turn.text("That is not right. Try it once more."), code=code, tries=tries + 1)
        return
    turn.go("refused")


# The person is known: whose phone is it?


@self_reporter.screen("phone")
async def phone(turn: Turn) -> Screen:
    """Ask who else uses the phone: from it follows how much a message may show."""
    return screen(
        turn,
        turn.text("✅ That is right. Good that you are here.\n\nDoes somebody else use this phone too?"),
        (Button(turn.text("📱 Only me"), "phone", "own"),),
        (Button(turn.text("👥 Yes, somebody else too"), "phone", "shared"),),
        (Button(turn.text("🤷 I do not know"), "phone", "unknown"),),
    )


@self_reporter.tap("phone")
async def phone_said(turn: Turn, args: str) -> None:
    """Keep whose phone it is."""
    assert turn.case is not None
    turn.case.say_phone_is_shared({"own": False, "shared": True}.get(args))
    turn.go("intro")


@self_reporter.screen("intro")
async def intro(turn: Turn) -> Screen:
    """Say what this is, and who the human is."""
    assert turn.case is not None
    lines = []
    if turn.case.shares_phone is not False:
        lines.append(turn.text("Good that you say it. A message of mine never shows what it is about."))
    lines.append(
        turn.text(
            "I am a computer. I help you to arrange things.\n\n"
            "You have a sentence. The sentence stays the same. Together we take care of the rest: "
            "your home, your money, your people. You choose what we do."
        )
    )
    if turn.helper:
        lines.append(
            turn.text("{name} of {team} is your helper, a human.", name=turn.helper.name, team=contact(turn).team)
        )
    else:
        lines.append(turn.text("{team} has humans who help you.", team=contact(turn).team))
    lines.append(number(turn))
    return screen(turn, "\n\n".join(lines), (Button(turn.text("▶️ Go on"), "to_consent"),))


@self_reporter.tap("to_consent")
async def to_consent(turn: Turn, _args: str) -> None:
    """Go on to who reads the answers."""
    turn.go("consent")


@self_reporter.screen("consent")
async def consent(turn: Turn) -> Screen:
    """Say who sees the answers, and ask whether to go on here."""
    return screen(
        turn,
        turn.text(
            "Who sees your answers?\n\n"
            "👤 You.\n"
            "👩 {helper}, and who takes over from them.\n"
            "📱 Telegram, the company of this app, can read along.\n"
            "🏢 The prison reads something only when you say yes.\n\n"
            "You may always stop. Then too you get help. Do you want to go on here?",
            helper=helper(turn),
        ),
        (Button(turn.text("👍 Yes, here"), "consent", "yes"),),
        (Button(turn.text("📞 I would rather call"), "consent", "call"),),
        (Button(turn.text("🚪 Stop"), "consent", "stop"),),
    )


@self_reporter.tap("consent")
async def consented(turn: Turn, args: str) -> None:
    """Keep the yes or no to this channel. A no costs nobody any help."""
    case = turn.case
    assert case is not None
    case.consent("channel", args == "yes", turn.now, TEXT_VERSION)
    if args == "yes":
        await onward(turn)
        return
    case.cancel_reminders("stopped", kinds=("action_before", "action_day", "reporting_eve"))
    case.message("self_reporter", "", turn.now, kind="call" if args == "call" else "stop")
    turn.notify(await turn.reads.helpers(case), "message", case.ref)
    turn.go("call" if args == "call" else "stopped")


@self_reporter.screen("call")
async def call(turn: Turn) -> Screen:
    """Give the number; the chat stays possible."""
    return Screen(
        turn.text(
            "Good. Call {helper}:\n{number}\n\nI told them that you want to call. Here I stay silent now.",
            helper=helper(turn),
            number=number(turn),
        ),
        ((Button(turn.text("▶️ Go on here after all"), "consent", "yes"),),),
    )


@self_reporter.screen("stopped")
async def stopped(turn: Turn) -> Screen:
    """Say that it has stopped, and how to come back."""
    return Screen(
        turn.text(
            "You have stopped. You get no messages from me.\n\nYou still get help: {number}\n\n"
            "Do you want to begin again? Tap on the button.",
            number=number(turn),
        ),
        ((Button(turn.text("▶️ Begin again"), "consent", "yes"),),),
    )
