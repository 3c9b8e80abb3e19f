"""Facts that a worker knows for sure: the day in the letter, what came of it, other help, how to reach the person."""

from __future__ import annotations

from datetime import date, time

from conversations.reminders.follow_dates import hour_read, letter_says, letter_withdraws
from conversations.roles import worker
from conversations.rules.reporting_hour import report_at
from conversations.screen import Button, Screen
from conversations.self_reporter.day.homecoming import outcome_known
from conversations.turn import Turn
from conversations.words.reporting_day import day_and_hour
from conversations.words.typed import appointment_of, nearest
from conversations.worker.case import postponing
from conversations.worker.case.case_buttons import deed
from conversations.worker.case.opening import opened
from conversations.worker.case.out_again import keep_day, window
from conversations.worker.case.steps import ask, done, in_rows, split
from storage.case.case import Case

CHANNELS = ("chat", "telephone", "paper", "visit")


def outcome(turn: Turn, case: Case, name: str) -> str:
    """Return what an outcome is called in the track of a case."""
    known = turn.content.tracks.of(case.track).event(name)
    return f"{known.symbol} {turn.words.content(known.id, known.label)}" if known is not None else name


def channel(turn: Turn, name: str) -> str:
    """Return what a way to reach somebody is called."""
    return {
        "chat": turn.text("💬 Chat"),
        "telephone": turn.text("📞 Telephone"),
        "paper": turn.text("✉️ Paper"),
        "visit": turn.text("🚪 Visit"),
    }[name]


def _known(turn: Turn, known: bool | None) -> str:
    if known is None:
        return turn.text("not known")
    return turn.text("yes") if known else turn.text("no")


deed(40, "facts", lambda turn: turn.text("📅 Date and facts"))


@worker.screen("facts")
async def facts(turn: Turn) -> Screen:
    """Show what is known, each with the way to change it."""
    case = await turn.open(turn.place["ref"], "change")
    known = case.reporting_date
    day = day_and_hour(turn.words, known, report_at(case)) if known else turn.text("no date yet")
    lines = [f"📅 {day}" + (" ✅" if case.date_confirmed_by else "")]
    if case.overview_date and case.overview_date != case.reporting_date:
        lines.append(turn.text("⚠️ The list says {day}.", day=turn.words.full_date(case.overview_date)))
    lines.append(turn.text("🤝 Known to other help: {known}", known=_known(turn, case.known_to_care)))
    lines.append(turn.text("📣 Reached by: {channel}", channel=channel(turn, case.channel)))
    if case.outcome:
        lines.append(outcome(turn, case, case.outcome))
    if (days := window(turn, case)) is not None:
        lines.append(days)
    elif case.release_date:
        lines.append(turn.text("🔓 Release: {day}", day=turn.words.full_date(case.release_date)))
    if case.formal_release:
        lines.append(turn.text("⚖️ Sentence ends: {day}", day=turn.words.full_date(case.formal_release)))
    rows: list[Button] = []
    listed = case.overview_date
    if listed and (case.date_confirmed_by is None or listed != case.reporting_date):
        rows.append(Button(turn.text("✅ The letter says {day}", day=turn.words.short(listed)), "date_is", case.ref))
    rows.append(Button(turn.text("✏️ Another day or time in the letter"), "date_other", case.ref))
    if case.confirmed_date is not None and case.phase == "coming":
        rows.append(Button(turn.text("📭 The day is off: no new one yet"), "date_off", case.ref))
    rows.append(Button(turn.text("🤝 Known to other help"), "care", case.ref))
    rows.append(Button(turn.text("📣 Reached by"), "channel", case.ref))
    if case.reporting_date is not None and case.reporting_date <= turn.today:
        rows.append(Button(turn.text("🏁 What came of the day"), "outcome", case.ref))
    rows += postponing.to_note(turn, case)
    if case.phase in ("held", "free"):
        rows.append(Button(turn.text("🔓 Day of release"), "release", case.ref))
    return ask(turn, "\n".join(lines), *in_rows(rows, 1))


@worker.tap("facts")
async def to_facts(turn: Turn, args: str) -> None:
    """Go to the facts."""
    if case := await opened(turn, args, "change"):
        turn.go("facts", ref=case.ref)


def _confirm(turn: Turn, case: Case, day: date, at: time | None = None) -> None:
    """The worker has seen the letter: its day is a fact, the plan follows it, and the person hears of it."""
    letter_says(turn, case, day, "worker")
    case.thread.answered(turn.now, "date")
    if at is not None:
        hour_read(turn, case, at)
    done(turn, case, turn.text("The letter says {day}.", day=day_and_hour(turn.words, day, report_at(case))))


@worker.tap("date_is")
async def date_is(turn: Turn, args: str) -> None:
    """The letter says what the list says."""
    case = await opened(turn, args, "change")
    if case is not None and case.overview_date is not None:
        _confirm(turn, case, case.overview_date)


@worker.tap("date_off")
async def date_off(turn: Turn, args: str) -> None:
    """A letter or the prison took the day back: the person hears it, and the plan waits for a new day."""
    case = await opened(turn, args, "change")
    if case is not None and case.confirmed_date is not None:
        letter_withdraws(turn, case)
        done(turn, case, turn.text("There is no day now. The person hears it."))


@worker.screen("date_other", "release")
async def date_other(turn: Turn) -> Screen:
    """Ask the day of the letter, or that of release."""
    if turn.place["kind"] == "release":
        return ask(
            turn, turn.text("On which day is the release? Type it. Leave at the end may begin 1 to 14 days before.")
        )
    return ask(turn, turn.text("Which day is in the letter, and what time? Type it. Example: 9 March 2027, 9:00."))


@worker.tap("date_other")
async def to_date_other(turn: Turn, args: str) -> None:
    """Go and type a day."""
    if case := await opened(turn, args, "change"):
        turn.go("date_other", ref=case.ref)


@worker.tap("release")
async def to_release(turn: Turn, args: str) -> None:
    """Go and type the day of release."""
    if case := await opened(turn, args, "change"):
        turn.go("release", ref=case.ref)


@worker.typed("date_other", "release")
async def date_typed(turn: Turn, text: str) -> None:
    """Take the day of the letter, also one that is over: the worker notes what was."""
    turn.delete(turn.message_id)
    said = appointment_of(turn, text)
    if said is None:
        return
    day, at = said
    release = turn.place["kind"] == "release"
    case = await opened(turn, turn.place["ref"], "change")
    if case is not None and release:
        keep_day(turn, case, nearest(text, day, turn.today))
    elif case is not None:
        _confirm(turn, case, day, at)


@worker.screen("care", "channel", "outcome")
async def choose(turn: Turn) -> Screen:
    """Let one of a few be chosen."""
    ref = turn.place["ref"]
    case = await turn.open(ref, "change")
    match turn.place["kind"]:
        case "care":
            text = turn.text("Did other help know this person already?")
            names = [("yes", turn.text("✅ Yes")), ("no", turn.text("❌ No")), ("unknown", turn.text("🤷 Not known"))]
        case "channel":
            text = turn.text("How does this person want to be reached?")
            names = [(name, channel(turn, name)) for name in CHANNELS]
        case _:
            text = turn.text("What came of the reporting day?")
            known = turn.content.tracks.of(case.track).events
            names = [(one.id, outcome(turn, case, one.id)) for one in known if one.outcome]
    buttons = [Button(label, "chosen", f"{ref}/{turn.place['kind']}/{name}") for name, label in names]
    return ask(turn, text, *in_rows(buttons, 1))


async def _to_choose(turn: Turn, kind: str, ref: str) -> None:
    if case := await opened(turn, ref, "change"):
        turn.go(kind, ref=case.ref)


@worker.tap("care")
async def to_care(turn: Turn, args: str) -> None:
    """Go and say whether other help knew the person."""
    await _to_choose(turn, "care", args)


@worker.tap("channel")
async def to_channel(turn: Turn, args: str) -> None:
    """Go and say how the person is reached."""
    await _to_choose(turn, "channel", args)


@worker.tap("outcome")
async def to_outcome(turn: Turn, args: str) -> None:
    """Go and say what came of the day."""
    await _to_choose(turn, "outcome", args)


@worker.tap("chosen")
async def chosen(turn: Turn, args: str) -> None:
    """Keep what was chosen."""
    ref, kind, name = split(args, 3)
    case = await opened(turn, ref, "change")
    if case is None:
        return
    if kind == "care":
        case.figures.know_care({"yes": True, "no": False}.get(name))
        said = turn.text("🤝 Known to other help: {known}", known=_known(turn, case.known_to_care))
    elif kind == "channel":
        case.reach.by(name)
        said = channel(turn, name)
    else:
        outcome_known(turn, case, name)
        said = outcome(turn, case, name)
    done(turn, case, said)
