"""Inquiries of colleagues: the coordinator answers once, and everybody of the area can search the answers."""

from __future__ import annotations

from collections.abc import Sequence

from conversations.effects.coordination import KeepInquiry
from conversations.effects.notice import Notice
from conversations.roles import coordinator, worker
from conversations.screen import Button, Screen
from conversations.turn import Turn
from conversations.words.typed import too_long
from conversations.words.wording import escape, unlinked
from conversations.worker.case.steps import LONGEST_NOTE, in_rows
from storage.case.case_parts import new_id
from storage.coordination.inquiries import Inquiry

# Answers on one screen, and characters of each in a list.
SHOWN, SNIPPET = 8, 90
LONGEST_SEARCH = 60


def _snippet(text: str) -> str:
    return unlinked(text if len(text) <= SNIPPET else text[:SNIPPET] + "…")


def _home(turn: Turn) -> Button:
    return Button(turn.text("⬅️ My list"), "today", "0")


@worker.screen("ask_office")
async def ask_coordinator(turn: Turn) -> Screen:
    """Ask for the question."""
    text = turn.text("⚠️ No names and no references.") + "\n" + turn.text("Type your question for the coordinator.")
    rows = [(Button(turn.text("🔎 Look in the answers"), "answers", "0"),), (_home(turn),)]
    if waiting := await turn.reads.coordination(turn.scope).open_inquiries():
        rows.insert(0, (_first_waiting(turn, waiting),))
    return Screen(text, tuple(rows))


def _first_waiting(turn: Turn, waiting: Sequence[Inquiry]) -> Button:
    text = turn.words.plural("❓ 1 question waits", "❓ {number} questions wait", len(waiting))
    return Button(text, "inquiry", waiting[0].id)


@worker.command("vraag", "question")
async def wanted(turn: Turn, args: str) -> None:
    """Ask something; words behind the command are the question."""
    turn.go("ask_office")
    if args:
        await asked(turn, args)


@worker.tap("ask_office")
async def to_ask(turn: Turn, _args: str) -> None:
    """Go and ask."""
    turn.go("ask_office")


@worker.typed("ask_office")
async def asked(turn: Turn, text: str) -> None:
    """Keep a question; the coordinators of the area hear that there is one."""
    if too_long(turn, text, LONGEST_NOTE):
        return
    turn.delete(turn.message_id)
    one = Inquiry(new_id(), turn.actor.area, turn.actor.id, turn.now, text)
    turn.decide(KeepInquiry(one))
    to_them = await turn.reads.coordination(turn.scope).answerers(turn.actor.area)
    others = [m for m in to_them if m.id != turn.actor.id]
    turn.decide(*(Notice(("staff", m.id), "inquiry", "inquiry", one.id) for m in others))
    note = turn.text("✅ Asked. You hear when there is an answer.")
    if not to_them:
        note = turn.text("✅ Kept. Your area has no coordinator yet.")
    # Perhaps it has been answered before.
    turn.go("answers", note, text=text[:LONGEST_SEARCH], asked=one.id)


@worker.screen("answers")
async def answers(turn: Turn) -> Screen:
    """Show the answers that help most, or those to what was searched; and to a coordinator what waits for one."""
    coordination, text = turn.reads.coordination(turn.scope), turn.place.get("text")
    found = await coordination.answers(text)
    shown = found[:SHOWN]
    lines = [turn.text("🔎 Found for “{text}”", text=text) if text else turn.text("💡 <b>Answers</b>")]
    for n, one in enumerate(shown, start=1):
        helped = f" · 👍 {len(one.helped)}" if one.helped else ""
        lines.append(f"{n}. {_snippet(one.text)}{helped}")
    if not shown:
        lines.append(turn.text("No answer found."))
    elif len(found) > SHOWN:
        lines.append(turn.text("There are more. Type what you look for."))
    else:
        lines.append(turn.text("Type what you look for."))
    rows = in_rows([Button(str(n), "inquiry", one.id) for n, one in enumerate(shown, start=1)], 4)
    waiting = await coordination.open_inquiries()
    if waiting:
        rows = ((_first_waiting(turn, waiting),), *rows)
    if turn.place.get("asked"):
        rows = (*rows, (Button(turn.text("🗑 Take my question back"), "ask_back", turn.place["asked"]),))
    return Screen("\n".join(lines), (*rows, (Button(turn.text("❓ Ask something"), "ask_office"), _home(turn))))


@worker.tap("answers")
async def to_answers(turn: Turn, _args: str) -> None:
    """Go to the answers."""
    turn.go("answers")


@worker.typed("answers")
async def searched(turn: Turn, text: str) -> None:
    """Look for what was typed."""
    turn.delete(turn.message_id)
    turn.go("answers", text=text[:LONGEST_SEARCH])


@worker.screen("inquiry")
async def inquiry(turn: Turn) -> Screen:
    """Show a question with its answer, and what can be done."""
    coordination = turn.reads.coordination(turn.scope)
    one = await coordination.inquiry(turn.place["of"])
    who = await turn.reads.staff(one.by)
    name = who.name if who else turn.text("a former colleague")
    lines = [f"❓ <b>{escape(name)}</b> · {escape(one.area)}", unlinked(one.text), ""]
    answers_it = await coordination.may_answer(one)
    buttons = []
    if one.status == "answered":
        lines.append(f"💡 {unlinked(one.answer or '')}")
        if one.helped:
            lines.append(
                turn.words.plural("👍 It helped 1 colleague.", "👍 It helped {number} colleagues.", len(one.helped))
            )
        if turn.actor.id not in one.helped:
            buttons.append(Button(turn.text("👍 This helps"), "helps", one.id))
        if answers_it:
            buttons.append(Button(turn.text("🗑 Out of date"), "outdated", one.id))
    elif one.status == "withdrawn" and one.answer is None:
        lines.append(turn.text("This question was taken back."))
    elif one.status == "withdrawn":
        lines.append(turn.text("This answer was out of date. It is withdrawn."))
    elif not answers_it:
        lines.append(turn.text("There is no answer yet."))
    if one.by == turn.actor.id and one.status == "open":
        buttons.append(Button(turn.text("🗑 Take my question back"), "ask_back", one.id))
    if answers_it and _wants_an_answer(one):
        lines.append(turn.text("Type the answer. No names: colleagues of the whole area can find it."))
    return Screen("\n".join(lines), (*in_rows(buttons), (Button(turn.text("⬅️ Answers"), "answers", "0"), _home(turn))))


def _wants_an_answer(one: Inquiry) -> bool:
    """Tell whether an answer can be typed: nobody has, or what was said is out of date."""
    return one.status == "open" or (one.status == "withdrawn" and one.answer is not None)


@worker.tap("ask_back")
async def take_back(turn: Turn, args: str) -> None:
    """Take an own question back that nobody has answered yet."""
    one = await turn.reads.coordination(turn.scope).inquiry(args)
    if one.by == turn.actor.id and one.status == "open":
        one.status = "withdrawn"
        turn.decide(KeepInquiry(one))
        turn.go("answers", "✅ " + turn.text("Your question is taken back."))
    else:
        turn.go("inquiry", turn.text("It is answered already."), of=one.id)


@worker.tap("inquiry")
async def to_inquiry(turn: Turn, args: str) -> None:
    """Go to a question."""
    one = await turn.reads.coordination(turn.scope).inquiry(args)
    turn.go("inquiry", of=one.id)


@worker.tap("helps")
async def helps(turn: Turn, args: str) -> None:
    """Count that an answer helps, once for each colleague."""
    one = await turn.reads.coordination(turn.scope).inquiry(args)
    if one.status == "answered" and turn.actor.id not in one.helped:
        one.helped.append(turn.actor.id)
        turn.decide(KeepInquiry(one))
    turn.go("answers_on", "✅ " + turn.text("Noted. It stands higher in the list."), of=one.id)


@worker.screen("answers_on")
async def answers_on(turn: Turn) -> Screen:
    """Show the ways on: what is read in this turn is still as it was before it."""
    ways = (Button(turn.text("👀 Show"), "inquiry", turn.place["of"]), Button(turn.text("⬅️ Answers"), "answers", "0"))
    return Screen(turn.text("Where do you want to go?"), (ways,))


# The coordinator's side.


@coordinator.typed("inquiry")
async def answered(turn: Turn, text: str) -> None:
    """Answer; who asked hears it, and the colleagues of the coordinator's own area can find it."""
    coordination = turn.reads.coordination(turn.scope)
    one = await coordination.inquiry(turn.place["of"])
    if not await coordination.may_answer(one) or not _wants_an_answer(one):
        turn.remark(turn.text("I do not read this here. Tap on a button, or type /help."))
        return
    if too_long(turn, text, LONGEST_NOTE):
        return
    turn.delete(turn.message_id)
    one.status, one.answer, one.helped = "answered", text, []
    one.answered_by, one.found_in = turn.actor.id, turn.actor.area
    turn.decide(KeepInquiry(one))
    if one.by != turn.actor.id:
        turn.decide(Notice(("staff", one.by), "answered", "inquiry", one.id))
    turn.go("answers_on", "✅ " + turn.text("Answered. Who asked hears it."), of=one.id)


@coordinator.tap("outdated")
async def outdated(turn: Turn, args: str) -> None:
    """Withdraw an answer: nobody finds it any more."""
    coordination = turn.reads.coordination(turn.scope)
    one = await coordination.inquiry(args)
    if not await coordination.may_answer(one):
        turn.show_again()
        return
    if one.status == "answered":
        one.status = "withdrawn"
        turn.decide(KeepInquiry(one))
    turn.go("answers_on", "✅ " + turn.text("Withdrawn. You can type a new answer."), of=one.id)
