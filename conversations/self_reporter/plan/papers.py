"""Papers of the plan: the whole, a card for the fridge, and days for the calendar of one's own phone."""

from __future__ import annotations

import html
from typing import Any

from conversations.effects.document import Document
from conversations.papers.fridge_card import card
from conversations.roles import self_reporter
from conversations.rules.reporting_hour import report_at
from conversations.screen import Screen
from conversations.self_reporter.day.reporting_words import THINGS
from conversations.self_reporter.phrases import contact, helper, screen
from conversations.self_reporter.plan.plan import PARTS, part_name
from conversations.self_reporter.plan.plan_words import agreed_actions, signs, words_of
from conversations.self_reporter.script import Choice, Script, text
from conversations.turn import Turn
from conversations.words.reporting_day import day_of_letter
from storage.case.case_parts import Action
from storage.clock import instant

# What stands before a line on a screen, and not on paper.
_PICTOGRAMS = "📅🙌🙋🏢❔👍✋🔒🤝⏳🔓️ "
PAPERS = Script(
    "screen.papers",
    text("What do you want? It comes as a file in this chat. Who has your phone can open it."),
    choices=(
        Choice(text("📄 A page to print"), "paper", "plan"),
        Choice(text("🧊 A card for the fridge"), "paper", "card"),
        Choice(text("🗓 In my calendar"), "paper", "calendar"),
        Choice(text("📋 My plan"), "plan"),
    ),
)


def _plain(text: str) -> str:
    return html.unescape(text).lstrip(_PICTOGRAMS)


@self_reporter.screen("papers")
async def papers(turn: Turn) -> Screen:
    """Offer the three; a calendar only on a phone that nobody else uses."""
    page, fridge, calendar, plan = PAPERS.rows(turn)
    rows = (page, fridge, *((calendar,) if turn.case.shares_phone is False else ()), plan)
    return screen(turn, PAPERS.said(turn), *rows, spoken=(PAPERS.id,))


@self_reporter.tap("papers")
async def to_papers(turn: Turn, _args: str) -> None:
    """Go and choose."""
    turn.go("papers")


@self_reporter.tap("paper")
async def paper(turn: Turn, args: str) -> None:
    """Have it made: it comes by itself, under a neutral name."""
    case = turn.case
    agreed = agreed_actions(case)
    match args:
        case "plan":
            turn.decide(Document("plan", _page(turn, agreed), "plan.pdf", turn.text("📄 Here it is.")))
        case "card":
            lines = [(_plain(words_of(turn, a)), a.due) for a in agreed if a.owner == "self"]
            data = card(turn.words, case, lines, helper(turn), contact(turn))
            turn.decide(Document("fridge_card", data, "kaart.pdf", turn.text("🧊 Here it is.")))
        case "calendar" if case.shares_phone is False:
            turn.decide(Document("calendar", _days(turn, agreed), "dagen.ics", turn.text("🗓 Here it is.")))
    turn.toast = turn.text("It comes in a moment.")
    turn.go("plan")


def _page(turn: Turn, agreed: list[Action]) -> dict[str, Any]:
    case, team = turn.case, contact(turn)
    parts = []
    present = [when for when in PARTS if any(a.when == when for a in agreed)]
    for when in present:
        actions = [
            {"text": _plain(words_of(turn, a)), "lines": [_plain(line) for line in signs(turn, a)]}
            for a in agreed
            if a.when == when
        ]
        parts.append({"title": _plain(part_name(turn, when)) if len(present) > 1 else "", "actions": actions})
    called_up = case.confirmed_date is not None and case.phase == "coming"
    name = case.identity.first_name
    return {
        "title": html.unescape(turn.text("Plan of {name}", name=name)) if name else turn.text("My plan"),
        "language": turn.words.language,
        "day": day_of_letter(turn.words, case) if called_up else "",
        "where": (case.prison or "") if called_up else "",
        "parts": parts,
        "take_title": turn.text("Take with you"),
        "take": [*map(turn.text, THINGS)] if called_up else [],
        "call": turn.text("Do you have a question? Call"),
        "helper": html.unescape(helper(turn)),
        "telephone": team.telephone,
        "days": team.days,
    }


def _days(turn: Turn, agreed: list[Action]) -> dict[str, Any]:
    """Return the days of the person's own actions; no title says what about."""
    case = turn.case
    days = [
        {"uid": f"{a.id}@voorzorg", "date": a.due.isoformat(), "title": turn.text("Appointment")}
        for a in agreed
        if a.due is not None and a.owner == "self"
    ]
    if case.confirmed_date is not None and case.phase == "coming":
        day = {
            "uid": f"{case.id}@voorzorg",
            "date": case.confirmed_date.isoformat(),
            "title": turn.text("Important day"),
        }
        if (at := report_at(case)) is not None:
            day["at"] = instant(case.confirmed_date, at, turn.content.zone).isoformat()
        days.append(day)
    return {"made_at": turn.now.isoformat(), "days": days}
