"""The choice of a period for the figures on a coordinator's phone: with a button, typed, or this year."""

from __future__ import annotations

from conversations.effects.trace import Trace
from conversations.roles import coordinator
from conversations.screen import Button, Screen
from conversations.turn import Turn
from conversations.words.periods import CHOICES, PeriodError, mend, read_period
from storage.figures.period import Period


def kept(turn: Turn) -> dict[str, str]:
    """Return what a place of the figures keeps, so that the next one is of the same period."""
    return {"period": turn.place["period"]} if turn.place.get("period") else {}


def asked(turn: Turn) -> Period:
    """Return the period that the figures are of: "this month" is another one tomorrow."""
    return read_period(turn.place.get("period", ""), turn.today)


def choose(turn: Turn, text: str, command: str = "/monitor") -> bool:
    """Keep a period that was typed or chosen; where it is none, ask once more and return False.

    So it is where nobody counts: figures are of municipalities and provinces, and not of a prison.
    """
    if is_of_a_prison(turn):
        turn.go("no_figures")
        return False
    try:
        read_period(text, turn.today)
    except PeriodError as error:
        turn.go("periods", mend(turn.words, error, turn.today, command))
        return False
    turn.chat.place = {"kind": "monitor", "period": text}
    return True


async def show(turn: Turn, text: str) -> None:
    """Show the figures of a period that was typed or chosen."""
    if choose(turn, text):
        turn.decide(Trace(turn.actor.id, "figures", turn.actor.area))
        turn.go("monitor", **kept(turn))


def is_of_a_prison(turn: Turn) -> bool:
    """Tell whether the area of who acts is a prison."""
    return turn.content.region.prison_called(turn.actor.area) is not None


@coordinator.screen("no_figures")
async def no_figures(turn: Turn) -> Screen:
    """Say why there are none, and where the way on is."""
    text = turn.text(
        "📊 Figures are counted by municipality and by province. Your area is {prison}. "
        "Ask the coordinator of the province for them.",
        prison=turn.actor.area,
    )
    return Screen(text, ((Button(turn.text("⬅️ My list"), "today", "0"),),))


@coordinator.screen("periods")
async def periods(turn: Turn) -> Screen:
    """Offer the periods that are asked for most; any other one is typed."""
    names = {
        "this_month": turn.text("This month"),
        "last_month": turn.text("Last month"),
        "this_quarter": turn.text("This quarter"),
        "last_quarter": turn.text("Last quarter"),
        "this_year": turn.text("This year"),
        "last_year": turn.text("Last year"),
    }
    lines = (
        turn.text("📅 <b>Which period?</b>"),
        turn.text("Tap one, or type it: 2026-02, K2 2026, 2026, or two days: 1-2-2026 14-3-2026."),
    )
    rows = [tuple(Button(names[name], "period", name) for name in row) for row in CHOICES]
    return Screen("\n".join(lines), (*rows, (Button(turn.text("⬅️ Figures"), "monitor"),)))


@coordinator.tap("periods")
async def to_periods(turn: Turn, _args: str) -> None:
    """Go and choose a period."""
    turn.go("periods", **kept(turn))


@coordinator.tap("period")
async def chosen(turn: Turn, args: str) -> None:
    """Show the figures of the period on the button."""
    await show(turn, args)


@coordinator.typed("periods")
async def typed(turn: Turn, text: str) -> None:
    """Show the figures of the period that was typed."""
    await show(turn, text)
