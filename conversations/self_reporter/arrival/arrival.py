"""Arrival of a person who is known: whose phone is it, what is this, and who reads what they say?"""

from __future__ import annotations

from conversations.content.content import Content
from conversations.reminders.agenda import plan_again
from conversations.reminders.kinds import KINDS
from conversations.roles import self_reporter
from conversations.screen import Button, Screen
from conversations.self_reporter.phrases import contact, helper, number, screen
from conversations.self_reporter.questions.next_step import onward
from conversations.self_reporter.script import Choice, Script, text, worded
from conversations.turn import Turn

# Which text of `consent` was read, for the record.
TEXT_VERSION = "2026-12"


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
    turn.case.person.say_phone_is_shared({"own": False, "shared": True}.get(args))
    if args != "own" and turn.case.preferences.pin is None:
        turn.go("pin_offer")
    elif turn.case.person.consents_to("channel"):
        await onward(turn)  # their own phone, after another one
    else:
        turn.go("intro")


INTRO = Script(
    "screen.intro",
    text(
        "I am a computer. I help you to arrange things.\n\n"
        "You have a sentence. The sentence stays the same. Together we take care of the rest: "
        "your home, your money, your people. You choose what we do."
    ),
    choices=(Choice(text("▶️ Go on"), "to_consent"),),
)


@self_reporter.screen("intro")
async def intro(turn: Turn) -> Screen:
    """Say what this is, and who the human is."""
    lines = [INTRO.said(turn)]
    if turn.helper:
        lines.append(
            turn.text("{name} of {team} is your helper, a human.", name=turn.helper.name, team=contact(turn).team)
        )
    else:
        lines.append(turn.text("{team} has humans who help you.", team=contact(turn).team))
    lines.append(number(turn))
    return screen(turn, "\n\n".join(lines), *INTRO.rows(turn), spoken=(INTRO.id,))


@self_reporter.tap("to_consent")
async def to_consent(turn: Turn, _args: str) -> None:
    """Go on to who reads the answers."""
    turn.go("consent")


def script_of_consent(content: Content) -> Script:
    """Return what is said before the yes; that the computer gives a sign only where the municipality wants it."""
    sees = text("Sometimes the computer sees it too. Then {helper} gets a sign on a working day.")
    return Script(
        "screen.consent",
        text(
            "Who sees your answers?\n\n"
            "👤 You.\n"
            "🧑 {helper}, and who stands in for {helper}. "
            "A coordinator sometimes looks along, when {helper} asks for it.\n"
            "📱 Telegram, the company of this app, can read along.\n"
            "🏢 The prison reads something only when you say yes."
        ),
        text("🚨 Do you think of dying, or is there violence? Call {suicide} or {emergency}."),
        *((sees,) if content.crisis.signal else ()),
        text("You may always stop. Then too you get help. Do you want to go on here?"),
        choices=(
            Choice(text("👍 Yes, here"), "consent", "yes"),
            Choice(text("📞 I would rather call"), "consent", "call"),
            Choice(text("🚪 Stop"), "consent", "stop"),
        ),
    )


@self_reporter.screen("consent")
async def consent(turn: Turn) -> Screen:
    """Say who sees the answers and what is heard in typed words, and ask whether to go on here."""
    numbers, script = turn.content.region.numbers, script_of_consent(turn.content)
    who_reads, *danger, ask = (
        worded(
            turn,
            line,
            helper=helper(turn),
            suicide=numbers.suicide_prevention.telephone,
            emergency=numbers.emergency.telephone,
        )
        for line in script.lines
    )
    said = "\n\n".join([who_reads, " ".join(danger), ask])
    return screen(turn, said, *script.rows(turn), spoken=(script.id,))


@self_reporter.tap("consent")
async def consented(turn: Turn, args: str) -> None:
    """Keep the yes or no to this channel. A no costs nobody any help."""
    case = turn.case
    stopped = any(c.to == "channel" and not c.given for c in case.consents)
    case.person.consent("channel", args == "yes", turn.now, TEXT_VERSION)
    if args == "yes":
        if stopped:
            plan_again(turn, case)
        await onward(turn)
        return
    case.schedule.cancel("stopped", kinds=tuple(KINDS))
    case.thread.write("self_reporter", "", turn.now, kind="call" if args == "call" else "stop")
    turn.notify(await turn.reads.helpers(case), "message", case.ref)
    turn.go("call" if args == "call" else "stopped")


CALL = Script(
    "screen.call",
    text("Good. Call {helper}:\n{number}\n\n{helper} gets a message about this. Here I stay silent now."),
    choices=(Choice(text("▶️ Go on here after all"), "consent", "yes"),),
)


@self_reporter.screen("call")
async def call(turn: Turn) -> Screen:
    """Give the number; the chat stays possible."""
    return CALL.screen(turn, human_too=False, helper=helper(turn), number=number(turn))


STOPPED = Script(
    "screen.stopped",
    text(
        "You have stopped. You get no messages from me.\n\nYou still get help: {number}\n\n"
        "Do you want to begin again? Tap on the button."
    ),
    choices=(Choice(text("▶️ Begin again"), "consent", "yes"),),
)


@self_reporter.screen("stopped")
async def stopped(turn: Turn) -> Screen:
    """Say that it has stopped, and how to come back."""
    return STOPPED.screen(turn, number=number(turn))
