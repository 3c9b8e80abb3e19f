"""Figure files, which leave a coordinator's phone: a picture, an A4 for the alderman, the monitoring format."""

from __future__ import annotations

from conversations.coordinator.figures.choosing import asked, choose, kept
from conversations.effects.document import Document
from conversations.effects.trace import Trace
from conversations.figures.monitoring_format import workbook_data
from conversations.figures.papers import area_name, chart_data, period, report_data
from conversations.roles import coordinator
from conversations.turn import Turn
from conversations.words.periods import written

# Cases that a workbook takes at most in a chat; more come by the command line.
ROWS = 20_000


def _send(turn: Turn, document: Document) -> None:
    turn.decide(Trace(turn.actor.id, "export", document.template))
    turn.decide(document)
    turn.go("monitor", turn.text("It comes as a file."), **kept(turn))


async def _picture(turn: Turn) -> None:
    figures = await turn.reads.figures(turn.scope, turn.today, asked(turn))
    data = chart_data(turn.words, figures, turn.content.region.name)
    _send(turn, Document("chart", data, "voorzorg.png", data["title"]))


@coordinator.tap("picture")
async def picture(turn: Turn, _args: str) -> None:
    """Send the funnel and the bars as a picture."""
    await _picture(turn)


async def _paper(turn: Turn) -> None:
    period_asked = asked(turn)
    if period_asked.cut(turn.today):
        mended = turn.text(
            "An A4 takes whole months, because a part of a month can point at one person: type {example}",
            example=f"/rapport {written(period_asked)}",
        )
        turn.go("monitor", mended, **kept(turn))
        return
    figures = await turn.reads.figures(turn.scope, turn.today, period_asked, more=True)
    data = report_data(turn.words, figures, turn.content.region.name, turn.content.measures)
    _send(turn, Document("report", data, "voorzorg-a4.pdf", f"{data['title']} · {data['subtitle']}"))


@coordinator.tap("paper")
async def paper(turn: Turn, _args: str) -> None:
    """Send one A4 for the alderman."""
    await _paper(turn)


@coordinator.command("rapport", "report")
async def paper_wanted(turn: Turn, args: str) -> None:
    """Send one A4 for the alderman, of this year or of whole months that stand behind it."""
    if choose(turn, args, "/rapport"):
        await _paper(turn)


async def _export(turn: Turn) -> None:
    # Its formulas count rows as they are today.
    figures = await turn.reads.figures(turn.scope, turn.today, asked(turn), frozen=False)
    rows = await turn.reads.monitoring_rows(turn.scope, figures)
    if len(rows) > ROWS:
        too_much = turn.text("That is too much for a chat. Use the command line: voorzorg monitor --xlsx.")
        turn.go("monitor", too_much, **kept(turn))
        return
    title = f"{area_name(figures.area, turn.content.region.name)} · {period(turn.words, figures)}"
    # A line a case: whoever it is about reads that they were among the figures (/wiekeek).
    turn.decide(*(Trace(turn.actor.id, "export", row["of"]) for row in rows if row["of"]))
    data = workbook_data(turn.words, figures, rows, title, turn.content.measures)
    _send(turn, Document("workbook", data, "voorzorg.xlsx", title))


@coordinator.tap("export")
async def export(turn: Turn, _args: str) -> None:
    """Send the monitoring format as a workbook."""
    await _export(turn)


@coordinator.command("export")
async def export_wanted(turn: Turn, args: str) -> None:
    """Send the monitoring format as a workbook, of this year or of the period that stands behind it."""
    if choose(turn, args, "/export"):
        await _export(turn)
