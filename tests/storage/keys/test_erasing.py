"""Erasing on both databases: key, rows and what waits in the queues go, and nobody else's."""

from __future__ import annotations

from sqlalchemy import select

from storage.engines import residue
from storage.keys.erasure import erase
from storage.queues.outbox import Outgoing
from storage.schema import chats, inbox, metadata, monitoring, outbox, subject_keys
from tests.storage.case.test_cases import fill
from tests.storage.records import NOW, Records, after


async def test_everything_of_one_case_goes_and_everything_of_the_other_stays(records: Records) -> None:
    gone, other = await records.case(number="Z1"), await records.case(number="Z2")
    their_chats = []
    for number, case in enumerate((gone, other)):
        fill(case)
        await records.save(case)
        chat = await records.chat(number + 1, case=case)
        their_chats.append(chat)
        async with records.database.write() as connection:
            await records.invitations.make(connection, NOW, after(days=1), case_id=case.id)
            await records.inbox.store(connection, [({"update_id": number + 1}, chat.telegram_id)], NOW)
            await records.outbox.add(connection, [Outgoing(chat.id, "notice", {"text": "x"})], NOW)
    async with records.database.write() as connection:
        await erase(connection, gone, (their_chats[0].id, their_chats[0].index))
    assert await records.load(gone.id) is None
    assert await records.load(other.id) is not None
    async with records.database.read() as connection:
        for table in metadata.tables.values():
            for row in await connection.execute(select(table)):
                assert gone.id not in row._mapping.values(), table.name
        assert list((await connection.execute(select(chats.c.id))).scalars()) == [their_chats[1].id]
        assert gone.id not in set((await connection.execute(select(subject_keys.c.subject))).scalars())
        left = [
            [
                (row.state, row.payload is not None)
                for row in await connection.execute(select(queue).order_by(queue.c.seq))
            ]
            for queue in (inbox, outbox)
        ]
    assert left == [[("done", False), ("open", True)], [("dropped", False), ("open", True)]]
    async with records.database.read() as connection:
        dropped = (await connection.execute(select(outbox.c.reason, outbox.c.state).order_by(outbox.c.seq))).first()
        indexes = list((await connection.execute(select(inbox.c.chat_index).order_by(inbox.c.seq))).scalars())
    assert dropped == ("erased", "dropped")
    assert indexes == [None, their_chats[1].index]  # what waits of them is found by nobody any more


async def test_a_case_without_a_chat_goes_too(records: Records) -> None:
    case = await records.case()
    async with records.database.write() as connection:
        await erase(connection, case, None)
    assert await records.load(case.id) is None


async def test_what_lay_in_the_files_of_an_erased_case_is_noted_to_be_swept(records: Records) -> None:
    case = await records.case()
    async with records.database.write() as connection:
        await erase(connection, case, None)
    swept = {"subject_key", "chat", "inbox", "outbox", "overview_draft", residue.OF_CASES}
    assert set(await residue.noted(records.database)) == swept


async def test_among_the_figures_an_erased_case_stays_as_nobodys(records: Records) -> None:
    gone, other = await records.case(), await records.case()
    async with records.database.read() as connection:
        before = {
            row.case_id: row.id for row in await connection.execute(select(monitoring.c.case_id, monitoring.c.id))
        }
    assert {gone.id, other.id} <= set(before)
    async with records.database.write() as connection:
        await erase(connection, gone, None)
    async with records.database.read() as connection:
        after = {row.id: row.case_id for row in await connection.execute(select(monitoring.c.case_id, monitoring.c.id))}
    assert len(after) == len(before)
    assert gone.id not in after.values()
    assert before[gone.id] not in after  # nothing says whose it was
    assert after[before[other.id]] == other.id
