"""A worker's own days: when they work, when their list comes, and who stands in while they are away."""

from __future__ import annotations

from datetime import date, time, timedelta

from conversations.effects.notice import Notice
from conversations.effects.team import ComeBack, KeepMember, StandIn
from conversations.effects.trace import Trace
from conversations.roles import worker
from conversations.screen import Button, Screen
from conversations.turn import Turn
from conversations.words.typed import day_of
from conversations.worker.case.steps import in_rows
from storage.people.covers import Cover

HOURS = (time(7, 30), time(8), time(8, 45), time(9, 30), time(11))
SHOWN = 12
# A period of standing in is at most fourteen days, the first and the last included: who is away longer says so again.
LONGEST = timedelta(days=13)


def _back(turn: Turn) -> tuple[Button, ...]:
    return (Button(turn.text("⬅️ My list"), "today", "0"),)


@worker.screen("agenda")
async def agenda(turn: Turn) -> Screen:
    """Show days, hour and stand-in, each to be changed with a tap."""
    who = turn.member
    assert who is not None
    monday = turn.today - timedelta(days=turn.today.weekday())
    days = [
        Button(
            ("✅ " if who.working_days[n] == "1" else "⬜️ ") + turn.words.weekday(monday + timedelta(days=n)),
            "works",
            str(n),
        )
        for n in range(7)
    ]
    hours = [
        Button(("✅ " if who.digest_at == at else "") + turn.words.time(at), "digest_at", at.strftime("%H%M"))
        for at in HOURS
    ]
    cover = await turn.reads.cover_of(turn.actor.id, turn.today)
    colleague, rows = None, []
    lines = [turn.text("🗓 <b>Your days</b>\nOn which days do you work? At what time does your list come?")]
    if cover is not None:
        colleague = await turn.reads.staff(cover.by)
        between = {"first": turn.words.short(cover.from_day), "last": turn.words.short(cover.until_day)}
        if colleague is not None:
            between["colleague"] = colleague.name
            lines.append(
                turn.text("🏖 From {first} up to and including {last}: {colleague} stands in for you.", **between)
            )
        else:
            lines.append(
                turn.text("⚠️ From {first} up to and including {last} nobody stands in for you any more.", **between)
            )
        rows.append((Button(turn.text("🗑 I am there after all"), "cover_end"),))
    if colleague is None:
        rows.append((Button(turn.text("🏖 I am away: who stands in?"), "cover"),))
    return Screen("\n\n".join(lines), (*in_rows(days, 4), *in_rows(hours, 5), *rows, _back(turn)))


@worker.tap("agenda")
async def to_agenda(turn: Turn, _args: str) -> None:
    """Go to one's own days."""
    turn.go("agenda")


@worker.command("agenda")
async def agenda_wanted(turn: Turn, _args: str) -> None:
    """Show one's own days."""
    turn.go("agenda")


@worker.tap("works")
async def works(turn: Turn, args: str) -> None:
    """Work on a day of the week, or not."""
    who = turn.member
    assert who is not None
    days = list(who.working_days)
    days[int(args)] = "0" if days[int(args)] == "1" else "1"
    if "1" not in days:
        turn.go("agenda", turn.text("Keep at least one day."))
        return
    who.working_days = "".join(days)
    turn.decide(KeepMember(who))
    turn.go("agenda")


@worker.tap("digest_at")
async def digest_at(turn: Turn, args: str) -> None:
    """Have the list come at another time."""
    who = turn.member
    assert who is not None
    who.digest_at = time(int(args[:2]), int(args[2:]))
    turn.decide(KeepMember(who))
    turn.go("agenda")


@worker.screen("cover")
async def cover_(turn: Turn) -> Screen:
    """Ask who, then from when, then until when."""
    place = turn.place
    if "by" not in place:
        found = [m for m in await turn.reads.team_of(turn.actor.area) if m.id != turn.actor.id][:SHOWN]
        text = turn.text("Who stands in for you?") if found else turn.text("Nobody else works in your place yet.")
        return Screen(text, (*in_rows([Button(f"👤 {m.name}", "cover_by", m.id) for m in found], 1), _back(turn)))
    if "first" not in place:
        days = [turn.today + timedelta(days=n) for n in (0, 1, 7)]
        text = turn.text("From which day are you away? You can type a day too.")
    else:
        first = date.fromisoformat(place["first"])
        days = [first + timedelta(days=n) for n in (0, 4, 13)]
        text = turn.text("Which day is the last one? You can type a day too.")
    buttons = [Button(f"📅 {turn.words.day(day)}", "cover_day", day.isoformat()) for day in days]
    return Screen(text, (*in_rows(buttons, 1), _back(turn)))


@worker.tap("cover")
async def to_cover(turn: Turn, _args: str) -> None:
    """Go and choose who stands in."""
    turn.go("cover")


@worker.command("waarneming", "cover")
async def cover_wanted(turn: Turn, _args: str) -> None:
    """Choose who stands in."""
    turn.go("cover")


@worker.tap("cover_by")
async def cover_by(turn: Turn, args: str) -> None:
    """Choose the colleague."""
    turn.go("cover", by=args)


async def _day(turn: Turn, day: date) -> None:
    place = dict(turn.place)
    place.pop("note", None)
    if day < turn.today:
        turn.remark(turn.text("That day is over. Choose a day from today on."))
    elif "first" not in place:
        turn.go(**(place | {"first": day.isoformat()}))
    elif not date.fromisoformat(place["first"]) <= day <= date.fromisoformat(place["first"]) + LONGEST:
        turn.remark(turn.text("The last day comes after the first, within two weeks. Choose again."))
    else:
        by = next((m for m in await turn.reads.team_of(turn.actor.area) if m.id == place["by"]), None)
        if by is None or by.id == turn.actor.id:
            turn.go("cover", turn.text("That colleague is no longer there. Choose somebody else."))
            return
        turn.decide(StandIn(Cover(turn.actor.id, by.id, date.fromisoformat(place["first"]), day)))
        turn.decide(Trace(turn.actor.id, "cover", by.id))
        turn.decide(Notice(("staff", by.id), "cover", "today", "0"))
        note = turn.text("{colleague} sees your cases in that time, and hears what is urgent.", colleague=by.name)
        turn.go("agenda", f"✅ {note}")


@worker.tap("cover_day")
async def cover_day(turn: Turn, args: str) -> None:
    """Take the day of a button."""
    if turn.place["kind"] == "cover" and "by" in turn.place:
        await _day(turn, date.fromisoformat(args))


@worker.typed("cover")
async def cover_typed(turn: Turn, text: str) -> None:
    """Take a typed day."""
    turn.delete(turn.message_id)
    if "by" not in turn.place:
        turn.remark(turn.text("I do not read this here. Tap on a button, or type /help."))
        return
    if (day := day_of(turn, text)) is not None:
        await _day(turn, day)


@worker.tap("cover_end")
async def cover_end(turn: Turn, _args: str) -> None:
    """Nobody stands in any more."""
    turn.decide(ComeBack(turn.actor.id))
    turn.go("agenda")
