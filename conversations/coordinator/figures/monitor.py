"""The figures on a coordinator's phone: how far people come, per municipality and over time."""

from __future__ import annotations

from datetime import date

from conversations.coordinator.figures.bottleneck_line import in_the_way
from conversations.coordinator.figures.choosing import asked, kept, show
from conversations.coordinator.team.assigning import pages
from conversations.figures.figures import Figures, Rate, Row
from conversations.figures.papers import area_name, few, notes, period, said, unknown
from conversations.figures.weighing import topic_name
from conversations.roles import coordinator
from conversations.screen import Button, Screen
from conversations.turn import Turn
from conversations.worker.today.reasons import line
from storage.figures.indicators import HOW, INDICATORS
from storage.schema import TOPICS

# Municipalities on one screen, and cases that stand still.
PAGE, STILL = 10, 8


async def _figures(turn: Turn, more: bool = False) -> Figures:
    return await turn.reads.figures(turn.scope, turn.today, asked(turn), more=more)


def _rate(turn: Turn, rate: Rate, tail: str = "") -> str:
    if rate.hidden or rate.percent is None:
        return said(turn.words, rate)
    of = turn.text("{numerator} of {denominator}", numerator=rate.numerator, denominator=rate.denominator)
    return f"<b>{rate.percent} %</b> ({of}{tail})" + unknown(turn.words, rate)


def _not_reported(turn: Turn, row: Row) -> list[str]:
    """Return what became of the others who were called up, three things apart; nothing when all reported."""
    names = (
        (turn.text("stayed away"), "called_up & outcome=absent"),
        (turn.text("arrested"), "called_up & outcome=arrested"),
        (turn.text("unknown"), "called_up & !outcome"),
    )
    told = [(name, row.counts[count]) for name, count in names if row.counts[count] != 0]
    said_of = [f"{name} {few(turn.words) if number is None else number}" for name, number in told]
    return [turn.text("🚷 Not reported") + ": " + " · ".join(said_of)] if said_of else []


def _how(turn: Turn, row: Row) -> str:
    names = {
        "letter": turn.text("letter"),
        "chat": turn.text("chat"),
        "phone": turn.text("telephone"),
        "visit": turn.text("visit"),
        "care": turn.text("through help"),
    }
    kinds = [(names[kind], row.counts[f"contact & how={kind}"]) for kind in HOW]
    return " · ".join(f"{name} {number}" for name, number in kinds if number)


def _lines(turn: Turn, figures: Figures) -> list[str]:
    """Return the figures, one line each; what nobody counts yet has none."""
    total, counts = figures.total, figures.total.counts
    lines = []
    if counts["letter_sent"]:
        lines.append(turn.text("✉️ Letter answered") + " " + _rate(turn, total.rate("letter_response")))
    how = _how(turn, total)
    lines.append(turn.text("🤝 Contact") + " " + _rate(turn, total.rate("contact")) + (f": {how}" if how else ""))
    lines.append(
        turn.text("📌 Action after contact")
        + f" {_rate(turn, total.rate('action_after_contact'))}; "
        + turn.text("all cases")
        + f" {_rate(turn, total.rate('action'))}"
    )
    if counts["action"]:
        lines.append(turn.text("👥 Known to help already") + " " + _rate(turn, total.rate("known")))
        text = turn.text("📝 Plan agreed") + " " + _rate(turn, total.rate("plan"))
        if figures.head_start is not None:
            text += ", " + turn.text("median {days} days beforehand", days=turn.words.decimal(figures.head_start))
        lines.append(text)
    if counts["called_up"]:
        called = " " + turn.text("called up")
        lines.append(
            turn.text("🚪 Reported") + " " + _rate(turn, total.rate("reported"), called) + _target(turn, figures)
        )
        lines += _not_reported(turn, total)
    for topic in TOPICS:
        rate = total.rate(f"kept_{topic}")
        if rate.denominator:
            lines.append(turn.text("🏠 Kept: {what}", what=topic_name(turn.words, topic)) + f" {_rate(turn, rate)}")
    return lines


def _target(turn: Turn, figures: Figures) -> str:
    target = figures.targets.get("reported")
    if target is None:
        return ""
    met = {True: " ✅", False: " —", None: ""}[figures.met("reported")]
    return turn.text(", target {value} %", value=target) + met


def _head(turn: Turn, figures: Figures) -> str:
    name = area_name(figures.area, turn.content.region.name)
    cases = figures.total.counts["cases"]
    counted = (
        turn.words.plural("{number} case", "{number} cases", cases)
        if cases is not None
        else said(turn.words, Rate(None, None))
    )
    return f"📊 <b>{name} · {period(turn.words, figures)}</b> · {counted}"


def _notes(turn: Turn, figures: Figures) -> str:
    text = ("🔒 " if figures.cut else "") + notes(turn.words, figures)
    rates = [figures.total.rate(one) for one in INDICATORS if one.group == "course"]
    hidden = any(rate.hidden and rate.denominator != 0 for rate in rates)
    first, last = figures.first, figures.last
    is_year = first == date(first.year, 1, 1) and last in (turn.today, date(last.year, 12, 31))
    return text + " " + turn.text("Whole quarters or a whole year show more.") if hidden and not is_year else text


def _ways(turn: Turn) -> tuple[tuple[Button, ...], ...]:
    return (
        (Button(turn.text("📈 Trend"), "trend"), Button(turn.text("🗺 Per municipality"), "per_place", "0")),
        (Button(turn.text("📄 A4 for the alderman"), "paper"), Button("📊 Excel", "export")),
        (Button(turn.text("🖼 Picture"), "picture"), Button(turn.text("👀 Who stands still?"), "still")),
        (Button(turn.text("⚖️ Measures"), "weighed", "0"), Button(turn.text("🧱 Bottlenecks"), "bottlenecks", "0")),
        (Button(turn.text("📅 Other period"), "periods"),),
    )


@coordinator.screen("monitor")
async def monitor(turn: Turn) -> Screen:
    """Show how far people come."""
    figures = await _figures(turn)
    lines = [_head(turn, figures), *_lines(turn, figures)]
    cases, contact = figures.total.counts["cases"], figures.total.counts["contact"]
    if cases is not None and contact is not None and cases > contact:
        text = turn.words.plural("⚠️ 1 case without contact", "⚠️ {number} cases without contact", cases - contact)
        if figures.silent:
            text += ", " + turn.text("{number} longer than 30 days", number=figures.silent)
        lines.append(text)
    if blocked := await in_the_way(turn):
        lines.append(blocked)
    lines.append(_notes(turn, figures))
    return Screen("\n".join(lines), _ways(turn))


@coordinator.command("monitor")
async def monitor_wanted(turn: Turn, args: str) -> None:
    """Show the figures of a period, by default this year."""
    await show(turn, args)


@coordinator.tap("monitor")
async def to_monitor(turn: Turn, _args: str) -> None:
    """Go back to the figures."""
    turn.go("monitor", **kept(turn))


def _back(turn: Turn) -> tuple[Button, ...]:
    return (Button(turn.text("⬅️ Figures"), "monitor"),)


def _part(turn: Turn, name: str) -> str:
    """Return a month, a quarter or a year as people write it."""
    year, _, part = name.partition("-")
    if part.startswith("K"):
        return turn.text("quarter {number} of {year}", number=part[1:], year=year)
    return turn.words.month(date(int(year), int(part), 1)) if part else year


@coordinator.screen("trend")
async def trend(turn: Turn) -> Screen:
    """Show the parts of a period beside each other: months where they are large enough, else quarters."""
    figures = await _figures(turn, more=True)
    name = area_name(figures.area, turn.content.region.name)
    lines = [f"📈 <b>{name} · {period(turn.words, figures)}</b>"]
    if figures.cut:
        lines.append(turn.text("The trend is of whole months."))
    if figures.trend_closed is not None:
        month = turn.words.month(figures.trend_closed)
        lines.append(turn.text("As published at the close of {month}.", month=month))
    for row in figures.trend[-12:]:
        if not row.counts["cases"]:
            continue
        contact, action = row.rate("contact"), row.rate("action")
        cases = row.counts["cases"]
        counted = turn.words.plural("{number} case", "{number} cases", cases) if cases is not None else ""
        lines.append(f"<b>{_part(turn, row.name)}</b> · {counted}")
        lines.append(f"🤝 {said(turn.words, contact)} · 📌 {said(turn.words, action)}")
    if not figures.trend:
        lines.append(turn.text("There are too few cases for a trend."))
    return Screen("\n".join(lines), (_back(turn),))


@coordinator.tap("trend")
async def to_trend(turn: Turn, _args: str) -> None:
    """Go to the trend."""
    turn.go("trend", **kept(turn))


@coordinator.screen("per_place")
async def per_place(turn: Turn) -> Screen:
    """Show the municipalities, a page at a time; small ones are only in the total."""
    figures = await _figures(turn)
    rows = [row for row in (*figures.provinces, *figures.municipalities) if row.counts["cases"]]
    page = min(turn.place.get("page", 0), max(0, (len(rows) - 1) // PAGE))
    lines = [_head(turn, figures)]
    for row in rows[page * PAGE : (page + 1) * PAGE]:
        name = area_name(row.name, turn.content.region.name)
        lines.append(f"<b>{name}</b> · {row.counts['cases']}")
        lines.append(f"🤝 {said(turn.words, row.rate('contact'))} · 📌 {said(turn.words, row.rate('action'))}")
    lines.append(_notes(turn, figures))
    around = [Button("◀️", "per_place", str(page - 1))] if page else []
    if (page + 1) * PAGE < len(rows):
        around.append(Button("▶️", "per_place", str(page + 1)))
    return Screen("\n".join(lines), (*((tuple(around),) if around else ()), _back(turn)))


@coordinator.tap("per_place")
async def to_per_place(turn: Turn, args: str) -> None:
    """Go to the municipalities."""
    turn.go("per_place", page=int(args or 0), **kept(turn))


@coordinator.screen("still")
async def still(turn: Turn) -> Screen:
    """Show whom nobody has spoken to for more than thirty days."""
    page = turn.place.get("page", 0)
    shown, number = await turn.reads.standstill(turn.scope, turn.today, page * STILL, STILL)
    if page and not shown:  # they were spoken to meanwhile
        page, (shown, number) = 0, await turn.reads.standstill(turn.scope, turn.today, 0, STILL)
    begin = page * STILL
    counted = turn.words.plural("{number} case", "{number} cases", number)
    lines = [turn.text("👀 <b>Nobody has spoken to them for more than 30 days</b>") + f" · {counted}"]
    lines += [line(turn, n, case) for n, case in enumerate(shown, start=begin + 1)]
    if not number:
        lines.append(turn.text("There is nobody in this list."))
    buttons = [Button(str(n), "case", case.ref) for n, case in enumerate(shown, start=begin + 1)]
    rows = [tuple(buttons[at : at + 4]) for at in range(0, len(buttons), 4)]
    rows += pages("still", page, number, STILL)
    rows.append((Button(turn.text("⏳ Longer than the norm"), "stuck", "0"),))
    return Screen("\n".join(lines), (*rows, _back(turn)))


@coordinator.tap("still")
async def to_still(turn: Turn, args: str) -> None:
    """Go to who stands still."""
    turn.go("still", page=int(args or 0), **kept(turn))
