"""The week of a prison: who of those who share something with it comes this week and the next, the first first."""

from __future__ import annotations

from conversations.casemanager.cases import PAGE, around, numbered
from conversations.casemanager.shared_items import to_confirm
from conversations.effects.trace import Trace
from conversations.roles import casemanager
from conversations.rules.arrivals import TwoWeeks
from conversations.screen import Button, Screen
from conversations.turn import Turn
from conversations.words.wording import escape


@casemanager.screen("week")
async def week(turn: Turn) -> Screen:
    """Show who comes by a day that the letter confirmed, under the week in which it lies."""
    weeks = TwoWeeks.around(turn.today)
    refs = await turn.reads.lists(turn.scope, turn.today).arriving(weeks.first, weeks.last)
    page = min(turn.place.get("page", 0), max(0, (len(refs) - 1) // PAGE))
    shown = await turn.reads.glance(refs[page * PAGE : (page + 1) * PAGE])
    turn.decide(Trace(turn.actor.id, "items", None))
    counted = turn.words.plural("{number} person comes", "{number} people come", len(refs))
    lines, heading = [f"🗓 <b>{escape(turn.actor.area)}</b> · {counted}"], ""
    for number, case in enumerate(shown, start=page * PAGE + 1):
        if (day := case.confirmed_date) is None:
            continue
        if (above := _heading(turn, weeks.is_next(day), day.isocalendar().week)) != heading:
            lines += ["", above]
            heading = above
        comes = f"{turn.words.weekday(day)} {turn.words.short(day)}"
        items = turn.words.plural("{number} item", "{number} items", len(case.shares.with_the_prison()))
        who = f"<b>{case.ref}</b> · {escape(case.identity.name)}"
        lines.append(f"{number}. {comes} · {who} · {items} · {to_confirm(turn.words, case)}")
    if not refs:
        lines += ["", turn.text("Nobody comes this week or the next, as far as a letter says so.")]
    lines += ["", turn.text("Who has no date yet stands in /zaken.")]
    rows = [*numbered(shown, page), around(turn, "week", page, len(refs))]
    return Screen("\n".join(lines), (*rows, (Button(turn.text("⬅️ My list"), "cases", "0"),)))


def _heading(turn: Turn, is_next: bool, number: int) -> str:
    if is_next:
        return turn.text("Next week (week {number}):", number=number)
    return turn.text("This week (week {number}):", number=number)


@casemanager.tap("week")
async def to_week(turn: Turn, args: str) -> None:
    """Go to the week."""
    turn.go("week", page=int(args or 0))


@casemanager.command("week")
async def week_wanted(turn: Turn, _args: str) -> None:
    """Show the week."""
    turn.go("week")
