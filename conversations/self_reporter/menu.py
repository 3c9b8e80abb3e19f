"""The menu: the plan, the questions, a human, and what else can be set; a letter comes first while there is no day."""

from __future__ import annotations

from dataclasses import replace

from conversations.roles import self_reporter
from conversations.screen import Button, Screen
from conversations.self_reporter.day import postponing
from conversations.self_reporter.phrases import helper, number, screen
from conversations.self_reporter.script import Choice, Script, text
from conversations.shared.language import button as language_button
from conversations.turn import Turn
from conversations.words.typed import too_long

# Characters of a new number or address.
LONGEST_REACH = 300
MENU = Script(
    "screen.menu",
    text("☰ What do you want to do?"),
    choices=(
        Choice(text("📋 My plan"), "plan"),
        Choice(text("❓ Questions"), "questions"),
        Choice(text("💬 Messages"), "messages"),
        Choice(text("⚙️ More"), "more"),
    ),
)
MORE = Script(
    "screen.more",
    text("⚙️ What do you want to change?"),
    choices=(
        Choice(text("☎️ My number or address is another"), "reach"),
        Choice(text("🗂 My answers"), "overview"),
        Choice(text("⏸ Rest and times"), "times"),
        Choice(text("🔒 PIN"), "pin"),
        Choice(text("📱 Who uses this phone"), "whose_phone"),
        Choice(text("📄 My data"), "my_data"),
        Choice(text("👁 Who looked"), "viewed"),
        Choice(text("🙈 Hide this"), "hide"),
        Choice(text("🚪 Stop"), "stop_ask"),
        Choice(text("⬅️ Back"), "menu"),
    ),
)


def letter(turn: Turn) -> tuple[tuple[Button, ...], ...]:
    """Return the row for a letter with a day, while there is no day."""
    case = turn.own_case
    if case is None or case.confirmed_date is not None or not case.is_at_home:
        return ()
    return ((Button(turn.text("📬 I have a letter with a day"), "letter"),),)


@self_reporter.screen("menu")
async def menu(turn: Turn) -> Screen:
    """Offer four ways on."""
    plan, questions, messages, others = (choice.button(turn) for choice in MENU.choices)
    if new := len(turn.case.thread.unread("worker")):
        messages = replace(messages, label=turn.words.plural("💬 1 new message", "💬 {number} new messages", new))
    rows = (*letter(turn), (plan,), (questions,), (messages,), (others,))
    return screen(turn, MENU.said(turn), *rows, spoken=(MENU.id,))


@self_reporter.tap("menu")
async def to_menu(turn: Turn, _args: str) -> None:
    """Go to the menu."""
    turn.go("menu")


@self_reporter.screen("more")
async def more(turn: Turn) -> Screen:
    """Offer what is seldom needed."""
    called_up = turn.case.confirmed_date is not None and turn.case.phase == "coming"
    day = ((Button(turn.text("📅 I got another day"), "letter"),),) if called_up else ()
    reach, answers, times, pin, phone, data, looked, hide, stop, back = (c.button(turn) for c in MORE.choices)
    rows = (*day, *postponing.way(turn), (reach,), (answers,), (times, pin), (phone,), (data, looked))
    rows = (*rows, (language_button(turn), hide), (stop, back))
    return screen(turn, MORE.said(turn), *rows, spoken=(MORE.id,))


@self_reporter.tap("more")
async def to_more(turn: Turn, _args: str) -> None:
    """Go there."""
    turn.go("more")


# Another one who uses the phone: from it follows how much a message may show, and whether anything can be heard.


WHOSE_PHONE = Script(
    "screen.whose_phone",
    text("Does somebody else use this phone too?"),
    choices=(
        Choice(text("📱 Only me"), "whose_phone", "own"),
        Choice(text("👥 Yes, somebody else too"), "whose_phone", "shared"),
        Choice(text("🤷 I do not know"), "whose_phone", "unknown"),
        Choice(text("⬅️ Back"), "more"),
    ),
)


@self_reporter.screen("whose_phone")
async def whose_phone(turn: Turn) -> Screen:
    """Ask it again."""
    return WHOSE_PHONE.screen(turn)


@self_reporter.tap("whose_phone")
async def whose_phone_said(turn: Turn, args: str) -> None:
    """Ask, or keep what was said; who shares it hears of the PIN."""
    if not args:
        turn.go("whose_phone")
        return
    turn.case.person.say_phone_is_shared({"own": False, "shared": True}.get(args))
    alone = turn.text("✅ Good.")
    guarded = turn.text(
        "✅ Good. The screen shows only: you have a message. Who opens the chat reads all of it. With a PIN "
        "the chat is locked."
    )
    turn.go("more", alone if args == "own" else guarded)


# Another number or address.


REACH = Script("screen.reach", text("☎️ What is your new number or address? Type it in one message. {helper} gets it."))


@self_reporter.screen("reach")
async def reach(turn: Turn) -> Screen:
    """Ask for it in their own words."""
    back = (Button(turn.text("⬅️ Back"), "more"),)
    return screen(turn, REACH.said(turn, helper=helper(turn)), back, spoken=(REACH.id,))


@self_reporter.tap("reach")
async def to_reach(turn: Turn, _args: str) -> None:
    """Go and type it."""
    turn.go("reach")


@self_reporter.typed("reach")
async def reached_at(turn: Turn, text: str) -> None:
    """Send it to who helps; it is taken out of the chat."""
    case = turn.case
    if too_long(turn, text, LONGEST_REACH):
        return
    turn.delete(turn.message_id)
    case.thread.write("self_reporter", text, turn.now, kind="reach")
    turn.notify(await turn.reads.helpers(case), "message", case.ref)
    turn.go("reached")


REACHED = Script(
    "screen.reached",
    text(
        "✅ {helper} has it. Do you live somewhere else now? Pass it on to the municipality too.\n\nWith "
        "questions, call {helper}: {number}"
    ),
)


@self_reporter.screen("reached")
async def reached(turn: Turn) -> Screen:
    """Say that it arrived, and what the municipality has to hear itself."""
    go_on = (Button(turn.text("▶️ Go on"), "onward"),)
    return screen(turn, REACHED.said(turn, helper=helper(turn), number=number(turn)), go_on, spoken=(REACHED.id,))
