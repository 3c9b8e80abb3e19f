"""The demo: two lively workers, a coordinator with a region, and a newcomer who makes a worker's phone ring."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot import logs
from bot.cli.demo import Demo, at_work
from bot.demo.cases import STORIES
from bot.demo.people import COORDINATOR, WORKERS
from bot.webchat.phone import PATIENCE, Phone

# A working day in the north, a quarter to ten.
START = datetime(2026, 11, 24, 8, 45, tzinfo=UTC)


@pytest.fixture
async def demo(tmp_path: Path) -> AsyncIterator[Demo]:
    """The demo as `voorzorg demo` runs it, without a browser."""
    logs.set_up("ERROR")
    shown = Demo(tmp_path, 0, START)
    async with shown.server:
        running = asyncio.create_task(shown.serve())
        yield shown
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


def phone(demo: Demo, name: str) -> Phone:
    return next(phone for phone in demo.server.world.phones if phone.title.startswith(name))


async def tap(there: Phone, *buttons: str) -> None:
    for button in buttons:
        await there.wait_for(lambda p, wanted=button: any(wanted in label for label in p.last.labels))
        there.tap(button)


async def until_there(demo: Demo, *names: str) -> None:
    for name in names:
        await asyncio.wait_for(_has_phone(demo, name), PATIENCE)


async def _has_phone(demo: Demo, name: str) -> None:
    while not any(phone.title.startswith(name) for phone in demo.server.world.phones):
        await asyncio.sleep(0.01)


async def test_two_workers_see_what_waits_and_why(demo: Demo) -> None:
    await until_there(demo, *WORKERS)
    anneke, bram = (phone(demo, name) for name in WORKERS)
    shown = (await anneke.wait_for("zaken wachten")).text
    for reason in ("🔴 1.", "dringend", "bericht", "dag is dichtbij", "bel vandaag: herinnering"):
        assert reason in shown
    shown = (await bram.wait_for("zaken wachten")).text
    for reason in ("komen niet aan", "lijst en brief verschillen", "uitkomst", "actie over tijd"):
        assert reason in shown
    assert "gevangenis" in shown


async def test_a_newcomer_who_answers_as_the_self_reporter_makes_a_workers_phone_ring(demo: Demo) -> None:
    await until_there(demo, "Mila", "Anneke")
    mila, anneke = phone(demo, "Mila"), phone(demo, "Anneke")
    await anneke.wait_for("zaken wachten")
    assert mila.letter is not None
    mila.start(mila.letter.link_payload)
    await mila.wait_for("In welk jaar ben je geboren?")
    mila.say("1988")
    await tap(mila, "Alleen ik", "Verder", "Ja, hier")
    await mila.wait_for("Waar denk je nu het meest aan?")
    await tap(mila, "Ik wil iemand spreken")
    await anneke.wait_for("🙋 Hulpvraag")
    await tap(anneke, "Laat zien")
    await anneke.wait_for("Mila de Vries")


def test_the_stories_are_of_both_and_of_nobody() -> None:
    assert {story.worker for story in STORIES} == {0, 1, None}


@pytest.mark.parametrize(
    ("now", "begins"),
    [
        (datetime(2026, 11, 24, 9, 30, tzinfo=UTC), datetime(2026, 11, 24, 9, 30, tzinfo=UTC)),
        (datetime(2026, 11, 27, 21, 0, tzinfo=UTC), datetime(2026, 11, 30, 8, 0, tzinfo=UTC)),
        (datetime(2026, 11, 24, 3, 0, tzinfo=UTC), datetime(2026, 11, 24, 8, 0, tzinfo=UTC)),
    ],
)
def test_a_demo_outside_office_hours_begins_when_the_office_opens(now: datetime, begins: datetime) -> None:
    assert at_work(now) == begins


async def test_a_coordinator_sees_the_figures_of_the_whole_region(demo: Demo) -> None:
    await until_there(demo, COORDINATOR)
    coby = phone(demo, COORDINATOR)
    await coby.wait_for("Je overzicht staat klaar")
    coby.say("/monitor")
    shown = (await coby.wait_for("Brief beantwoord")).text
    assert "3Noord" in shown
    for line in ("Contact", "Actie bij contact", "Plan akkoord", "Gemeld", "gemeenten met weinig zaken"):
        assert line in shown


async def test_a_coordinator_finds_bottlenecks_measures_questions_and_a_meeting(demo: Demo) -> None:
    await until_there(demo, COORDINATOR)
    coby = phone(demo, COORDINATOR)
    await coby.wait_for("Je overzicht staat klaar")
    coby.say("/monitor")
    shown = (await coby.wait_for("Brief beantwoord")).text
    assert "🧱 6 knelpunten open · vaakst: Identiteitsbewijs (3×) · oudste zonder eigenaar: 33 dagen" in shown
    await tap(coby, "⚖️ Maatregelen")
    shown = (await coby.wait_for("Dit toont geen oorzaak")).text
    assert "Afspraak met de verhuurder: gebruikt" in shown
    coby.say("/vraag")
    await coby.wait_for("Typ je vraag")
    await tap(coby, "Zoek in de antwoorden")
    shown = (await coby.wait_for("💡 Antwoorden")).text
    assert "Wie betaalt de pasfoto voor de ID-kaart? · 👍 4" in shown
    await tap(coby, "❓ 2 vragen wachten")
    await coby.wait_for("Neemt de gevangenis een rollator aan")
    coby.say("/overleg")
    shown = (await coby.wait_for("Intakeoverleg")).text
    assert "Eerder besloten, nog niet gedaan" in shown
    assert "Bel de woningcorporatie over een betaalafspraak · medewerker" in shown
    assert "vastgelopen 0" not in shown
    assert "datum nabij 0" not in shown
    assert "nieuw 0" not in shown
    await tap(coby, "📋 Verslag")
    await coby.wait_for("Vraag de apotheek om een medicatieoverzicht")
