"""The report of the month: what came in, what was reached, where people are lost, and what stands still."""

from __future__ import annotations

from datetime import timedelta

from conversations.coordinator.in_the_way import in_the_way
from conversations.figure_papers import area_name, few, notes, period, report_data, said
from conversations.roles import coordinator
from conversations.turn import Button, Screen, Turn
from storage.indicators import indicator
from storage.small_cells import SMALLEST

# Lines of each part.
MOST = 4
# A domain stands out where so many high risks meet at most half as many actions.
FEW = 2


def _count(turn: Turn, number: int) -> str:
    """Return a count of people as it may be shown: nothing, or five and more."""
    return str(number) if number == 0 or number >= SMALLEST else few(turn.words)


async def _came_in(turn: Turn) -> list[str]:
    """Say what came in and what was reached, in the year up to now."""
    figures = await turn.reads.figures(turn.scope, turn.today)
    total, words = figures.total, turn.words
    cases = total.counts["cases"]
    name = area_name(figures.area, turn.content.region.name)
    lines = [
        f"📆 <b>{name} · {period(words, figures)}</b>",
        turn.text("📥 Came in: {number}", number=few(words) if cases is None else cases),
        turn.text("🤝 Contact") + " " + said(words, total.rate("contact")),
        turn.text("📌 Action") + " " + said(words, total.rate("action")),
        turn.text("📝 Plan agreed") + " " + said(words, total.rate("plan")),
    ]
    wish = total.rate(indicator("own_wish"))
    if wish.hidden or wish.denominator:
        lines.append(turn.text("💬 Plans with an own wish") + " " + said(words, wish))
    lines.append(notes(words, figures))
    return lines


async def _lost(turn: Turn) -> list[str]:
    """Say where people are lost, as the page for the alderman does."""
    figures = await turn.reads.figures(turn.scope, turn.today, more=True)
    parts = report_data(turn.words, figures, turn.content.region.name, turn.content.measures)["parts"]
    title = turn.text("Where people are lost")
    items: list[str] = next((part["items"] for part in parts if part["title"] == title), [])
    return [f"\n🕳 <b>{title}</b>", *(f"· {item}" for item in items[:MOST])] if items else []


async def _stands_still(turn: Turn) -> list[str]:
    office = turn.reads.office(turn.scope)
    stuck = await office.stuck()
    began = (turn.today.replace(day=1) - timedelta(days=1)).replace(day=1)
    tried = await office.tried(began)
    return [
        "",
        turn.text("⏳ Longer than the norm: {number}", number=_count(turn, len(stuck))),
        await in_the_way(turn) or turn.text("🧱 No bottleneck stands open."),
        turn.text(
            "💪 To the limit since {day}: {number}", day=turn.words.short(began), number=_count(turn, len(tried))
        ),
    ]


async def _risks(turn: Turn) -> list[str]:
    """Name the domains with many high risks and few actions; small counts are not named."""
    lines = []
    for domain_id, risks, done in await turn.reads.office(turn.scope).count_risks():
        domain = next((d for d in turn.content.checklist.domains if d.id == domain_id), None)
        if domain is not None and risks >= SMALLEST and done * FEW <= risks:
            name = turn.words.content(domain.id, domain.name)
            counts = turn.text("{risks} high risks, actions {actions}", risks=risks, actions=_count(turn, done))
            lines.append(f"· {domain.symbol} {name}: {counts}")
    if not lines:
        return []
    return ["", turn.text("🚩 <b>Many high risks, few actions</b>"), *lines[:MOST]]


async def _never_used(turn: Turn) -> list[str]:
    used = set(await turn.reads.office(turn.scope).measures_weighed())
    names = [turn.words.content(m.id, m.name) for m in turn.content.measures.measures if m.id not in used]
    return ["", turn.text("⚖️ Never used here: {measures}", measures=", ".join(names))] if names else []


@coordinator.screen("monthly")
async def monthly(turn: Turn) -> Screen:
    """Show it, with the ways to what it names."""
    lines = await _came_in(turn)
    for part in (_lost, _stands_still, _risks, _never_used):
        lines += await part(turn)
    ways = (
        (Button(turn.text("📊 Figures"), "monitor"), Button(turn.text("📄 A4 for the alderman"), "paper")),
        (
            Button(turn.text("⏳ Longer than the norm"), "stuck", "0"),
            Button(turn.text("🧱 Bottlenecks"), "bottlenecks", "0"),
        ),
        (Button(turn.text("⬅️ My list"), "today", "0"),),
    )
    return Screen("\n".join(lines), ways)


@coordinator.command("maandrapport", "monthly")
async def wanted(turn: Turn, _args: str) -> None:
    """Show the report of the month."""
    turn.go("monthly")


@coordinator.tap("monthly")
async def to_monthly(turn: Turn, _args: str) -> None:
    """Open the report that a notice told of."""
    turn.go("monthly")
