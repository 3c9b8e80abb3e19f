"""What a stolen disk and the logs give away of a whole journey: nothing about anybody."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import LargeBinary, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from conversations.content.checklist.model import UNKNOWN, UNSAID, Checklist
from storage import schema
from storage.case.case import Case
from storage.keys.vault import BUCKETS, HEADER, NONCE_BYTES, TAG_BYTES, Subject, VaultError
from storage.keys.wrapped_keys import load_subjects
from storage.schema import LABELS, metadata
from tests.hostile.canaries import Logbook, logbook
from tests.house import House
from tests.told import Journey

# Names of columns with a label that must hold sealed blobs.
SEALED = [
    (table, column)
    for table in metadata.sorted_tables
    for column in table.columns
    if column.info["label"] in LABELS[2:]
]


@pytest.fixture
def book(capsys: pytest.CaptureFixture[str]) -> Iterator[Logbook]:
    """All that is logged, at DEBUG, until the house is closed."""
    with logbook(capsys) as book:
        yield book


@pytest.fixture
async def journey(book: Logbook, house: House) -> Journey:
    """A journey that has begun."""
    journey = Journey(house, book)
    await journey.begin()
    return journey


def spellings(secret: str) -> set[bytes]:
    """Return a secret as it could be written on a disk."""
    found = {secret.encode(), secret.encode("utf-16-le"), json.dumps(secret)[1:-1].encode()}
    if secret.isdecimal():
        number = int(secret)
        size = (number.bit_length() + 7) // 8
        found |= {number.to_bytes(size, "big"), number.to_bytes(size, "little")}
    return found


def found_on_disk(folder: Path, secrets: set[str]) -> list[tuple[str, str]]:
    """Return (file, secret) of what the raw files of a database show; the master keys are kept elsewhere."""
    files = [file for file in folder.iterdir() if file.suffix != ".keys"]
    assert {"voorzorg.db", "voorzorg.db-wal", "voorzorg.db-shm"} <= {file.name for file in files}
    contents = {file.name: file.read_bytes() for file in files}
    return sorted(
        (name, secret)
        for name, content in contents.items()
        for secret in secrets
        if any(spelled in content for spelled in spellings(secret))
    )


@pytest.mark.parametrize("house", ["sqlite"], indirect=True)
async def test_the_raw_files_of_a_database_show_nothing_of_a_journey(journey: Journey) -> None:
    folder = journey.house.folder
    # What is plain is found, so the search does find: a reference is pseudonymous, a municipality too.
    assert {secret for _, secret in found_on_disk(folder, {journey.ref, "Groningen"})} == {journey.ref, "Groningen"}
    assert found_on_disk(folder, journey.secrets) == []
    await journey.get_into_trouble()
    async with journey.house.app.database.read() as connection:
        assert await journey.house.app.rounds.inbox.waiting(connection) > 0
        assert await journey.house.app.rounds.outbox.waiting(connection) > 0
    assert found_on_disk(folder, journey.secrets) == []
    await journey.end()
    assert found_on_disk(folder, journey.secrets) == []
    # Neither do the keys themselves stand there.
    ring = [line.split()[1] for line in (folder / "master.keys").read_text().splitlines()]
    assert found_on_disk(folder, set(ring)) == []


async def test_the_logs_show_nothing_of_a_journey(journey: Journey, book: Logbook) -> None:
    await journey.get_into_trouble()
    await journey.end()
    await journey.house.restart()
    for event in ("a turn failed", "an update is parked", "not delivered", "a message is refused", "stopped"):
        assert event in book.text
    book.canaries.add("/bot4242")
    book.gives_nobody_away()
    # Libraries that print bodies and addresses when they are talkative are kept from it at every level of ours.
    for library in ("telegram", "telegram.ext", "aiohttp.client", "sqlalchemy.engine", "aiosqlite"):
        assert not logging.getLogger(library).isEnabledFor(logging.INFO)


def test_every_column_of_every_table_says_how_secret_it_is() -> None:
    for table in metadata.sorted_tables:
        for column in table.columns:
            assert column.info.get("label") in LABELS, f"{table.name}.{column.name}"
            # What is sealed is a blob; what is a blob and not sealed is a hash or a wrapped key.
            if isinstance(column.type, LargeBinary) and column.info["label"] not in LABELS[2:]:
                assert column.name.endswith(("_index", "_hash")) or column.name == "wrapped", column
            if column.info["label"] in LABELS[2:]:
                assert isinstance(column.type, LargeBinary), f"{table.name}.{column.name} would be readable"


async def subjects_of(house: House, connection: AsyncConnection) -> dict[str, Subject]:
    """Return every subject of the database, with its key."""
    names = (await connection.execute(select(schema.subject_keys.c.subject))).scalars()
    return await load_subjects(connection, house.stores.vault.ring, list(names))


def sealed_for(table: str, row: Any) -> tuple[str, str]:
    """Return for which subject and which row a blob of this row was sealed."""
    match table:
        case "inbox":
            return "transit", row.chat_index.hex() if row.chat_index else ""
        case "outbox":
            return "transit", row.key
        case "chat":
            return row.subject, row.id
        case "bottleneck" | "inquiry":
            return row.by, row.id
        case "overview_draft":
            return row.staff_id, row.id
        case "staff" | "cases":
            return row.id, row.id
        case _:
            return row.case_id, row.id


async def test_what_is_personal_is_a_sealed_blob_that_opens_for_its_own_row_only(journey: Journey) -> None:
    await journey.get_into_trouble()
    sizes = {len(HEADER) + NONCE_BYTES + TAG_BYTES + bucket for bucket in BUCKETS}
    seen = set()
    async with journey.house.app.database.read() as connection:
        subjects = await subjects_of(journey.house, connection)
        for table, column in SEALED:
            for row in await connection.execute(select(table)):
                # Raw, as a thief would read it.
                blob = getattr(row, column.name)
                if blob is None:
                    continue
                subject, identity = sealed_for(table.name, row)
                assert blob.startswith(HEADER)
                assert len(blob) in sizes or (len(blob) - 31) % BUCKETS[-1] == 0
                assert subjects[subject].open(table.name, column.name, identity, blob)
                for other in (subjects[subject], *(s for name, s in subjects.items() if name != subject)):
                    with pytest.raises(VaultError):
                        other.open(table.name, column.name, "another row", blob)
                seen.add((table.name, column.name))
    assert seen == {(table.name, column.name) for table, column in SEALED}


async def test_nothing_that_is_done_keeps_its_content(journey: Journey) -> None:
    await journey.get_into_trouble()
    await journey.end()
    async with journey.house.app.database.read() as connection:
        for table, ends in (("inbox", "('open', 'parked')"), ("outbox", "('open')")):
            query = f"SELECT count(*) FROM {table} WHERE payload IS NOT NULL AND state NOT IN {ends}"
            assert (await connection.exec_driver_sql(query)).scalar_one() == 0


async def lengths(
    house: House, connection: AsyncConnection, case: Case, question: str, options: Iterable[Any]
) -> set[int]:
    """Return how long the sealed record of a case is with each of these answers."""
    found = set()
    now = datetime(2026, 11, 24, 9, 30, 0, 123456, tzinfo=UTC)
    for option in options:
        case.person.answer(question, option, now)
        await house.stores.cases.save(connection, [case], now, house.settings.zone)
        length = select(func.length(schema.cases.c.record)).where(schema.cases.c.id == case.id)
        found.add((await connection.execute(length)).scalar_one())
    return found


async def test_every_option_of_a_closed_question_is_sealed_in_the_same_length(house: House) -> None:
    checklist = Checklist.load(None)
    ref = await house.case()
    case = await house.load(ref)
    async with house.app.database.write() as connection:
        for question in checklist.questions:
            options: list[Any] = [o.id for o in question.options]
            if question.kind == "several":  # one of them, and all that go together
                options = [[o] for o in options] + [[o.id for o in question.options if not o.alone]]
            if question.kind == "wish":
                options += [d.id for d in checklist.wishes]
            if question.kind == "date":
                options = ["2026-12-24", "2027-03-09"]
            else:
                options += [UNKNOWN, UNSAID]
            assert len(await lengths(house, connection, case, question.id, options)) == 1, question.id


async def test_whatever_else_stands_in_the_record_its_length_does_not_tell_the_option(house: House) -> None:
    checklist = Checklist.load(None)
    question = next(q for q in checklist.questions if q.options)
    options = sorted([o.id for o in question.options] + [UNKNOWN, UNSAID], key=len)
    case = await house.load(await house.case())
    async with house.app.database.write() as connection:
        for filling in range(300):
            case.person.answer("in own words", "x" * filling, house.clock.now())
            found = await lengths(house, connection, case, question.id, [options[0], options[-1]])
            assert len(found) == 1, f"{filling} characters more, and it tells"
        for shared in (None, True, False):
            case.person.say_phone_is_shared(shared)
            found |= await lengths(house, connection, case, question.id, options)
    assert len(found) == 1
