"""One case on a worker's phone: how it stands, what was said and agreed, and what can be done."""

from __future__ import annotations

from conversations.roles import worker
from conversations.screen import Button, Screen
from conversations.turn import Turn
from conversations.words.fitting import LONGEST, first_lines, length
from conversations.words.wording import unlinked
from conversations.worker.case.case_buttons import buttons, deed
from conversations.worker.case.how_it_stands import how_it_stands
from conversations.worker.case.opening import named, opened
from conversations.worker.contact import talk
from conversations.worker.today.reasons import left, reason, since
from storage.case.case import Case
from storage.case.waiting import reasons_to_wait

# Buttons of deeds on the first page of a card, and on each further one; deeds from this order on are about others and
# the end of a case, and have a page of their own.
FIRST, MORE, LAST = 6, 7, 70


async def open_case(turn: Turn, ref: str) -> None:
    """Open a case of one's own, or the front of one that nobody has."""
    case = await opened(turn, ref, "index")
    if case is None:
        return
    if turn.scope.may("open", case):
        case.thread.read("self_reporter", turn.now)
    turn.go("case", ref=case.ref)


@worker.tap("case")
async def tapped(turn: Turn, args: str) -> None:
    """Open the case of a notice or a line of the list."""
    await open_case(turn, args)


@worker.command("zaak", "case")
async def asked(turn: Turn, args: str) -> None:
    """Open a case by its reference."""
    if case := await named(turn, args, "index", "/zaak GR-4K7Q2"):
        await open_case(turn, case.ref)


async def _handed(turn: Turn, case: Case) -> list[str]:
    """Return what the worker before told the one who has the case now, until they have read it."""
    row = case.helpers.unread_handover
    if row is None:
        return []
    before = await turn.reads.staff(row.from_) if row.from_ else None
    who = before.name if before else turn.text("a former colleague")
    head = turn.text("🔁 <b>{who}</b> handed over, {when}:", who=who, when=turn.words.moment(row.at))
    return [head, unlinked(row.summary), ""]


def _pages(turn: Turn, case: Case) -> list[list[Button]]:
    """Return the buttons of a card by page, the daily ones first: as many as a phone shows at once."""
    deeds = buttons(turn, case)
    if len(deeds) <= FIRST + 1:
        return [[button for _, button in deeds]]
    parts = (
        [button for order, button in deeds[FIRST:] if order < LAST],
        [button for order, button in deeds[FIRST:] if order >= LAST],
    )
    further = [part[at : at + MORE] for part in parts for at in range(0, len(part), MORE)]
    return [[button for _, button in deeds[:FIRST]], *further]


@worker.screen("case")
async def card(turn: Turn) -> Screen:
    """Show a case: whole to its worker, only its front to others of the area."""
    case = await turn.open(turn.place["ref"], "index")
    head = f"<b>{case.ref}</b> · {case.municipality}"
    if (days := left(turn, case.reporting_date)) is not None:
        head += f" · {days}"
    lines = [head]
    case.course.know_collected(turn.content.checklist.is_collected(case.answers))
    waiting = reasons_to_wait(case, turn.now, turn.content.zone)
    waits = [f"{reason(turn, name)} {since(turn, moment)}" for name, moment in waiting.items()]
    if waits:
        lines.append("⏱ " + ", ".join(waits))
    rows: list[tuple[Button, ...]] = []
    if turn.scope.may("open", case):
        told = "\n".join([*await _handed(turn, case), *lines, *how_it_stands(turn, case)])
        lines = [first_lines(told, LONGEST - talk.LONGEST_ANSWER - talk.AROUND)]
        said = talk.newest_of(turn, case, len(case.messages), LONGEST - talk.AROUND - length(lines[0]))
        lines += ["", *said] if said else []
        rows += talk.earlier(turn, case, len(case.messages) - len(said))
        if case.joined_at:
            lines += ["", turn.text("Reply to this message, or tap on Answer.")]
    elif case.worker is not None:
        lines.append(turn.text("A colleague has this case."))
    pages = _pages(turn, case)
    at = min(int(turn.place.get("more", 0)), len(pages) - 1)
    shown = pages[at]
    rows += [tuple(shown[n : n + 2]) for n in range(0, len(shown), 2)]
    if at + 1 < len(pages):
        label = turn.text("⋯ More: hand over, close") if 0 < at == len(pages) - 2 else turn.text("⋯ More")
        rows.append((Button(label, "more", f"{case.ref}/{at + 1}"),))
    rows.append(
        (Button(turn.text("⬅️ Back"), "case", case.ref),) if at else (Button(turn.text("⬅️ My list"), "today", "0"),)
    )
    return Screen("\n".join(lines), tuple(rows))


@worker.tap("more")
async def more(turn: Turn, args: str) -> None:
    """Show what else can be done to a case, a page at a time."""
    ref, _, page = args.partition("/")
    if case := await opened(turn, ref, "index"):
        turn.go("case", ref=case.ref, more=int(page or 1))


deed(
    1,
    "take_in",
    lambda turn: turn.text("👍 I read the hand-over"),
    "change",
    lambda case: case.helpers.unread_handover is not None,
)


@worker.tap("take_in")
async def take_in(turn: Turn, args: str) -> None:
    """Take the words of the hand-over off the card: they stay in the history of the case."""
    case = await opened(turn, args, "change")
    if case is None:
        return
    if case.helpers.unread_handover is not None:
        case.helpers.take_in(case.helpers.unread_handover, turn.now)
    turn.go("case", ref=case.ref)


deed(0, "take", lambda turn: turn.text("🤝 Take this case"), "take", lambda case: case.worker is None)


@worker.tap("take")
async def take(turn: Turn, args: str) -> None:
    """Take a case that nobody has."""
    case = await opened(turn, args, "take")
    if case is None:
        return
    if case.worker is None:
        case.helpers.assign(turn.actor.id)
        case.thread.read("self_reporter", turn.now)
    turn.go("case", ref=case.ref)
