"""`/help` explains how it works from where one is, and leads nowhere else."""

from __future__ import annotations

from datetime import timedelta

from tests.house import House

HOW = "❓ Zo werkt het"


async def test_help_stays_where_one_is(house: House) -> None:
    await house.joined(await house.member())
    mila = await house.arrived(await house.case())
    await house.tap(mila, "Alleen ik", "Verder", "Ja, hier", "Geld")
    for command in ("/vragen", "/pauze", "/plan", "/bericht", "/pin"):
        await house.say(mila, command)
        stood = mila.last.text
        await house.say(mila, "/help")
        assert mila.last.text.startswith(HOW)
        assert mila.last.text.endswith(stood), command


async def test_help_leaves_the_question_whether_anything_changed_as_it_is(house: House) -> None:
    await house.joined(await house.member())
    mila = await house.arrived(await house.case())
    await house.tap(mila, "Alleen ik", "Verder", "Ja, hier", "Geld", "Er staat geen dag in")
    await house.at(house.today + timedelta(weeks=8), 10)
    await house.tap(mila, "Laat zien")
    assert "Is er iets veranderd?" in mila.last.text
    await house.say(mila, "/help")
    assert mila.last.text.startswith(HOW)
    assert "Is er iets veranderd?" in mila.last.text
    await house.say(mila, "hulp")
    assert "Is er iets veranderd?" in mila.last.text
