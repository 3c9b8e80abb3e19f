"""Check-ins after release: short questions on the day, after a week, a month and half a year, as the content says.

They come while WW can still be asked for again (within six months). Who has no chat is called by their helper, and so
is who leaves one without an answer.
"""

from __future__ import annotations

from dataclasses import replace

from conversations.reminders import home_check_plan
from conversations.reminders.kind import Kind
from conversations.roles import self_reporter
from conversations.screen import Button, Screen
from conversations.self_reporter.day.homecoming import AFTER_A_WHILE, no_longer_free
from conversations.self_reporter.phrases import helper, number, screen
from conversations.self_reporter.questions.next_step import onward
from conversations.self_reporter.questions.still_needed import keep_answer
from conversations.self_reporter.script import Choice, Script, text
from conversations.turn import Turn
from storage.case.case import Case
from storage.case.case_parts import Reminder
from storage.case.home_checks import CHECKS, HOME

_QUIET = text("You feel bad: call {suicide}, day and night. In danger: call {emergency}.")
_GO, _LATER = Choice(text("▶️ Go on"), "home_check", "go"), Choice(text("⏭ Later"), "home_check", "later")
# What each says before its questions.
SCRIPTS = {
    "check_day": Script(
        "screen.check_day",
        text("🏠 Welcome back. I ask shortly how it is today."),
        AFTER_A_WHILE,
        _QUIET,
        choices=(_GO, _LATER),
    ),
    "check_week": Script(
        "screen.check_week",
        text("🏠 You are back for some days now. How is it going?"),
        AFTER_A_WHILE,
        _QUIET,
        choices=(_GO, _LATER),
    ),
    "check_month": Script(
        "screen.check_month", text("🏠 You are home again for a while now. How is it going?"), choices=(_GO, _LATER)
    ),
    "check_22": Script(
        "screen.check_22", text("🏠 I ask it for the last time: how is it going?"), choices=(_GO, _LATER)
    ),
}
_PLAN = Choice(text("📋 My plan"), "plan")
THANKS = Script("screen.home_checked", text("✅ Thank you. Good that you took the time."), choices=(_PLAN,))
# What happens to what they said, as it is today: nothing is taken away by itself.
GOODBYE = Script(
    "screen.home_checked_last",
    text("✅ Thank you. These were my last questions."),
    text("Do you need help? Call {helper}:\n{number}"),
    text("What you said here stays kept. You can read it. You can erase it."),
    choices=(
        Choice(text("💬 Say what helped"), "look_back"),
        _PLAN,
        Choice(text("📄 My data"), "my_data"),
        Choice(text("🗑 Erase everything"), "erase_ask"),
    ),
)


def _late(turn: Turn, row: Reminder) -> str | None:
    if turn.case.phase != "free":
        return "no longer so"
    newest = home_check_plan.newest(turn.case)
    return "planned anew" if newest is not None and newest.day > row.day and newest is not row else None


def _opens(turn: Turn, _row: Reminder) -> None:
    """Go to the newest: who opens an old one is not asked twice; and who is inside again is asked nothing."""
    newest = home_check_plan.newest(turn.case)
    if newest is not None:
        turn.case.schedule.mark_opened(newest, turn.now)
    turn.go(HOME)


def _words(turn: Turn, case: Case, row: Reminder) -> str:
    """Return the check-in in words to say, with its questions."""
    newest = home_check_plan.newest(case)
    asked = home_check_plan.asked_by(turn, case, newest) if newest is not None else []
    said = [turn.text("How is it at home?"), *(turn.words.content(q.id, q.text) for q in asked)]
    if row.kind in SCRIPTS:
        return "“" + "\n".join(said) + "”"
    return turn.text("There is no answer to the check-in. Call, and ask:") + "\n“" + "\n".join(said) + "”"


def _needs_no_call(turn: Turn, _row: Reminder) -> str | None:
    newest = home_check_plan.newest(turn.case)
    if newest is None:
        return "no longer so"
    return "heard from them" if home_check_plan.is_answered(turn, turn.case, newest) else None


KIND = Kind(late=_late, opens=_opens, notice="message", words=_words)
# That of the day itself comes also to who asked for rest before they went in: a bed is for tonight.
ON_THE_DAY = replace(KIND, pauses=False)
CALLS = Kind(late=_needs_no_call, opens=None, words=_words)


@self_reporter.screen(HOME)
async def asked(turn: Turn) -> Screen:
    """Say that it is asked how it is, with a human one tap away."""
    newest = home_check_plan.newest(turn.case)
    numbers = turn.content.region.numbers
    script = SCRIPTS.get(newest.kind if newest is not None else "", SCRIPTS["check_month"])
    said = script.said(turn, emergency=numbers.emergency.telephone, suicide=numbers.suicide_prevention.telephone)
    rows = script.rows(turn)
    if newest is not None and newest.kind == "check_day" and turn.case.outcome in ("reported", "arrested"):
        rows = (*rows, (Button(turn.text("🕐 I am free later"), HOME, "inside"),))
    return screen(turn, said, *rows, spoken=(script.id,))


@self_reporter.tap(HOME)
async def said(turn: Turn, args: str) -> None:
    """Go through its questions, leave it for later, or take back that they are free."""
    newest = home_check_plan.newest(turn.case)
    if newest is not None and args == "inside" and newest.kind == "check_day":
        await no_longer_free(turn)
    elif newest is not None and args == "later":
        turn.toast = turn.text("That is all right.")
        turn.go("plan")
    else:
        if newest is not None:
            turn.case.schedule.mark_opened(newest, turn.now)
        await onward(turn)


@self_reporter.screen("home_checked")
async def done(turn: Turn) -> Screen:
    """Thank them; after the last one they say what helped, and hear what happens to what they said."""
    if turn.place["of"] == CHECKS[-1]:
        return GOODBYE.screen(turn, helper=helper(turn), number=number(turn))
    return THANKS.screen(turn)


@self_reporter.tap("check_skip")
async def skip(turn: Turn, args: str) -> None:
    """Leave a question of a check-in as it is."""
    here = turn.place if turn.place["kind"] == "question" else {}
    turn.chat.place = {"kind": "question", "id": args, "skipped": [*here.get("skipped", []), args]}
    await onward(turn)


@self_reporter.tap("still_so")
async def still_so(turn: Turn, args: str) -> None:
    """What was said before still is so."""
    known = turn.case.person.answer_to(args)
    if known is None:
        await onward(turn)
    else:
        await keep_answer(turn, args, known)
