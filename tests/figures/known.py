"""Cases whose true figures are known: two provinces, as 3Noord's slides of 2018 and 2019 give them (domain.md 4)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from storage.case.case import Case
from storage.case.case_parts import Identity
from storage.clock import instant
from tests.house import House

ZONE = ZoneInfo("Europe/Amsterdam")
TODAY = date(2026, 11, 26)
DAY = timedelta(days=1)
GRONINGEN, FRIESLAND = "provincie Groningen", "provincie Fryslân"
# Municipalities of each province, the first with most of the cases; five of Groningen have fewer than five.
_PLACES = {
    "Groningen": (
        *(("Groningen", 90), ("Midden-Groningen", 32), ("Oldambt", 26), ("Veendam", 4), ("Pekela", 4)),
        *(("Stadskanaal", 3), ("Westerwolde", 3), ("Eemsdelta", 2)),
    ),
    "Fryslân": (("Leeuwarden", 60), ("Smallingerland", 40), ("Heerenveen", 20)),
}


def at(day: date) -> datetime:
    """Return ten o'clock on a day."""
    return instant(day, time(10), ZONE)


def places(province: str) -> Iterator[str]:
    """Return a municipality for each case of a province."""
    for name, number in _PLACES[province]:
        yield from [name] * number


def _case(house: House, province: str, municipality: str, number: int, listed: date) -> tuple[Case, Any]:
    return house.stores.cases.new(
        Identity("Samira", "Kloosterboer", 1999, None),
        ref=f"{'GR' if province == 'Groningen' else 'FR'}-{number:05}",
        municipality=municipality,
        province=province,
        prison="PI Veenhuizen" if number % 3 else "PI Leeuwarden",
        sentence_days=(14, 60, 200)[number % 3],
        listed_on=listed,
        added_at=at(listed),
    )


def _groningen(case: Case, n: int) -> None:
    """164 cases: 150 letters, 62 answers, 113 contacts, 106 with action, 42 known, 84 plans; 38 of 61 reported.

    Of 37 who might have an agreement with the landlord 15 have: with it 11 of 12 kept their home, without it 10 of 11.
    """
    start = case.added_at
    case.figures.know_care(n % 106 < 42)
    if n < 150:
        case.reach.contacted("letter", "out", start + DAY)
    kind = "letter" if n < 62 else "phone" if n < 86 else "visit" if n < 101 else "care" if n < 113 else None
    if kind == "letter":
        case.reach.contacted("letter", "in", start + 2 * DAY)
    elif kind:
        case.reach.contacted(kind, "out", start + 2 * DAY)
        case.reach.contacted(kind, "in", start + 2 * DAY)
    if n < 106:
        case.first_action_on = (start + 3 * DAY).date()
    if n < 84:
        case.plan_agreed_on = (start + 3 * DAY).date()
        case.course.confirm_date(case.plan_agreed_on + 31 * DAY if n < 61 else date(2027, 3, 1), "worker")
    if n < 61:
        case.course.record_outcome("reported" if n < 38 else "absent")
    if n < 29:
        assert case.reporting_date is not None
        case.course.expect_release(case.reporting_date + 14 * DAY)
        case.figures.know("home_start", True)
        case.figures.know("home_release", True if n < 21 else False if n < 23 else None)
    if n < 37:
        used, why = (n < 29 and n % 2 == 0), "policy" if n < 14 else "too_late"
        decision = "used" if used else "not_used" if n < 29 else "considered"
        case.helpers.weigh("rent_agreement", decision, why if decision == "not_used" else None, "worker", start)
    if n < 3:
        case.helpers.weigh("pardon", "used", None, "worker", start)


def _friesland(case: Case, n: int) -> None:
    """120 cases: 54 contacts, 35 with action, 32 of them known."""
    start = case.added_at
    case.figures.know_care(n < 32)
    if n < 54:
        case.reach.contacted("phone", "out", start + 2 * DAY)
        case.reach.contacted("phone", "in", start + 2 * DAY)
    if n < 35:
        case.first_action_on = (start + 3 * DAY).date()


async def known_figures(house: House) -> None:
    """Keep all cases."""
    made, keys = [], []
    for province, tell in (("Groningen", _groningen), ("Fryslân", _friesland)):
        for n, municipality in enumerate(_shuffled(province)):
            # Nine of those whom nobody has spoken to yet have stood there for longer than a month.
            is_new = province == "Groningen" and n >= 122
            listed = TODAY - timedelta(days=n % 25 + 2) if is_new else date(2026, 1, 5) + timedelta(days=(n * 37) % 150)
            case, key = _case(house, province, municipality, n, listed)
            tell(case, n)
            made.append(case)
            keys.append(key)
    async with house.app.database.write() as connection:
        await house.stores.cases.add(connection, keys)
        await house.stores.cases.save(connection, made, house.clock.now(), house.settings.zone)


async def steady_months(house: House) -> None:
    """Keep cases of which every half of a month has enough: in two municipalities, and one a month in a third.

    Each month of 2026 until TODAY: 14 of Groningen, 12 of Oldambt, 1 of Pekela, half of them on the 5th and half on the
    20th; of Groningen's 12 with a letter, 10 with contact, 8 with action, 6 with a plan.
    """
    made, keys = [], []
    for month in range(1, TODAY.month + 1):
        for place, many in (("Groningen", 14), ("Oldambt", 12), ("Pekela", 1)):
            for n in range(many):
                listed = date(2026, month, 5 if n % 2 == 0 else 20)
                case, key = _case(house, "Groningen", place, len(made), listed)
                if n < 12:
                    case.reach.contacted("letter", "out", case.added_at + DAY)
                if n < 10:
                    case.reach.contacted("phone", "out", case.added_at + 2 * DAY)
                    case.reach.contacted("phone", "in", case.added_at + 2 * DAY)
                if n < 8:
                    case.first_action_on = (case.added_at + 3 * DAY).date()
                if n < 6:
                    case.plan_agreed_on = (case.added_at + 3 * DAY).date()
                made.append(case)
                keys.append(key)
    async with house.app.database.write() as connection:
        await house.stores.cases.add(connection, keys)
        await house.stores.cases.save(connection, made, house.clock.now(), house.settings.zone)


def _shuffled(province: str) -> list[str]:
    """Spread what happened over the municipalities: large and small ones have some of everything."""
    found = list(places(province))
    return [found[(at * 61) % len(found)] for at in range(len(found))]
