"""`monitor`: the figures, each with numerator and denominator."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.cli.cases import Area, As, Json
from bot.cli.console import show_table
from bot.cli.session import CommandError, Session, command, opened, print_json
from bot.errands.documents.making import DocumentError, made
from bot.lookups.figures.reading import read_figures
from bot.lookups.figures.rows import monitoring_rows
from bot.lookups.figures.weighing import read_weighed
from conversations.figures.figures import Figures, Weighed
from conversations.figures.monitoring_format import research_data, standing, workbook_data
from conversations.figures.papers import area_name, chart_data, period
from conversations.words.periods import PeriodError, between, read_edge
from conversations.words.wording import Words, words_for
from storage import audit
from storage.engines.connection import AsyncConnection
from storage.figures.indicators import INDICATORS, Indicator
from storage.figures.period import Period, month_of
from storage.scope import NotYoursError, Scope

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


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for: a period, as it is now, as it was published last, or as at the close of a month."""

    period: Period | None
    closed: date | None
    as_now: bool

    def check_whole(self, leaves: bool, today: date) -> None:
        """Raise CommandError for a part of a month of what was published, or `leaves` the house."""
        if (leaves or self.closed) and self.period and self.period.cut(today):
            raise CommandError(
                "What leaves the house and what was published is of whole months, because a part of a month can point "
                "at one person: write --from and --to as months, such as 2026-02."
            )


def _asked(from_: str | None, to: str | None, as_of: str | None, today: date) -> Asked:
    period = _period(from_, to, today)
    month = None if as_of == NOW else _edge(as_of, "--as-of", today)
    return Asked(period, month_of(month.first) if month else None, as_of == NOW)


@dataclass(frozen=True, slots=True)
class Files:
    """The files that figures are put into, as far as they are asked for."""

    xlsx: Path | None
    research: Path | None
    png: Path | None

    @property
    def verb(self) -> str:
        """Return what the audit trail calls it."""
        if self.research:
            return "research"
        return "export" if self.xlsx or self.png else "figures"

    @property
    def hold_rows(self) -> bool:
        """Tell whether any of them holds a row a case."""
        return bool(self.xlsx or self.research)

    async def keep(self, session: Session, words: Words, figures: Figures, rows: list[dict[str, Any]]) -> None:
        """Write them; raises CommandError for one that cannot be made or written."""
        region, measures = session.region.name, session.content.measures
        title = f"{area_name(figures.area, region)} · {period(words, figures)}"
        if self.xlsx:
            await _keep(self.xlsx, "workbook", workbook_data(words, figures, rows, title, measures))
        if self.research:
            await _keep(self.research, "workbook", research_data(words, figures, rows, title, measures))
        if self.png:
            await _keep(self.png, "chart", chart_data(words, figures, region))


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
    files = Files(xlsx, research, png)
    async with opened() as session, session.database.write() as connection:
        scope = await session.scope(connection, as_)
        place = session.area(area) if area else None
        asked = _asked(from_, to, as_of, session.today)
        asked.check_whole(research is not None, session.today)
        # The rows of a workbook are those of today, and so are the figures that count them.
        frozen = not asked.as_now and not files.hold_rows
        figures = await _figures(session, connection, scope, place, asked, frozen)
        if research and session.settings.research_extract != "on":
            raise CommandError("Extracts for research are off. Set VOORZORG_RESEARCH_EXTRACT=on when they are agreed.")
        rows = await _rows(session, connection, scope, figures) if files.hold_rows else []
        about = [figures.area, *(row["of"] for row in rows if row["of"])]
        entries = [audit.Entry(scope.actor.id, "cli", files.verb, what) for what in about]
        await audit.write(connection, entries, session.now)
    words = words_for("nl", session.settings.zone)
    await files.keep(session, words, figures, rows)
    if json:
        print_json(figures.as_json() | {"note": " ".join(standing(words, figures)) or None})
    elif files == Files(None, None, None):
        _tell(figures, words_for("en", session.settings.zone))


async def _figures(
    session: Session, connection: AsyncConnection, scope: Scope, place: str | None, asked: Asked, frozen: bool
) -> Figures:
    """Return the figures, with what was weighed."""
    region, content, today = session.region, session.content, session.today
    try:
        figures = await read_figures(
            *(connection, scope, region, content.targets, today, place, asked.period, asked.closed), frozen=frozen
        )
    except NotYoursError:
        raise CommandError(
            "There are no figures of that for you. Figures are for coordinators, of their area."
        ) from None
    weighed = await read_weighed(connection, region, content.measures.codes(), figures, today)
    return replace(figures, measures=weighed)


async def _rows(session: Session, connection: AsyncConnection, scope: Scope, figures: Figures) -> list[dict[str, Any]]:
    """Return a row for each case that the figures count."""
    municipalities = [row.name for row in figures.municipalities] or [figures.area]
    of, zone = Period(figures.first, figures.last), session.settings.zone
    private = session.content.checklist.private.domains
    return await monitoring_rows(connection, scope, municipalities, of, figures.cut, zone, private)


async def _keep(file: Path, template: str, data: dict[str, Any]) -> None:
    try:
        await asyncio.to_thread(file.write_bytes, await made(template, data))
    except DocumentError as error:
        raise CommandError(f"{file} could not be made: {error}.") from None
    except OSError as error:
        raise CommandError(f"{file} cannot be written: {error.strerror}.") from None


def _tell(figures: Figures, words: Words) -> None:
    title = f"{figures.area} · {figures.first} – {figures.last} · {_shown(figures.total.counts['cases'])} cases"
    told = [_of_indicator(figures, one) for one in INDICATORS if figures.total.rate(one).denominator != 0]
    show_table(("figure", "%", "of", "unknown", "target"), told, title)
    if weighed := [_of_measure(one) for one in figures.measures if one.times != 0]:
        show_table(("measure", "weighed", "% used", "used"), weighed, "measures weighed")
    for line in standing(words, figures):
        typer.echo(line)
    typer.echo("These are counts. They show no cause.")
    if figures.too_small:
        typer.echo(f"{figures.too_small} municipalities with few cases: only in the total.")


def _of_indicator(figures: Figures, one: Indicator) -> tuple[str, ...]:
    rate = figures.total.rate(one)
    of = f"{_shown(rate.numerator)} / {_shown(rate.denominator)}"
    unknown = _shown(rate.unknown) if one.unknown else ""
    return (one.id.replace("_", " "), _percent(rate.percent), of, unknown, _target(figures, one))


def _target(figures: Figures, one: Indicator) -> str:
    target = figures.targets.get(one.id)
    if target is None:
        return ""
    met = {True: " ✅", False: " –", None: ""}[figures.met(one.id)]
    return f"{target} %{met}"


def _of_measure(measure: Weighed) -> tuple[str, ...]:
    used = measure.rate("used")
    return (measure.code.replace("_", " "), _shown(measure.times), _percent(used.percent), _shown(used.numerator))


def _percent(percent: int | None) -> str:
    return "" if percent is None else f"{percent} %"


def _shown(count: int | None) -> str:
    return "< 5" if count is None else str(count)


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("monitor")(monitor)
