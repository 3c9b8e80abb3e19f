"""`monitor`: the figures, each with numerator and denominator."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.cli.cases import Area, As, Json
from bot.cli.console import show_table
from bot.cli.session import CommandError, command, opened, print_json
from bot.errands.documents.making import DocumentError, made
from bot.lookups.figures.reading import read_figures
from bot.lookups.figures.rows import monitoring_rows
from bot.lookups.figures.weighing import read_weighed
from conversations.figures.figures import Figures
from conversations.figures.monitoring_format import research_data, standing, workbook_data
from conversations.figures.papers import area_name, chart_data, period
from conversations.words.periods import PeriodError, between, read_edge
from conversations.words.wording import Words, words_for
from storage import audit
from storage.figures.indicators import INDICATORS
from storage.figures.period import Period, month_of
from storage.scope import NotYoursError

# What --as-of may say instead of a month: of closed months too what they are now, not what was published.
NOW = "today"


def _edge(text: str | None, name: str, today: date) -> Period | None:
    try:
        return read_edge(text, today) if text else None
    except PeriodError:
        raise CommandError(
            f"{name}: write a day as 2026-11-26, a month as 2026-11, a quarter as 2026-K4, a year as 2026."
        ) from None


def _period(from_: str | None, to: str | None, today: date) -> Period | None:
    """Return the period that is asked for; what has not been yet of a month, a quarter or a year is left out."""
    first, last = _edge(from_, "--from", today), _edge(to, "--to", today)
    if first is None and last is None:
        return None
    end = min(last.last, today) if last else today
    try:
        if first and last and first.first > last.last:
            raise PeriodError("backwards")
        return between(first.first if first else date(end.year, 1, 1), max(end, first.first) if first else end, today)
    except PeriodError as error:
        raise CommandError(
            {
                "backwards": "--from comes before --to.",
                "future": f"There are no figures of the future: --from is {today} at the latest.",
            }.get(error.wrong, "--from: write a year from 2000 on.")
        ) from None


@command
async def monitor(
    as_: As,
    area: Area = None,
    from_: Annotated[
        str | None, typer.Option("--from", help="The first day, or a month (2026-02), a quarter (2026-K1), a year.")
    ] = None,
    to: Annotated[str | None, typer.Option("--to", help="The last day, or a month, a quarter, a year.")] = None,
    as_of: Annotated[
        str | None, typer.Option(help="As published at the close of this month (2026-10); or today, as it is now.")
    ] = None,
    json: Json = False,
    xlsx: Annotated[Path | None, typer.Option(metavar="FILE", help="The monitoring format: a row a case.")] = None,
    research: Annotated[
        Path | None, typer.Option(metavar="FILE", help="An extract for research, where the settings allow it.")
    ] = None,
    png: Annotated[Path | None, typer.Option(metavar="FILE", help="A funnel, and bars per municipality.")] = None,
) -> None:
    """The figures of an area over a period, by when a case first stood on a list."""
    async with opened() as session, session.database.write() as connection:
        scope = await session.scope(connection, as_)
        place = session.area(area) if area else None
        targets = session.content.targets
        asked = _period(from_, to, session.today)
        month = None if as_of == NOW else _edge(as_of, "--as-of", session.today)
        closed = month_of(month.first) if month else None
        cut = asked.cut(session.today) if asked else []
        if cut and (research or closed):
            raise CommandError(
                "What leaves the house and what was published is of whole months, because a part of a month can point "
                "at one person: write --from and --to as months, such as 2026-02."
            )
        # The rows of a workbook are those of today, and so are the figures that count them.
        frozen = as_of != NOW and not (xlsx or research)
        try:
            figures = await read_figures(
                *(connection, scope, session.region, targets, session.today, place, asked, closed), frozen=frozen
            )
        except NotYoursError:
            raise CommandError(
                "There are no figures of that for you. Figures are for coordinators, of their area."
            ) from None
        measures = session.content.measures
        weighed = await read_weighed(connection, session.region, measures.codes(), figures, session.today)
        figures = replace(figures, measures=weighed)
        words = words_for("nl", session.settings.zone)
        title = f"{area_name(figures.area, session.region.name)} · {period(words, figures)}"
        rows: list[dict[str, Any]] = []
        if research and session.settings.research_extract != "on":
            raise CommandError("Extracts for research are off. Set VOORZORG_RESEARCH_EXTRACT=on when they are agreed.")
        if xlsx or research:
            municipalities = [row.name for row in figures.municipalities] or [figures.area]
            zone = session.settings.zone
            of = Period(figures.first, figures.last)
            private = session.content.checklist.private.domains
            rows = await monitoring_rows(connection, scope, municipalities, of, figures.cut, zone, private)
        verb = "research" if research else "export" if xlsx or png else "figures"
        about = [figures.area, *(row["of"] for row in rows if row["of"])]
        await audit.write(connection, [audit.Entry(scope.actor.id, "cli", verb, what) for what in about], session.now)
    if xlsx:
        await _keep(xlsx, "workbook", workbook_data(words, figures, rows, title, measures))
    if research:
        await _keep(research, "workbook", research_data(words, figures, rows, title, measures))
    if png:
        await _keep(png, "chart", chart_data(words, figures, session.region.name))
    if json:
        print_json(figures.as_json() | {"note": " ".join(standing(words, figures)) or None})
    elif not (xlsx or png or research):
        _tell(figures, words_for("en", session.settings.zone))


async def _keep(file: Path, template: str, data: dict[str, Any]) -> None:
    try:
        await asyncio.to_thread(file.write_bytes, await made(template, data))
    except DocumentError as error:
        raise CommandError(f"{file} could not be made: {error}.") from None
    except OSError as error:
        raise CommandError(f"{file} cannot be written: {error.strerror}.") from None


def _tell(figures: Figures, words: Words) -> None:
    title = f"{figures.area} · {figures.first} – {figures.last} · {_shown(figures.total.counts['cases'])} cases"
    rows = []
    for one in INDICATORS:
        rate = figures.total.rate(one)
        if not rate.denominator and rate.denominator is not None:
            continue
        target = figures.targets.get(one.id)
        met = {True: " ✅", False: " –", None: ""}[figures.met(one.id)]
        percent = "" if rate.percent is None else f"{rate.percent} %"
        of = f"{_shown(rate.numerator)} / {_shown(rate.denominator)}"
        unknown = _shown(rate.unknown) if one.unknown else ""
        rows.append((one.id.replace("_", " "), percent, of, unknown, f"{target} %{met}" if target is not None else ""))
    show_table(("figure", "%", "of", "unknown", "target"), rows, title)
    weighed = [one for one in figures.measures if one.times != 0]
    if weighed:
        used = []
        for measure in weighed:
            rate = measure.rate("used")
            percent = "" if rate.percent is None else f"{rate.percent} %"
            used.append((measure.code.replace("_", " "), _shown(measure.times), percent, _shown(rate.numerator)))
        show_table(("measure", "weighed", "% used", "used"), used, "measures weighed")
    for line in standing(words, figures):
        typer.echo(line)
    typer.echo("These are counts. They show no cause.")
    if figures.too_small:
        typer.echo(f"{figures.too_small} municipalities with few cases: only in the total.")


def _shown(count: int | None) -> str:
    return "< 5" if count is None else str(count)


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("monitor")(monitor)
