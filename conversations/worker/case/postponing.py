"""Postponing on the worker's side: that another day was asked for, and what was decided, each with its day."""

from __future__ import annotations

from conversations.effects.notice import Notice
from conversations.roles import worker
from conversations.screen import Button, Screen
from conversations.self_reporter.day.homecoming import outcome_known
from conversations.self_reporter.day.postponing import can_be_asked
from conversations.turn import Turn
from conversations.worker.case.case_buttons import deed
from conversations.worker.case.opening import opened
from conversations.worker.case.steps import ask, done, in_rows
from storage.case.case import Case
from storage.case.postponement import open_request


def _is_open(case: Case) -> bool:
    return open_request(case) is not None


deed(2, "postponed", lambda turn: turn.text("📮 Decided on the other day?"), when=_is_open)


def asked(turn: Turn, case: Case) -> str | None:
    """Return that another day was asked for and since when, in words; None when nothing is open."""
    request = open_request(case)
    if request is None or request.day is None:
        return None
    day = turn.words.short(request.day)
    return turn.text("📮 Other day asked for on {day}, not decided: the day in the letter stands", day=day)


def to_note(turn: Turn, case: Case) -> tuple[Button, ...]:
    """Return the button among the facts that notes it; none where there is no day, or it was noted before."""
    if not can_be_asked(case) or _is_open(case):
        return ()
    return (Button(turn.text("📮 Other day asked for"), "postpone_ask", case.ref),)


@worker.tap("postpone_ask")
async def note_asked(turn: Turn, args: str) -> None:
    """Note that it was asked for, today: the person goes on reading that the day stands."""
    case = await opened(turn, args, "change")
    if case is not None and case.course.ask_postponement(turn.today, "worker"):
        done(turn, case, turn.text("Noted. The day in the letter stands until there is a decision."))


@worker.screen("postponed")
async def decided(turn: Turn) -> Screen:
    """Ask what was decided."""
    case = await turn.open(turn.place["ref"], "change")
    lines = [turn.text("What did DJI decide?")]
    if (known := asked(turn, case)) is not None:
        lines.append(known)
    buttons = [
        Button(turn.text("📅 Another day: type it"), "date_other", case.ref),
        Button(turn.text("⏳ Put off, no new day yet"), "postpone_yes", case.ref),
        Button(turn.text("🚫 Refused: the day stays"), "postpone_no", case.ref),
    ]
    return ask(turn, "\n".join(lines), *in_rows(buttons, 1))


@worker.tap("postponed")
async def to_decided(turn: Turn, args: str) -> None:
    """Go and say it."""
    if case := await opened(turn, args, "change"):
        turn.go("postponed", ref=case.ref)


@worker.tap("postpone_yes")
async def granted(turn: Turn, args: str) -> None:
    """The day is put off without a new one: the person hears it, and the plan waits for the next letter."""
    case = await opened(turn, args, "change")
    if case is not None and _is_open(case):
        outcome_known(turn, case, "postponed")
        done(turn, case, turn.text("There is no day now. The person hears it."))


@worker.tap("postpone_no")
async def refused(turn: Turn, args: str) -> None:
    """The day stays: the person hears it, and who helps now."""
    case = await opened(turn, args, "change")
    if case is not None and case.course.refuse_postponement(turn.today, "worker"):
        if case.joined_at is not None and case.person.consents_to("channel"):
            turn.decide(Notice(("case", case.id), "message", "postpone_told"))
        done(turn, case, turn.text("Noted. The day in the letter stays."))
