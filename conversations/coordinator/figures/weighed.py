"""Weighed measures: what was kept with one beside without it, and with a plan beside without one."""

from __future__ import annotations

from conversations.coordinator.figures.choosing import asked, kept
from conversations.effects.trace import Trace
from conversations.figures.figures import Figures, Rate, Weighed
from conversations.figures.papers import area_name, period, said
from conversations.figures.weighing import measure_name, no_cause, topic_name, why_not
from conversations.roles import coordinator
from conversations.screen import Button, Screen
from conversations.turn import Turn
from conversations.worker.case.steps import in_rows
from storage.figures.indicators import INDICATORS
from storage.figures.weighing import REASONS
from storage.schema import TOPICS

# Measures on one screen.
PAGE = 8


async def _figures(turn: Turn) -> Figures:
    return await turn.reads.figures(turn.scope, turn.today, asked(turn), more=True)


def _head(turn: Turn, figures: Figures) -> str:
    return f"{area_name(figures.area, turn.content.region.name)} · {period(turn.words, figures)}"


def _rate(turn: Turn, rate: Rate) -> str:
    """Return a rate with its counts and how many more there are of whom it is not known."""
    if rate.hidden:
        return "🔒"
    if rate.denominator == 0:
        return turn.text("nobody")
    text = said(turn.words, rate)
    if rate.percent is not None:
        text = f"<b>{rate.percent} %</b>{text.removeprefix(f'{rate.percent} %')}"
    return text + (turn.text(", not known {number}", number=rate.unknown) if rate.unknown else "")


def _small(turn: Turn) -> str:
    return turn.text("small numbers, not shown")


def _notes(turn: Turn, figures: Figures) -> list[str]:
    """Return what figures of measures must be read with."""
    lines = []
    if figures.cut:
        lines.append(turn.text("Measures are counted over whole months: choose another period."))
    elif figures.closed is not None:
        lines.append(turn.text("Counted today."))
    return [*lines, no_cause(turn.words)]


def _home(turn: Turn) -> Button:
    return Button(turn.text("⬅️ Figures"), "monitor")


@coordinator.screen("weighed")
async def weighed(turn: Turn) -> Screen:
    """Show the measures: how often each was weighed and used, the most weighed first."""
    figures, measures = await _figures(turn), turn.content.measures
    counted = sorted((one for one in figures.measures if one.times), key=lambda one: (-(one.times or 0), one.code))
    page = min(turn.place.get("page", 0), max(0, (len(counted) - 1) // PAGE))
    lines = [turn.text("⚖️ <b>Measures</b>") + " · " + _head(turn, figures)]
    buttons = []
    for n, one in enumerate(counted[page * PAGE : (page + 1) * PAGE], start=page * PAGE + 1):
        name = measure_name(turn.words, measures, one.code)
        lines.append(f"{n}. {name}: " + turn.text("used") + " " + _rate(turn, one.rate("used")))
        buttons.append(Button(str(n), "weighed_one", one.code))
    hidden = [measure_name(turn.words, measures, one.code) for one in figures.measures if one.times is None]
    never = [measure_name(turn.words, measures, one.code) for one in figures.measures if one.times == 0]
    if hidden:
        lines.append(f"🔒 {_small(turn).capitalize()}: {', '.join(hidden)}")
    if never:
        lines.append(turn.text("➖ Not weighed: {measures}", measures=", ".join(never)))
    lines += _notes(turn, figures)
    around = [Button("◀️", "weighed", str(page - 1))] if page else []
    if (page + 1) * PAGE < len(counted):
        around.append(Button("▶️", "weighed", str(page + 1)))
    rows = (*in_rows(buttons, 4), *([tuple(around)] if around else []))
    return Screen(
        "\n".join(lines), (*rows, (Button(turn.text("📝 With and without a plan"), "planned"),), (_home(turn),))
    )


@coordinator.tap("weighed")
async def to_weighed(turn: Turn, args: str) -> None:
    """Go to the measures."""
    turn.decide(Trace(turn.actor.id, "figures", turn.actor.area))
    turn.go("weighed", page=int(args or 0), **kept(turn))


def _decided(turn: Turn, one: Weighed) -> list[str]:
    """Say how a measure was decided, and why it was not used."""
    lines = [turn.text("✅ Used") + " " + _rate(turn, one.rate("used"))]
    considered = one.rate("considered").numerator
    if considered:
        lines.append(turn.text("🤔 Still considered: {number}", number=considered))
    reasons = [(why, one.rate(f"not_used_{why}").numerator) for why in (*REASONS, "unexplained")]
    parts = [f"{why_not(turn.words, why)} {number}" for why, number in reasons if number]
    kept_back = [why_not(turn.words, why) for why, number in reasons if number is None]
    if kept_back:
        parts.append(f"{', '.join(kept_back)}: {_small(turn)}")
    if parts:
        lines.append(turn.text("✖️ Not used: {reasons}", reasons=" · ".join(parts)))
    return lines


Pair = tuple[str, Rate, Rate]


def _beside(turn: Turn, pairs: list[Pair]) -> list[str]:
    """Return a line for each thing that somebody had: what was kept with and without; last what is not shown."""
    lines, hidden = [], []
    for topic, one, other in pairs:
        name = topic_name(turn.words, topic)
        if one.hidden and other.hidden:
            hidden.append(name)
        elif one.denominator or other.denominator or one.hidden or other.hidden:
            sides = (turn.text("with"), one), (turn.text("without"), other)
            lines.append(f"{name.capitalize()}: " + " · ".join(f"{how} {_rate(turn, rate)}" for how, rate in sides))
    if hidden:
        lines.append(f"🔒 {_small(turn).capitalize()}: {', '.join(hidden)}")
    elif any("🔒" in shown for shown in lines):
        lines.append(f"🔒 {_small(turn).capitalize()}")
    return lines


@coordinator.screen("weighed_one")
async def weighed_one(turn: Turn) -> Screen:
    """Show one measure: how it was decided, and what was kept with it and without it."""
    figures = await _figures(turn)
    one = next((one for one in figures.measures if one.code == turn.place["code"]), None)
    if one is None:
        return await weighed(turn)
    name = measure_name(turn.words, turn.content.measures, one.code)
    lines = [f"⚖️ <b>{name}</b>", _head(turn, figures), *_decided(turn, one)]
    beside = _beside(
        turn, [(topic, one.rate(f"kept_{topic}_used"), one.rate(f"kept_{topic}_not_used")) for topic in TOPICS]
    )
    if beside:
        lines += ["", turn.text("🏠 <b>Kept at release</b>"), *beside]
        lines.append(turn.text("With: it was used. Without: it was weighed and not used."))
    lines += _notes(turn, figures)
    return Screen("\n".join(lines), ((Button(turn.text("⬅️ Measures"), "weighed", "0"), _home(turn)),))


@coordinator.tap("weighed_one")
async def to_weighed_one(turn: Turn, args: str) -> None:
    """Go to one measure."""
    turn.go("weighed_one", code=args, **kept(turn))


@coordinator.screen("planned")
async def planned(turn: Turn) -> Screen:
    """Show what was kept with a plan beside without one."""
    figures = await _figures(turn)
    total = figures.total
    lines = [turn.text("🏠 <b>Kept at release</b>, with and without a plan"), _head(turn, figures)]
    rates = {one.id: total.rate(one) for one in INDICATORS if one.group in ("kept", "with_plan", "without_plan")}
    lines += _beside(
        turn, [(topic, rates[f"kept_{topic}_with_plan"], rates[f"kept_{topic}_without_plan"]) for topic in TOPICS]
    )
    unknown = [(topic_name(turn.words, topic), rates[f"kept_{topic}"].unknown) for topic in TOPICS]
    if parts := [f"{name} {number}" for name, number in unknown if number]:
        lines.append(turn.text("🤷 Not known: {topics}", topics=" · ".join(parts)))
    if len(lines) == 2:
        lines.append(turn.text("Nobody has returned yet of whom this is known."))
    lines.append(no_cause(turn.words))
    return Screen("\n".join(lines), ((Button(turn.text("⚖️ Measures"), "weighed", "0"), _home(turn)),))


@coordinator.tap("planned")
async def to_planned(turn: Turn, _args: str) -> None:
    """Go to what was kept with a plan and without one."""
    turn.go("planned", **kept(turn))
