"""The intake meeting: what was decided last time, then one case at a time, and a record without names to copy."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

from conversations.effects.coordination import KeepMeeting
from conversations.effects.notice import Notice
from conversations.roles import coordinator
from conversations.screen import Button, Screen
from conversations.turn import Turn
from conversations.words.typed import too_long
from conversations.words.wording import escape, unlinked
from conversations.worker.case.opening import opened
from conversations.worker.case.steps import LONGEST_NOTE, in_rows, split
from conversations.worker.today.reasons import before, left, reason, since
from storage.case.case import Case
from storage.case.case_parts import new_id
from storage.coordination.meetings import Meeting

# Decisions on one screen, and days from now by which something can be wanted.
SHOWN, DAYS = 8, (7, 14, 28)
# Before any meeting.
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
# Letters of a name that is looked for in what is typed: shorter ones are words too.
_NAME = 3


async def _began(turn: Turn) -> datetime:
    """Return when the last meeting was over."""
    last = await turn.reads.coordination(turn.scope).last_meeting()
    return last.at if last else _NEVER


def _owner(turn: Turn, by: str, owner: str | None) -> str:
    """Return who does it, as a record without names says it."""
    return turn.text("coordinator") if owner in (None, by) else turn.text("worker")


@coordinator.screen("meeting")
async def meeting(turn: Turn) -> Screen:
    """Show what was decided last time and is not done, and how much there is to talk about."""
    coordination = turn.reads.coordination(turn.scope)
    last = await coordination.last_meeting()
    lines = [turn.text("🗓 <b>Intake meeting</b>")]
    if last:
        lines.append(turn.text("Last time: {day}", day=turn.words.short(last.at.astimezone(turn.content.zone).date())))
    open_ = [row for row in await coordination.decided() if last is not None and row.resolution.at <= last.at]
    buttons = []
    if open_:
        lines += ["", turn.text("<b>Decided before, not done yet</b>")]
    for n, row in enumerate(open_[:SHOWN], start=1):
        one = row.resolution
        late = "⏰ " if one.due < turn.today else ""
        who = _owner(turn, one.by, one.owner)
        lines.append(f"{n}. {row.ref}: {unlinked(one.text)} · {who} · {late}{turn.words.short(one.due)}")
        buttons.append(Button(f"✅ {n}", "met_done", f"{row.ref}/{one.id[-8:]}"))
    if len(open_) > SHOWN:
        lines.append(turn.words.plural("And 1 more.", "And {number} more.", len(open_) - SHOWN))
    agenda = await coordination.agenda(last.at if last else None)
    counts = [sum(topic == wanted for topic, _ in agenda) for wanted in ("stuck", "near", "new")]
    lines += [
        "",
        turn.text(
            "⏳ stuck {stuck} · 📅 date near {near} · 🆕 new {new}", stuck=counts[0], near=counts[1], new=counts[2]
        ),
    ]
    rows = list(in_rows(buttons, 4))
    if agenda:
        rows.append((Button(turn.text("▶️ Case by case"), "meet", "0"),))
    rows.append(
        (Button(turn.text("📋 Record"), "minutes"), Button(turn.text("🏁 The meeting is over"), "meeting_over"))
    )
    rows.append((Button(turn.text("💪 To the limit"), "efforts"), Button(turn.text("⬅️ My list"), "today", "0")))
    return Screen("\n".join(lines), tuple(rows))


@coordinator.command("overleg", "meeting")
async def wanted(turn: Turn, _args: str) -> None:
    """Begin, or go on with, the meeting."""
    turn.go("meeting")


@coordinator.tap("meeting")
async def to_meeting(turn: Turn, _args: str) -> None:
    """Go back to the meeting."""
    turn.go("meeting")


@coordinator.screen("meet")
async def meet(turn: Turn) -> Screen:
    """Show one case of the agenda: what the index may show, and why it is talked about."""
    coordination = turn.reads.coordination(turn.scope)
    agenda = await coordination.agenda(turn.place["since"] and datetime.fromisoformat(turn.place["since"]))
    back = Button(turn.text("⬅️ Meeting"), "meeting")
    if not agenda:
        return Screen(turn.text("There is nothing more on the agenda."), ((back,),))
    at = min(turn.place["at"], len(agenda) - 1)
    topic, case = agenda[at]
    why = {"stuck": turn.text("⏳ stuck"), "near": turn.text("📅 date near"), "new": turn.text("🆕 new")}[topic]
    lines = [f"{at + 1}/{len(agenda)} · {why}", f"<b>{case.ref}</b> · {escape(case.municipality)}"]
    if case.reporting_date:
        lines.append(f"📅 {turn.words.full_date(case.reporting_date)} · {left(turn, case.reporting_date)}")
    worker = await turn.reads.staff(case.worker) if case.worker else None
    lines.append(f"👤 {escape(worker.name)}" if worker else turn.text("👤 nobody has this case"))
    lines += [f"⏱ {reason(turn, name)} {since(turn, moment)}" for name, moment in case.reasons]
    if case.attend_by is not None:
        lines.append(before(turn, case.attend_by))
    around = [Button("◀️", "meet", str(at - 1))] if at else []
    around.append(Button(turn.text("✍️ Decide"), "meet_decide", case.ref))
    if at + 1 < len(agenda):
        around.append(Button("▶️", "meet", str(at + 1)))
    return Screen("\n".join(lines), (tuple(around), (Button(turn.text("📂 Open"), "case", case.ref), back)))


@coordinator.tap("meet")
async def to_meet(turn: Turn, args: str) -> None:
    """Go to a case of the agenda; it stays the same during a meeting."""
    last = await turn.reads.coordination(turn.scope).last_meeting()
    turn.go("meet", at=int(args or 0), since=last.at.isoformat() if last else None)


# A decision: what, who, by when.


@coordinator.tap("meet_decide")
async def to_decide(turn: Turn, args: str) -> None:
    """Record a decision on a case."""
    at = turn.place.get("at", 0)
    if case := await opened(turn, args, "meet"):
        turn.go("meet_decide", ref=case.ref, at=at)


@coordinator.screen("meet_decide")
async def meet_decide(turn: Turn) -> Screen:
    """Ask what, then who, then by when."""
    place = turn.place
    case = await turn.open(place["ref"], "meet")
    back = (Button(turn.text("⬅️ Back"), "meet", str(place["at"])),)
    head = f"<b>{case.ref}</b>\n"
    if "text" not in place:
        text = turn.text("Type what is decided. No names, nothing about health.")
        return Screen(head + text, (back,))
    head += f"🗂 {unlinked(place['text'])}\n"
    if "who" not in place:
        buttons = [Button(turn.text("👤 I do it"), "meet_who", "me")]
        if case.worker and case.worker != turn.actor.id:
            buttons.insert(0, Button(turn.text("👤 The worker"), "meet_who", "worker"))
        return Screen(head + turn.text("Who does it?"), (*in_rows(buttons), back))
    days = [turn.today + timedelta(days=n) for n in DAYS]
    buttons = [Button(f"📅 {turn.words.day(day)}", "meet_by", day.isoformat()) for day in days]
    return Screen(head + turn.text("By when?"), (*in_rows(buttons, 1), back))


def names_somebody(case: Case, text: str) -> bool:
    """Tell whether a text holds a name of the person whom a case is about."""
    names = {name.casefold() for name in re.findall(r"\w+", case.identity.name) if len(name) >= _NAME}
    return bool(names & set(re.findall(r"\w+", text.casefold())))


@coordinator.typed("meet_decide")
async def what(turn: Turn, text: str) -> None:
    """Take what is decided, when nobody is named in it."""
    if "text" in turn.place:
        turn.remark(turn.text("I do not read this here. Tap on a button, or type /help."))
        return
    if too_long(turn, text, LONGEST_NOTE):
        return
    turn.delete(turn.message_id)
    case = await opened(turn, turn.place["ref"], "meet")
    if case is None:
        return
    if names_somebody(case, text):
        turn.remark(turn.text("There is a name in it. Type it without the name."))
    else:
        turn.go("meet_decide", ref=case.ref, at=turn.place["at"], text=text)


@coordinator.tap("meet_who")
async def who(turn: Turn, args: str) -> None:
    """Take who does it."""
    if turn.place["kind"] == "meet_decide" and "text" in turn.place:
        turn.go(**(turn.place | {"who": args}))


@coordinator.tap("meet_by")
async def by_when(turn: Turn, args: str) -> None:
    """Keep the decision; the case's worker hears that there is one."""
    place = turn.place
    if place["kind"] != "meet_decide" or "who" not in place:
        return
    case = await opened(turn, place["ref"], "meet")
    if case is None:
        return
    owner = case.worker if place["who"] == "worker" else turn.actor.id
    case.helpers.resolve(place["text"], owner, date.fromisoformat(args), turn.actor.id, turn.now)
    said = turn.text("Decided.")
    if case.worker and case.worker != turn.actor.id:
        turn.decide(Notice(("staff", case.worker), "decided", "resolutions", case.ref))
        said = turn.text("Decided. The worker hears it.")
    turn.go("met", said=said, at=place["at"])


@coordinator.screen("met")
async def met(turn: Turn) -> Screen:
    """Show what was kept, with the ways on: what is read in this turn is still as it was before it."""
    ways = [Button(turn.text("⬅️ Meeting"), "meeting")]
    if "at" in turn.place:
        ways.insert(0, Button(turn.text("▶️ Next case"), "meet", str(turn.place["at"] + 1)))
    return Screen(f"✅ {escape(turn.place['said'])}", (tuple(ways),))


@coordinator.tap("met_done")
async def done(turn: Turn, args: str) -> None:
    """What was decided has been done."""
    ref, tail = split(args, 2)
    if case := await opened(turn, ref, "meet"):
        for row in case.resolutions:
            if row.id.endswith(tail):
                case.helpers.carry_out(row, turn.now)
        turn.go("met", said=turn.text("Done."))


# The record.


@coordinator.screen("minutes")
async def minutes(turn: Turn) -> Screen:
    """Show what was decided since the meeting before, as text to copy."""
    began = datetime.fromisoformat(turn.place["since"])
    rows = [row for row in await turn.reads.coordination(turn.scope).decided(began) if row.resolution.at > began]
    lines = [turn.text("Intake meeting, {day}", day=turn.words.full_date(turn.today))]
    for row in rows:
        one = row.resolution
        who = _owner(turn, one.by, one.owner)
        lines.append(f"- {row.ref}: {escape(one.text)} ({who}, {turn.words.short(one.due)})")
    if not rows:
        lines.append(turn.text("Nothing decided yet."))
    text = turn.text("Copy this. It holds no names.")
    body = "\n".join(lines)
    return Screen(f"{text}\n\n<pre>{body}</pre>", ((Button(turn.text("⬅️ Meeting"), "meeting"),),))


@coordinator.tap("minutes")
async def to_minutes(turn: Turn, _args: str) -> None:
    """Go to the record of this meeting."""
    turn.go("minutes", since=(await _began(turn)).isoformat())


@coordinator.tap("meeting_over")
async def over(turn: Turn, _args: str) -> None:
    """Keep that the meeting was held: the next one begins where it ended."""
    began = await _began(turn)
    turn.decide(KeepMeeting(Meeting(new_id(), turn.actor.id, turn.actor.area, turn.now)))
    turn.go("minutes", "✅ " + turn.text("The meeting is over."), since=began.isoformat())
