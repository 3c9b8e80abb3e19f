"""Bad imports, by their number: sent twice, broken off, from another area, too large, or a bomb. Nothing half-taken."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from bot.webchat.document import Document
from bot.webchat.phone import Phone
from tests.hostile.scene import CANARY, Scenario, Scene, numbered, registry
from tests.overviews.making import HEADINGS, SAMPLES, book, overview, repacked

SCENARIOS, hostile = registry()
WEEK47 = SAMPLES / "overview-week47.xlsx"
MEGABYTE = 2**20


async def coordinator(scene: Scene, area: str = "all") -> Phone:
    """Return the phone of a coordinator."""
    scene.canaries.add("Coby")
    return await scene.house.joined(await scene.house.member("coordinator", area, "Coby"))


async def sends(scene: Scene, phone: Phone, data: bytes, name: str = f"{CANARY}.xlsx") -> None:
    """Let a coordinator send a file where it is asked for."""
    await scene.house.say(phone, "/import")
    phone.send_document(name, data)
    await scene.house.pump()


async def count(scene: Scene) -> int:
    async with scene.house.app.database.read() as connection:
        return len(await scene.house.stores.cases.find(connection))


@hostile(103)
async def the_same_file_twice(scene: Scene) -> None:
    coby = await coordinator(scene)
    for expected in ("🆕 40 nieuw", "🆕 0 nieuw · ✏️ 0 veranderd · 🟰 40 gelijk"):
        await sends(scene, coby, WEEK47.read_bytes())
        assert expected in scene.seen(coby)
        await scene.house.tap(coby, "Neem over")
    assert await count(scene) == 41
    await scene.house.say(coby, "/import")
    await scene.house.tap(coby, "Haal de berichten terug")


@hostile(104)
async def broken_off_at_row_500(scene: Scene) -> None:
    coby = await coordinator(scene)
    row = ("Jan", "Jansen", 1980, "Assen", "PI Veenhuizen", None)
    rows = [
        (
            f"Z{n}",
            row[0],
            f"Jansen{chr(97 + n // 26 % 26)}{chr(97 + n % 26)}",
            1950 + n // 26 % 26,
            *row[3:],
            n % 363 + 1,
        )
        if n < 363
        else (
            f"Z{n}",
            row[0],
            f"Bos{chr(97 + n // 26 % 26)}{chr(97 + n % 26)}",
            1950 + n // 26 % 26,
            "Emmen",
            *row[4:],
            n % 363 + 1,
        )
        for n in range(499)
    ]
    # The last one meets what the database refuses: its place and days are those of the first.
    rows.append(("Z499", "Mila", "Laatste", 1990, "Assen", "PI Veenhuizen", None, 1))
    async with scene.house.app.database.write() as connection:
        await connection.execute(text("CREATE UNIQUE INDEX trap ON cases (municipality, sentence_days)"))
    await sends(scene, coby, book([HEADINGS, *rows]))
    assert "🆕 500 nieuw" in scene.seen(coby)
    await scene.house.tap(coby, "Neem over")
    for seconds in (1, 4, 15):
        await scene.later(seconds)
    assert await count(scene) == 1
    assert "Er ging iets mis" in scene.seen(coby)
    async with scene.house.app.database.write() as connection:
        await connection.execute(text("DROP INDEX trap"))
    await sends(scene, coby, book([HEADINGS, *rows]))
    await scene.house.tap(coby, "Neem over")
    assert await count(scene) == 501


@hostile(105)
async def rows_of_another_area(scene: Scene) -> None:
    coby = await coordinator(scene, "provincie Drenthe")
    await sends(scene, coby, overview({}, {"Gemeente": "Leeuwarden"}))
    assert "🆕 1 nieuw" in scene.seen(coby)
    await scene.house.tap(coby, "Afgekeurd 1")
    assert "Leeuwarden hoort niet bij jouw gebied" in scene.seen(coby)
    await scene.house.tap(coby, "Terug", "Neem over")
    assert await count(scene) == 2
    assert await scene.audited("import") == 1


@hostile(106)
async def over_20_megabytes(scene: Scene) -> None:
    coby = await coordinator(scene)
    for size in (20 * MEGABYTE + 1, 30 * MEGABYTE):
        await sends(scene, coby, bytes(size))
        assert "groter dan 20 MB" in scene.seen(coby)
        assert "voorzorg cases import" in scene.seen(coby)
    # Also when the message says less than the file is.
    await scene.house.say(coby, "/import")
    file = scene.world.files.keep(Document(f"{CANARY}.xlsx", "application/zip", bytes(21 * MEGABYTE)))
    await scene.send(coby, document={**file, "file_name": f"{CANARY}.xlsx", "file_size": 5})
    assert "groter dan 20 MB" in scene.seen(coby)
    assert await count(scene) == 1


@numbered(SCENARIOS)
async def test_a_bad_import_changes_nothing_by_halves(scenario: Scenario, scene: Scene) -> None:
    await scene.play(scenario)


def _zeros() -> bytes:
    return repacked(overview({}), lambda name, content: content, **{"xl/media/image1.bin": bytes(200 * MEGABYTE)})


def _entities() -> bytes:
    declared = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    return repacked(
        overview({}), lambda name, content: declared + content if name == "xl/worksheets/sheet1.xml" else content
    )


def _styled() -> bytes:
    rows = b"".join(b'<row r="%d"><c r="A%d" s="0"/></row>' % (n, n) for n in range(2, 200_000))
    return repacked(
        overview({}),
        lambda name, content: (
            content.replace(b"</sheetData>", rows[: 60 * MEGABYTE] + b"</sheetData>")
            if name == "xl/worksheets/sheet1.xml"
            else content
        ),
    )


@pytest.mark.parametrize("bomb", [_zeros, _entities, _styled])
async def test_a_bomb_in_the_chat_ends_in_its_child_process_and_a_sentence(scene: Scene, bomb: object) -> None:
    assert callable(bomb)
    coby = await coordinator(scene)
    data = bomb()
    assert len(data) < 20 * MEGABYTE
    await sends(scene, coby, data)
    assert "⛔️" in scene.seen(coby)
    assert "opnieuw" in scene.seen(coby) or "stuur dat" in scene.seen(coby)
    assert await count(scene) == 1
    await scene.all_is_well()
