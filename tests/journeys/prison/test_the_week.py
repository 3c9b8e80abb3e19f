"""A casemanager sees in one look who comes this week and the next: only by a day that a letter confirmed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.webchat.phone import Phone
from conversations.rules.arrivals import TwoWeeks
from storage.case.case import Case
from tests.house import House, on_both

HERE, THERE, CARD = "PI Veenhuizen", "PI Leeuwarden", "Vraag een ID-kaart aan"
# The Tuesday on which every house begins.
TODAY = date(2026, 11, 24)
NOBODY = "Deze week en volgende week komt er niemand, voor zover een brief dat zegt."


async def sharing(house: House, name: str, day: date | None, confirmed: bool = True, **facts: object) -> str:
    """Bring in somebody who shares something with their prison; returns the reference."""
    ref = await house.case(first_name=name, **facts)
    async with house.app.database.write() as connection:
        case, now = await house.case_on(connection, ref), house.clock.now()
        action = case.plan.propose("identity", "casemanager", "inside", CARD, None, None)
        case.plan.agree(action)
        case.shares.let_prison_read(action, True, now, "1")
        if day is not None and confirmed:
            case.course.confirm_date(day, "worker")
        elif day is not None:
            case.course.list_date(day)
        await house.stores.cases.save(connection, [case], now, house.settings.zone)
    return ref


async def becomes(house: House, ref: str, outcome: str, arrived: date | None = None) -> None:
    """Let the day end in one way."""
    async with house.app.database.write() as connection:
        case = await house.case_on(connection, ref)
        case.course.record_outcome(outcome, arrived)
        await house.stores.cases.save(connection, [case], house.clock.now(), house.settings.zone)


async def prison(house: House, area: str = HERE, name: str = "Karin") -> Phone:
    """Return the phone of a casemanager."""
    return await house.joined(await house.member("casemanager", area, name))


@on_both
async def test_who_comes_stands_under_its_week_the_first_first_and_nobody_else(house: House) -> None:
    karin = await prison(house)
    sunday = await sharing(house, "Zondag", TODAY + timedelta(days=12))
    thursday = await sharing(house, "Donderdag", TODAY + timedelta(days=2))
    monday = await sharing(house, "Maandag", TODAY - timedelta(days=1))
    await becomes(house, monday, "reported")
    for name, day, facts in (
        ("Lijst", TODAY + timedelta(days=3), {"confirmed": False}),
        ("Later", TODAY + timedelta(days=13), {}),
        ("Eerder", TODAY - timedelta(days=2), {}),
        ("Onbekend", None, {}),
        ("Elders", TODAY + timedelta(days=3), {"prison": THERE}),
    ):
        await sharing(house, name, day, **facts)
    await house.say(karin, "/week")
    text = karin.last.text
    assert "3 mensen komen" in text
    order = [
        "Deze week (week 48):",
        f"1. ma 23 nov · {monday} · Maandag Kloosterboer · 1 afspraak · 1 te bevestigen",
        f"2. do 26 nov · {thursday} · Donderdag Kloosterboer",
        "Volgende week (week 49):",
        f"3. zo 6 dec · {sunday} · Zondag Kloosterboer",
    ]
    assert [text.index(line) for line in order] == sorted(text.index(line) for line in order)
    for other in ("Lijst", "Later", "Eerder", "Onbekend", "Elders"):
        assert other not in text
    await house.tap(karin, "2")
    assert f"{thursday} · Donderdag Kloosterboer" in karin.last.text
    await house.tap(karin, "👍 1 Dit doen wij")
    await house.say(karin, "/week")
    assert f"2. do 26 nov · {thursday} · Donderdag Kloosterboer · 1 afspraak · ✅" in karin.last.text


async def test_a_day_that_came_to_nothing_and_an_arrest_are_no_arrival(house: House) -> None:
    karin = await prison(house)
    for number, outcome in enumerate(("postponed", "absent", "arrested", "cancelled")):
        ref = await sharing(house, outcome, TODAY + timedelta(days=number))
        await becomes(house, ref, outcome, TODAY - timedelta(days=1))
    await house.say(karin, "/week")
    assert NOBODY in karin.last.text
    assert "0 mensen komen" in karin.last.text
    await house.say(karin, "/zaken")
    await house.tap(karin, "🗓 Wie komt deze week")
    assert NOBODY in karin.last.text
    await house.tap(karin, "⬅️ Mijn lijst")
    assert "delen iets" in karin.last.text


async def test_a_long_week_goes_page_by_page(house: House) -> None:
    karin = await prison(house)
    refs = [await sharing(house, f"Naam{number}", TODAY + timedelta(days=number)) for number in range(9)]
    await house.say(karin, "/week")
    assert "9 mensen komen" in karin.last.text
    assert "Naam8" not in karin.last.text
    await house.tap(karin, "▶️")
    assert "9. wo 2 dec" in karin.last.text
    assert "Naam8" in karin.last.text
    # A page that is no more leads to the last there is.
    async with house.app.database.write() as connection:
        case = await house.case_on(connection, refs[8])
        case.shares.let_prison_read(case.actions[0], False, house.clock.now(), "1")
        await house.stores.cases.save(connection, [case], house.clock.now(), house.settings.zone)
    await house.tap(karin, "🔄")
    assert "8 mensen komen" in karin.last.text
    assert "Naam0" in karin.last.text


async def test_who_is_no_casemanager_has_no_week_of_a_prison(house: House) -> None:
    anneke = await house.joined(await house.member())
    await sharing(house, "Donderdag", TODAY + timedelta(days=2))
    await house.say(anneke, "/week")
    assert "Donderdag" not in anneke.dump()


async def test_a_case_is_in_the_two_weeks_as_the_list_has_it(house: House) -> None:
    """The rule in Python says what the list says in SQL, for every day and outcome."""
    weeks = TwoWeeks.around(TODAY)
    found: list[tuple[Case, str]] = []
    for at, outcome in enumerate((None, "reported", "arrested", "postponed", "absent", "cancelled")):
        for day in (weeks.first - timedelta(days=1), weeks.first, TODAY, weeks.last, weeks.last + timedelta(days=1)):
            ref = await sharing(house, f"{outcome}{at}", day)
            if outcome is not None:
                await becomes(house, ref, outcome, TODAY)
            found.append((await house.load(ref), ref))
    for confirmed in (False, True):
        ref = await sharing(house, "Lijst", TODAY, confirmed)
        found.append((await house.load(ref), ref))
    karin = await prison(house)
    await house.say(karin, "/week")
    shown = karin.last.text
    while "▶️" in karin.last.labels:
        await house.tap(karin, "▶️")
        shown += karin.last.text
    expected = {ref for case, ref in found if weeks.hold(case) and case.shares.with_the_prison()}
    assert {ref for _, ref in found if ref in shown} == expected
    assert len(expected) == 8


@pytest.mark.parametrize("day", [date(2026, 11, 23), date(2026, 11, 29), date(2026, 12, 31)])
def test_two_weeks_go_from_monday_to_sunday(day: date) -> None:
    weeks = TwoWeeks.around(day)
    assert (weeks.first.weekday(), weeks.last.weekday()) == (0, 6)
    assert weeks.first <= day < weeks.first + timedelta(days=7)
    assert (weeks.last - weeks.first).days == 13
