"""The team on both databases."""

from __future__ import annotations

from tests.storage.records import NOW, Records, after, fields


async def test_a_member_comes_back_as_they_were_written(records: Records) -> None:
    anneke = await records.member(name="Anneke Ğ. de Vries 👋")
    anneke.joined_at, anneke.session_until, anneke.last_code = NOW, after(hours=8), 58_823_529
    async with records.database.write() as connection:
        await records.team.save(connection, [anneke])
        await records.team.save(connection, [])
    async with records.database.read() as connection:
        again = (await records.team.load(connection, [anneke.id, "nobody"]))[anneke.id]
        assert await records.team.load(connection, []) == {}
    assert fields(again) == fields(anneke)
    assert again.active


async def test_everybody_is_listed_in_the_order_in_which_they_came(records: Records) -> None:
    names = [f"lid {number}" for number in range(12)]
    for name in names:
        await records.member(name=name)
    async with records.database.write() as connection:
        changed = (await records.team.all(connection))[3]
        await records.team.save(connection, [changed])
        assert [member.name for member in await records.team.all(connection)] == names


async def test_a_name_is_found_however_it_is_capitalised_while_access_lasts(records: Records) -> None:
    anneke = await records.member(name="Anneke")
    async with records.database.write() as connection:
        found = await records.team.named(connection, " aNNeke ")
        assert found is not None
        assert found.id == anneke.id
        anneke.ended_at = NOW
        await records.team.save(connection, [anneke])
        assert await records.team.named(connection, "Anneke") is None
        assert [member.active for member in await records.team.all(connection)] == [False]


async def test_who_covers_an_area_is_of_that_area_or_of_all(records: Records) -> None:
    for area in ("Groningen", "provincie Groningen", "all", "Assen"):
        await records.member(area=area, name=area)
    await records.member(role="coordinator", area="Groningen", name="Coby")
    async with records.database.read() as connection:
        covering = await records.team.covering(connection, "worker", "Groningen", "provincie Groningen")
    assert [member.name for member in covering] == ["Groningen", "provincie Groningen", "all"]
