"""Transactions on both databases: one writer at a time, readers with an unchanging view, errors that say what to do."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import timedelta
from importlib import import_module
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Connection, insert, inspect, select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from storage import installation
from storage.engines import postgresql as own
from storage.engines.database import Database
from storage.engines.errors import SchemaError
from storage.schema import installation as facts
from storage.schema import metadata
from tests.postgresql import Postgresql
from tests.storage.records import NOW, TODAY, Records


async def fact(database: Database, name: str) -> str | None:
    """Return a fact in a view of its own."""
    async with database.read() as connection:
        return await installation.get(connection, name)


async def test_what_a_transaction_wrote_is_there_whole_or_not_at_all(database: Database) -> None:
    async with database.write() as connection:
        await installation.keep(connection, "kept", "yes")

    async def break_off() -> None:
        async with database.write() as connection:
            await installation.keep(connection, "kept", "no")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await break_off()
    assert await fact(database, "kept") == "yes"


async def test_a_reader_sees_what_stood_there_when_it_began(database: Database, beside: Database) -> None:
    async with database.read() as connection:
        assert await installation.get(connection, "name") is None
        async with beside.write() as writing:
            await installation.keep(writing, "name", "new")
        assert await installation.get(connection, "name") is None
    assert await fact(database, "name") == "new"


async def test_a_reader_keeps_no_writer_waiting_and_sees_nothing_unfinished(database: Database) -> None:
    async with database.write() as writing:
        await installation.keep(writing, "name", "unfinished")
        assert await fact(database, "name") is None


async def test_on_postgresql_a_reader_cannot_write(postgresql: Postgresql) -> None:
    async with postgresql.database() as url:
        database = Database(url)
        await database.open()
        with pytest.raises(OperationalError):
            async with database.read() as connection:
                await installation.keep(connection, "name", "value")
        await database.close()


async def test_counting_up_from_several_processes_loses_nothing(url: str, database: Database) -> None:
    """Each reads, thinks, and writes what it read plus one: whoever does not wait for the others loses a count."""
    async with database.write() as connection:
        await installation.keep(connection, "count", "0")

    async def count(somebody: Database) -> None:
        for _ in range(10):
            async with somebody.write() as connection:
                now = int(await installation.get(connection, "count") or 0)
                await asyncio.sleep(0)
                statement = update(facts).where(facts.c.name == "count").values(value=str(now + 1))
                await connection.execute(statement)

    async with AsyncExitStack() as stack:
        several = [Database(url) for _ in range(4)]
        for somebody in several:
            await somebody.open()
            stack.push_async_callback(somebody.close)
        await asyncio.gather(*(count(somebody) for somebody in [*several, *several]))
    assert await fact(database, "count") == "80"


async def test_a_writer_who_waits_too_long_is_told_that_the_database_does_not_answer(
    database: Database, beside: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    if beside.is_sqlite:
        async with beside.write() as connection:
            await connection.exec_driver_sql("PRAGMA busy_timeout=10")
    else:
        short = text(str(own.BEGIN_WRITE).replace(str(own.BUSY_MS), "10"))
        monkeypatch.setattr(own, "BEGIN_WRITE", short)
    async with database.write() as connection:
        await installation.keep(connection, "name", "first")
        with pytest.raises(OperationalError):
            async with beside.write():
                pass
    async with beside.write() as connection:
        await installation.keep(connection, "name", "second")
    assert await fact(database, "name") == "second"


async def test_an_error_says_nothing_of_the_values(records: Records) -> None:
    database = records.database
    canary = "kanarie-die-niemand-mag-zien"
    async with database.write() as connection:
        await connection.execute(insert(facts), [{"name": canary, "value": "1"}])
    statements = [
        (insert(facts), {"name": canary, "value": canary}),  # there already
        (insert(facts), {"name": canary + "2", "value": None}),  # not there
        (text("SELECT * FROM installation WHERE name = :name AND nowhere = :value"), {"name": canary, "value": canary}),
    ]
    if not database.is_sqlite:
        statements += [
            (insert(facts), {"name": canary * 9, "value": canary}),  # too long
            (text("SELECT * FROM inbox WHERE seq = :seq"), {"seq": canary}),  # of another type
            (insert(facts), {"name": canary + "\ud800", "value": canary}),  # in no encoding
            (insert(facts), {"name": canary + "\x00", "value": canary}),
        ]
    for statement, values in statements:
        with pytest.raises(DBAPIError) as caught:
            async with database.write() as connection:
                await connection.execute(statement, values)
        assert canary not in "".join(traceback_of(caught.value)), statement


def traceback_of(error: BaseException) -> list[str]:
    """Return what a trace would show of an error, without the lines of code."""
    found: list[str] = []
    at: BaseException | None = error
    while at is not None:
        found += [str(at), repr(at)]
        at = at.__cause__ or (None if at.__suppress_context__ else at.__context__)
    return found


async def test_a_broken_rule_is_an_integrity_error_on_both(database: Database) -> None:
    row = {"name": "twice", "value": "1"}
    with pytest.raises(IntegrityError):
        async with database.write() as connection:
            await connection.execute(insert(facts), [row, row])


# The tables.


def differences(connection: Connection) -> list[object]:
    """Return what Alembic would change to make the tables what the code says."""
    return list(compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), metadata))


async def test_the_migrated_tables_are_those_of_the_code(database: Database) -> None:
    async with database.read() as connection:
        assert await connection.run_sync(differences) == []


async def test_queues_are_read_by_partial_indexes(database: Database) -> None:
    def partial(connection: Connection) -> set[str]:
        kind = connection.dialect.name
        return {
            str(index["name"])
            for table in ("inbox", "outbox", "due")
            for index in inspect(connection).get_indexes(table)
            if index.get("dialect_options", {}).get(f"{kind}_where") is not None
        }

    async with database.read() as connection:
        assert await connection.run_sync(partial) == {"ix_inbox_open", "ix_inbox_line", "ix_outbox_open", "ix_due_open"}


async def test_making_a_table_anew_keeps_what_hangs_from_its_rows(records: Records) -> None:
    case = await records.case()
    case.thread.write("self_reporter", "dag", case.added_at)
    await records.save(case)

    def anew(connection: Connection) -> None:
        operations = Operations(MigrationContext.configure(connection))
        with operations.batch_alter_table(
            "cases", recreate="always" if records.database.is_sqlite else "auto"
        ) as batch:
            batch.drop_column("release_date")

    async with records.database.migrate() as connection:
        await connection.run_sync(anew)
    assert (await records.counts())["message"] == 1


async def test_cases_of_before_know_since_when_it_is_silent_around_them(records: Records) -> None:
    waits, spoken, closed = [await records.case(listed_on=TODAY - timedelta(days=ago)) for ago in (40, 50, 60)]
    spoken.reach.contacted("phone", "in", NOW)
    closed.course.close("mistake", TODAY)
    await records.save(spoken, closed)

    def back_and_forth(connection: Connection) -> None:
        with Operations.context(MigrationContext.configure(connection, opts={"render_as_batch": True})):
            version = import_module("storage.migrations.versions.0009_silence")
            version.downgrade()
            version.upgrade()

    async with records.database.migrate() as connection:
        await connection.run_sync(back_and_forth)
    since = [found and found.silent_since for found in [await records.load(c.id) for c in (waits, spoken, closed)]]
    assert since == [TODAY - timedelta(days=40), None, None]
    async with records.database.read() as connection:
        assert await connection.run_sync(differences) == []


async def test_what_was_only_opened_before_waits_once_more(records: Records) -> None:
    cases = [await records.case() for _ in range(5)]
    opened, written_to, called, written_before, ended = cases
    for case in cases:
        case.thread.write("self_reporter", "Wanneer bel je?", NOW)
        case.thread.read("self_reporter", NOW)
    written_to.thread.write("worker", "Vanmiddag.", NOW + timedelta(hours=1))
    called.reach.contacted("phone", "in", NOW + timedelta(hours=1))
    written_before.thread.write("worker", "Dag!", NOW - timedelta(hours=1))
    ended.course.close("mistake", TODAY)
    await records.save(*cases)

    def back_and_forth(connection: Connection) -> None:
        with Operations.context(MigrationContext.configure(connection, opts={"render_as_batch": True})):
            version = import_module("storage.migrations.versions.0010_answered")
            version.downgrade()
            version.upgrade()

    async with records.database.migrate() as connection:
        await connection.run_sync(back_and_forth)
    found = [await records.load(case.id) for case in cases]
    assert [len(case.thread.unanswered()) for case in found if case is not None] == [1, 0, 0, 1, 1]
    async with records.database.read() as connection:
        assert await connection.run_sync(differences) == []
        looked_at = await records.cases.to_look_at(connection, NOW - timedelta(days=365), 9)
    assert set(looked_at) == {opened.id, written_before.id}


async def test_a_migration_that_breaks_off_changes_nothing(database: Database) -> None:
    async def break_off() -> None:
        async with database.migrate() as connection:
            await connection.exec_driver_sql("DROP TABLE contact")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await break_off()
    async with database.read() as connection:
        assert (await connection.execute(text("SELECT count(*) FROM contact"))).scalar() == 0


# What is said when it cannot be opened.


async def refusal(url: str) -> str:
    """Return what is said when a database cannot be opened."""
    database = Database(url)
    with pytest.raises(SchemaError) as caught:
        await database.open()
    await database.close()
    return str(caught.value)


async def test_another_version_is_told_apart_from_a_newer_one(url: str, database: Database) -> None:
    for version, said in (
        ("0001", "Run 'voorzorg init' to bring it up to date"),
        ("9999", "Bring Voorzorg up to date"),
    ):
        async with database.write() as connection:
            await connection.execute(text("UPDATE alembic_version SET version_num = :version"), {"version": version})
        assert said in await refusal(url)


async def test_without_tables_init_is_named(url: str, database: Database) -> None:
    async with database.migrate() as connection:
        await connection.exec_driver_sql("DROP TABLE alembic_version")
    assert "Run 'voorzorg init' first" in await refusal(url)


async def test_a_sqlite_file_that_is_missing_or_none_is_said(tmp_path: Path) -> None:
    assert "Run 'voorzorg init' first" in await refusal(f"sqlite:///{tmp_path}/none.db")
    (tmp_path / "letter.db").write_text("Geachte heer, mevrouw," * 100)
    assert "is not a database" in await refusal(f"sqlite:///{tmp_path}/letter.db")


async def test_each_way_in_which_a_server_cannot_be_had_is_told_apart(postgresql: Postgresql) -> None:
    assert "There is no database nowhere on" in await refusal(postgresql.url("nowhere"))
    assert "does not let 'nobody' into" in await refusal(postgresql.url("postgres", user="nobody"))
    assert "There are no tables in postgres on" in await refusal(postgresql.url("postgres"))
    gone = f"postgresql://u:geheim@/voorzorg?host={postgresql.folder}/nowhere"
    refused = "postgresql://u:geheim@127.0.0.1:9/voorzorg"
    for address in (gone, refused):
        said = await refusal(address)
        assert "does not answer" in said
        assert "geheim" not in said


@pytest.mark.parametrize(
    "url", ["", "data/voorzorg.db", "mysql://u:geheim@host/db", "postgresql+psycopg2://u:geheim@h/d"]
)
async def test_an_address_of_something_else_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(SchemaError) as caught:
        Database(url)
    assert "postgresql+asyncpg://" in str(caught.value)
    assert "geheim" not in str(caught.value)


def test_an_address_is_taken_as_people_write_it() -> None:
    assert Database("sqlite:///a.db").url.drivername == "sqlite+aiosqlite"
    database = Database("postgres://u:p@host/db?sslmode=verify-full")
    assert database.url.drivername == "postgresql+asyncpg"
    assert database.url.query == {"ssl": "verify-full"}
    assert database.name == "db on host"


# What comes and goes.


@pytest.fixture
async def two(postgresql: Postgresql) -> AsyncIterator[tuple[Database, Database]]:
    """One PostgreSQL database as two processes have it open."""
    async with postgresql.database() as url, AsyncExitStack() as stack:
        opened = Database(url), Database(url)
        for database in opened:
            await database.open()
            stack.push_async_callback(database.close)
        yield opened


async def test_after_the_server_was_away_everything_goes_on(
    two: tuple[Database, Database], postgresql: Postgresql
) -> None:
    database, _ = two

    async def keep(value: str, cut_off: bool = False) -> None:
        async with database.write() as connection:
            await installation.keep(connection, "name", value)
            if cut_off:
                await postgresql.cut()
                await connection.execute(select(facts))

    assert await fact(database, "name") is None
    await postgresql.cut()
    with pytest.raises(OperationalError):
        await keep("lost")
    await keep("kept")
    assert await fact(database, "name") == "kept"
    with pytest.raises(OperationalError):
        await keep("half", cut_off=True)
    assert await fact(database, "name") == "kept"


async def test_a_process_that_stands_still_in_a_transaction_does_not_hold_up_the_others_for_ever(
    two: tuple[Database, Database], monkeypatch: pytest.MonkeyPatch
) -> None:
    still, other = two
    usual = str(own.BEGIN_WRITE)

    async def stand_still() -> None:
        monkeypatch.setattr(own, "BEGIN_WRITE", text(usual.replace(str(own.IDLE_MS), "1")))
        async with still.write() as connection:
            monkeypatch.setattr(own, "BEGIN_WRITE", text(usual))
            async with other.write() as connected:  # waits until the server ends the session of the one before
                await installation.keep(connected, "name", "other")
            await installation.keep(connection, "name", "still")

    with pytest.raises(OperationalError):
        await stand_still()
    assert await fact(other, "name") == "other"


async def test_a_server_that_says_nothing_counts_as_gone(
    postgresql: Postgresql, monkeypatch: pytest.MonkeyPatch
) -> None:
    impatient = own.ENGINE["connect_args"] | {"command_timeout": 0.2}
    monkeypatch.setitem(own.ENGINE, "connect_args", impatient)
    async with postgresql.database() as url, AsyncExitStack() as stack:
        database = Database(url)
        await database.open()
        stack.push_async_callback(database.close)

        async def wait(seconds: float) -> None:
            async with database.write() as connection:
                await connection.execute(text(f"SELECT pg_sleep({seconds})"))

        with pytest.raises(OperationalError):
            await wait(60)
        await wait(0)


async def test_a_write_that_is_broken_off_leaves_nothing_and_holds_up_nobody(two: tuple[Database, Database]) -> None:
    database, other = two
    begun = asyncio.Event()

    async def write() -> None:
        async with database.write() as connection:
            await installation.keep(connection, "name", "broken off")
            begun.set()
            await connection.execute(text("SELECT pg_sleep(60)"))

    writing = asyncio.create_task(write())
    await begun.wait()
    writing.cancel()
    await asyncio.gather(writing, return_exceptions=True)
    for somebody in (other, database):
        async with somebody.write() as connection:  # it waits five seconds for the lock, and not sixty
            assert await installation.get(connection, "name") is None
