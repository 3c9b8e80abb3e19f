"""Out again: whether somebody who is inside is free already, asked of the worker, and kept with its day.

Each answer ends the reason to wait: free since a day, or still inside, with the day of release or without one.
"""

from __future__ import annotations

from datetime import date

from conversations.effects.notice import Notice
from conversations.reminders.follow_dates import release_expected
from conversations.roles import worker
from conversations.screen import Button, Screen
from conversations.self_reporter.day.homecoming import is_free
from conversations.turn import Turn
from conversations.words.typed import near_day_of
from conversations.worker.case.case_buttons import deed
from conversations.worker.case.opening import opened
from conversations.worker.case.steps import ask, done, in_rows, split
from storage.case.case import Case
from storage.case.release import asks_on, window_of


def _waits(case: Case) -> bool:
    """Tell whether the case waits for it, also within the turn that answers it."""
    since, first = case.waiting.get("perhaps_free"), asks_on(case)
    return since is not None and first is not None and first <= since.date()


deed(1, "perhaps_free", lambda turn: turn.text("🔓 Free? Find out"), when=_waits)
deed(44, "is_free", lambda turn: turn.text("🔓 Is free again"), when=lambda case: case.phase == "held")
deed(
    46,
    "perhaps_free",
    lambda turn: turn.text("🏢 Is still inside"),
    when=lambda c: c.phase == "held" and not _waits(c),
)


def window(turn: Turn, case: Case) -> str | None:
    """Return between which days somebody may come out, in words; None for who is not inside."""
    days = window_of(case)
    if days is None:
        return None
    if case.sentence_days is None and not days.told:
        return turn.text("🔓 Release: nobody told the day, and the length is not known")
    said = turn.text("told") if days.told else turn.text("reckoned")
    return turn.text(
        "🔓 Release: {earliest} to {latest} ({how})",
        earliest=turn.words.short(days.earliest),
        latest=turn.words.full_date(days.latest),
        how=said,
    )


@worker.screen("perhaps_free")
async def perhaps(turn: Turn) -> Screen:
    """Say between which days it may be, and take the answer."""
    case = await turn.open(turn.place["ref"], "change")
    lines = [turn.text("Is this person free? Call them, or ask the prison.")]
    if (known := window(turn, case)) is not None:
        lines.append(known)
    if case.inside_on is not None:
        lines.append(turn.text("Last known inside: {day}", day=turn.words.full_date(case.inside_on)))
    buttons = [
        Button(turn.text("🔓 Free since today"), "is_free", case.ref),
        Button(turn.text("🔓 Free since another day"), "free_since", case.ref),
        Button(turn.text("🏢 Still inside: I know the day"), "release", case.ref),
        Button(turn.text("🏢 Still inside, day not known"), "still_inside", case.ref),
    ]
    return ask(turn, "\n".join(lines), *in_rows(buttons, 1))


@worker.tap("perhaps_free")
async def to_perhaps(turn: Turn, args: str) -> None:
    """Go and answer it."""
    if case := await opened(turn, args, "change"):
        turn.go("perhaps_free", ref=case.ref)


@worker.tap("still_inside")
async def still_inside(turn: Turn, args: str) -> None:
    """Somebody knows them inside, without a day: it is asked again in a week."""
    case = await opened(turn, args, "change")
    if case is not None and case.phase == "held":
        case.course.known_inside(turn.today)
        again = asks_on(case)
        assert again is not None
        done(turn, case, turn.text("🏢 Still inside. I ask again on {day}.", day=turn.words.full_date(again)))


def _frees(turn: Turn, case: Case, day: date) -> None:
    """The person is out: what is for afterwards begins, and they get a message."""
    is_free(turn, case, day)
    if case.joined_at is not None:
        turn.decide(Notice(("case", case.id), "message", "welcome"))
    done(turn, case, turn.text("Free since {day}.", day=turn.words.full_date(day)))


@worker.tap("is_free")
async def free(turn: Turn, args: str) -> None:
    """The person is free since today."""
    ref, _, day = args.partition("/")
    case = await opened(turn, ref, "change")
    if case is not None and case.phase == "held":
        _frees(turn, case, date.fromisoformat(day) if day else turn.today)


@worker.tap("free_since")
async def to_since(turn: Turn, args: str) -> None:
    """Go and type the day."""
    if case := await opened(turn, args, "change"):
        turn.go("free_since", ref=case.ref)


@worker.screen("free_since")
async def since(turn: Turn) -> Screen:
    """Ask it."""
    await turn.open(turn.place["ref"], "change")
    return ask(turn, turn.text("Since which day are they free? Type it."))


@worker.typed("free_since")
async def since_typed(turn: Turn, text: str) -> None:
    """Take a day from the arrival up to today."""
    turn.delete(turn.message_id)
    day = near_day_of(turn, text)
    if day is None:
        return
    case = await opened(turn, turn.place["ref"], "change")
    if case is None or case.phase != "held":
        return
    if day > turn.today or (case.arrived_on is not None and day < case.arrived_on):
        turn.remark(turn.text("Choose a day from the arrival up to today."))
    else:
        _frees(turn, case, day)


def keep_day(turn: Turn, case: Case, day: date) -> None:
    """Keep the day of release as the worker typed it; one that is over is a question: are they free since then?"""
    if case.phase == "held" and day <= turn.today:
        turn.go("free_or_not", ref=case.ref, day=day.isoformat())
        return
    if case.phase == "free" and day > turn.today:
        turn.remark(turn.text("Choose a day from the arrival up to today."))
        return
    release_expected(turn, case, day)
    done(turn, case, turn.text("🔓 Release: {day}", day=turn.words.full_date(day)))


@worker.screen("free_or_not")
async def free_or_not(turn: Turn) -> Screen:
    """Ask what a day means that is over."""
    case, day = await turn.open(turn.place["ref"], "change"), turn.place["day"]
    said = turn.words.full_date(date.fromisoformat(day))
    buttons = [
        Button(turn.text("🔓 Yes, free since then"), "is_free", f"{case.ref}/{day}"),
        Button(turn.text("🏢 No, still inside"), "still_there", f"{case.ref}/{day}"),
    ]
    return ask(turn, turn.text("That day has come: {day}. Are they free?", day=said), *in_rows(buttons, 1))


@worker.tap("still_there")
async def still_there(turn: Turn, args: str) -> None:
    """The day that was told has come, and they are inside all the same."""
    ref, day = split(args, 2)
    case = await opened(turn, ref, "change")
    if case is not None and case.phase == "held":
        release_expected(turn, case, date.fromisoformat(day))
        again = asks_on(case)
        assert again is not None
        done(turn, case, turn.text("🏢 Still inside. I ask again on {day}.", day=turn.words.full_date(again)))
