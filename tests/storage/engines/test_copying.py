"""Copying between both databases: every row of every table, the same on both sides, or nothing at all."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from sqlalchemy import String, insert, select, text

from storage import audit, installation
from storage.case.case_parts import new_id
from storage.coordination import meetings
from storage.coordination.bottlenecks import Bottleneck, Bottlenecks
from storage.coordination.inquiries import Inquiries, Inquiry
from storage.coordination.meetings import Meeting
from storage.engines.copying import TABLES, CopyError, _digest, copy_all, is_empty
from storage.engines.database import Database
from storage.figures import cubes
from storage.people import covers
from storage.people.covers import Cover
from storage.people.guesses import Guesses
from storage.queues import drafts, due
from storage.queues.outbox import Outgoing
from storage.schema import inbox, lease, metadata, outbox
from tests.postgresql import Postgresql
from tests.storage.case.test_cases import fill, statements
from tests.storage.records import NOW, TODAY, ZONE, Records, after

# Sorts before and after other texts as its bytes say; and in another order by the rules of a language.
NAMES = ("bot_name", "Bot_name", "bot name", "botname", "é", "zzz", "_", "10", "9")


@pytest.fixture
async def target(
    database: Database, tmp_path: Path, sqlite_template: Path, postgresql: Postgresql
) -> AsyncIterator[Database]:
    """An empty database of the other kind."""
    async with AsyncExitStack() as stack:
        if database.is_sqlite:
            url = await stack.enter_async_context(postgresql.database())
        else:
            shutil.copy(sqlite_template, tmp_path / "target.db")
            url = f"sqlite:///{tmp_path}/target.db"
        opened = Database(url)
        await opened.open()
        stack.push_async_callback(opened.close)
        yield opened


async def fill_every_table(records: Records) -> None:
    """Keep something of everything, with gaps in what is numbered."""
    for number in range(30):
        member = await records.member(name=f"lid {number}")
        case = await records.case(number=f"Z{number}" if number % 2 else None, worker=member.id)
        fill(case)
        await records.save(case)
        chat = await records.chat(2**33 + number, case=case)
        async with records.database.write() as connection:
            await records.invitations.make(connection, NOW, after(days=1), case_id=case.id)
            update = {"update_id": 2**40 + number, "message": {"text": "👋" * number}}
            await records.inbox.store(connection, [(update, number or None)], NOW)
            await records.outbox.add(connection, [Outgoing(chat.id, "notice", {"text": str(number)})], NOW)
            await due.plan_fold(connection, [chat.id], after(minutes=15), ZONE)
            await covers.arrange(connection, Cover(member.id, member.id, TODAY, TODAY))
            told = Bottleneck(new_id(), "bottleneck", case.id, "Groningen", member.id, NOW, "Het duurt te lang.")
            await Bottlenecks(records.vault.ring).save(connection, [told])
            asked = Inquiry(new_id(), "Groningen", member.id, NOW, "Wie betaalt de foto?")
            await Inquiries(records.vault.ring).save(connection, [asked])
            await meetings.keep(connection, Meeting(new_id(), member.id, "Groningen", NOW))
            await drafts.save(connection, member, drafts.new_draft(member, {"overview": {}}, NOW))
            await audit.write(connection, [audit.Entry(member.id, "cli", "open", case.ref)], NOW)
            await Guesses(records.vault).count(connection, ["2222-3333-4444"], NOW)
    async with records.database.write() as connection:
        await cubes.publish(connection, TODAY.replace(day=1))
        for name in NAMES:
            await installation.keep(connection, name, name)
        await connection.execute(insert(lease), {"name": "run", "holder": "somebody", "until": NOW})
        for queue in (inbox, outbox):
            await connection.execute(queue.delete().where(queue.c.seq.between(7, 12)))
            await connection.execute(queue.delete().where(queue.c.seq > 28))


async def everything(database: Database) -> dict[str, set[tuple[object, ...]]]:
    """Return all rows of all tables."""
    async with database.read() as connection:
        return {
            table.name: {tuple(row) for row in await connection.execute(select(table))}
            for table in metadata.tables.values()
        }


async def copy(source: Database, target: Database) -> dict[str, tuple[int, str]]:
    """Copy, and return rows and hash by table."""
    async with source.write() as reading, target.write() as writing:
        return {table.table: (table.rows, table.sha256) for table in await copy_all(reading, writing)}


async def test_every_row_of_every_table_is_the_same_there(
    records: Records, target: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.engines.copying.BATCH", 7)
    await fill_every_table(records)
    before = await everything(records.database)
    assert all(before.values()), [name for name, rows in before.items() if not rows]
    copied = await copy(records.database, target)
    before["lease"] = set()  # which is about processes
    assert await everything(target) == before
    assert {name: rows for name, (rows, _) in copied.items()} == {
        name: len(rows) for name, rows in before.items() if name != "lease"
    }
    # New rows come after those that were copied, and what was copied is worked on.
    there = Records(target, records.vault)
    async with target.write() as connection:
        await there.inbox.store(connection, [({"update_id": 1}, 1)], NOW)
        await there.outbox.add(connection, [Outgoing("x", "notice", {})], NOW)
        await audit.write(connection, [audit.Entry(None, "cli", "open", None)], NOW)
        for table, highest in ((inbox, 28), (outbox, 28), (metadata.tables["audit"], 30)):
            assert max((await connection.execute(select(table.c.seq))).scalars()) == highest + 1
        assert (await there.outbox.next(connection, NOW, 1))[0].payload == {"text": "0"}


async def test_there_and_back_gives_the_same_hashes(
    records: Records, target: Database, tmp_path: Path, sqlite_template: Path, postgresql: Postgresql
) -> None:
    await fill_every_table(records)
    there = await copy(records.database, target)
    async with AsyncExitStack() as stack:
        if records.database.is_sqlite:
            shutil.copy(sqlite_template, tmp_path / "back.db")
            url = f"sqlite:///{tmp_path}/back.db"
        else:
            url = await stack.enter_async_context(postgresql.database())
        back = Database(url)
        await back.open()
        stack.push_async_callback(back.close)
        assert await copy(target, back) == there


async def test_a_target_that_holds_anything_is_refused(records: Records, target: Database) -> None:
    await fill_every_table(records)
    async with target.write() as connection:
        assert await is_empty(connection)
        await installation.keep(connection, "bot_name", "x")
        assert not await is_empty(connection)
    with pytest.raises(CopyError, match="something in the target already"):
        await copy(records.database, target)
    assert {name for name, rows in (await everything(target)).items() if rows} == {"installation"}


async def test_a_target_that_keeps_something_else_is_noticed_and_keeps_nothing(
    records: Records, target: Database
) -> None:
    await fill_every_table(records)
    change = "UPDATE contact SET kind = 'letter' WHERE id = (SELECT max(id) FROM contact)"
    async with target.migrate() as connection:
        if target.is_sqlite:
            await connection.execute(text(f"CREATE TRIGGER odd AFTER INSERT ON contact BEGIN {change}; END"))
        else:
            body = f"BEGIN {change}; RETURN NULL; END"
            await connection.execute(text(f"CREATE FUNCTION odd() RETURNS trigger LANGUAGE plpgsql AS $$ {body} $$"))
            await connection.execute(
                text("CREATE TRIGGER odd AFTER INSERT ON contact FOR EACH STATEMENT EXECUTE FUNCTION odd()")
            )
    with pytest.raises(CopyError, match="Table contact is not the same"):
        await copy(records.database, target)
    assert not any((await everything(target)).values())


async def test_postgresql_sorts_text_by_its_bytes_whatever_its_locale(postgresql: Postgresql) -> None:
    async with postgresql.database() as url, AsyncExitStack() as stack:
        database = Database(url)
        await database.open()
        stack.push_async_callback(database.close)
        with statements(database) as asked:
            async with database.write() as connection:
                assert [await _digest(connection, table) for table in TABLES]
    for table, statement in zip(TABLES, asked[1:], strict=True):  # the first takes the lock
        texts = [key for key in table.primary_key if isinstance(key.type, String)]
        assert statement.count('COLLATE "C"') == len(texts), statement


def test_every_table_is_copied_but_the_lease() -> None:
    assert {table.name for table in TABLES} == set(metadata.tables) - {"lease"}
