"""One case on a worker's phone: how it stands, what was said, what was agreed; and the answer to the person."""

from __future__ import annotations

from conversations.checklist import rules
from conversations.roles import worker
from conversations.turn import Button, Notice, Screen, Turn
from conversations.wording import escape
from conversations.worker.today import reason, since
from storage.case import Case
from storage.parts import Message
from storage.references import read_reference
from storage.scope import NotYoursError
from storage.waiting import reasons_to_wait

LONGEST_ANSWER = 2000
MESSAGES_SHOWN = 4
_SIGNS = {"none": "🟢", "low": "🟢", "medium": "🟡", "high": "🟠", "urgent": "🔴"}


async def _closed(turn: Turn, ref: str) -> None:
    """Go back to the list: one same answer to a case of somebody else and one that does not exist."""
    text = turn.text("There is no case {ref} for you.", ref=ref[:20])
    if (shaped := read_reference(ref)) and (meant := await turn.reads.similar(turn.scope, shaped)):
        text += " " + turn.text("Do you mean {ref}?", ref=meant)
    turn.go("today", note=text)


async def open_case(turn: Turn, ref: str) -> None:
    """Open a case of one's own, or the front of one that nobody has."""
    try:
        case = await turn.open(read_reference(ref) or ref, "index")
    except NotYoursError:
        await _closed(turn, ref)
        return
    if turn.scope.may("open", case):
        case.read("self_reporter", turn.now)
    turn.go("case", ref=case.ref)


@worker.tap("case")
async def tapped(turn: Turn, args: str) -> None:
    """Open the case of a notice or a line of the list."""
    await open_case(turn, args)


@worker.command("zaak", "case")
async def asked(turn: Turn, args: str) -> None:
    """Open a case by its reference."""
    if args:
        await open_case(turn, args)
    else:
        turn.go("today", note=turn.text("Type the reference too. Example: /zaak GR-4K7Q2"))


def _message(turn: Turn, case: Case, message: Message) -> str:
    who = case.identity.first_name or case.ref if message.sender == "self_reporter" else turn.text("You")
    words = {
        "help": turn.text("🙋 wants to speak to somebody"),
        "call": turn.text("📞 would rather call"),
        "stop": turn.text("🚪 stopped the chat"),
    }
    said = "\n".join(filter(None, (words.get(message.kind), escape(message.text))))
    return turn.text("<b>{who}</b>, {when}", who=who, when=turn.words.moment(message.at)) + f"\n{said}"


def _content(turn: Turn, case: Case) -> list[str]:
    lines = [f"👤 {escape(case.identity.name)}"]
    if case.reporting_date:
        sure = turn.text("from the letter") if case.date_confirmed_by else turn.text("from the list, not confirmed")
        lines.append(f"📅 {turn.words.full_date(case.reporting_date)} ({sure})")
        if case.date_confirmed_by and case.overview_date and case.overview_date != case.reporting_date:
            lines.append(turn.text("⚠️ The list says {day}.", day=turn.words.full_date(case.overview_date)))
    else:
        lines.append(turn.text("📅 no date yet"))
    for domain_id, stands in rules.standing(turn.content.checklist, case.answers).items():
        domain = turn.content.checklist.domain(domain_id)
        name = turn.words.content(domain.id, domain.name)
        sign = _SIGNS[stands.level] if stands.answered else "⚪"
        lines.append(f"{sign} {domain.symbol} {name} {stands.answered}/{stands.total}")
    lines += [
        f"{_SIGNS[flag.level]} {turn.words.content(flag.flag, flag.reason)} · {since(turn, flag.since)}"
        for flag in case.flags
        if flag.lowered_at is None
    ]
    for action in case.actions:
        if action.status in ("agreed", "done"):
            done = "✅" if action.status == "done" else "📌"
            known = turn.content.checklist.proposal(action.proposal)
            own = turn.member.name if turn.member else ""
            words = turn.words.content(known.id, action.text, helper=own) if known else escape(action.text)
            lines.append(f"{done} {words}" + (f" · {turn.words.short(action.due)}" if action.due else ""))
    said = case.messages[-MESSAGES_SHOWN:]
    if said:
        lines += ["", *(_message(turn, case, m) for m in said)]
    return lines


@worker.screen("case")
async def card(turn: Turn) -> Screen:
    """Show a case: whole to its worker, only its front to others of the area."""
    case = await turn.open(turn.place["ref"], "index")
    left = case.days_left(turn.today)
    head = f"<b>{case.ref}</b> · {case.municipality}"
    if left is not None:
        head += " · " + turn.words.plural("1 day left", "{number} days left", left)
    lines = [head]
    waiting = reasons_to_wait(case, turn.now, turn.content.zone)
    waits = [f"{reason(turn, name)} {since(turn, moment)}" for name, moment in waiting.items()]
    if waits:
        lines.append("⏱ " + ", ".join(waits))
    rows: list[tuple[Button, ...]] = []
    if turn.scope.may("open", case):
        lines += _content(turn, case)
        if case.joined_at:
            rows.append((Button(turn.text("✍️ Answer"), "write", case.ref),))
            lines += ["", turn.text("Reply to this message, or tap on Answer.")]
    elif case.worker is None and turn.scope.may("take", case):
        rows.append((Button(turn.text("🤝 Take this case"), "take", case.ref),))
    else:
        lines.append(turn.text("A colleague has this case."))
    rows.append((Button(turn.text("⬅️ My list"), "today", "0"),))
    return Screen("\n".join(lines), tuple(rows))


@worker.tap("take")
async def take(turn: Turn, args: str) -> None:
    """Take a case that nobody has."""
    try:
        case = await turn.open(args, "take")
    except NotYoursError:
        await _closed(turn, args)
        return
    if case.worker is None:
        case.assign(turn.actor.id)
        case.read("self_reporter", turn.now)
    turn.go("case", ref=case.ref)


@worker.screen("answer")
async def answer(turn: Turn) -> Screen:
    """Ask for the answer."""
    text = turn.text("Type your answer for {ref}. It is sent at once.", ref=turn.place["ref"])
    return Screen(text, ((Button(turn.text("⬅️ Back"), "case", turn.place["ref"]),),))


@worker.tap("write")
async def to_answer(turn: Turn, args: str) -> None:
    """Go and write an answer."""
    try:
        case = await turn.open(args, "message")
    except NotYoursError:
        await _closed(turn, args)
        return
    turn.go("answer", ref=case.ref)


@worker.command("bericht", "message")
async def answer_wanted(turn: Turn, args: str) -> None:
    """Write to the person of a case."""
    if args:
        await to_answer(turn, read_reference(args) or args)
    else:
        turn.go("today", note=turn.text("Type the reference too. Example: /bericht GR-4K7Q2"))


@worker.typed("case", "answer")
async def typed(turn: Turn, text: str) -> None:
    """Send a reply to the person of the case that stands on the screen."""
    ref = turn.place["ref"]
    if turn.place["kind"] == "case" and not turn.replied:
        turn.remark(turn.text("Do you want to answer? Reply to this message, or tap on Answer."))
        return
    if len(text) > LONGEST_ANSWER:
        turn.go("answer", ref=ref, note=turn.text("That is too long. Make it shorter."))
        return
    try:
        case = await turn.open(ref, "message")
    except NotYoursError:
        await _closed(turn, ref)
        return
    case.read("self_reporter", turn.now)
    case.message("worker", text, turn.now)
    case.contacted("chat", "out", turn.now)
    turn.delete(turn.message_id)
    turn.notices.append(Notice(("case", case.id), "message", "messages"))
    turn.go("sent", ref=ref)


@worker.screen("sent")
async def sent(turn: Turn) -> Screen:
    """Say that it went out, and no more: this message comes fresh, so a lock screen may show it."""
    ref = turn.place["ref"]
    return Screen(
        turn.text("✅ Your answer is on its way."),
        ((Button(ref, "case", ref), Button(turn.text("⬅️ My list"), "today", "0")),),
    )
