"""A coordinator who taps whatever stands on the screen: every button does something, and no turn fails."""

from __future__ import annotations

from random import Random

import pytest

from tests.house import House
from tests.journeys.worker.test_every_button import nothing_failed
from tests.overviews.making import SAMPLES, overview

COMMANDS = ("/import", "/toewijzen", "/werkdruk", "/brieven", "/team")
TYPED = ("Assen", "asen", "provincie Drenthe", "Noor", "vrijdag", "x" * 3000, "12 januari 2027", "Anneke")
FILES = (overview({}, {"Gemeente": "Asen"}, {"Geboortejaar": 79}), (SAMPLES / "overview-week47.xlsx").read_bytes())


@pytest.mark.parametrize("seed", [1, 2])
async def test_whatever_a_coordinator_taps_types_and_sends_no_turn_fails(house: House, seed: int) -> None:
    coby = await house.joined(await house.member("coordinator", "all", "Coby"))
    for name, area in (("Anneke", "Assen"), ("Bram", "Assen"), ("Dirk", "provincie Groningen")):
        await house.joined(await house.member(area=area, name=name))
    draw = Random(seed)
    tapped: set[str] = set()
    for _ in range(200):
        screen = next(m for m in coby.newest_first() if not m.mine and m.buttons)
        choice = draw.random()
        if choice < 0.16:
            coby.say(draw.choice(COMMANDS))
        elif choice < 0.2:
            coby.say(draw.choice(TYPED))
        elif choice < 0.26:
            await house.say(coby, "/import")
            coby.send_document("overzicht.xlsx", draw.choice(FILES))
        else:
            _, data = draw.choice([pair for row in screen.buttons for pair in row])
            tapped.add(data.split(":")[0])
            coby.tap_data(screen.message_id, data)
        await house.pump()
        assert "Deze knop is oud." not in coby.toasts
        house.clock.forward(seconds=2)
    await nothing_failed(house)
    assert len(tapped) > 20, tapped
