"""Measures weighed for a case: considered, used, or not used and why; with the person's own word on it."""

from __future__ import annotations

from datetime import timedelta

from conversations.content.measures import MeasureRule
from conversations.effects.notice import Notice
from conversations.roles import worker
from conversations.screen import Button, Screen
from conversations.turn import Turn
from conversations.words.wording import unlinked
from conversations.worker.case.case_buttons import deed
from conversations.worker.case.opening import named, opened
from conversations.worker.case.steps import ask, in_rows, split
from conversations.worker.measures.actions import in_chat
from storage.case.case import Case
from storage.case.case_parts import Measure
from storage.figures.weighing import REASONS

PAGE = 8
_SIGNS = {"considered": "🤔", "used": "✅", "not_used": "✖️"}
# As buttons carry them: a municipality's own measures have ids of up to 24 letters.
_SAID = {decision[0]: decision for decision in _SIGNS}

deed(52, "measures", lambda turn: turn.text("⚖️ Measures"))


def why(turn: Turn, reason: str) -> str:
    """Return why a measure was not used."""
    return {
        "policy": turn.text("no policy for it"),
        "law": turn.text("the law does not allow it"),
        "too_late": turn.text("too late for it"),
        "not_wanted": turn.text("the person does not want it"),
        "not_needed": turn.text("not needed"),
    }[reason]


def wish(turn: Turn, said: str) -> str:
    """Return what the person said."""
    return {
        "yes": turn.text("the person: yes"),
        "no": turn.text("the person: no"),
        "unsure": turn.text("the person: not sure"),
    }[said]


def weighed(case: Case, code: str) -> Measure | None:
    """Return how a measure was weighed, if it was."""
    return next((row for row in case.measures if row.code == code), None)


def about(turn: Turn, case: Case, rule: MeasureRule) -> list[str]:
    """Return what must be known of a measure: room in law, conditions, who decides, and whether there is time."""
    words = turn.words
    lines = [f"<b>{words.content(rule.id, rule.name)}</b> · {words.content(rule.id, rule.basis)}"]
    lines += [f"• {words.content(rule.id, condition)}" for condition in rule.conditions]
    lines.append(turn.text("⚖️ Who decides: {who}", who=words.content(rule.id, rule.decides)))
    if rule.lead_days is not None and case.reporting_date is not None:
        begin = case.reporting_date - timedelta(days=rule.lead_days)
        if begin < turn.today:
            lines.append(turn.text("⏳ It takes {days} days: that is short now.", days=rule.lead_days))
        else:
            lines.append(turn.text("⏳ Begin by {day}.", day=words.day(begin)))
    if rule.verify:
        lines.append(turn.text("🔎 Check this with the municipality first."))
    return lines


def _said(turn: Turn, row: Measure | None) -> str:
    if row is None:
        return ""
    parts = [_SIGNS[row.decision]]
    if row.reason:
        parts.append(why(turn, row.reason))
    if row.wish:
        parts.append(wish(turn, row.wish))
    return " ".join(parts)


@worker.screen("measures")
async def measures(turn: Turn) -> Screen:
    """Show all of them, with how each was weighed."""
    case = await turn.open(turn.place["ref"], "open")
    rules = turn.content.measures.measures
    page = turn.place.get("page", 0)
    shown = rules[page * PAGE : (page + 1) * PAGE]
    lines = [
        f"{n}. {turn.words.content(rule.id, rule.name)} {_said(turn, weighed(case, rule.id))}".rstrip()
        for n, rule in enumerate(shown, start=page * PAGE + 1)
    ]
    buttons = [
        Button(str(n), "measure", f"{case.ref}/{rule.id}") for n, rule in enumerate(shown, start=page * PAGE + 1)
    ]
    around = [Button("◀️", "measures", f"{case.ref}/{page - 1}")] if page else []
    if (page + 1) * PAGE < len(rules):
        around.append(Button("▶️", "measures", f"{case.ref}/{page + 1}"))
    return ask(turn, "\n".join(lines), *in_rows(buttons, 4), *([tuple(around)] if around else []))


@worker.tap("measures")
async def to_measures(turn: Turn, args: str) -> None:
    """Go to the measures."""
    ref, _, page = args.partition("/")
    if case := await opened(turn, ref, "open"):
        turn.go("measures", ref=case.ref, page=int(page or 0))


@worker.command("maatregel", "measure")
async def measures_wanted(turn: Turn, args: str) -> None:
    """Show the measures of a case."""
    if case := await named(turn, args, "open", "/maatregel GR-4K7Q2"):
        turn.go("measures", ref=case.ref)


@worker.screen("measure")
async def measure(turn: Turn) -> Screen:
    """Show one, and what can be done with it."""
    case = await turn.open(turn.place["ref"], "open")
    rule = turn.content.measures.measure(turn.place["code"])
    if rule is None:
        return await measures(turn)
    row = weighed(case, rule.id)
    lines = [*about(turn, case, rule), *filter(None, [_said(turn, row)])]
    for asked in case.decisions:
        if asked.measure == rule.id:
            who = await turn.reads.staff(asked.asked_of)
            answer = {"yes": turn.text("yes"), "no": turn.text("no")}.get(
                asked.answer or "", turn.text("no answer yet")
            )
            line = f"❓ {unlinked(who.name) if who else '?'}: {answer}"
            lines.append(f"{line} · {unlinked(asked.explanation)}" if asked.explanation else line)
    args = f"{case.ref}/{rule.id}"
    if turn.place.get("why"):
        buttons = [Button(why(turn, reason), "why_not", f"{args}/{at}") for at, reason in enumerate(REASONS)]
        return ask(turn, "\n".join([*lines, "", turn.text("Why not?")]), *in_rows(buttons, 1))
    buttons = [
        Button(turn.text("🤔 Still considering"), "weigh", f"{args}/c"),
        Button(turn.text("✅ Used"), "weigh", f"{args}/u"),
        Button(turn.text("✖️ Not used"), "weigh", f"{args}/n"),
        Button(turn.text("❓ Ask a colleague"), "decide_who", args),
    ]
    if in_chat(case):
        buttons.append(Button(turn.text("👤 Does it fit this person?"), "measure_ask", args))
    buttons.append(Button(turn.text("⚖️ Measures"), "measures", f"{case.ref}/0"))
    return ask(turn, "\n".join(lines), *in_rows(buttons))


@worker.tap("measure")
async def to_measure(turn: Turn, args: str) -> None:
    """Go to one."""
    ref, code = split(args, 2)
    if case := await opened(turn, ref, "open"):
        turn.go("measure", ref=case.ref, code=code)


@worker.tap("weigh")
async def weigh(turn: Turn, args: str) -> None:
    """Keep how it was weighed; why not is asked first."""
    ref, code, said = split(args, 3)
    decision = _SAID.get(said)
    case = await opened(turn, ref, "change")
    if case is None or decision is None:
        return
    if decision == "not_used":
        turn.go("measure", ref=case.ref, code=code, why=True)
        return
    case.helpers.weigh(code, decision, None, turn.actor.id, turn.now)
    turn.go("measure", ref=case.ref, code=code)


@worker.tap("why_not")
async def why_not(turn: Turn, args: str) -> None:
    """Keep that it was not used, and why: not using it is a decision too."""
    ref, code, at = split(args, 3)
    if (case := await opened(turn, ref, "change")) and at.isdecimal() and int(at) < len(REASONS):
        case.helpers.weigh(code, "not_used", REASONS[int(at)], turn.actor.id, turn.now)
        turn.go("measure", ref=case.ref, code=code)


@worker.tap("measure_ask")
async def measure_ask(turn: Turn, args: str) -> None:
    """Ask the person whether it fits them, in plain words."""
    ref, code = split(args, 2)
    case = await opened(turn, ref, "change")
    if case is None or turn.content.measures.measure(code) is None:
        return
    if weighed(case, code) is None:
        case.helpers.weigh(code, "considered", None, turn.actor.id, turn.now)
    case.thread.write("worker", code, turn.now, kind="measure")
    turn.decide(Notice(("case", case.id), "message", "fits", code))
    turn.go("measure", "✅ " + turn.text("The question is on its way."), ref=case.ref, code=code)
