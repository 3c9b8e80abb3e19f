"""Shared cases of a prison: who, when they come, and what is asked. No answers, no health, no other plan."""

from __future__ import annotations

from conversations.casemanager.shared_items import day_of, plain, state, to_confirm, waits
from conversations.effects.trace import Trace
from conversations.roles import casemanager
from conversations.screen import Button, Screen
from conversations.turn import Turn
from conversations.words.wording import escape, unlinked
from conversations.worker.case.opening import named, opened
from storage.case.case import Case

PAGE = 8


@casemanager.screen("cases")
async def cases(turn: Turn) -> Screen:
    """Show who shares something, the first to come first."""
    refs = await turn.reads.lists(turn.scope, turn.today).shared()
    page = min(turn.place.get("page", 0), max(0, (len(refs) - 1) // PAGE))
    shown = await turn.reads.glance(refs[page * PAGE : (page + 1) * PAGE])
    turn.decide(Trace(turn.actor.id, "items", None))
    counted = turn.words.plural("{number} person shares something", "{number} people share something", len(refs))
    lines = [f"🏢 <b>{escape(turn.actor.area)}</b> · {counted}"]
    for number, case in enumerate(shown, start=page * PAGE + 1):
        day, asked = day_of(turn.words, case), to_confirm(turn.words, case)
        lines.append(f"{number}. <b>{case.ref}</b> · {escape(case.identity.name)} · {day} · {asked}")
    if not refs:
        lines.append(turn.text("Nobody shares anything with you now."))
    rows = [*numbered(shown, page), around(turn, "cases", page, len(refs))]
    return Screen("\n".join(lines), (*rows, (Button(turn.text("🗓 Who comes this week"), "week", "0"),)))


def numbered(shown: list[Case], page: int) -> list[tuple[Button, ...]]:
    """Return the ways to the cases of a page, by their numbers in its lines."""
    buttons = [Button(str(n), "case", case.ref) for n, case in enumerate(shown, start=page * PAGE + 1)]
    return [tuple(buttons[at : at + 4]) for at in range(0, len(buttons), 4)]


def around(turn: Turn, verb: str, page: int, number: int) -> tuple[Button, ...]:
    """Return the ways to the pages around one of a list of so many, and to the same one as it is now."""
    before = (Button("◀️", verb, str(page - 1)),) if page else ()
    after = (Button("▶️", verb, str(page + 1)),) if (page + 1) * PAGE < number else ()
    return (*before, Button(turn.text("🔄 Refresh"), verb, str(page)), *after)


@casemanager.tap("cases")
async def to_cases(turn: Turn, args: str) -> None:
    """Go to the list."""
    turn.go("cases", page=int(args or 0))


@casemanager.tap("no_longer")
async def no_longer(turn: Turn, args: str) -> None:
    """Say what is over: whoever tried to look would read the one same answer."""
    turn.go(
        "cases",
        turn.text(
            "🔒 {ref}: something is no longer shared with you. You need do nothing more for it. "
            "Throw away what you wrote down of it.",
            ref=args,
        ),
    )


@casemanager.command("start", "zaken", "cases")
async def cases_wanted(turn: Turn, _args: str) -> None:
    """Show the list."""
    turn.go("cases")


@casemanager.screen("case")
async def case_(turn: Turn) -> Screen:
    """Show what one person shares, each with its answer."""
    case = await turn.open(turn.place["ref"], "items")
    helper, team = await turn.reads.helper_of(case), turn.content.region.contact(case.municipality)
    lines = [
        f"<b>{case.ref}</b> · {escape(case.identity.name)}",
        f"📅 {day_of(turn.words, case)}",
        f"🤝 {escape(helper.name if helper else team.team)} · {case.municipality} · {team.telephone}",
        "",
        turn.text("Shared with you, with the person's yes:"),
    ]
    rows: list[tuple[Button, ...]] = []
    for number, action in enumerate(case.shares.with_the_prison(), start=1):
        due = f" · {turn.words.short(action.due)}" if action.due else ""
        said = unlinked(plain(turn.words, turn.content.checklist, action))
        lines.append(f"{number}. {said}{due} · {state(turn.words, case, action)}")
        if waits(case, action):
            args = f"{case.ref}/{action.position}"
            rows.append(
                (
                    Button(turn.text("👍 {number} We do this", number=number), "confirm", args),
                    Button(turn.text("✋ {number} It cannot be", number=number), "cannot", args),
                )
            )
    rows.append((Button(turn.text("✍️ Write to the helper"), "write", case.ref),))
    rows.append((Button(turn.text("⬅️ My list"), "cases", "0"),))
    return Screen("\n".join(lines), tuple(rows))


@casemanager.tap("case")
async def to_case(turn: Turn, args: str) -> None:
    """Go to what one person shares."""
    if case := await opened(turn, args, "items"):
        turn.go("case", ref=case.ref)


@casemanager.command("zaak", "case")
async def case_wanted(turn: Turn, args: str) -> None:
    """Show what one person shares."""
    if case := await named(turn, args, "items", "/zaak GR-4K7Q2"):
        turn.go("case", ref=case.ref)


@casemanager.command("plan")
async def plan_wanted(turn: Turn, args: str) -> None:
    """Show the part of the plan that is shared."""
    if case := await named(turn, args, "items", "/plan GR-4K7Q2"):
        turn.go("case", ref=case.ref)


@casemanager.command("help")
async def help_wanted(turn: Turn, _args: str) -> None:
    """Say in a few lines what can be typed."""
    turn.go(
        "cases",
        turn.text(
            "❓ What you can type\n"
            "/zaken: who shares something with you\n"
            "/week: who of them comes this week and the next\n"
            "/zaak GR-4K7Q2: what one person shares\n"
            "/bericht GR-4K7Q2: write to the helper\n"
            "You see only what the person said yes to. That can end at any time."
        ),
    )
