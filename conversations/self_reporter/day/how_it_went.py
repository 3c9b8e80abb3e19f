"""How it went: from the reporting hour until somebody knows what came of the day, every way in leads to this question.

What is said here is a sign to who helps, and no outcome: that is for the worker to note. Words that were typed
meanwhile wait here, and can be sent on.
"""

from __future__ import annotations

from conversations.content.crisis import plain
from conversations.roles import self_reporter
from conversations.rules.reporting_hour import report_at, reporting_hour
from conversations.screen import Button, Screen
from conversations.self_reporter.day.hour_in_letter import keep_hour, typed_time
from conversations.self_reporter.day.reporting_words import TYPE_HOUR
from conversations.self_reporter.phrases import QUIET, carried, helper, number, quiet_line, screen, sign_told
from conversations.self_reporter.questions.day_stands import day_question
from conversations.self_reporter.questions.next_step import onward
from conversations.self_reporter.script import Choice, Script, text, worded
from conversations.shared.locked import is_locked
from conversations.turn import Turn
from conversations.words.times import THERE
from storage.case.case import Case
from storage.clock import instant

PLACE = "how_it_went"
# What is said of the day, as the sign keeps it (storage.case.case_parts.Message, kind `day`).
SIGN = "day"
# Places that stay what they are: the answers, help, a human, what is out of sight, one's own rights.
OPEN = frozenset(
    {
        *(PLACE, "day_there", "day_late", "day_home", "day_hour", "missed_day", "free", "confirm_date"),
        *("human", "write", "messages", "stuck", "crisis", "reach", "reached", "other_letter", "other_year"),
        *("other_asked", "locked", "hidden", "pin_year", "pin_new", "pin_again", "pin_menu", "pin_offer", "paused"),
        *("stop", "stopped", "call", "erase", "my_data", "viewed", "language", "look_back"),
    }
)
# Said on the day itself, also before the hour: it leads here.
_OF_THE_DAY = (
    *("te laat", "niet gegaan", "niet gaan", "ga niet", "verslapen", "nog thuis", "thuis gebleven", "gemist"),
    *("red het niet", "haal het niet", "niet op tijd", "too late", "did not go", "missed my"),
)
_WAYS = (Choice(text("✍️ Write a message"), "write"), Choice(text("⬅️ Back"), "day_ask"))
ASKED = Script(
    "screen.how_it_went",
    text("It is {day}, {time}. How did it go?"),
    QUIET,
    choices=(
        Choice(text("🏢 I am there"), "day_is", "there"),
        Choice(text("⏰ I am late"), "day_is", "late"),
        Choice(text("🏠 I am still at home"), "day_is", "home"),
        Choice(text("📅 It is another day"), "day_is", "other"),
    ),
)
AM_THERE = Script(
    "screen.day_there",
    text(
        "Good that you are there. Say at the door: “I come to report.”\n\n{sign}\n\n"
        "I am silent until you are back. Is there something wrong? Call the prison: {call_prison}\nOr: {number}"
    ),
    choices=_WAYS,
)
AM_LATE = Script(
    "screen.day_late",
    text(
        "Go all the same. Late is better than staying away.\n\n"
        "Call the prison: {call_prison}\nSay: “I come today. I am on my way.”\n\n{sign} You can call too: {number}"
    ),
    choices=_WAYS,
)
AM_HOME = Script(
    "screen.day_home",
    text(
        "Good that you say it. You can still choose.\n\n"
        "Call {helper} now: {number}\nSay: “I am still at home. What can I do now?”\n"
        "Together you see what is possible.\n\n"
        "The police can fetch you. Social assistance stops while you stay away."
    ),
    choices=_WAYS,
)
HOUR = Script("screen.day_hour", TYPE_HOUR, choices=(Choice(text("⬅️ Back"), "day_ask"),))


def _is_open(turn: Turn) -> Case | None:
    """Return the case when its day is there, or over, and nobody knows what came of it."""
    case = turn.own_case
    if case is None or case.confirmed_date is None or case.phase != "coming" or case.outcome is not None:
        return None
    return case if case.person.consents_to("channel") and turn.today >= case.confirmed_date else None


def is_asked(turn: Turn) -> bool:
    """Tell whether every way leads to the question now."""
    case = _is_open(turn)
    if case is None or case.confirmed_date is None:
        return False
    hour = reporting_hour(case, turn.content.reminders.reporting_day)
    return turn.now >= instant(case.confirmed_date, hour, turn.content.zone)


def is_said(turn: Turn, text: str) -> bool:
    """Tell whether typed words are about a day that is going wrong."""
    words = f" {plain(text)} "
    return _is_open(turn) is not None and any(f" {said} " in words for said in _OF_THE_DAY)


def lead(turn: Turn) -> None:
    """Lead here from wherever the turn has come to, with what was typed and the sentence above it."""
    place = turn.place
    if not is_asked(turn) or is_locked(turn) or place["kind"] in OPEN:
        return
    day = day_question(turn, "letter")
    if place["kind"] in ("question", "explain") and day is not None and place.get("id") == day.id:
        return
    turn.go(PLACE, carried(turn), said=place.get("said"))


@self_reporter.screen(PLACE)
async def asked(turn: Turn) -> Screen:
    """Ask how it went, with what was said before."""
    case = turn.case
    day, now = case.confirmed_date, turn.now.astimezone(turn.content.zone)
    how, _quiet = ASKED.lines
    lines = [worded(turn, how, day=turn.words.day(turn.today), time=turn.words.time(now.time()))]
    typed = turn.place.get("said")
    if typed and not is_said(turn, typed):
        lines.insert(0, turn.text("I am a computer. I do not understand this."))
    over = day is not None and day < turn.today
    if over and day is not None:
        lines.append(turn.text("Your day was {day}.", day=turn.words.day(day)))
    if told := [m.text for m in case.messages if m.kind == SIGN and m.sender == "self_reporter"]:
        lines.append(turn.text("You said before: {words}", words=said(turn, told[-1])))
    lines.append(quiet_line(turn))
    rows = [*ASKED.rows(turn)]
    if over:
        rows.append((Button(turn.text("🔓 I am free"), "home_say", "free"),))
    elif report_at(case) is None:
        rows.append((Button(turn.text("🕘 My time is later today"), "day_hour"),))
    if typed:
        rows.append((Button(turn.text("💬 Send this to {helper}", helper=helper(turn)), "send_said"),))
    return screen(turn, "\n\n".join(lines), *rows, spoken=(ASKED.id,))


def said(turn: Turn, what: str) -> str:
    """Return what somebody said of their day, in words."""
    return {
        "there": turn.text("I am there."),
        "late": turn.text("I am late."),
        "home": turn.text("I am still at home."),
    }.get(what, turn.text("It is another day."))


@self_reporter.tap("day_ask")
async def to_asked(turn: Turn, _args: str) -> None:
    """Back to the question."""
    turn.go(PLACE)


@self_reporter.tap("day_is")
async def answered(turn: Turn, args: str) -> None:
    """Tell who helps, once for each thing said in a row, and say what to do now."""
    case = turn.case
    if _is_open(turn) is None:
        await onward(turn)
        return
    unread = [m.text for m in case.thread.unread("self_reporter") if m.kind == SIGN]
    if unread[-1:] != [args]:
        case.thread.write("self_reporter", args, turn.now, kind=SIGN)
        turn.notify(await turn.reads.helpers(case), "alert", case.ref)
    if args != "other":
        turn.go(f"day_{args}")
    elif question := day_question(turn, "letter"):
        note = turn.text(
            "{sign}\n\nCall too: {number}\nSay: “My letter has another day.”", sign=sign_told(turn), number=number(turn)
        )
        turn.go("question", note, id=question.id)
    else:
        turn.go("human")


def _prison(turn: Turn) -> str:
    """Return the number of the prison of the case, else that of the prison service."""
    region = turn.content.region
    known = region.prison_called(turn.case.prison)
    if known is not None and known.telephone:
        return f"📞 {known.telephone}"
    return f"📞 {region.numbers.prison_service.telephone} (DJI)"


@self_reporter.screen("day_there")
async def there(turn: Turn) -> Screen:
    """Say what to say at the door, and that it is quiet from now on."""
    return AM_THERE.screen(turn, sign=sign_told(turn), call_prison=_prison(turn), number=number(turn))


@self_reporter.screen("day_late")
async def late(turn: Turn) -> Screen:
    """Say to go all the same, whom to call, and what to say."""
    return AM_LATE.screen(turn, sign=sign_told(turn), call_prison=_prison(turn), number=number(turn))


@self_reporter.screen("day_home")
async def at_home(turn: Turn) -> Screen:
    """Say that there is still a choice, whom to call, what to say, and what staying away does."""
    said = AM_HOME.said(turn, helper=helper(turn), number=number(turn))
    prison = turn.text("You can call the prison too: {call_prison}", call_prison=_prison(turn))
    return screen(turn, f"{said}\n\n{sign_told(turn)}\n{prison}", *AM_HOME.rows(turn), spoken=(AM_HOME.id,))


@self_reporter.tap("day_hour")
async def to_hour(turn: Turn, _args: str) -> None:
    """The hour in the letter, which nobody had asked, is still to come."""
    turn.go("day_hour")


@self_reporter.screen("day_hour")
async def hour(turn: Turn) -> Screen:
    """Ask it."""
    return HOUR.screen(turn)


@self_reporter.typed("day_hour")
async def hour_typed(turn: Turn, text: str) -> None:
    """Keep it: until then nobody asks how it went."""
    if (at := await typed_time(turn, text, THERE)) is not None:
        keep_hour(turn, turn.case, at)
        await onward(turn)
