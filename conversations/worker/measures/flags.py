"""Risks: why, since when, by when, what to do, and who did what about them. A flag decides nothing.

A worker has seen it, or overrules it with a reason; what stood before stays to be read.
"""

from __future__ import annotations

from datetime import datetime

from conversations.roles import worker
from conversations.rules.norms import see_by
from conversations.screen import Button, Screen
from conversations.turn import Turn
from conversations.words import worded
from conversations.words.typed import too_long
from conversations.words.wording import escape, unlinked
from conversations.worker.case.case_buttons import deed
from conversations.worker.case.opening import opened
from conversations.worker.case.steps import LONGEST_NOTE, ask, done, in_rows, split
from conversations.worker.today.reasons import before, in_brief, left, since
from conversations.worker.today.signs import SIGNS
from storage.case.case import Case
from storage.case.case_parts import LEVELS, Flag

# Cases on one screen of `/risicos`.
SHOWN = 10


def standing(case: Case) -> list[Flag]:
    """Return the flags that stand, the worst first, then the oldest."""
    found = [flag for flag in case.flags if flag.stands]
    return sorted(found, key=lambda flag: (-LEVELS.index(flag.level), flag.since))


def line(turn: Turn, flag: Flag) -> str:
    """Return a flag in a line: how bad, why, since when, and whether somebody has seen it or by when they must."""
    content = turn.content
    parts = [f"{SIGNS[flag.level]} {worded.signal(turn.words, content.checklist, flag)}", since(turn, flag.since)]
    norm = see_by(flag, content.checklist.flag_rule(flag.flag), content.region.office, content.zone)
    if flag.acknowledged_at is None and norm is not None:
        parts.append(before(turn, norm))
    return " · ".join(parts) + (" 👁" if flag.acknowledged_at else "")


async def _by(turn: Turn, member_id: str | None) -> str:
    """Return who did something."""
    who = await turn.reads.staff(member_id) if member_id else None
    return who.name if who else turn.text("a former colleague")


async def _seen(turn: Turn, flag: Flag) -> list[str]:
    """Return who saw a flag and when, if anybody did."""
    if flag.acknowledged_at is None:
        return []
    return [f"👁 {escape(await _by(turn, flag.seen_by))}, {turn.words.moment(flag.acknowledged_at)}"]


async def _past(turn: Turn, flag: Flag) -> str:
    """Return a flag that no longer counts: from when until when, and why."""
    words = turn.words

    def day(moment: datetime) -> str:
        return words.short(moment.astimezone(turn.content.zone).date())

    line = f"▫️ {worded.signal(words, turn.content.checklist, flag)} · {day(flag.since)}"
    if flag.overruled_at is not None:
        who = await _by(turn, flag.overruled_by)
        ended = turn.text("overruled by {who}: {why}", who=who, why=flag.why or "")
        return f"{line} – {day(flag.overruled_at)} · {ended}"
    assert flag.lowered_at is not None
    rule = turn.content.checklist.flag_rule(flag.flag)
    by_hand = rule is not None and rule.ended_by_hand
    ended = turn.text("settled") if by_hand else turn.text("no longer so")
    return f"{line} – {day(flag.lowered_at)} · {ended}"


deed(
    5,
    "flags",
    lambda turn: turn.text("🚩 Risks"),
    when=lambda case: bool(case.flags),
)


@worker.screen("flags")
async def flags(turn: Turn) -> Screen:
    """Show what stands, and what stood before."""
    case = await turn.open(turn.place["ref"], "open")
    found = standing(case)
    lines = [f"{n}. {line(turn, flag)}" for n, flag in enumerate(found, start=1)]
    if not found:
        lines.append(turn.text("No risk stands open."))
    past = [await _past(turn, flag) for flag in case.flags if not flag.stands]
    lines += ["", turn.text("<b>Before</b>"), *past] if past else []
    at = {flag.id: n for n, flag in enumerate(case.flags)}
    buttons = [Button(str(n), "flag", f"{case.ref}/{at[flag.id]}") for n, flag in enumerate(found, start=1)]
    return ask(turn, "\n".join(lines), *in_rows(buttons, 4))


@worker.tap("flags")
async def to_flags(turn: Turn, args: str) -> None:
    """Go to the risks of a case."""
    if case := await opened(turn, args, "open"):
        turn.go("flags", ref=case.ref)


def _flag(case: Case, at: int) -> Flag | None:
    return case.flags[at] if at < len(case.flags) else None


@worker.screen("flag")
async def flag_(turn: Turn) -> Screen:
    """Show one risk, and what to do."""
    case = await turn.open(turn.place["ref"], "open")
    flag = _flag(case, turn.place["at"])
    if flag is None:
        return await flags(turn)
    rule = turn.content.checklist.flag_rule(flag.flag)
    lines = [line(turn, flag)]
    if rule is not None:
        lines += [f"• {turn.words.content(rule.id, todo)}" for todo in rule.todo]
    lines += await _seen(turn, flag) if flag.stands else [await _past(turn, flag)]
    args = f"{case.ref}/{turn.place['at']}"
    buttons = []
    if flag.stands and flag.acknowledged_at is None:
        buttons.append(Button(turn.text("👁 I have seen it"), "flag_seen", args))
    if flag.stands and rule is not None and rule.ended_by_hand:
        buttons.append(Button(turn.text("✅ Settled"), "flag_settled", args))
    if flag.stands:
        buttons.append(Button(turn.text("✋ It is not so"), "flag_over", args))
    buttons.append(Button(turn.text("🚩 All risks"), "flags", case.ref))
    return ask(turn, "\n".join(lines), *in_rows(buttons, 1))


@worker.tap("flag")
async def to_flag(turn: Turn, args: str) -> None:
    """Go to one risk."""
    ref, at = split(args, 2)
    if case := await opened(turn, ref, "open"):
        turn.go("flag", ref=case.ref, at=int(at))


@worker.tap("flag_seen")
async def flag_seen(turn: Turn, args: str) -> None:
    """Keep that a professional has seen it."""
    ref, at = split(args, 2)
    case = await opened(turn, ref, "change")
    if case is not None and (flag := _flag(case, int(at))) is not None and flag.stands:
        case.signals.acknowledge(flag, turn.now, turn.actor.id)
        done(turn, case, turn.text("Seen. It stays on the card until it is settled."))


@worker.tap("flag_settled")
async def flag_settled(turn: Turn, args: str) -> None:
    """End a signal that no answer ends: it was so, and it is seen to."""
    ref, at = split(args, 2)
    case = await opened(turn, ref, "change")
    if case is None or (flag := _flag(case, int(at))) is None or not flag.stands:
        return
    rule = turn.content.checklist.flag_rule(flag.flag)
    if rule is not None and rule.ended_by_hand:
        case.signals.acknowledge(flag, turn.now, turn.actor.id)
        case.signals.lower_flag(flag, turn.now)
        done(turn, case, turn.text("Settled. It stands below what was before."))


@worker.screen("flag_over")
async def flag_over(turn: Turn) -> Screen:
    """Ask why it is not so."""
    return ask(turn, turn.text("Why is it not so? Type the reason. The person can read it."))


@worker.tap("flag_over")
async def to_flag_over(turn: Turn, args: str) -> None:
    """Go and say why."""
    ref, at = split(args, 2)
    if case := await opened(turn, ref, "change"):
        turn.go("flag_over", ref=case.ref, at=int(at))


@worker.typed("flag_over")
async def why_typed(turn: Turn, text: str) -> None:
    """Overrule with the reason."""
    if too_long(turn, text, LONGEST_NOTE):
        return
    turn.delete(turn.message_id)
    case = await opened(turn, turn.place["ref"], "change")
    if case is not None and (flag := _flag(case, turn.place["at"])) is not None and flag.stands:
        case.signals.overrule(flag, text, turn.now, turn.actor.id)
        done(turn, case, turn.text("Overruled. The reason stands with it."))


@worker.command("risicos", "flags")
async def all_flags(turn: Turn, _args: str) -> None:
    """Show the risks of all cases of one's own."""
    turn.go("all_flags")


@worker.screen("all_flags")
async def all_of_them(turn: Turn) -> Screen:
    """Show each case with a high or urgent risk, those with an urgent one first, a page at a time."""
    lists = turn.reads.lists(turn.scope, turn.today)
    number = await lists.count("flag")
    page = min(turn.place.get("page", 0), max(0, (number - 1) // SHOWN))
    begin = page * SHOWN + 1
    refs = await lists.flagged(page * SHOWN, SHOWN)
    lines = [
        turn.text("🚩 <b>Risks</b> · {number}", number=turn.words.plural("{number} case", "{number} cases", number))
    ]
    for n, case in enumerate(await turn.reads.glance(refs), start=begin):
        days = left(turn, case.reporting_date)
        name = f" · {unlinked(in_brief(case.identity.name))}" if turn.scope.may("names", case) else ""
        lines.append(f"{n}. <b>{case.ref}</b>{name}" + (f" · {days}" if days else ""))
        lines += [f"   {line(turn, flag)}" for flag in standing(case) if flag.level in ("high", "urgent")]
    if not refs:
        lines.append(turn.text("No risk stands open."))
    buttons = [Button(str(n), "flags", ref) for n, ref in enumerate(refs, start=begin)]
    around = [Button("◀️", "all_flags", str(page - 1))] if page else []
    if begin + SHOWN <= number:
        around.append(Button("▶️", "all_flags", str(page + 1)))
    back = (Button(turn.text("⬅️ My list"), "today", "0"),)
    return Screen("\n".join(lines), (*in_rows(buttons, 5), *([tuple(around)] if around else []), back))


@worker.tap("all_flags")
async def to_all_flags(turn: Turn, args: str) -> None:
    """Go to another page of them."""
    turn.go("all_flags", page=int(args or 0))
