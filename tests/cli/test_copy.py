"""`voorzorg copy`: the program goes on on the other database exactly where it stood."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bot.cli import app, session
from bot.cli.running import folder_to_ourselves
from storage.engines.database import Database
from storage.lease import Lease
from tests.house import DATABASES, House
from tests.postgresql import Postgresql, in_a_thread


@pytest.fixture
def run(house: House, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Run a command beside a house, on its settings; returns the exit status, and what it said."""
    for name in ("database_url", "master_key_file"):
        monkeypatch.setenv(f"VOORZORG_{name.upper()}", str(getattr(house.settings, name)))
    monkeypatch.setattr(session, "clock", house.clock)
    monkeypatch.chdir(house.folder)

    def invoke(*words: str) -> tuple[int, str]:
        result = in_a_thread(lambda: CliRunner().invoke(app, words))
        assert "Traceback" not in result.output
        return result.exit_code, result.stdout if result.exit_code == 0 else result.stderr

    return invoke


@pytest.fixture
async def target(house: House, tmp_path: Path, postgresql: Postgresql) -> Any:
    """The address of an empty database of the other kind than the house's."""
    if house.app.database.is_sqlite:
        async with postgresql.database("template1") as url:
            yield url
    else:
        yield f"sqlite:///{tmp_path}/other/voorzorg.db"


@pytest.mark.parametrize("house", DATABASES, indirect=True)
async def test_halfway_through_a_journey_everything_goes_on_on_the_other_database(
    house: House, run: Any, target: str
) -> None:
    anneke = await house.joined(await house.member())
    ref = await house.case()
    mila = await house.arrived(ref)
    await house.tap(mila, "Alleen ik", "Verder", "Ja, hier", "Mijn huis", "Er staat geen dag in", "Ja, dit doe ik")
    anneke.say(f"/zaak {ref}")
    assert await house.app.reception.poll()  # stored, and not decided
    before = await house.document(ref)
    await house.app.stop()

    status, said = run("copy", target, "--json")
    assert status == 0, said
    tables = {table["table"]: table["rows"] for table in json.loads(said)["tables"]}
    assert (tables["cases"], tables["chat"], tables["staff"], tables["audit"] > 0) == (1, 2, 1, True)

    house.settings = house.settings.model_copy(update={"database_url": target})
    house.app = type(house.app)(house.settings, house.clock)
    await house.app.open()
    assert await house.document(ref) == before
    await house.pump()
    assert not anneke.last.mine
    assert ref in anneke.last.text
    await house.tap(mila, "Bij iemand")  # on a button that was shown before
    assert "Kun je daar terug" in mila.last.text
    await house.tap(mila, "✅ Ja", "✅ Ja")
    assert "Je plan" in mila.last.text
    due = (await house.load(ref)).actions[0].due
    assert due is not None
    mila.lock_screen.clear()
    await house.at(due, 10)
    await house.at(due + timedelta(days=1), 10)
    assert mila.lock_screen == ["Je hebt een herinnering."]
    left = [row for row in await house.ledger(ref) if row[0] != "check_in"]
    assert left == [("action_before", "skipped"), ("action_day", "sent")]
    await house.app.stop()


async def test_it_says_what_it_copied_and_what_to_do_next(house: House, run: Any, target: str) -> None:
    await house.case()
    await house.app.stop()
    status, said = run("copy", target)
    assert status == 0
    assert "cases" in said
    assert "rows are the same" in said
    assert "Set VOORZORG_DATABASE_URL" in said


async def test_a_second_copy_into_the_same_place_is_refused(house: House, run: Any, target: str) -> None:
    await house.app.stop()
    assert run("copy", target)[0] == 0
    status, said = run("copy", target)
    assert status == 1
    assert "something in the target already" in said


async def test_into_itself_is_refused(house: House, run: Any) -> None:
    status, said = run("copy", house.settings.database_url)
    assert status == 1
    assert "the database in use" in said


async def test_while_it_runs_nothing_is_copied(house: House, run: Any, target: str) -> None:
    with folder_to_ourselves(house.settings):  # as `voorzorg run` does
        status, said = run("copy", target)
    assert status == 1
    assert "running already" in said


@pytest.mark.parametrize("house", ["postgresql"], indirect=True)
async def test_while_somebody_has_the_lease_nothing_is_copied(house: House, run: Any, target: str) -> None:
    status, said = run("copy", target)  # the house itself has it
    assert status == 1
    assert "Voorzorg runs on" in said
    house.clock.forward(seconds=31)
    assert run("copy", target)[0] == 0


async def test_into_a_place_where_another_one_runs_nothing_is_copied(
    house: House, run: Any, postgresql: Postgresql
) -> None:
    await house.app.stop()
    async with postgresql.database() as url:
        database = Database(url)
        await database.open()
        assert await Lease(database, house.clock, 30).take()
        status, said = run("copy", url)
        await database.close()
    assert status == 1
    assert "Voorzorg runs on" in said
