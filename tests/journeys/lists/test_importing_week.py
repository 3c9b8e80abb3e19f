"""A coordinator's morning: two weeks' overviews, who hears what, taken back, assigned, and letters that leave."""

from __future__ import annotations

from random import Random

import pytest

from tests.house import House, on_both
from tests.journeys.transcript import Transcript
from tests.overviews.making import SAMPLES


@on_both
async def test_a_coordinator_brings_in_two_overviews_and_sends_letters(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("secrets.choice", Random(7).choice)  # references, which order what is equally pressing
    told = Transcript(house)
    people = {
        "Coby": await house.member("coordinator", "all", "Coby"),
        "Anneke": await house.member(area="Groningen"),
        "Bram": await house.member(area="provincie Drenthe", name="Bram"),
        "Chris": await house.member(area="provincie Drenthe", name="Chris"),
        "Doutzen": await house.member(area="provincie Fryslân", name="Doutzen"),
    }
    phones = {name: await house.joined(member) for name, member in people.items()}
    coby = phones["Coby"]
    for name in ("Coby", "Anneke"):
        told.follow(name, phones[name])

    async def send(week: int) -> None:
        told.lines.append(f"Coby sends the file overview-week{week}.xlsx")
        coby.send_document(f"overview-week{week}.xlsx", (SAMPLES / f"overview-week{week}.xlsx").read_bytes())
        await house.pump()
        told.note()

    told.heading("Tuesday: the overview of week 47. Nothing changes before the yes")
    await told.say("Coby", "/import")
    await send(47)
    await told.tap("Coby", "🆕 Nieuw 40")
    await told.tap("Coby", "⬅️ Terug")
    await told.tap("Coby", "✅ Neem over")

    told.heading("She thinks again: nobody has to hear of it today")
    await told.tap("Coby", "↩️ Haal de berichten terug")
    await house.at(house.today, 11)
    told.note()

    told.heading("The cases of Drenthe have two workers: she decides who takes which")
    await told.say("Coby", "/toewijzen")
    await told.tap("Coby", "🏘 Emmen")
    await told.tap("Coby", "👥 Allemaal naar één")
    await told.tap("Coby", "👤 Bram")
    await told.say("Coby", "/werkdruk")

    told.heading("Letters for all of them: made, printed, and only then noted as sent")
    await told.say("Coby", "/brieven")
    await told.tap("Coby", "🖨 Maak eerste brieven")
    await told.tap("Coby", "✅ Geprint en verstuurd")
    await told.say("Coby", "/brieven")

    told.heading("A week later: week 48. The list brings days, moves one and withdraws two")
    house.clock.forward(days=7)
    await told.say("Coby", "/import")
    await send(48)
    await told.tap("Coby", "✏️ Veranderd 8")
    await told.tap("Coby", "⬅️ Terug")
    await told.tap("Coby", "👻 Ontbreekt 2")
    await told.tap("Coby", "⬅️ Terug")
    await told.tap("Coby", "✅ Neem over")
    await house.at(house.today, 12)
    told.note()
    assert "📥 Er is een nieuwe lijst: kijk naar je zaken." in phones["Doutzen"].lock_screen

    told.heading("The same file once more brings nothing new")
    await told.say("Coby", "/import")
    await send(48)
    told.matches("importing_week")
