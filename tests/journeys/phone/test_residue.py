"""What was erased is nowhere any more, in no file of the database, while the program goes on."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from pathlib import Path

import pytest
from sqlalchemy import LargeBinary, text

from bot.cli import cases
from bot.webchat.phone import Phone
from storage.engines.database import Database
from storage.schema import metadata
from tests.cli.command_line import CommandLine
from tests.house import TOKEN, House, on_both
from tests.postgresql import Postgresql

BEGUN = ("Alleen ik", "Verder", "Ja, hier", "Mijn huis", "Er staat geen dag in")
# Sealed under the case's own key, or keyed hashes of what opens nothing.
OWN = {
    "cases.identity",
    "cases.record",
    "cases.overview_index",
    "action.content",
    "message.content",
    "flag.content",
} | {"invitation.code_hash", "invitation.short_hash"}


class Witness:
    """Remembers what was ever stored of somebody, to look for it afterwards."""

    def __init__(self, house: House, request: pytest.FixtureRequest) -> None:
        self.house = house
        self._request = request
        self.seen: dict[bytes, str] = {}

    async def look(self) -> None:
        """Remember every blob that stands in the database now."""
        async with self.house.app.database.read() as connection:
            for table in metadata.sorted_tables:
                for column in table.columns:
                    if isinstance(column.type, LargeBinary):
                        found = await connection.execute(column.table.select().with_only_columns(column))
                        self.seen |= {blob: f"{table.name}.{column.name}" for blob in found.scalars() if blob}

    async def pump(self) -> None:
        """Take in, decide and deliver, and look at each step."""
        app = self.house.app
        while (
            await app.reception.poll()
            + await self._looked()
            + await app.rounds.updates()
            + await self._looked()
            + await app.delivery.send_batch()
        ):
            pass

    async def _looked(self) -> int:
        await self.look()
        return 0

    async def files(self) -> Iterable[Path]:
        """Return every file of the database as it lies there now, without the server's own log."""
        if self.house.app.database.is_sqlite:
            return [path for path in self.house.folder.iterdir() if path.is_file()]
        server: Postgresql = self._request.getfixturevalue("postgresql")
        async with server.administrator() as administrator:
            await administrator.execute("CHECKPOINT")  # what stands in memory goes to the files
        return [path for path in (server.folder / "data").rglob("*") if path.is_file() and "pg_wal" not in path.parts]

    async def found(self) -> set[str]:
        """Return in which columns stood what still lies in a file, though no table holds it."""
        then, self.seen = self.seen, {}
        await self.look()
        gone = {blob: name for blob, name in then.items() if blob not in self.seen}
        self.seen |= then
        content = b"\x00".join([path.read_bytes() for path in await self.files()])
        assert content
        left = {name for blob, name in gone.items() if blob[16:56] in content}
        # What was sealed under a key that is gone opens nowhere; PostgreSQL keeps it until something is written there.
        own = set() if self.house.app.database.is_sqlite or "subject_key.wrapped" in left else OWN
        return left - own


@pytest.fixture
async def witness(house: House, request: pytest.FixtureRequest) -> Witness:
    """Somebody who has seen everything that was ever stored of Samira."""
    return Witness(house, request)


async def somebody(witness: Witness, ref: str) -> Phone:
    """Let somebody answer, agree and write, with the witness looking on."""
    house = witness.house
    fresh = await house.invite(ref)
    phone = house.world.phone("Samira")
    for said in (fresh.code, "1999"):
        phone.say(f"/start {said}" if said != "1999" else said)
        await witness.pump()
    for button in BEGUN:
        phone.tap(button)
        await witness.pump()
    phone.say("/bericht Tante Wilhelmina haalt mij op")
    await witness.pump()
    return phone


@on_both
async def test_after_erasing_nothing_of_it_lies_in_any_file_while_the_program_goes_on(witness: Witness) -> None:
    house = witness.house
    await house.joined(await house.member())
    samira = await somebody(witness, await house.case())
    samira.say("/wissen")
    await witness.pump()
    samira.tap("Ja, wis alles")
    await witness.pump()
    assert {"subject_key.wrapped", "cases.record", "chat.address", "inbox.payload"} <= await witness.found()
    await house.tick()
    assert await witness.found() == set()
    # It goes on as if nothing had happened.
    await house.say(samira, "/start")
    assert "Hallo, ik ben Voorzorg" in samira.last.text


@on_both
async def test_who_still_reads_an_older_state_holds_it_up_and_nobody_else(witness: Witness) -> None:
    house = witness.house
    mila = await house.arrived(await house.case(first_name="Mila"))
    samira = await somebody(witness, await house.case())
    reader = Database(house.settings.database_url)
    await reader.open()
    async with reader.read() as connection:
        await connection.execute(text("SELECT count(*) FROM cases"))
        samira.say("/wissen")
        await witness.pump()
        samira.tap("Ja, wis alles")
        await witness.pump()
        await house.tick()
        assert "subject_key.wrapped" in await witness.found()
        await house.tap(mila, "Alleen ik")  # answered meanwhile
    await reader.close()
    await house.tick()
    assert await witness.found() == set()


@on_both
async def test_a_former_phone_and_an_overview_that_waited_are_swept_out_as_well(witness: Witness) -> None:
    house = witness.house
    ref = await house.case()
    samira = await somebody(witness, ref)
    again = house.world.phone("Samira", user_id=samira.id + 7)
    fresh = await house.invite(ref)
    again.start(fresh.code)
    await witness.pump()
    again.say("1999")
    await witness.pump()
    coby = await house.member("coordinator", "all", "Coby")
    async with house.app.database.write() as connection:
        from storage.queues import drafts

        draft = drafts.new_draft(coby, {"overview": {"rows": ["Samira Kloosterboer"]}}, house.clock.now())
        await drafts.save(connection, coby, draft)
    await witness.look()
    house.clock.forward(hours=2)
    await house.app.forget()
    await house.tick()
    left = await witness.found()
    assert not left & {"chat.address", "chat.telegram_index", "overview_draft.content"}


@on_both
async def test_a_colleague_whose_access_ends_leaves_nothing_that_waited_for_them(witness: Witness) -> None:
    house = witness.house
    bram = await house.member(name="Bram")
    phone = await house.joined(bram)
    phone.say("/zaken")
    await house.app.reception.poll()
    await house.app.rounds.updates()
    await witness.look()
    from bot.writing.team import dismiss

    async with house.app.database.write() as connection:
        await dismiss(connection, house.stores, bram, house.clock.now())
    await house.tick()
    assert "outbox.payload" not in await witness.found()


@on_both
async def test_a_case_that_is_erased_by_a_command_beside_the_program_is_swept_out_by_either(
    witness: Witness, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = witness.house
    worker = await house.member()
    refs = [await house.case(), await house.case(first_name="Mila")]
    await somebody(witness, refs[0])
    async with house.app.database.write() as connection:
        both = [await house.case_on(connection, ref) for ref in refs]
        for case in both:
            case.helpers.assign(worker.id)
        await house.stores.cases.save(connection, both, house.clock.now(), house.settings.zone)
    await witness.look()
    monkeypatch.setenv("VOORZORG_BOT_TOKEN", TOKEN)
    monkeypatch.setenv("VOORZORG_DATABASE_URL", house.settings.database_url)
    monkeypatch.setenv("VOORZORG_MASTER_KEY_FILE", str(house.settings.master_key_file))
    monkeypatch.setattr(cases, "SWEEPS", 1)
    erase = ("cases", "erase", "--as", "Anneke", "--yes")
    reader = Database(house.settings.database_url)
    await reader.open()
    async with reader.read() as connection:
        await connection.execute(text("SELECT count(*) FROM cases"))
        assert "still reads an older state" in await asyncio.to_thread(CommandLine().run, *erase, refs[0])
    await reader.close()
    assert await witness.found()
    await house.tick()
    await house.tick()  # and once more: the goodbye has left meanwhile
    assert await witness.found() == set()
    await house.tick()  # the goodbye has left meanwhile
    # Without such a reader the command has swept by itself.
    assert "still reads" not in await asyncio.to_thread(CommandLine().run, *erase, refs[1])
    # (What a queue has delivered since is nobody's who was erased, and goes with the next sweep.)
    assert not await witness.found() & {"subject_key.wrapped", "cases.record", "cases.identity", "chat.address"}
