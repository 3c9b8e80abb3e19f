"""A coordinator's month on the phone: the figures, the places, who stands still, and the papers that come of them."""

from __future__ import annotations

from tests.figures.known import TODAY, known_figures
from tests.house import House
from tests.journeys.transcript import Transcript


async def test_a_coordinator_sees_how_far_people_come(house: House) -> None:
    await house.at(TODAY, 10)
    await known_figures(house)
    femke = await house.joined(await house.member("coordinator", "provincie Groningen", "Femke"))
    told = Transcript(house)
    told.follow("Femke", femke)
    told.heading("The figures of the province")
    await told.say("Femke", "/monitor")
    told.heading("Over time, and per municipality: the small ones are only in the total")
    await told.tap("Femke", "📈 Trend")
    await told.tap("Femke", "⬅️ Cijfers")
    await told.tap("Femke", "🗺 Per gemeente")
    await told.tap("Femke", "⬅️ Cijfers")
    told.heading("Who stands still")
    await told.tap("Femke", "👀 Wie staat stil?")
    await told.tap("Femke", "⬅️ Cijfers")
    told.heading("A page for the alderman, the monitoring format, a picture")
    await told.tap("Femke", "📄 A4 voor de wethouder")
    await told.tap("Femke", "📊 Excel")
    await told.tap("Femke", "🖼 Plaatje")
    told.matches("figures")
