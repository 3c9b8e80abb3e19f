"""The report of the month: what came in, what was reached, where people are lost, and what stands still."""

from __future__ import annotations

from datetime import timedelta

from conversations.coordinator.figures.bottleneck_line import in_the_way
from conversations.coordinator.figures.choosing import is_of_a_prison
from conversations.figures.figures import Figures
from conversations.figures.papers import area_name, few, losses, notes, period, said
from conversations.roles import coordinator
from conversations.screen import Button, Screen
from conversations.turn import Turn
from conversations.words import worded
from storage.figures.period import Period
from storage.figures.small_cells import SMALLEST

# Lines of each part.
MOST = 4
# A domain stands out where so many high risks meet at most half as many actions.
FEW = 2


def _count(turn: Turn, number: int) -> str:
    """Return a count of people as it may be shown: nothing, or five and more."""
    return str(number) if number == 0 or number >= SMALLEST else turn.text("fewer than 5")


def _beside(turn: Turn, month: str, year: str) -> str:
    """Return a figure of the month with that of the year beside it."""
    too_few = few(turn.words)
    return too_few if month == year == too_few else turn.text("{month} · this year {year}", month=month, year=year)


def _reached(turn: Turn, month: Figures, year: Figures) -> list[str]:
    """Say what came in and what was reached, in the month and in the year up to it."""
    words = turn.words

    def counted(figures: Figures) -> str:
        cases = figures.total.counts["cases"]
        return few(words) if cases is None else str(cases)

    shown = (
        (turn.text("✉️ Letter answered"), "letter_response"),
        (turn.text("🤝 Contact"), "contact"),
        (turn.text("📌 Action"), "action"),
        (turn.text("📝 Plan agreed"), "plan"),
        (turn.text("🚪 Reported"), "reported"),
        (turn.text("💬 Plans with an own wish"), "own_wish"),
    )
    lines = [turn.text("📥 Came in: {number}", number=_beside(turn, counted(month), counted(year)))]
    for name, one in shown:
        of_year = year.total.rate(one)
        if of_year.hidden or of_year.denominator:
            beside = _beside(turn, said(words, month.total.rate(one)), said(words, of_year))
            lines.append(f"{name} {beside}")
    return lines


def _lost(turn: Turn, month: Figures, year: Figures) -> list[str]:
    """Say where people are lost, the largest losses of the year first; of the month where it can be told."""

    def counted(lost: tuple[int, int]) -> str:
        return turn.text("{numerator} of {denominator}", numerator=lost[0], denominator=lost[1])

    of_month, items = losses(turn.words, month), []
    for name, lost in [one for one in losses(turn.words, year).items() if one[1][0]][:MOST]:
        then = counted(of_month[name]) if name in of_month else few(turn.words)
        items.append(f"· {name}: {_beside(turn, then, counted(lost))}")
    title = turn.text("Where we lose people")
    return [f"\n🕳 <b>{title}</b>", *items] if items else []


async def _figures(turn: Turn) -> list[str]:
    """Show the month that closed last beside the year up to it.

    Both as they were published when it closed: whole months of one reckoning, so that the one beside the other opens
    nothing (storage/figures/small_cells.py). The running month is in neither.
    """
    closed = turn.today.replace(day=1) - timedelta(days=1)
    month = await turn.reads.figures(turn.scope, turn.today, Period.of(closed, closed, closed))
    year = await turn.reads.figures(turn.scope, turn.today, Period.of(closed.replace(month=1), closed, closed))
    name = area_name(month.area, turn.content.region.name)
    return [
        f"📆 <b>{name} · {turn.words.month(closed)}</b>",
        turn.text("Beside it: {period}.", period=period(turn.words, year)),
        *_reached(turn, month, year),
        notes(turn.words, month),
        *_lost(turn, month, year),
    ]


async def _stands_still(turn: Turn) -> list[str]:
    coordination = turn.reads.coordination(turn.scope)
    stuck = await coordination.stuck()
    began = (turn.today.replace(day=1) - timedelta(days=1)).replace(day=1)
    tried = await coordination.tried(began)
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
    for domain_id, risks, done in await turn.reads.coordination(turn.scope).count_risks():
        domain = next((d for d in turn.content.checklist.domains if d.id == domain_id), None)
        if domain is not None and risks >= SMALLEST and done * FEW <= risks:
            name = worded.domain_for_staff(turn.words, domain)
            counts = turn.text("{risks} high risks, actions {actions}", risks=risks, actions=_count(turn, done))
            lines.append(f"· {domain.symbol} {name}: {counts}")
    if not lines:
        return []
    return ["", turn.text("🚩 <b>Many high risks, few actions</b>"), *lines[:MOST]]


async def _never_used(turn: Turn) -> list[str]:
    used = set(await turn.reads.coordination(turn.scope).measures_weighed())
    names = [turn.words.content(m.id, m.name) for m in turn.content.measures.measures if m.id not in used]
    return ["", turn.text("⚖️ Never used here: {measures}", measures=", ".join(names))] if names else []


@coordinator.screen("monthly")
async def monthly(turn: Turn) -> Screen:
    """Show it, with the ways to what it names."""
    lines = await _figures(turn)
    for part in (_stands_still, _risks, _never_used):
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
    turn.go("no_figures" if is_of_a_prison(turn) else "monthly")


@coordinator.tap("monthly")
async def to_monthly(turn: Turn, _args: str) -> None:
    """Open the report that a notice told of."""
    turn.go("monthly")
