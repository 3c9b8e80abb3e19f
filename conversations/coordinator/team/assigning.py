"""Assigning of cases, by hand where the rules do not decide, and how much everybody has."""

from __future__ import annotations

from conversations.coordinator.team.naming import names
from conversations.effects.notice import Notice
from conversations.roles import coordinator
from conversations.screen import Button, Screen
from conversations.shared.lists import Load
from conversations.turn import Turn
from conversations.words.wording import escape
from storage.queues.pressing import Waiting
from storage.scope import NotYoursError

PAGE = 8
# Colleagues on one screen, and cases given at once.
SHOWN, AT_ONCE = 12, 50
# Municipalities and colleagues on one screen of the workload.
LINES = 25


def pages(verb: str, page: int, number: int, size: int, after: str = "") -> list[tuple[Button, ...]]:
    """Return the row of buttons to the pages beside this one; none when there is only one page."""
    around = [Button("◀️", verb, f"{page - 1}{after}")] if page else []
    if (page + 1) * size < number:
        around.append(Button("▶️", verb, f"{page + 1}{after}"))
    return [tuple(around)] if around else []


def _back(turn: Turn) -> tuple[Button, ...]:
    return (Button(turn.text("⬅️ My list"), "today", "0"),)


def _load(turn: Turn, load: Load) -> str:
    """Return what somebody has, in a few words."""
    text = turn.words.plural("{number} case", "{number} cases", load.open)
    if load.away:
        text += " · 🏖 " + (load.stand_in or "⚠️")
    return text


# The cases that nobody has.


@coordinator.screen("assign")
async def assign(turn: Turn) -> Screen:
    """Show the municipalities with cases that nobody has, the most first."""
    free = await turn.reads.unassigned(turn.scope)
    total = sum(number for _, number in free)
    counted = turn.words.plural("{number} case", "{number} cases", total)
    lines = [turn.text("🗂 <b>Nobody's yet</b>") + f" · {counted}"]
    page = min(turn.place.get("page", 0), max(0, (len(free) - 1) // PAGE))
    if not free:
        lines.append(turn.text("Every case has somebody."))
    rows: list[tuple[Button, ...]] = [
        (Button(f"🏘 {name} {number}", "assign_in", f"0/{name}"),)
        for name, number in free[page * PAGE : (page + 1) * PAGE]
    ]
    rows += pages("assign", page, len(free), PAGE)
    return Screen("\n".join(lines), (*rows, (Button(turn.text("⚖️ Workload"), "workload", "0"),), _back(turn)))


@coordinator.command("toewijzen", "assign")
async def wanted(turn: Turn, _args: str) -> None:
    """Show the cases that nobody has."""
    turn.go("assign")


@coordinator.tap("assign")
async def to_assign(turn: Turn, args: str) -> None:
    """Go to the cases that nobody has."""
    turn.go("assign", page=int(args or 0))


@coordinator.tap("assign_in")
async def to_place(turn: Turn, args: str) -> None:
    """Go to those of a municipality."""
    page, name = args.split("/", 1)
    chosen = turn.place.get("chosen", []) if turn.place.get("where") == name else []
    turn.go("assign_in", where=name, page=int(page), chosen=chosen)


async def _free(turn: Turn, where: str) -> list[Waiting]:
    return [
        c for c in await turn.reads.lists(turn.scope, turn.today).page("place", 0, 2_000, where) if c.worker is None
    ]


@coordinator.screen("assign_in")
async def assign_in(turn: Turn) -> Screen:
    """Let some of a municipality be chosen, or all, and then who takes them."""
    where, chosen = turn.place["where"], turn.place["chosen"]
    free = await _free(turn, where)
    page = min(turn.place["page"], max(0, (len(free) - 1) // PAGE))
    counted = turn.words.plural("{number} case", "{number} cases", len(free))
    lines = [f"🏘 <b>{escape(where)}</b> · {counted}"]
    rows: list[tuple[Button, ...]] = []
    shown = free[page * PAGE : (page + 1) * PAGE]
    who = await names(turn, [case.ref for case in shown])
    for case in shown:
        day = turn.words.short(case.reporting_date) if case.reporting_date else turn.text("no date yet")
        sign = "✅ " if case.ref in chosen else "⬜️ "
        rows.append((Button(f"{sign}{case.ref}{who[case.ref]} · {day}", "assign_pick", case.ref),))
    rows += pages("assign_in", page, len(free), PAGE, f"/{where}")
    if chosen:
        number = turn.words.plural("{number} case", "{number} cases", len(chosen))
        rows.append((Button(turn.text("👤 Who takes {cases}?", cases=number), "assign_who", "chosen"),))
    if free:
        rows.append((Button(turn.text("👥 All of them to one"), "assign_who", "all"),))
    return Screen("\n".join(lines), (*rows, (Button(turn.text("⬅️ Back"), "assign", "0"),)))


@coordinator.tap("assign_pick")
async def pick(turn: Turn, args: str) -> None:
    """Choose a case, or no longer."""
    chosen: list[str] = turn.place["chosen"]
    chosen = [ref for ref in chosen if ref != args] if args in chosen else [*chosen, args]
    turn.go(**(turn.place | {"chosen": chosen[:AT_ONCE]}))


@coordinator.tap("assign_who")
async def to_who(turn: Turn, args: str) -> None:
    """Go and choose who takes them."""
    where = turn.place["where"]
    chosen = turn.place["chosen"] if args == "chosen" else [c.ref for c in await _free(turn, where)][:AT_ONCE]
    turn.go("assign_who", where=where, chosen=chosen)


@coordinator.screen("assign_who")
async def assign_who(turn: Turn) -> Screen:
    """Propose colleagues of the place, who has the least first, each with what they have."""
    where = turn.place["where"]
    loads = (await turn.reads.workload(turn.scope)).of(where, turn.content.region.province_of(where))
    number = turn.words.plural("{number} case", "{number} cases", len(turn.place["chosen"]))
    text = turn.text("👤 Who takes {cases} of {place}?", cases=number, place=where)
    if not loads:
        text += "\n" + turn.text("Nobody works in {place} yet. Invite somebody: /team", place=where)
    rows = [(Button(f"👤 {load.name} · {_load(turn, load)}", "assign_to", load.member_id),) for load in loads[:SHOWN]]
    return Screen(text, (*rows, (Button(turn.text("⬅️ Back"), "assign_in", f"0/{where}"),)))


@coordinator.tap("assign_to")
async def to_somebody(turn: Turn, args: str) -> None:
    """Give the cases to a colleague, who hears it once; what somebody took meanwhile stays theirs."""
    where = turn.place["where"]
    able = (await turn.reads.workload(turn.scope)).of(where, turn.content.region.province_of(where))
    to = next((load for load in able if load.member_id == args), None)
    if to is None:
        turn.go("assign", turn.text("That colleague is no longer there. Choose somebody else."))
        return
    given = 0
    for ref in turn.place["chosen"]:
        try:
            case = await turn.open(ref, "assign")
        except NotYoursError:
            continue
        if case.worker is None:
            case.helpers.assign(to.member_id)
            given += 1
    if given:
        turn.decide(Notice(("staff", to.member_id), "listed", "today", "0"))
    number = turn.words.plural("{number} case", "{number} cases", given)
    turn.go(
        "assigned",
        said=turn.text("✅ {colleague} has {cases} of {place} now.", colleague=to.name, cases=number, place=where),
    )


@coordinator.screen("assigned")
async def assigned(turn: Turn) -> Screen:
    """Say who has them now."""
    return Screen(turn.place["said"], ((Button(turn.text("🗂 Assign cases"), "assign", "0"),), _back(turn)))


# How much everybody has.


@coordinator.command("werkdruk", "workload")
async def workload_wanted(turn: Turn, _args: str) -> None:
    """Show how much everybody has."""
    turn.go("workload", page=0)


@coordinator.tap("workload")
async def to_workload(turn: Turn, args: str) -> None:
    """Show how much everybody has."""
    turn.go("workload", page=int(args or 0))


@coordinator.screen("workload")
async def workload(turn: Turn) -> Screen:
    """Show municipalities without anybody first, then each colleague: cases, waiting, near the date, away."""
    found = await turn.reads.workload(turn.scope)
    lines = []
    if found.without:
        names = ", ".join(f"{escape(name)} {number}" for name, number in found.without[:LINES])
        more = f" … (+{len(found.without) - LINES})" if len(found.without) > LINES else ""
        lines.append(turn.text("⚠️ <b>Nobody works there:</b>") + f" {names}{more}")
    everybody = sorted(found.loads, key=lambda load: (-load.open, load.name))
    page = min(turn.place.get("page", 0), max(0, (len(everybody) - 1) // LINES))
    lines.append(turn.text("⚖️ <b>Workload</b>: open · waiting · within 14 days"))
    for load in everybody[page * LINES : (page + 1) * LINES]:
        area = escape(turn.content.region.area_name(load.area))
        line = f"👤 {escape(load.name)} ({area}): {load.open} · ⏱ {load.waiting} · 📅 {load.near}"
        if load.away:
            line += " · " + (
                turn.text("🏖 away, {colleague} stands in", colleague=load.stand_in)
                if load.stand_in
                else turn.text("🏖 away, and nobody stands in any more")
            )
        lines.append(line)
    if not everybody:
        lines.append(turn.text("Nobody works here yet. Invite somebody: /team"))
    rows = pages("workload", page, len(everybody), LINES)
    return Screen("\n".join(lines), (*rows, (Button(turn.text("🗂 Assign cases"), "assign", "0"),), _back(turn)))
