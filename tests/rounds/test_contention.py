"""Two who want one case at one moment: nothing is overwritten, and whoever comes second decides on what is there."""

from __future__ import annotations

import sqlite3

import pytest

from bot import steps
from conversations.turn import Turn
from storage.case.case_changes import StaleCaseError
from storage.engines.database import Database
from tests.house import House
from tests.team import Team, a_tap, nothing_changes

CHANGE = "UPDATE cases SET version = version + 1"
APOLOGY = "Er ging iets mis bij mij. Stuur het over 1 minuut nog een keer. Of bel "


@pytest.fixture
async def team(house: House) -> Team:
    """Samira at her first question, her worker, and the administrator."""
    team = Team(house)
    await team.begin()
    return team


async def test_a_case_that_somebody_else_writes_in_between_is_decided_anew(team: Team) -> None:
    async def meanwhile(turn: Turn) -> None:
        # As another process does on a database that lets two write: after this turn has loaded, before it writes.
        if len(turns) == 1:
            await turn.reads.room.connection.exec_driver_sql(CHANGE)  # type: ignore[attr-defined]
        turn.case.thread.write("self_reporter", f"try {len(turns)}", turn.now)
        turn.go("messages")

    with a_tap("meanwhile", meanwhile) as turns:
        await team.tap(team.samira, "meanwhile")
        assert await team.house.app.rounds.updates() == 1
        await team.house.pump()
    assert turns[0].case is not turns[1].case
    assert [message.text for message in (await team.house.load(team.ref)).messages] == ["try 2"]
    assert await team.inbox() == []
    assert len([m for m in team.samira.messages if "try 2" in m.text]) == 1


async def test_a_case_that_is_never_left_alone_ends_as_a_failing_turn_and_not_the_program(team: Team) -> None:
    async def meanwhile(turn: Turn) -> None:
        turn.case.person.answer("wish", "money", turn.now)
        await turn.reads.room.connection.exec_driver_sql(CHANGE)  # type: ignore[attr-defined]

    with a_tap("meanwhile", meanwhile):
        async with nothing_changes(team):
            await team.tap(team.samira, "meanwhile")
            await team.until_parked()
    assert await team.inbox() == [("parked", 5)]
    assert team.samira.last.text.startswith(APOLOGY)


@pytest.mark.parametrize("house", ["sqlite"], indirect=True)
async def test_while_a_round_decides_nobody_else_can_write_on_sqlite(team: Team) -> None:
    tried: list[str] = []

    def write(name: str) -> None:
        if name == "round:decided":
            beside = sqlite3.connect(team.house.folder / "voorzorg.db", timeout=0)
            with pytest.raises(sqlite3.OperationalError, match="locked"):
                beside.execute(CHANGE)
            beside.close()
            tried.append(name)

    steps.hook = write
    try:
        await team.house.tap(team.samira, "Geld")
    finally:
        steps.hook = None
    assert tried
    assert (await team.house.document(team.ref))["answers"] == {"wish": "money"}


async def test_who_loaded_a_case_before_a_round_cannot_overwrite_it_after(team: Team) -> None:
    beside = Database(team.house.settings.database_url)
    await beside.open()
    try:
        case = await team.house.load(team.ref)
        await team.house.tap(team.samira, "Geld")
        case.thread.write("worker", "too late", team.house.clock.now())
        with pytest.raises(StaleCaseError):
            async with beside.write() as connection:
                await team.house.stores.cases.save(connection, [case], team.house.clock.now(), team.house.settings.zone)
        # Loaded anew it is written, and the next turn sees it.
        case = await team.house.load(team.ref)
        case.thread.write("worker", "in time", team.house.clock.now())
        async with beside.write() as connection:
            await team.house.stores.cases.save(connection, [case], team.house.clock.now(), team.house.settings.zone)
    finally:
        await beside.close()
    await team.house.tap(team.samira, "Er staat geen dag in")
    document = await team.house.document(team.ref)
    assert len(document["answers"]) == 2
    assert document["messages"]["total"] == 1


async def test_of_two_turns_that_want_one_case_the_second_waits_for_the_next_round(team: Team) -> None:
    await team.house.tap(team.samira, "Ik wil iemand spreken")
    team.anneke.tap("Laat zien")  # the worker opens the case ...
    team.samira.tap("Schrijf een bericht")  # ... at the very moment in which Samira goes on in it
    await team.house.app.reception.poll()
    assert await team.house.app.rounds.updates() == 1
    assert await team.inbox() == [("open", 0)]
    assert await team.house.app.rounds.updates() == 1
    assert await team.inbox() == []
    await team.house.pump()
    assert "Samira Kloosterboer" in team.anneke.last.text
    assert "Typ je bericht aan" in team.samira.last.text
    assert (await team.house.document(team.ref))["messages"] == {"unread": 1, "total": 1}


async def test_a_round_takes_one_update_of_each_chat_and_in_their_order(team: Team) -> None:
    mila = await team.at_the_first_question(await team.house.case(first_name="Mila"))
    for button in ("Geld", "Mijn huis"):
        team.samira.tap(button)
        mila.tap(button)
    await team.house.app.reception.poll()
    assert [await team.house.app.rounds.updates() for _ in range(3)] == [2, 2, 0]
    assert (await team.house.document(team.ref))["answers"] == {"wish": "money"}
