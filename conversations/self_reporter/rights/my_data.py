"""My data: all that is kept about somebody, as a document (GDPR, article 15): whole, in their words, when they ask."""

from __future__ import annotations

from typing import Any

from conversations.effects.document import Document
from conversations.papers.my_data import contact, counted, person, plan, team
from conversations.papers.my_data.page import Page, plain
from conversations.roles import self_reporter
from conversations.screen import Screen
from conversations.self_reporter.phrases import number
from conversations.self_reporter.questions.next_step import onward
from conversations.self_reporter.script import Choice, Script, text
from conversations.turn import Turn

PARTS = (person, plan, contact, team, counted)
ASK = Script(
    "screen.my_data",
    text(
        "📄 I make a file with everything that I keep about you.\n\n"
        "It comes in this chat. Who has your phone can open it. Telegram has a copy too.\n\n"
        "Would you rather have it on paper? Call {number}"
    ),
    choices=(Choice(text("📄 Yes, send it"), "my_data_send"), Choice(text("⬅️ No, go on"), "onward")),
)


@self_reporter.command("mijngegevens", "mydata")
async def wanted(turn: Turn, _args: str) -> None:
    """Ask first: it comes as a file that everybody with the phone can open."""
    turn.go("my_data")


@self_reporter.tap("my_data")
async def to_it(turn: Turn, _args: str) -> None:
    """The same from a menu."""
    turn.go("my_data")


@self_reporter.screen("my_data")
async def ask(turn: Turn) -> Screen:
    """Say what comes, and who can open it."""
    return ASK.screen(turn, number=number(turn))


@self_reporter.tap("my_data_send")
async def send(turn: Turn, _args: str) -> None:
    """Have it made: it comes by itself, under a neutral name."""
    turn.decide(Document("my_data", await written(turn), "overzicht.pdf", turn.text("📄 Here it is.")))
    turn.toast = turn.text("It comes in a moment.")
    await onward(turn)


async def written(turn: Turn) -> dict[str, Any]:
    """Return what stands in it: everything that is kept (conversations/papers/my_data/columns.py), as of now."""
    case = turn.case
    return composed(Page(turn, case, await turn.reads.kept(case, turn.chat)))


def composed(page: Page) -> dict[str, Any]:
    """Return the data of the document."""
    turn = page.turn
    sections = [section for part in PARTS for section in part.sections(page)]
    return {
        "title": plain(turn.text("What Voorzorg keeps about you")),
        "language": turn.words.language,
        "intro": plain(turn.text("Made on {day} for you alone.", day=turn.words.full_date(turn.today))),
        "sections": [{"title": plain(title), "lines": lines} for title, lines in sections if lines],
        "end": plain(
            turn.text(
                "Is something wrong, or do you want it erased? Call {number}. Or type /erase in the chat.",
                number=number(turn),
            )
        ),
    }
