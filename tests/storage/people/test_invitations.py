"""Invitations on both databases: one code opens one case for one phone, once."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack

import pytest

from storage.engines.database import Database
from storage.people.invitations import TRIES, FreshCode, Invitation, read_code
from tests.storage.records import NOW, Records, after

WEEK = after(days=7)


async def made(records: Records, case_id: str | None = None, staff_id: str | None = None) -> FreshCode:
    """Make an invitation for a week."""
    async with records.database.write() as connection:
        return await records.invitations.make(connection, NOW, WEEK, case_id, staff_id)


async def found(records: Records, code: str) -> Invitation | None:
    """Return the invitation of a code as it was typed."""
    read = read_code(code)
    assert read is not None
    async with records.database.read() as connection:
        return await records.invitations.find(connection, read)


async def used(records: Records, invitation: Invitation, now: object = NOW) -> bool:
    """Try to use an invitation."""
    async with records.database.write() as connection:
        return await records.invitations.use(connection, invitation, now)  # type: ignore[arg-type]


async def test_both_spellings_of_a_code_find_its_invitation(records: Records) -> None:
    case, member = await records.case(), await records.member()
    fresh, of_staff = await made(records, case.id), await made(records, staff_id=member.id)
    invitation = await found(records, fresh.code)
    assert invitation is not None
    assert invitation == await found(records, fresh.short_code.lower())
    assert (invitation.case_id, invitation.staff_id, invitation.expires_at) == (case.id, None, WEEK)
    staffs = await found(records, of_staff.code)
    assert staffs is not None
    assert (staffs.case_id, staffs.staff_id) == (None, member.id)
    assert await found(records, "A" * 22) is None


async def test_a_hundred_uses_of_one_code_at_once_give_one_success(records: Records, url: str) -> None:
    fresh = await made(records, (await records.case()).id)
    invitation = await found(records, fresh.code)
    assert invitation is not None
    async with AsyncExitStack() as stack:
        several = []
        for _ in range(10):
            somebody = Database(url)
            await somebody.open()
            stack.push_async_callback(somebody.close)
            several.append(records.on(somebody))
        successes = await asyncio.gather(*(used(several[number % 10], invitation) for number in range(100)))
    assert sum(successes) == 1
    again = await found(records, fresh.code)
    assert again is not None
    assert again.used_at == NOW


async def test_a_newer_one_ends_the_former_and_nobody_else_s(records: Records) -> None:
    case, other, member = await records.case(), await records.case(), await records.member()
    former, others = await made(records, case.id), await made(records, other.id)
    of_staff = await made(records, staff_id=member.id)
    newer = await made(records, case.id)
    opens = {}
    for name, fresh in (("former", former), ("newer", newer), ("others", others), ("staff", of_staff)):
        invitation = await found(records, fresh.code)
        assert invitation is not None
        opens[name] = invitation.is_open(NOW)
        assert await used(records, invitation) is opens[name]
    assert opens == {"former": False, "newer": True, "others": True, "staff": True}


async def test_at_its_last_moment_it_is_over(records: Records) -> None:
    invitation = await found(records, (await made(records, (await records.case()).id)).code)
    assert invitation is not None
    assert not invitation.is_open(WEEK)
    assert not await used(records, invitation, WEEK)
    assert await used(records, invitation, after(days=6, hours=23))


async def test_after_three_misses_it_is_burned(records: Records) -> None:
    fresh = await made(records, (await records.case()).id)
    burned = []
    for _ in range(TRIES):
        invitation = await found(records, fresh.code)
        assert invitation is not None
        async with records.database.write() as connection:
            burned.append(await records.invitations.miss(connection, invitation, NOW))
    assert burned == [False, False, True]
    invitation = await found(records, fresh.code)
    assert invitation is not None
    assert (invitation.tries, invitation.is_open(NOW)) == (3, False)
    assert not await used(records, invitation)


@pytest.mark.parametrize("code", ["", "kort", "A" * 21, "GR-4K7Q2", "0000-0000-0000"])
def test_what_has_not_the_shape_of_a_code_is_none(code: str) -> None:
    assert read_code(code) is None
