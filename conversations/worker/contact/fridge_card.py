"""The plan as a card for the fridge: for who has no chat, or wants it on paper too."""

from __future__ import annotations

import html

from conversations.effects.document import Document
from conversations.papers.fridge_card import card
from conversations.roles import worker
from conversations.turn import Turn
from conversations.worker.case.case_buttons import deed
from conversations.worker.case.opening import opened
from conversations.worker.case.steps import done
from conversations.worker.measures.actions import words_of

deed(
    55,
    "fridge_card",
    lambda turn: turn.text("🖨 Card for the fridge"),
    when=lambda case: any(action.status == "agreed" for action in case.actions),
)


@worker.tap("fridge_card")
async def fridge_card(turn: Turn, args: str) -> None:
    """Have the card made: what the person does, when, and whom to call."""
    case = await opened(turn, args, "open")
    if case is None:
        return
    words, team = turn.words, turn.content.region.contact(case.municipality)
    helper = await turn.reads.helper_of(case)
    agreed = sorted((a for a in case.actions if a.status == "agreed"), key=lambda a: (a.due is None, a.due))
    lines = [(html.unescape(words_of(turn, case, a)), a.due) for a in agreed if a.owner != "casemanager"]
    data = card(words, case, lines, helper.name if helper else team.team, team)
    turn.decide(Document("fridge_card", data, "kaart.pdf", words.text("🖨 The card")))
    done(turn, case, words.text("The card comes as a file. Print it, or let the person see it."))
