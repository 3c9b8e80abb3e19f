"""Weighed measures as they may be shown: for the area and the whole months of figures, by the same rule."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.lookups.figures.places import Places
from conversations.content.region import Region
from conversations.figures.figures import Figures, Row, Weighed
from storage.figures.period import Period, month_of
from storage.figures.small_cells import REGION
from storage.figures.weighing import weighed_cubes


async def read_weighed(
    connection: AsyncConnection, region: Region, catalogue: Iterable[str], figures: Figures, today: date
) -> tuple[Weighed, ...]:
    """Return every measure of the catalogue, and others that were weighed, for figures that somebody may see.

    They are counted today, also where the figures are those that were published: measures are not published. Of a
    period that cuts a month there are none.
    """
    if figures.cut:
        return ()
    counted_to = min(date(figures.last.year, 12, 1), month_of(today))
    found = await weighed_cubes(connection, catalogue, date(figures.first.year, 1, 1), counted_to)
    period, area = Period(figures.first, figures.last), figures.area
    weighed = []
    for code, cube in found.items():
        if cube.cells:
            places = Places(cube, region, today)
            if area in places.tree or area in places.members(REGION):
                weighed.append(Weighed(code, places.row(area, period)))
        else:
            # Never weighed anywhere: that says nothing of anybody.
            weighed.append(Weighed(code, Row(area, dict.fromkeys(cube.counts, 0))))
    return tuple(weighed)
