"""What the installation knows of itself, its keys, and the audit trail, on both databases."""

from __future__ import annotations

import pytest
from sqlalchemy import delete, select

from storage import audit, installation
from storage.engines.database import Database
from storage.keys.vault import SYSTEM_SUBJECTS, KeyRing, VaultError
from storage.keys.wrapped_keys import load_subjects, make_system_keys, open_vault
from storage.schema import audit as trail
from storage.schema import metadata, subject_keys
from tests.storage.records import NOW, RING, Records


async def test_a_fact_is_kept_and_the_former_one_goes(database: Database) -> None:
    async with database.write() as connection:
        assert await installation.get(connection, "bot_name") is None
        for name in ("voorzorg_bot", "andere_bot"):
            await installation.keep(connection, "bot_name", name)
            assert await installation.get(connection, "bot_name") == name


async def test_the_installation_s_own_keys_are_made_once(database: Database) -> None:
    assert not await database.holds_keys()
    await make_system_keys(database, RING)
    before = (await open_vault(database, RING)).blind("telegram", "1")
    await make_system_keys(database, RING)
    assert (await open_vault(database, RING)).blind("telegram", "1") == before
    assert await database.holds_keys()


async def test_another_ring_and_a_missing_key_are_told_apart(database: Database) -> None:
    with pytest.raises(VaultError, match="no keys of its own"):
        await open_vault(database, RING)
    await make_system_keys(database, RING)
    with pytest.raises(VaultError, match="is not the one"):
        await open_vault(database, KeyRing({"first": bytes(32)}))
    async with database.write() as connection:
        await connection.execute(delete(subject_keys).where(subject_keys.c.subject == SYSTEM_SUBJECTS[0]))
    with pytest.raises(VaultError, match="Restore it from a backup"):
        await make_system_keys(database, RING)


async def test_subjects_without_a_key_are_left_out(records: Records) -> None:
    case = await records.case()
    async with records.database.read() as connection:
        found = await load_subjects(connection, RING, [case.id, "nobody"])
        assert await load_subjects(connection, RING, []) == {}
    assert set(found) == {case.id}


async def test_the_trail_is_in_the_order_of_the_deeds(records: Records) -> None:
    async with records.database.write() as connection:
        for number in range(3):
            entries = [
                audit.Entry("m1", "cli", "open", f"GR-{number}"),
                audit.Entry(None, "chat", "forged", None, "denied"),
            ]
            await audit.write(connection, entries, NOW)
        await audit.write(connection, [], NOW)
        rows = (await connection.execute(select(trail).order_by(trail.c.seq))).all()
    assert [(row.actor, row.verb, row.object, row.result) for row in rows[:2]] == [
        ("m1", "open", "GR-0", "done"),
        (None, "forged", None, "denied"),
    ]
    assert [row.object for row in rows[::2]] == ["GR-0", "GR-1", "GR-2"]
    assert {row.at for row in rows} == {NOW}


async def test_an_area_fits_into_the_trail(records: Records) -> None:
    async with records.database.write() as connection:
        await audit.write(connection, [audit.Entry("m1", "cli", "list", "a" * 80)], NOW)
    assert trail.c.object.type.length == metadata.tables["staff"].c.area.type.length  # type: ignore[attr-defined]
