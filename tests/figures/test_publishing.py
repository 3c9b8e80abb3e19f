"""What was published at the close of a month stays, whatever happens to the cases afterwards."""

from __future__ import annotations

from datetime import date

from bot.lookups.figures.reading import read_figures
from conversations.content.region import Region
from conversations.content.targets import Targets
from conversations.figures.figures import Figures
from storage.keys.erasure import erase
from storage.scope import Actor, Scope
from tests.figures.known import GRONINGEN
from tests.house import House

CLOSED = date(2026, 11, 1)


async def figures(house: House, closed: date | None = None) -> Figures:
    scope = Scope(Actor("coordinator", "femke", "all"), house.clock.now())
    async with house.app.database.read() as connection:
        return await read_figures(
            connection, scope, Region.load(), Targets.load(), house.today, GRONINGEN, closed=closed
        )


async def test_a_closed_month_stays_as_it_was_published(counted: House) -> None:
    await counted.at(date(2026, 12, 1), 10)
    published = await figures(counted, CLOSED)
    assert published.total.rate("contact").percent == 69
    assert published.trend_closed == CLOSED
    silent = await counted.load("GR-00163")
    async with counted.app.database.write() as connection:
        silent.reach.contacted("phone", "in", counted.clock.now())
        await counted.stores.cases.save(connection, [silent], counted.clock.now(), counted.settings.zone)
        await erase(connection, await counted.load("GR-00001"), None)
    assert (await figures(counted)).total.rate("contact").numerator == 114
    again = await figures(counted, CLOSED)
    assert again == published
    await counted.restart()
    await counted.tick()
    assert await figures(counted, CLOSED) == published
    await counted.at(date(2027, 1, 1), 10)
    assert (await figures(counted, date(2026, 12, 1))).total.rate("contact").numerator == 114


async def test_nothing_is_published_before_there_is_a_case(house: House) -> None:
    await house.at(date(2026, 12, 1), 10)
    found = await figures(house)
    assert (found.trend_closed, found.total.counts["cases"]) == (None, 0)
