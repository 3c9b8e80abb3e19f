"""Measures among the figures: how they were decided, what was kept with and without them, and no small count."""

from __future__ import annotations

from storage.figures.monitoring import MEASURES, measured
from storage.figures.weighing import decided
from tests.figures.known import TODAY, known_figures
from tests.house import House, on_both

NO_CAUSE = "Dit toont geen oorzaak."


@on_both
async def test_a_coordinator_sees_how_measures_were_decided_and_what_was_kept_with_and_without(house: House) -> None:
    await house.at(TODAY, 10)
    await known_figures(house)
    femke = await house.joined(await house.member("coordinator", "provincie Groningen", "Femke"))
    await house.say(femke, "/monitor")
    await house.tap(femke, "⚖️ Maatregelen")
    text = femke.last.text
    assert "⚖️ Maatregelen · Groningen · 1 januari – 26 november 2026" in text
    assert "1. Afspraak met de verhuurder: gebruikt 41 % (15 van 37)" in text
    assert "🔒 Kleine aantallen, niet getoond: Gratie vragen" in text
    assert "➖ Niet afgewogen: Woonkosten doorbetalen" in text
    assert NO_CAUSE in text
    await house.tap(femke, "1")
    assert femke.last.text.splitlines() == [
        "⚖️ Afspraak met de verhuurder",
        "Groningen · 1 januari – 26 november 2026",
        "✅ Gebruikt 41 % (15 van 37)",
        "🤔 Nog in overweging: 8",
        "✖️ Niet gebruikt: geen beleid 7 · te laat 7",
        "",
        "🏠 Behouden bij vrijkomen",
        "Huis: met 92 % (11 van 12) · zonder 91 % (10 van 11)",
        "Met: gebruikt. Zonder: afgewogen en niet gebruikt.",
        "Dit toont geen oorzaak. Wie een maatregel of plan heeft, verschilt ook in andere dingen.",
    ]
    await house.tap(femke, "⬅️ Maatregelen", "📝 Met en zonder plan")
    text = femke.last.text
    assert "Huis: met 91 % (21 van 23)" in text
    assert "🤷 Onbekend: huis 6" in text
    assert NO_CAUSE in text
    await house.tap(femke, "⬅️ Cijfers")
    assert "Brief beantwoord" in femke.last.text


async def test_a_coordinator_elsewhere_sees_nothing_of_it(house: House) -> None:
    await house.at(TODAY, 10)
    await known_figures(house)
    dirk = await house.joined(await house.member("coordinator", "provincie Drenthe", "Dirk"))
    await house.say(dirk, "/monitor")
    await house.tap(dirk, "⚖️ Maatregelen")
    assert "37" not in dirk.last.text
    assert "Afspraak met de verhuurder" in dirk.last.text.split("Niet afgewogen: ")[1]


async def test_measures_that_find_no_room_are_left_out_whole(house: House) -> None:
    ref = await house.case()
    async with house.app.database.write() as connection:
        case = await house.case_on(connection, ref)
        for number in range(20):
            case.helpers.weigh(
                f"a_measure_with_a_long_{number:02}", "not_used", "not_wanted", "worker", house.clock.now()
            )
        facts = measured(case, house.today, house.settings.zone)
    words = decided(facts["measures"])
    assert len(facts["measures"]) <= MEASURES
    assert set(words.values()) == {"not_used/not_wanted"}
    assert len(words) == 13
