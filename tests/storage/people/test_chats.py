"""Chats on both databases: whose they are, where they stand, and which message is the screen."""

from __future__ import annotations

from storage.people.chats import note_screens, note_sent
from tests.storage.records import NOW, Records, after, fields


async def test_a_stranger_s_chat_is_found_by_the_index_of_its_id_only(records: Records) -> None:
    chat = await records.chat(7_512_345_678)
    async with records.database.read() as connection:
        index = records.chats.index(7_512_345_678)
        found = await records.chats.by_index(connection, [index, records.chats.index(1)])
        assert await records.chats.by_index(connection, []) == {}
    assert list(found) == [index]
    assert (found[index].id, found[index].telegram_id, found[index].last_seen) == (chat.id, 7_512_345_678, NOW)
    assert found[index].place == {"kind": "start"}


async def test_a_chat_comes_back_as_it_was_written(records: Records) -> None:
    case, member = await records.case(), await records.member()
    samira, anneke = await records.chat(1, case=case), await records.chat(2, member=member)
    samira.place = {"kind": "question", "of": "letter", "text": "👋"}
    samira.language, samira.blocked_at, samira.last_seen = "en", after(seconds=1), after(milliseconds=1)
    samira.screen, samira.screen_message, samira.newest_message = 12, 2**40, 2**40 + 1
    samira.folded, samira.watched, samira.code_tries, samira.code_tries_since = True, True, 3, NOW
    async with records.database.write() as connection:
        await records.chats.save(connection, [samira, anneke])
    async with records.database.read() as connection:
        of_cases = await records.chats.of_cases(connection, [case.id, "nobody"])
        of_staff = await records.chats.of_staff(connection, [member.id])
        assert {chat.id for chat in await records.chats.by_id(connection, [samira.id, anneke.id])} == {
            samira.id,
            anneke.id,
        }
    assert {case_id: fields(chat) for case_id, chat in of_cases.items()} == {case.id: fields(samira)}
    assert {staff_id: fields(chat) for staff_id, chat in of_staff.items()} == {member.id: fields(anneke)}


async def test_a_stranger_who_becomes_somebody_is_sealed_under_that_case(records: Records) -> None:
    case, chat = await records.case(), await records.chat(1)
    assert case.subject is not None
    chat.case_id, chat.subject = case.id, case.subject
    async with records.database.write() as connection:
        await records.chats.save(connection, [chat])
    async with records.database.read() as connection:
        assert (await records.chats.of_cases(connection, [case.id]))[case.id].subject.id == case.id


async def test_the_newest_message_only_ever_goes_up(records: Records) -> None:
    chat, other = await records.chat(1), await records.chat(2)
    async with records.database.write() as connection:
        await note_screens(connection, [(chat.id, 10, False), (other.id, 7, True)], NOW)
        await note_sent(connection, [(chat.id, 12), (other.id, 8)], NOW)
        await note_sent(connection, [(chat.id, 11)], NOW)
        await note_screens(connection, [(chat.id, 9, True)], NOW)
    async with records.database.read() as connection:
        stored = {found.id: found for found in await records.chats.by_id(connection, [chat.id, other.id])}
    assert (stored[chat.id].screen_message, stored[chat.id].newest_message, stored[chat.id].folded) == (9, 12, True)
    assert (stored[other.id].screen_message, stored[other.id].newest_message, stored[other.id].folded) == (7, 8, True)


async def test_a_chat_that_is_forgotten_is_a_stranger_s_again(records: Records) -> None:
    chat = await records.chat(1)
    async with records.database.write() as connection:
        await records.chats.forget(connection, chat)
    async with records.database.read() as connection:
        assert await records.chats.by_index(connection, [chat.index]) == {}
    assert (await records.chat(1)).id != chat.id


async def test_what_stands_in_a_chat_is_noted_once_and_only_as_long_as_it_can_be_taken_out(records: Records) -> None:
    chat = await records.chat(1)
    async with records.database.write() as connection:
        await note_screens(connection, [(chat.id, 10, False)], NOW)
        await note_screens(connection, [(chat.id, 10, True)], after(hours=1))
        await note_sent(connection, [(chat.id, 12)], after(hours=40))
    async with records.database.read() as connection:
        (stored,) = await records.chats.by_id(connection, [chat.id])
    stored.note(13, after(hours=41))
    assert stored.recent.count("@") == 3
    stored.last_seen = after(hours=48)
    async with records.database.write() as connection:
        await records.chats.save(connection, [stored])
    assert stored.sweep(after(hours=48)) == [12, 13]
    assert stored.sweep(after(hours=48)) == []
    # However much is sent, no more is kept than goes at once.
    for number in range(1000):
        stored.note(number + 100, after(hours=48))
    async with records.database.write() as connection:
        await records.chats.save(connection, [stored])
    assert stored.sweep(after(hours=48)) == [*range(1000, 1100)]
