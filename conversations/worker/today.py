"""Who waits: the list of a worker, most pressing first, each with its reason and since when."""

from __future__ import annotations

from conversations.roles import member, worker
from conversations.turn import Button, Screen, Turn
from conversations.worker.reasons import line

# Lines that fit on one screen of a phone.
PAGE = 8


@worker.screen("today")
async def today(turn: Turn) -> Screen:
    """Show what waits, a page at a time."""
    waiting = await turn.reads.waiting(turn.scope)
    page = min(turn.place.get("page", 0), max(0, (len(waiting) - 1) // PAGE))
    shown = waiting[page * PAGE : (page + 1) * PAGE]
    lines = [
        f"☀️ <b>{turn.words.day(turn.today)}</b> · "
        + turn.words.plural("{number} case waits", "{number} cases wait", len(waiting))
    ]
    lines += [line(turn, page * PAGE + n, case) for n, case in enumerate(shown, start=1)]
    if not waiting:
        lines.append(turn.text("Nobody waits for you now."))
    buttons = [Button(str(page * PAGE + n), "case", case.ref) for n, case in enumerate(shown, start=1)]
    rows = [tuple(buttons[at : at + 4]) for at in range(0, len(buttons), 4)]
    around = []
    if page:
        around.append(Button("◀️", "today", str(page - 1)))
    around.append(Button(turn.text("🔄 Refresh"), "today", str(page)))
    if (page + 1) * PAGE < len(waiting):
        around.append(Button("▶️", "today", str(page + 1)))
    return Screen("\n".join(lines), (*rows, tuple(around)))


@worker.tap("today")
async def to_today(turn: Turn, args: str) -> None:
    """Go to the list."""
    turn.go("today", page=int(args or 0))


@worker.command("start", "help", "vandaag", "today", "zaken", "cases")
async def today_wanted(turn: Turn, _args: str) -> None:
    """Show what waits."""
    turn.go("today")


@member.screen("desk")
async def desk(turn: Turn) -> Screen:
    """Tell members of other roles what they can do now."""
    return Screen(
        turn.text(
            "👋 You are in, as {role} of {area}. Alerts come here. Your work is on the command line.",
            role=turn.actor.role,
            area=turn.actor.area,
        )
    )


@member.command("start", "help")
async def desk_wanted(turn: Turn, _args: str) -> None:
    """Show the desk."""
    turn.go("desk")
