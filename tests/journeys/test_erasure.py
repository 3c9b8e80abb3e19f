"""Erasing: key, rows and indexes go, nothing is found afterwards, and no list brings it back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from bot.overviews.intake import OverviewIntake
from bot.overviews.reader import Overview, OverviewRow
from storage.schema import metadata
from storage.scope import Actor, Scope
from storage.vault import VaultError
from tests.house import REGION, House, on_both

BEGUN = ("Alleen ik", "Verder", "Ja, hier", "Mijn huis", "Er staat geen dag in", "Iets anders")


async def somebody_with_a_plan(house: House) -> tuple[str, Any]:
    ref = await house.case(number="Z4711")
    samira = await house.arrived(ref)
    await house.tap(samira, *BEGUN)
    await house.say(samira, "Tante Wilhelmina bellen", "/bericht Kan het ook een dag later?")
    return ref, samira


async def rows(house: House) -> dict[str, int]:
    async with house.app.database.read() as connection:
        counted = {}
        for name in metadata.tables:
            counted[name] = (await connection.execute(text(f'SELECT count(*) FROM "{name}"'))).scalar_one()
    return counted


@on_both
async def test_who_erases_everything_is_a_stranger_afterwards(house: House) -> None:
    anneke = await house.joined(await house.member())
    before = await rows(house)
    ref, samira = await somebody_with_a_plan(house)
    blobs = await sealed_blobs(house)
    await house.say(samira, "/wissen")
    assert "Wil je alles wissen?" in samira.last.text
    await house.tap(samira, "Nee, bewaar het")
    assert (await house.document(ref))["actions"]
    await house.say(samira, "/wissen")
    await house.tap(samira, "Ja, wis alles")
    assert [m.text for m in samira.messages if not m.mine] == [
        "🗑 Alles is gewist. Ik weet niets meer van je.\n\nWis deze chat zelf ook. Het ga je goed."
    ]
    assert anneke.lock_screen[-1] == f"🗑 Gewist op eigen verzoek · {ref}"
    after = await rows(house)
    left = {name for name in after if after[name] != before[name]}
    # Blanked queues, the trail with its pseudonyms, and what is counted of nobody in particular.
    assert left <= {"inbox", "outbox", "audit", "due", "monitoring"}
    assert not (await sealed_blobs(house)) & blobs
    await house.say(samira, "/plan")
    assert "Dat ken ik niet" in samira.last.text
    await house.say(samira, "hallo?")
    assert "Dat lees ik niet als een code" in samira.last.text


async def sealed_blobs(house: House) -> set[bytes]:
    """Return every sealed field that lies in the table of cases or hangs from it."""
    found: set[bytes] = set()
    async with house.app.database.read() as connection:
        for name, column in (("cases", "identity"), ("cases", "record"), ("action", "content"), ("message", "content")):
            found |= set((await connection.execute(text(f"SELECT {column} FROM {name}"))).scalars())
    return found


@on_both
async def test_not_even_a_copy_of_the_blobs_opens_again(house: House) -> None:
    ref, samira = await somebody_with_a_plan(house)
    case = await house.load(ref)
    async with house.app.database.read() as connection:
        statement = text("SELECT record FROM cases WHERE id = :id")
        blob = (await connection.execute(statement, {"id": case.id})).scalar_one()
    await house.say(samira, "/wissen")
    await house.tap(samira, "Ja, wis alles")
    async with house.app.database.read() as connection:
        statement = text("SELECT count(*) FROM subject_key WHERE subject = :id")
        assert (await connection.execute(statement, {"id": case.id})).scalar() == 0
    other = await house.load(await house.case())
    assert other.subject is not None
    with pytest.raises(VaultError):
        other.subject.open("cases", "record", case.id, blob)


@pytest.mark.parametrize("house", ["sqlite"], indirect=True)  # elsewhere it rests on the destroyed key
async def test_nothing_of_it_lies_in_the_files_after_a_checkpoint(house: House, tmp_path: Path) -> None:
    ref, samira = await somebody_with_a_plan(house)
    blobs = await sealed_blobs(house)
    await house.say(samira, "/wissen")
    await house.tap(samira, "Ja, wis alles")
    await house.app.stop()
    files = [path for path in tmp_path.iterdir() if path.name.startswith("voorzorg.db")]
    content = b"".join(path.read_bytes() for path in files)
    assert content
    assert not [blob for blob in blobs if blob[15:63] in content]
    assert ref.encode() in content  # the audit trail keeps the pseudonym
    await house.restart()


async def test_next_weeks_overview_does_not_make_the_case_again(house: House) -> None:
    _, samira = await somebody_with_a_plan(house)
    await house.say(samira, "/wissen")
    await house.tap(samira, "Ja, wis alles")
    row = OverviewRow(
        row=7,
        number="Z4711",
        first_name="Samira",
        last_name="Kloosterboer",
        birth_year=1999,
        municipality="Groningen",
        province="Groningen",
        prison=None,
        reporting_date=None,
        sentence_days=28,
        listed_on=None,
        known_to_care=None,
        language="nl",
    )
    async with house.app.database.write() as connection:
        scope = Scope(Actor("coordinator", "", "all"), house.clock.now())
        intake = OverviewIntake(house.stores, REGION, scope, house.erasures)
        overview = Overview((row,), (), "", frozenset({"Z4711"}))
        taken = await intake.take(connection, overview, house.clock.now(), house.settings.zone)
    assert taken.new == []
    assert [(r.row, "laten wissen" in r.reason) for r in taken.rejected] == [(7, True)]
