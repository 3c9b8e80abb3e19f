"""What came in is handled once, in the end, whatever happens to its number or to the program in between."""

from __future__ import annotations

from typing import Any

import pytest

from tests.house import House
from tests.team import Team

SECOND_QUESTION = "Heb je een brief met een dag?"


@pytest.fixture
async def team(house: House) -> Team:
    """Samira at her first question, her worker, and the administrator."""
    team = Team(house)
    await team.begin()
    return team


async def _ids(team: Team) -> list[Any]:
    async with team.house.app.database.read() as connection:
        return list((await connection.exec_driver_sql("SELECT update_id FROM inbox ORDER BY seq")).scalars())


async def test_an_update_that_comes_twice_counts_once(team: Team) -> None:
    first = team.house.world.updates.next_id
    await team.house.say(team.samira, "/bericht een")
    again = {"message_id": 900, "from": team.samira.person, "chat": team.samira.api(), "date": 0, "text": "twee"}
    await team.house.app.reception.store([{"update_id": first, "message": again}] * 2)
    await team.house.pump()
    assert [message.text for message in (await team.house.load(team.ref)).messages] == ["een"]


@pytest.mark.parametrize("restarted", [False, True], ids=["running", "restarted"])
async def test_ids_that_start_anew_after_a_quiet_week_are_not_taken_for_repeats(team: Team, restarted: bool) -> None:
    first = team.house.world.updates.next_id
    bad = {"message_id": 900, "from": team.samira.person, "chat": team.samira.api(), "date": "soon"}
    team.house.world.inject({"message": bad})
    await team.until_parked()
    await team.house.say(team.samira, "/bericht een", "/bericht twee")
    team.house.clock.forward(days=8)
    if restarted:
        await team.house.restart()
    await team.house.app.forget()
    assert await _ids(team) == [None]  # what is parked stays, its number is free
    # Exactly the numbers that were used before, and then lower ones.
    for number, text in ((first, "drie"), (first + 1, "vier"), (5, "vijf"), (6, "zes")):
        team.house.world.updates.next_id = number
        await team.house.say(team.samira, f"/bericht {text}")
    said = [message.text for message in (await team.house.load(team.ref)).messages]
    assert said == ["een", "twee", "drie", "vier", "vijf", "zes"]
    assert team.house.world.updates.pending == 0


async def test_what_was_parked_is_deleted_after_thirty_days(team: Team) -> None:
    bad = {"message_id": 900, "from": team.samira.person, "chat": team.samira.api(), "date": "soon"}
    team.house.world.inject({"message": bad})
    await team.until_parked()
    team.house.clock.forward(days=29)
    await team.house.app.forget()
    assert [state for state, _ in await team.inbox()] == ["parked"]
    team.house.clock.forward(days=2)
    await team.house.app.forget()
    assert await team.inbox() == []


async def test_updates_that_were_stored_before_a_stop_are_handled_after_it(team: Team) -> None:
    team.samira.tap("Geld")
    await team.house.app.reception.poll()
    await team.house.restart()
    await team.house.pump()
    assert SECOND_QUESTION in team.samira.last.text
    # Those that were fetched and not stored come again.
    team.samira.tap("Er staat geen dag in")
    assert team.house.app.bot is not None
    await team.house.app.bot.do_api_request("getUpdates", api_kwargs={"timeout": 0})
    await team.house.restart()
    await team.house.pump()
    assert len((await team.house.document(team.ref))["answers"]) == 2
