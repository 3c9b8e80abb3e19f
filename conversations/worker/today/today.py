"""The worker's morning: what waits and why, most pressing first, what is their own to do, and who stands in."""

from __future__ import annotations

from datetime import timedelta

from conversations.roles import member, worker
from conversations.screen import Button, Screen
from conversations.turn import Turn
from conversations.worker.today.reasons import line
from storage.people.invitations import read_code

# Lines that fit on one screen of a phone.
PAGE = 8
# Days ahead for which the list says who stands in.
AHEAD = 7
# Questions of colleagues that the list shows.
ASKED = 3


async def _lines_below(turn: Turn) -> list[str]:
    """Return what is the worker's own to do, and the days on which a colleague stands in."""
    lines = []
    own = await turn.reads.lists(turn.scope, turn.today).own_actions()
    if own.overdue:
        lines.append(
            turn.words.plural(
                "🟠 Yours: {number} action past its day", "🟠 Yours: {number} actions past their day", own.overdue
            )
        )
    if own.first is not None:
        due = turn.words.plural("{number} action", "{number} actions", own.week or own.later)
        first = turn.words.day(own.first)
        if own.week:
            lines.append(turn.text("🤝 Yours this week: {actions}, the first on {day}", actions=due, day=first))
        else:
            lines.append(turn.text("🤝 Yours next week: {actions}, the first on {day}", actions=due, day=first))
    cover = await turn.reads.cover_of(turn.actor.id, turn.today)
    if cover is not None and cover.from_day <= turn.today + timedelta(days=AHEAD):
        colleague = await turn.reads.staff(cover.by)
        days = turn.words.short(cover.from_day)
        if cover.until_day != cover.from_day:
            days += f" – {turn.words.short(cover.until_day)}"
        if colleague is not None:
            lines.append(turn.text("🏖 {days}: {colleague} stands in for you", days=days, colleague=colleague.name))
        else:
            lines.append(
                turn.text("⚠️ {days}: nobody stands in for you any more. Choose somebody: /waarneming", days=days)
            )
    for away in sorted(turn.actor.covers):
        if colleague := await turn.reads.staff(away):
            lines.append(turn.text("🏖 You stand in for {colleague}", colleague=colleague.name))
    return lines


def _counted(turn: Turn, waiting: int, own: int, nobodys: int) -> list[str]:
    """Return how many wait: of one's own cases, and of those that nobody has. Together they are the list."""
    said = []
    if own > 1:
        said.append(
            turn.words.plural(
                "{number} of your {all} cases waits", "{number} of your {all} cases wait", waiting, all=own
            )
        )
    elif own:
        said.append(turn.text("your case waits") if waiting else turn.text("your case waits for nothing"))
    if nobodys:
        said.append(turn.words.plural("{number} case of nobody", "{number} cases of nobody", nobodys))
    return said or [turn.text("you have no cases")]


@worker.screen("today")
async def today(turn: Turn) -> Screen:
    """Show what waits, a page at a time."""
    lists = turn.reads.lists(turn.scope, turn.today)
    waiting, own = await lists.count("today"), await lists.count("mine")
    page = min(turn.place.get("page", 0), max(0, (waiting - 1) // PAGE))
    first = page * PAGE + 1
    shown = await lists.page("today", page * PAGE, PAGE)
    mine = await lists.own_waiting()
    lines = [" · ".join([f"☀️ <b>{turn.words.day(turn.today)}</b>", *_counted(turn, mine, own, waiting - mine)])]
    lines += [line(turn, n, case) for n, case in enumerate(shown, start=first)]
    if not waiting:
        lines.append(turn.text("Nobody waits for you now."))
    asked = await lists.asked()
    for ref, code, day in asked[:ASKED]:
        rule = turn.content.measures.measure(code)
        name = turn.words.content(rule.id, rule.name) if rule else code
        lines.append(
            turn.text("❓ {ref} · decide by {day}: {measure}", ref=ref, day=turn.words.short(day), measure=name)
        )
    lines += await _lines_below(turn)
    buttons = [Button(str(n), "case", case.ref) for n, case in enumerate(shown, start=first)]
    rows = [tuple(buttons[at : at + 4]) for at in range(0, len(buttons), 4)]
    rows += [tuple(Button(f"❓ {ref}", "asked", ref) for ref, _, _ in asked[:ASKED])] if asked else []
    around = []
    if page:
        around.append(Button("◀️", "today", str(page - 1)))
    around.append(Button(turn.text("🔄 Refresh"), "today", str(page)))
    if (page + 1) * PAGE < waiting:
        around.append(Button("▶️", "today", str(page + 1)))
    if (await lists.own_actions()).number:
        rows.append((Button(turn.text("🤝 What I do myself"), "own_due"),))
    below = (
        Button(turn.text("✅ Note contact"), "contact_many", ""),
        Button(turn.text("📋 All {number}", number=own), "cases", "mine/0"),
    )
    return Screen("\n".join(lines), (*rows, tuple(around), below))


@worker.tap("today")
async def to_today(turn: Turn, args: str) -> None:
    """Go to the list."""
    turn.go("today", page=int(args or 0))


@worker.command("start", "vandaag", "today")
async def today_wanted(turn: Turn, args: str) -> None:
    """Show what waits. A code of a letter is not used here: this chat is a colleague's."""
    turn.go("today")
    if args and read_code(args):
        turn.remark(turn.text("This chat is for your work. Open that code with another account, or on another phone."))


@worker.command("help")
async def help_wanted(turn: Turn, _args: str) -> None:
    """Say in a few lines what can be typed."""
    note = [
        turn.text(
            "❓ What you can type\n"
            "/vandaag: what waits for you · /zaken: all your cases\n"
            "/zaak GR-4K7Q2: one case, with everything you can do\n"
            "/risicos: risks that stand open · /zoek Jansen: search a name\n"
            "/nieuw: add a case by hand · /contact GR-4K7Q2: note contact\n"
            "/actie GR-4K7Q2 · /notitie GR-4K7Q2 · /maatregel GR-4K7Q2\n"
            "/bericht GR-4K7Q2: write to the person · /plan GR-4K7Q2\n"
            "/knelpunt: what stands in the way · /overdragen GR-4K7Q2\n"
            "/agenda: your days · /waarneming: who stands in for you\n"
            "Reply to a case on the screen: the person gets your words."
        )
    ]
    if turn.actor.role == "coordinator":
        note.append(
            turn.text(
                "Your area:\n"
                "/import: bring in an overview · /toewijzen: who takes a case\n"
                "/brieven: letters · /werkdruk: how much everybody has\n"
                "/monitor: figures · /rapport: one A4 · /export: a workbook\n"
                "/team: who works here · /knelpunten · /overleg · /maandrapport"
            )
        )
    turn.go("today", note="\n\n".join(note))


@member.screen("desk")
async def other_roles(turn: Turn) -> Screen:
    """Tell members of other roles what they can do now."""
    return Screen(
        turn.text(
            "👋 You are in, as {role} of {area}. Alerts come here. Your work is on the command line.",
            role=turn.actor.role,
            area=turn.actor.area,
        )
    )


@member.command("start", "help")
async def start_of_other_roles(turn: Turn, _args: str) -> None:
    """Show what other roles can do."""
    turn.go("desk")
