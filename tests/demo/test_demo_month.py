"""The made-up year of the demo: every municipality, the same people each time, and shares that look like 3Noord's."""

from __future__ import annotations

from bot.demo.cases import Moment
from bot.demo.year import Year
from bot.stores import Stores
from conversations.content.checklist.model import Checklist
from conversations.content.region import Region
from storage.case.case import Case
from storage.figures.monitoring import measured
from tests.house import House
from tests.storage.records import NOW, TODAY, ZONE

REGION, AT = Region.load(), Moment(NOW, TODAY, ZONE)


def a_year(stores: Stores) -> list[Case]:
    year = Year(AT, REGION, Checklist.load(), set())
    return [
        year.case(stores, name, ["worker"])[0] for name in REGION.municipalities for _ in range(year.how_many(name))
    ]


async def test_the_year_reaches_every_municipality_and_is_the_same_each_time(house: House) -> None:
    first, second = a_year(house.stores), a_year(house.stores)
    assert {case.municipality for case in first} == set(REGION.municipalities)
    facts = [[measured(case, TODAY, ZONE) for case in cases] for cases in (first, second)]
    assert facts[0] == facts[1]
    assert len({case.ref for case in first}) == len(first)


async def test_the_year_has_shares_as_in_the_figures_of_3noord(house: House) -> None:
    facts = [measured(case, TODAY, ZONE) for case in a_year(house.stores)]
    letters = [f for f in facts if f["letter_sent"]]
    assert 0.3 < sum(f["letter_answered"] for f in letters) / len(letters) < 0.5
    contact = [f for f in facts if f["contact"]]
    assert 0.85 < sum(f["action"] for f in contact) / len(contact) <= 1
    ended = [f for f in facts if f["outcome"]]
    assert 0.5 < sum(f["outcome"] == "reported" for f in ended) / len(ended) < 0.75


async def test_nothing_in_the_year_is_later_than_today(house: House) -> None:
    for case in a_year(house.stores):
        moments = [case.added_at, *(c.on for c in case.contacts), *(f.since for f in case.flags)]
        assert all(moment <= NOW for moment in moments)
        assert all(a.settled_on is None or a.settled_on <= TODAY for a in case.actions)
