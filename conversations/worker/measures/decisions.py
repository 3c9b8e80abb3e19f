"""Decisions on a measure, asked of a colleague: one page, without health, and the answer comes back to the case."""

from __future__ import annotations

from datetime import date, timedelta

from conversations.effects.notice import Notice
from conversations.roles import worker
from conversations.screen import Button, Screen
from conversations.turn import Turn
from conversations.words.typed import day_of, too_long
from conversations.words.wording import unlinked
from conversations.worker.case.opening import opened
from conversations.worker.case.steps import LONGEST_NOTE, ask, in_rows, kept, split
from conversations.worker.handing.handing import colleagues
from conversations.worker.measures.measures import about
from storage.case.case import Case
from storage.case.case_parts import Decision

# Days from now by which a decision may be wanted.
DAYS = (3, 7, 14)


@worker.tap("decide_who")
async def to_decide_who(turn: Turn, args: str) -> None:
    """Choose whom to ask."""
    ref, code = split(args, 2)
    if case := await opened(turn, ref, "change"):
        turn.go("ask_decision", ref=case.ref, code=code)


@worker.screen("ask_decision")
async def ask_decision(turn: Turn) -> Screen:
    """Ask whom, then by when, then what."""
    place = turn.place
    case = await turn.open(place["ref"], "change")
    if "of" not in place:
        found = await colleagues(turn, case)
        text = turn.text("Who decides?") if found else turn.text("Nobody else works in this place yet.")
        return ask(turn, text, *in_rows([Button(f"👤 {m.name}", "decide_of", m.id) for m in found], 1))
    if "by" not in place:
        days = [turn.today + timedelta(days=n) for n in DAYS]
        buttons = [Button(f"📅 {turn.words.day(day)}", "decide_by", day.isoformat()) for day in days]
        return ask(turn, turn.text("By which day must it be decided? You can type a day too."), *in_rows(buttons, 1))
    return ask(turn, turn.text("Type your question in a few sentences. No name and nothing about health."))


@worker.tap("decide_of")
async def decide_of(turn: Turn, args: str) -> None:
    """Keep whom to ask."""
    if turn.place["kind"] == "ask_decision":
        turn.go(**(turn.place | {"of": args}))


@worker.tap("decide_by")
async def decide_by(turn: Turn, args: str) -> None:
    """Keep by when."""
    if turn.place["kind"] == "ask_decision" and "of" in turn.place:
        turn.go(**(turn.place | {"by": args}))


@worker.typed("ask_decision")
async def typed(turn: Turn, text: str) -> None:
    """Take a typed day, or the question; then the colleague hears it."""
    place = turn.place
    if "of" not in place:
        turn.remark(turn.text("I do not read this here. Tap on a button, or type /help."))
    elif "by" not in place:
        turn.delete(turn.message_id)
        _day(turn, text)
    elif not too_long(turn, text, LONGEST_NOTE):
        turn.delete(turn.message_id)
        await _ask(turn, text)


def _day(turn: Turn, text: str) -> None:
    if (day := day_of(turn, text, from_today=True)) is not None:
        turn.go(**({k: v for k, v in turn.place.items() if k != "note"} | {"by": day.isoformat()}))


async def _ask(turn: Turn, question: str) -> None:
    place = turn.place
    case, of = await opened(turn, place["ref"], "change"), await turn.reads.staff(place["of"])
    if case is None:
        return
    if of is None:
        note = turn.text("That colleague is no longer there. Choose somebody else.")
        turn.go("ask_decision", note, ref=case.ref, code=place["code"])
        return
    if not any(row.code == place["code"] for row in case.measures):
        case.helpers.weigh(place["code"], "considered", None, turn.actor.id, turn.now)
    case.helpers.ask_decision(place["code"], turn.actor.id, of.id, date.fromisoformat(place["by"]), question, turn.now)
    turn.decide(Notice(("staff", of.id), "asked", "asked", case.ref))
    kept(turn, turn.text("{colleague} is asked. The answer comes back to the case.", colleague=of.name), case.ref)


# The colleague's side.


def _open(turn: Turn, case: Case) -> Decision | None:
    return next((row for row in case.decisions if row.asked_of == turn.actor.id and row.answer is None), None)


@worker.tap("asked")
async def asked(turn: Turn, args: str) -> None:
    """Open what one is asked to decide."""
    if case := await opened(turn, args, "decide"):
        turn.go("decision", ref=case.ref)


@worker.screen("decision")
async def decision(turn: Turn) -> Screen:
    """Show the one page: the measure, its room, the day, and the question."""
    case = await turn.open(turn.place["ref"], "decide")
    back = (Button(turn.text("⬅️ My list"), "today", "0"),)
    row = _open(turn, case)
    if row is None:
        return Screen(turn.text("✅ This is settled."), (back,))
    rule = turn.content.measures.measure(row.measure)
    by = await turn.reads.staff(row.asked_by)
    lines = [f"<b>{case.ref}</b> · {case.municipality}", *(about(turn, case, rule) if rule else [])]
    lines += [
        "",
        turn.text("❓ {who} asks, by {day}:", who=by.name if by else "?", day=turn.words.day(row.decide_by)),
    ]
    lines.append(unlinked(row.question))
    if "answer" in turn.place:
        lines += ["", turn.text("Type why, or tap on the button.")]
        rows = ((Button(turn.text("⏭ Without a reason"), "decide_now", case.ref),), back)
        return Screen("\n".join(lines), rows)
    choice = (
        Button(turn.text("✅ Yes"), "decide_is", f"{case.ref}/yes"),
        Button(turn.text("❌ No"), "decide_is", f"{case.ref}/no"),
    )
    return Screen("\n".join(lines), (choice, back))


@worker.tap("decide_is")
async def decide_is(turn: Turn, args: str) -> None:
    """Choose; then why."""
    ref, answer = split(args, 2)
    if case := await opened(turn, ref, "decide"):
        turn.go("decision", ref=case.ref, answer=answer)


async def _decide(turn: Turn, explanation: str | None) -> None:
    case = await opened(turn, turn.place["ref"], "decide")
    if case is None or (row := _open(turn, case)) is None or "answer" not in turn.place:
        turn.show_again()
        return
    case.helpers.decide(row, turn.place["answer"], explanation, turn.now)
    turn.decide(Notice(("staff", row.asked_by), "alert", "case", case.ref))
    kept(turn, turn.text("Decided. Who asked hears it."))


@worker.tap("decide_now")
async def decide_now(turn: Turn, _args: str) -> None:
    """Decide without a reason."""
    await _decide(turn, None)


@worker.typed("decision")
async def why_typed(turn: Turn, text: str) -> None:
    """Decide, with the reason."""
    if "answer" not in turn.place:
        turn.remark(turn.text("I do not read this here. Tap on a button, or type /help."))
    elif not too_long(turn, text, LONGEST_NOTE):
        turn.delete(turn.message_id)
        await _decide(turn, text)
