"""Rounds: what fails loses only its own changes, what is written by two is decided again, and nothing is lost."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, text

from bot.channels.telegram import read
from conversations.said import Said
from conversations.turn import Turn
from storage.schema import due
from tests.house import House
from tests.team import Team, a_tap, nothing_changes

QUESTION, SECOND_QUESTION = "Waar denk je nu het meest aan?", "Heb je een brief met een dag?"
APOLOGY = "Er ging iets mis bij mij. Stuur het over 1 minuut nog een keer. Of bel "
ALERT = "⚠️ Kijk hiernaar · "
DAMAGE = text("UPDATE cases SET record = :zeros WHERE id = :case")


@pytest.fixture
async def team(house: House) -> Team:
    """Samira at her first question, her worker, and the administrator."""
    team = Team(house)
    await team.begin()
    return team


async def _half_done(turn: Turn) -> None:
    case = turn.case
    case.person.answer("wish", "money", turn.now)
    case.thread.write("self_reporter", "half", turn.now)
    turn.notify(await turn.reads.helpers(case), "help", case.ref)
    turn.delete(turn.chat.screen_message)
    turn.go("write")
    raise RuntimeError("in the middle of it")


async def test_a_failing_turn_loses_all_of_its_own_changes_and_no_one_elses(team: Team) -> None:
    mila_ref = await team.house.case(first_name="Mila")
    mila = await team.at_the_first_question(mila_ref)
    with a_tap("fail", _half_done) as turns:
        async with nothing_changes(team):
            await team.tap(team.samira, "fail")
            mila.tap("Geld")
            await team.house.app.reception.poll()
            assert await team.house.app.rounds.updates() == 2
            await team.house.pump()
    assert len(turns) == 2  # the second try follows at once
    assert SECOND_QUESTION in mila.last.text
    assert (await team.house.document(mila_ref))["answers"] == {"wish": "money"}
    assert await team.inbox() == [("open", 2)]
    assert team.samira.last.text == QUESTION
    assert team.anneke.lock_screen == []
    # Meanwhile her later updates keep their place behind it, and those of others do not.
    team.samira.say("/plan")
    await team.house.tap(mila, "Er staat geen dag in")
    assert len((await team.house.document(mila_ref))["answers"]) == 2
    assert await team.inbox() == [("open", 2), ("open", 0)]


async def test_a_turn_that_keeps_failing_is_parked_after_five_tries_and_everybody_hears_one_sentence(
    team: Team,
) -> None:
    with a_tap("fail", _half_done) as turns:
        async with nothing_changes(team):
            await team.tap(team.samira, "fail")
            team.samira.say("/start")
            await team.until_parked()
        assert len(turns) == 5
        await team.house.pump()
        assert len(turns) == 5
    assert await team.inbox() == [("parked", 5)]
    texts = [message.text for message in team.samira.messages if not message.mine]
    assert [text for text in texts if text.startswith(APOLOGY)] == texts[:1]
    assert texts[1:] == [QUESTION]  # what she said next was heard
    assert team.beheer.lock_screen == [f"{ALERT}Voorzorg"]
    assert team.anneke.lock_screen == [ALERT + team.ref]


async def test_a_turn_that_succeeds_at_a_later_try_leaves_no_trace_of_the_earlier_ones(team: Team) -> None:
    tries = iter((RuntimeError, KeyError))

    async def at_last(turn: Turn) -> None:
        turn.case.thread.write("self_reporter", "once", turn.now)
        turn.go("messages")
        for error in tries:
            raise error

    with a_tap("fail", at_last):
        await team.tap(team.samira, "fail")
        await team.until_parked()
    assert [message.text for message in (await team.house.load(team.ref)).messages] == ["once"]
    assert await team.inbox() == []
    assert "once" in team.samira.last.text
    assert team.beheer.lock_screen == []


async def test_an_update_that_cannot_be_parsed_is_parked_and_who_sent_it_is_told(team: Team) -> None:
    bad = {"message_id": 900, "from": team.samira.person, "chat": team.samira.api(), "date": "soon", "text": "hallo"}
    async with nothing_changes(team):
        team.house.world.inject({"message": bad})
        await team.until_parked()
    assert team.samira.last.text.startswith(APOLOGY)
    assert team.beheer.lock_screen == [f"{ALERT}Voorzorg"]
    # A stranger hears the same, and no case is named to anybody.
    mila = team.house.world.phone("Mila")
    mila.start()
    await team.house.pump()
    stranger = bad | {"from": mila.person, "chat": mila.api()}
    team.house.world.inject({"message": stranger})
    await team.until_parked()
    assert mila.last.text.startswith(APOLOGY)
    assert team.beheer.lock_screen == [f"{ALERT}Voorzorg"] * 2
    assert team.anneke.lock_screen == [ALERT + team.ref]


async def test_an_update_that_nothing_handles_is_a_failure_and_not_done(team: Team) -> None:
    with pytest.MonkeyPatch.context() as of_this_version:  # it cannot tell what was said
        of_this_version.setattr(read, "read", lambda update, _bot: Said(message=_number(update)))
        team.samira.send_sticker()
        await team.house.pump()
        assert await team.inbox() == [("open", 2)]
    # The next version knows what to do with it: nothing was lost.
    team.house.clock.forward(seconds=1)
    await team.house.pump()
    assert await team.inbox() == []
    assert "Ik lees alleen getypte woorden." in team.samira.last.text


def _number(update: dict[str, Any]) -> int:
    number: int = update["message"]["message_id"]
    return number


async def test_a_turn_that_cannot_be_written_is_parked_and_its_round_is_written_without_it(team: Team) -> None:
    mila = await team.at_the_first_question(await team.house.case(first_name="Mila"))

    async def unwritable(turn: Turn) -> None:
        turn.chat.newest_message = 2**63  # more than any database keeps
        turn.go("write")

    with a_tap("fail", unwritable) as turns:
        async with nothing_changes(team):
            await team.tap(team.samira, "fail")
            mila.tap("Geld")
            await team.until_parked()
    assert len(turns) >= 5
    assert await team.inbox() == [("parked", 5)]
    assert SECOND_QUESTION in mila.last.text
    assert team.samira.last.text.startswith(APOLOGY)
    assert team.beheer.lock_screen == [f"{ALERT}Voorzorg"]


async def test_a_case_that_was_damaged_on_disk_stops_nobody_else(team: Team) -> None:
    mila = await team.at_the_first_question(await team.house.case(first_name="Mila"))
    case = await team.house.load(team.ref)
    async with team.house.app.database.write() as connection:
        await connection.execute(DAMAGE, {"case": case.id, "zeros": bytes(95)})
    team.samira.tap("Geld")
    mila.tap("Geld")
    await team.until_parked()
    assert SECOND_QUESTION in mila.last.text
    assert await team.inbox() == [("parked", 5)]


async def test_a_case_that_was_damaged_on_disk_costs_nobody_else_a_reminder(team: Team) -> None:
    house = team.house
    mila_ref = await house.case(first_name="Mila")
    mila = await team.at_the_first_question(mila_ref)
    for phone in (team.samira, mila):
        await house.tap(phone, "Geld", "Er staat geen dag in", "Ja, dit doe ik")
        phone.lock_screen.clear()
    case = await house.load(team.ref)
    async with house.app.database.write() as connection:
        await connection.execute(DAMAGE, {"case": case.id, "zeros": bytes(95)})
    days = sorted(row.day for row in (await house.load(mila_ref)).reminders)
    await house.at(days[0], 11)
    assert mila.lock_screen == ["Je hebt een herinnering."]
    # Two of the action, and a check-in in eight weeks.
    assert [state for _, state in await house.ledger(mila_ref)] == ["sent", "planned", "planned"]
    assert (await house.load(mila_ref)).reminders[0].state == "sent"
    assert await states(team, case.id) == [("planned", None)] * 3
    # It is looked at again, and given up when its time is long over: the ledger says so.
    await house.at(days[1], 11)
    await house.at(days[1] + timedelta(days=2), 11)
    assert await states(team, case.id) == [("failed", "cannot be decided")] * 2 + [("planned", None)]
    assert len(mila.lock_screen) == 2


async def states(team: Team, case_id: str) -> list[tuple[str, str | None]]:
    """Return (state, reason) of the reminders of a case that cannot be opened."""
    async with team.house.app.database.read() as connection:
        found = select(due.c.state, due.c.reason).where(due.c.case_id == case_id).order_by(due.c.due_at)
        rows = await connection.execute(found)
        return [(row.state, row.reason) for row in rows]
