"""`monitor`: the figures, each with numerator and denominator."""

from __future__ import annotations

import asyncio
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from bot.cli.cases import Area, As, Json
from bot.cli.office import CommandError, command, office, print_json
from bot.documents.making import DocumentError, made
from bot.figures.reading import read_figures
from bot.figures.rows import monitoring_rows
from conversations.figure_papers import area_name, chart_data, period
from conversations.figures import Figures, Targets
from conversations.monitoring_format import research_data, workbook_data
from conversations.wording import words_for
from storage import audit
from storage.indicators import INDICATORS
from storage.scope import NotYoursError


def _day(text: str | None, name: str) -> date | None:
    try:
        return date.fromisoformat(text if text is None or len(text) > 7 else f"{text}-01") if text else None
    except ValueError:
        raise CommandError(f"{name}: write a day as 2026-11-26, or a month as 2026-11.") from None


@command
async def monitor(
    as_: As,
    area: Area = None,
    from_: Annotated[str | None, typer.Option("--from", help="The first month, by a day in it.")] = None,
    to: Annotated[str | None, typer.Option("--to", help="The last month, by a day in it.")] = None,
    as_of: Annotated[str | None, typer.Option(help="As published at the close of this month, such as 2026-10.")] = None,
    json: Json = False,
    xlsx: Annotated[Path | None, typer.Option(metavar="FILE", help="The monitoring format: a row a case.")] = None,
    research: Annotated[
        Path | None, typer.Option(metavar="FILE", help="An extract for research, where the settings allow it.")
    ] = None,
    png: Annotated[Path | None, typer.Option(metavar="FILE", help="A funnel, and bars per municipality.")] = None,
) -> None:
    """The figures of an area over whole months, by when a case first stood on a list."""
    first, last, closed = _day(from_, "--from"), _day(to, "--to"), _day(as_of, "--as-of")
    if first and last and first > last:
        raise CommandError("--from comes before --to.")
    async with office() as desk, desk.database.write() as connection:
        scope = await desk.scope(connection, as_)
        place = desk.area(area) if area else None
        targets = Targets.load(desk.settings.targets_file)
        closed = closed.replace(day=1) if closed else None
        try:
            figures = await read_figures(
                connection, scope, desk.region, targets, desk.today, place, first, last, closed
            )
        except NotYoursError:
            raise CommandError(
                "There are no figures of that for you. Figures are for coordinators, of their area."
            ) from None
        words = words_for("nl", desk.settings.zone)
        title = f"{area_name(figures.area, desk.region.name)} · {period(words, figures)}"
        rows: list[dict[str, Any]] = []
        if research and desk.settings.research_extract != "on":
            raise CommandError("Extracts for research are off. Set VOORZORG_RESEARCH_EXTRACT=on when they are agreed.")
        if xlsx or research:
            municipalities = [row.name for row in figures.municipalities] or [figures.area]
            zone = desk.settings.zone
            rows = await monitoring_rows(connection, municipalities, figures.first, figures.last, zone)
        verb = "research" if research else "export" if xlsx or png else "figures"
        await audit.write(connection, [audit.Entry(scope.actor.id, "cli", verb, figures.area)], desk.now)
    if xlsx:
        await _keep(xlsx, "workbook", workbook_data(words, figures, rows, title))
    if research:
        await _keep(research, "workbook", research_data(words, figures, rows, title))
    if png:
        await _keep(png, "chart", chart_data(words, figures, desk.region.name))
    if json:
        print_json(figures.as_json())
    elif not (xlsx or png or research):
        _tell(figures)


async def _keep(file: Path, template: str, data: dict[str, Any]) -> None:
    try:
        await asyncio.to_thread(file.write_bytes, await made(template, data))
    except DocumentError as error:
        raise CommandError(f"{file} could not be made: {error}.") from None
    except OSError as error:
        raise CommandError(f"{file} cannot be written: {error.strerror}.") from None


def _tell(figures: Figures) -> None:
    title = f"{figures.area} · {figures.first} – {figures.last} · {_shown(figures.total.counts['cases'])} cases"
    table = Table("figure", "%", "of", "unknown", "target", title=title, title_justify="left")
    for one in INDICATORS:
        rate = figures.total.rate(one)
        if not rate.denominator and rate.denominator is not None:
            continue
        target = figures.targets.get(one.id)
        met = {True: " ✅", False: " –", None: ""}[figures.met(one.id)]
        percent = "" if rate.percent is None else f"{rate.percent} %"
        of = f"{_shown(rate.numerator)} / {_shown(rate.denominator)}"
        unknown = _shown(rate.unknown) if one.unknown else ""
        table.add_row(one.id.replace("_", " "), percent, of, unknown, f"{target} %{met}" if target is not None else "")
    Console().print(table)
    if figures.too_small:
        typer.echo(f"{figures.too_small} municipalities with few cases: only in the total.")


def _shown(count: int | None) -> str:
    return "< 5" if count is None else str(count)


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("monitor")(monitor)
