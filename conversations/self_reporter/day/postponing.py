"""Postponing: how another day is asked for, and that the day in the letter stands until DJI writes otherwise.

Nobody here decides: DJI does, in writing. A yes without a new day is looked at by who helps before any day goes.
"""

from __future__ import annotations

from typing import Any

from conversations.roles import self_reporter
from conversations.screen import Button, Screen
from conversations.self_reporter.home import ask_for_human
from conversations.self_reporter.phrases import helper, number
from conversations.self_reporter.questions.next_step import onward
from conversations.self_reporter.script import Choice, Script, text
from conversations.turn import Turn
from conversations.words.reporting_day import day_of_letter
from storage.case.case import Case
from storage.case.postponement import open_request

_STANDS = text("📅 Your day stays {day}, until DJI writes that it is another.")
# Decisions of the RSJ 21/23696 and 21/24774 (read 30 November 2026): there is no term; verify with a jurist.
GUIDE = Script(
    "screen.postpone",
    text(
        "Sometimes you get another day, with a good reason. You ask it in a letter to DJI. Do it soon.\n\n"
        "✍️ Write why that day does not work.\n"
        "📎 Add proof. Example: a letter from the hospital.\n"
        "☎️ Free help with the letter: {legal}."
    ),
    _STANDS,
    choices=(
        Choice(text("🤝 Together with {helper}"), "postpone", "together"),
        Choice(text("📮 I have asked for it"), "postpone", "asked"),
        Choice(text("▶️ Go on"), "onward"),
    ),
)
ASKED = Script(
    "screen.postpone_asked",
    text("📮 You asked for another day. {helper} knows it."),
    _STANDS,
    text("No letter yet, and your day is near? Call {helper}: {number}"),
    choices=(
        Choice(text("📅 I got another day"), "letter"),
        Choice(text("👍 Allowed, a new day comes later"), "postpone", "yes"),
        Choice(text("👎 The day stays"), "postpone", "no"),
        Choice(text("🕐 I still wait for an answer"), "onward"),
    ),
)
LOOKS = Script(
    "screen.postpone_looks",
    text("{helper} looks at the letter with you, and calls you."),
    text("📅 Until then your day stays {day}."),
    text("You can call too: {number}"),
    choices=(Choice(text("▶️ Go on"), "onward"),),
)
REFUSED = Script(
    "screen.postpone_refused",
    text("📅 Your day stays {day}."),
    text("Do you not agree? A lawyer can help. Free: {legal}.\n\nTalk with {helper} about how it can work: {number}"),
    choices=(Choice(text("📋 My plan"), "plan"), Choice(text("▶️ Go on"), "onward")),
)


def can_be_asked(case: Case) -> bool:
    """Tell whether there is a day that another one can be asked for."""
    return case.phase == "coming" and case.confirmed_date is not None and case.outcome is None


def way(turn: Turn) -> tuple[tuple[Button, ...], ...]:
    """Return the row that leads here, while there is a day."""
    case = turn.own_case
    if case is None or not can_be_asked(case):
        return ()
    if open_request(case) is not None:
        return ((Button(turn.text("📮 Is there a decision?"), "postpone"),),)
    return ((Button(turn.text("📮 I need another day"), "postpone"),),)


def line(turn: Turn, case: Case) -> str | None:
    """Return what the plan says of a request that nobody has decided on."""
    return turn.text("📮 You asked for another day. Until DJI writes, this day stands.") if open_request(case) else None


def _values(turn: Turn) -> dict[str, Any]:
    case, legal = turn.case, turn.content.region.numbers.legal_help
    day = day_of_letter(turn.words, case) if case.confirmed_date else turn.text("no date yet")
    return {"day": day, "helper": helper(turn), "number": number(turn), "legal": legal.telephone}


@self_reporter.screen("postpone")
async def guide(turn: Turn) -> Screen:
    """Say what it takes; or, once it was asked for, what is known."""
    script = ASKED if open_request(turn.case) is not None else GUIDE
    return script.screen(turn, **_values(turn))


@self_reporter.screen("postpone_looks")
async def looks(turn: Turn) -> Screen:
    """Say that who helps looks at the letter, and that the day stands."""
    return LOOKS.screen(turn, **_values(turn))


@self_reporter.screen("postpone_refused")
async def refused(turn: Turn) -> Screen:
    """Say that the day stays, and who helps now."""
    return REFUSED.screen(turn, **_values(turn))


@self_reporter.tap("postpone")
async def said(turn: Turn, args: str) -> None:
    """Keep what they say; who helps hears it. The day goes with a new letter, or by who helps."""
    case = turn.case
    if not can_be_asked(case):
        await onward(turn)
        return
    match args:
        case "together":
            await ask_for_human(turn, turn.text("I want to ask for another day."))
            turn.go("human")
        case "asked":
            if case.course.ask_postponement(turn.today, "self"):
                await _tell(turn, case)
            turn.go("postpone")
        case "yes" if open_request(case) is not None:
            await ask_for_human(turn, turn.text("DJI says yes to another day. There is no new day yet."))
            turn.go("postpone_looks")
        case "no" if case.course.refuse_postponement(turn.today, "self"):
            await _tell(turn, case)
            turn.go("postpone_refused")
        case _:
            turn.go("postpone")


async def _tell(turn: Turn, case: Case) -> None:
    turn.notify(await turn.reads.helpers(case), "alert", case.ref)


@self_reporter.tap("postpone_told")
async def told(turn: Turn, _args: str) -> None:
    """Open what came after who helps noted that the day stays."""
    if can_be_asked(turn.case):
        turn.go("postpone_refused")
    else:
        await onward(turn)
