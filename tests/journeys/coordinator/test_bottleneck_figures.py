"""The bottlenecks among the figures: how many, what about, how long without an owner; of one's own area, by theme."""

from __future__ import annotations

from datetime import timedelta

from bot.writing.team import dismiss
from tests.house import House
from tests.journeys.coordinator.test_office import a_team, tell

DAY = timedelta(days=1)


async def test_the_figures_say_how_many_bottlenecks_are_open_what_about_and_how_long_without_an_owner(
    house: House,
) -> None:
    anneke, femke = await a_team(house)
    await house.say(femke, "/monitor")
    assert "knelpunt" not in femke.last.text
    await tell(house, anneke, "Meneer Kloosterboer krijgt geen ID-kaart", "De ID-kaart duurt te lang")
    await house.at(house.today + 9 * DAY, 10)
    await tell(house, anneke, "De lijst komt te laat")
    await house.say(femke, "/knelpunten")
    for theme in ("Identiteitsbewijs", "Identiteitsbewijs", "Lijsten en datums"):
        await house.tap(femke, "1", "1", "🏷 Thema", theme, "⬅️ Alle thema's")
    await house.tap(femke, "📊 Cijfers")
    said = "🧱 3 knelpunten open · vaakst: Identiteitsbewijs (2×) · oudste zonder eigenaar: 9 dagen"
    assert said in femke.last.text
    assert "Kloosterboer" not in femke.last.text
    await house.say(femke, "/maandrapport")
    assert said in femke.last.text
    await house.say(femke, "/monitor")
    await house.tap(femke, "🧱 Knelpunten")
    assert "Knelpunten en verbeteringen" in femke.last.text
    # Taken up: it no longer waits for an owner; solved: it no longer counts.
    await house.tap(femke, "1", "1", "🙋 Ik pak het op", "⬅️ Alle thema's", "1", "1", "🙋 Ik pak het op")
    await house.say(femke, "/monitor")
    assert "vaakst: Identiteitsbewijs (2×) · oudste zonder eigenaar: sinds vandaag" in femke.last.text
    await house.tap(
        femke, "🧱 Knelpunten", "1", "1", "✅ Het is opgelost", "⬅️ Alle thema's", "2", "1", "✅ Het is opgelost"
    )
    await house.say(femke, "/monitor")
    assert "🧱 1 knelpunt open · vaakst: Identiteitsbewijs (1×)\n" in femke.last.text
    await house.say(femke, "/knelpunten")
    await house.tap(femke, "1", "1", "✅ Het is opgelost")
    await house.say(femke, "/maandrapport")
    assert "🧱 Geen open knelpunten." in femke.last.text


async def test_a_bottleneck_elsewhere_and_an_improvement_do_not_count(house: House) -> None:
    anneke, femke = await a_team(house)
    dirk = await house.joined(await house.member("coordinator", "provincie Drenthe", "Dirk"))
    await house.say(anneke, "/knelpunt")
    await house.tap(anneke, "Dit zou helpen")
    await house.say(anneke, "Een vast telefoonnummer")
    await tell(house, anneke, "De lijst komt te laat")
    await house.say(femke, "/monitor")
    assert "🧱 1 knelpunt open · oudste zonder eigenaar: sinds vandaag" in femke.last.text
    await house.say(dirk, "/monitor")
    assert "knelpunten open" not in dirk.last.text
    assert "knelpunt open" not in dirk.last.text


async def test_a_bottleneck_of_an_owner_who_left_the_team_waits_again(house: House) -> None:
    anneke, femke = await a_team(house)
    gone = await house.member("coordinator", "provincie Groningen", "Gerda")
    gerda = await house.joined(gone)
    await tell(house, anneke, "De lijst komt te laat")
    await house.say(gerda, "/knelpunten")
    await house.tap(gerda, "1", "1", "🙋 Ik pak het op")
    await house.say(femke, "/monitor")
    assert "zonder eigenaar" not in femke.last.text
    async with house.app.database.write() as connection:
        await dismiss(connection, house.stores, gone, house.clock.now())
    await house.at(house.today + 4 * DAY, 10)
    await house.say(femke, "/monitor")
    assert "oudste zonder eigenaar: 4 dagen" in femke.last.text
