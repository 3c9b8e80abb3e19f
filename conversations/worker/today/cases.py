"""All cases of a worker: filters, pages and counts, and the search."""

from __future__ import annotations

from typing import get_args

from conversations.effects.trace import Trace
from conversations.roles import worker
from conversations.screen import Button, Screen
from conversations.shared.lists import Filter
from conversations.turn import Turn
from conversations.words.typed import too_long
from conversations.worker.case.card import open_case
from conversations.worker.today.reasons import line
from storage.case.references import read_reference

PAGE = 8
# Lines that a search shows.
FOUND = 20
LONGEST_SEARCH = 60


def _name(turn: Turn, of: Filter) -> str:
    return {
        "today": turn.text("⏱ Waiting"),
        "mine": turn.text("👤 Mine"),
        "free": turn.text("🆓 Nobody's"),
        "flag": turn.text("🚩 With a risk"),
        "near": turn.text("📅 Within 14 days"),
        "place": turn.text("🏘 Municipality"),
    }[of]


@worker.screen("cases")
async def cases(turn: Turn) -> Screen:
    """Show one list, with the way to the others."""
    of: Filter = turn.place["of"]
    where = turn.place.get("where")
    lists = turn.reads.lists(turn.scope, turn.today)
    number = await lists.count(of, where)
    page = min(turn.place.get("page", 0), max(0, (number - 1) // PAGE))
    shown = await lists.page(of, page * PAGE, PAGE, where)
    counted = turn.words.plural("{number} case", "{number} cases", number)
    lines = [f"📋 <b>{_name(turn, of)}{f' · {where}' if where else ''}</b> · {counted}"]
    lines += [line(turn, n, case) for n, case in enumerate(shown, start=page * PAGE + 1)]
    if not shown:
        lines.append(turn.text("There is nobody in this list."))
    buttons = [Button(str(n), "case", case.ref) for n, case in enumerate(shown, start=page * PAGE + 1)]
    rows = [tuple(buttons[at : at + 4]) for at in range(0, len(buttons), 4)]
    tail = f"/{where}" if where else ""
    around = [Button("◀️", "cases", f"{of}/{page - 1}{tail}")] if page else []
    if (page + 1) * PAGE < number:
        around.append(Button("▶️", "cases", f"{of}/{page + 1}{tail}"))
    others = [
        Button(f"{_name(turn, other)} {await lists.count(other)}", "cases", f"{other}/0")
        for other in get_args(Filter)
        if other not in (of, "place")
    ]
    others.append(Button(_name(turn, "place"), "places", "0"))
    rows += [tuple(around)] if around else []
    rows += [tuple(others[at : at + 2]) for at in range(0, len(others), 2)]
    rows.append((Button(turn.text("⬅️ My list"), "today", "0"),))
    return Screen("\n".join(lines), tuple(rows))


@worker.tap("cases")
async def to_cases(turn: Turn, args: str) -> None:
    """Go to a list: filter, page, and a municipality."""
    of, page, *where = args.split("/", 2)
    turn.go("cases", of=of, page=int(page), **({"where": where[0]} if where else {}))


@worker.command("zaken", "cases")
async def cases_wanted(turn: Turn, _args: str) -> None:
    """Show all cases of one's own."""
    turn.go("cases", of="mine")


@worker.screen("places")
async def places(turn: Turn) -> Screen:
    """Let a municipality be chosen, a page at a time."""
    found = await turn.reads.lists(turn.scope, turn.today).places()
    page = min(turn.place.get("page", 0), max(0, (len(found) - 1) // PAGE))
    rows: list[tuple[Button, ...]] = [
        (Button(f"🏘 {name} {number}", "cases", f"place/0/{name}"),)
        for name, number in found[page * PAGE : (page + 1) * PAGE]
    ]
    around = [Button("◀️", "places", str(page - 1))] if page else []
    if (page + 1) * PAGE < len(found):
        around.append(Button("▶️", "places", str(page + 1)))
    rows += [tuple(around)] if around else []
    rows.append((Button(turn.text("⬅️ Back"), "cases", "mine/0"),))
    return Screen(turn.text("🏘 Which municipality?"), tuple(rows))


@worker.tap("places")
async def to_places(turn: Turn, args: str) -> None:
    """Go to the municipalities."""
    turn.go("places", page=int(args or 0))


@worker.screen("find")
async def find(turn: Turn) -> Screen:
    """Ask what to search, or show what was found."""
    text = turn.place.get("text")
    back = (Button(turn.text("⬅️ My list"), "today", "0"),)
    if not text:
        return Screen(turn.text("🔎 Type a name, or a reference such as GR-4K7Q2."), (back,))
    found = await turn.reads.find(turn.scope, text)
    shown = found.lines[:FOUND]
    lines = [turn.text("🔎 Found for “{text}”", text=text)]
    lines += [line(turn, n, case) for n, case in enumerate(shown, start=1)]
    if not found.everything:
        lines.append(turn.text("There are too many cases to look through by name. Search by reference."))
    elif not shown:
        lines.append(turn.text("Nobody. Type another name, or a reference."))
    elif len(found.lines) > FOUND:
        lines.append(turn.text("There are more. Type more of the name."))
    buttons = [Button(str(n), "case", case.ref) for n, case in enumerate(shown, start=1)]
    return Screen("\n".join(lines), (*(tuple(buttons[at : at + 4]) for at in range(0, len(buttons), 4)), back))


async def _search(turn: Turn, text: str) -> None:
    if read_reference(text):
        await open_case(turn, text)
        return
    if too_long(turn, text, LONGEST_SEARCH, kind="find"):
        return
    turn.decide(Trace(turn.actor.id, "find", None))
    turn.go("find", text=text)


@worker.command("zoek", "find")
async def find_wanted(turn: Turn, args: str) -> None:
    """Search, or ask what."""
    if args:
        await _search(turn, args)
    else:
        turn.go("find")


@worker.typed("find")
async def find_typed(turn: Turn, text: str) -> None:
    """Search what was typed."""
    turn.delete(turn.message_id)
    await _search(turn, text)
