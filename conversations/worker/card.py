"""One case on a worker's phone: how it stands, what was said, what was agreed; and the answer to the person."""

from __future__ import annotations

from datetime import date

from conversations.checklist import rules
from conversations.fitting import LONGEST, first_lines, length, newest
from conversations.roles import worker
from conversations.turn import Button, Notice, Screen, Turn
from conversations.typed import too_long
from conversations.wording import escape, unlinked
from conversations.worker.today import reason, since
from storage.audit import Entry
from storage.case import Case, Message
from storage.references import read_reference
from storage.scope import NotYoursError
from storage.waiting import reasons_to_wait

LONGEST_ANSWER = 2000
# Messages on one screen, as far as they fit, and characters kept free for what stands around them.
MESSAGES_SHOWN, AROUND = 4, 300
_SIGNS = {"none": "🟢", "low": "🟢", "medium": "🟡", "high": "🟠", "urgent": "🔴"}


async def _closed(turn: Turn, ref: str) -> None:
    """Go back to the list: one same answer to a case of somebody else and one that does not exist."""
    text = turn.text("There is no case {ref} for you.", ref=ref[:20])
    if (shaped := read_reference(ref)) and (meant := await turn.reads.similar(turn.scope, shaped)):
        text += " " + turn.text("Do you mean {ref}?", ref=meant)
    turn.trail.append(Entry(turn.actor.id, "chat", "denied", None, "denied"))
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
    if message.kind == "date":
        day = turn.words.full_date(date.fromisoformat(message.text))
        said = turn.text("📅 typed a reporting day that is over: {day}", day=day)
    else:
        said = "\n".join(filter(None, (words.get(message.kind), unlinked(message.text))))
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
            words = turn.words.content(known.id, action.text, helper=own) if known else unlinked(action.text)
            lines.append(f"{done} {words}" + (f" · {turn.words.short(action.due)}" if action.due else ""))
    return lines


def _newest(turn: Turn, case: Case, until: int, room: int) -> list[str]:
    """Return the last messages before one that fit into so many characters."""
    said = case.messages[max(0, until - MESSAGES_SHOWN) : until]
    return newest([_message(turn, case, m) for m in said], room, apart=1)


def _earlier(turn: Turn, case: Case, until: int) -> list[tuple[Button, ...]]:
    return [(Button(turn.text("⬆️ Earlier messages"), "thread", f"{case.ref}/{until}"),)] if until > 0 else []


@worker.screen("thread")
async def thread(turn: Turn) -> Screen:
    """Show what was said before, a screen at a time."""
    case = await turn.open(turn.place["ref"], "open")
    until = turn.place["until"]
    shown = _newest(turn, case, until, LONGEST - AROUND)
    rows = [*_earlier(turn, case, until - len(shown)), (Button(turn.text("⬅️ Back"), "case", case.ref),)]
    return Screen("\n".join([f"<b>{case.ref}</b>", *shown]), tuple(rows))


@worker.tap("thread")
async def to_thread(turn: Turn, args: str) -> None:
    """Go back in what was said."""
    ref, _, until = args.partition("/")
    turn.go("thread", ref=ref, until=int(until))


@worker.screen("case")
async def card(turn: Turn) -> Screen:
    """Show a case: whole to its worker, only its front to others of the area."""
    case = await turn.open(turn.place["ref"], "index")
    left = case.days_left(turn.today)
    head = f"<b>{case.ref}</b> · {case.municipality}"
    if left is not None:
        head += " · " + turn.words.plural("1 day left", "{number} days left", left)
    lines = [head]
    waiting = reasons_to_wait(case, turn.now, turn.today)
    waits = [f"{reason(turn, name)} {since(turn, moment)}" for name, moment in waiting.items()]
    if waits:
        lines.append("⏱ " + ", ".join(waits))
    rows: list[tuple[Button, ...]] = []
    if turn.scope.may("open", case):
        lines = [first_lines("\n".join([*lines, *_content(turn, case)]), LONGEST - LONGEST_ANSWER - AROUND)]
        shown = _newest(turn, case, len(case.messages), LONGEST - AROUND - length(lines[0]))
        lines += ["", *shown] if shown else []
        rows += _earlier(turn, case, len(case.messages) - len(shown))
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
    if too_long(turn, text, LONGEST_ANSWER, kind="answer", ref=ref):
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
