"""Files that leave, by their number: nothing in them runs, no name is somebody's text, and each letter shows."""

from __future__ import annotations

from io import BytesIO

import openpyxl
import pypdfium2
import pytest
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # it has no stubs

from bot.errands.documents.lettering import fonts
from bot.errands.documents.tabling import safe
from bot.webchat.phone import Phone
from storage.keys.erasure import erase
from tests.hostile.scene import CANARY, Scenario, Scene, numbered, registry
from tests.overviews.making import overview

SCENARIOS, hostile = registry()
RUNS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1+1", "\u00a0=1+1", "\n=1", "\u200b=1", "＝1+1", "\ufeff-2")


async def coordinator(scene: Scene) -> Phone:
    """Return the phone of a coordinator of the whole region."""
    scene.canaries.add("Coby")
    return await scene.house.joined(await scene.house.member("coordinator", "all", "Coby"))


async def sends(scene: Scene, phone: Phone, data: bytes, name: str = f"{CANARY}.xlsx") -> None:
    await scene.house.say(phone, "/import")
    phone.send_document(name, data)
    await scene.house.pump()


def sent(scene: Scene, name: str) -> bytes:
    """Return the newest file of this name."""
    return next(f.content for f in reversed(scene.world.files.values()) if f.name == name)


def pages(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    finally:
        document.close()


@pytest.mark.parametrize("text", RUNS)
def test_what_a_spreadsheet_might_run_gets_an_apostrophe(text: str) -> None:
    assert safe(text).startswith("'")


@pytest.mark.parametrize("text", ["Jan", "Z26-001", "a=b", "1-2-2027", "", "’t Hooft", "ja - nee"])
def test_what_nothing_runs_stays_as_it_is(text: str) -> None:
    assert safe(text) == text


@hostile(107)
async def cells_that_would_run(scene: Scene) -> None:
    coby = await coordinator(scene)
    bad = [{"Roepnaam": text, "Geboortejaar": 79, "Achternaam": f"{CANARY}{n}"} for n, text in enumerate(RUNS)]
    await sends(scene, coby, overview(*bad))
    await scene.house.tap(coby, f"Afgekeurd {len(RUNS)}", "Als bestand")
    sheet = openpyxl.load_workbook(BytesIO(sent(scene, "afgekeurd.xlsx"))).worksheets[0]
    for row in sheet.iter_rows(min_row=2):
        for cell in row:
            assert cell.data_type in ("s", "n")  # text, or empty
            assert not str(cell.value or "").lstrip().startswith(("=", "+", "-", "@"))


@hostile(108)
async def file_names_that_lead_elsewhere(scene: Scene) -> None:
    coby = await coordinator(scene)
    for name in ("../../etc/passwd.xlsx", f"{CANARY}\u202excod.xlsx", "=cmd|' /C calc'!A0.xlsx", "a" * 250 + ".xlsx"):
        await sends(scene, coby, overview({"Geboortejaar": 79}), name)
        await scene.house.tap(coby, "Afgekeurd 1", "Als bestand")
    files = [m for m in coby.messages if not m.mine and ".xlsx" in str(m)]
    assert all("afgekeurd.xlsx" in str(m) for m in files)
    assert {f.name for f in scene.world.files.values() if f.name.startswith("afgekeurd")} == {"afgekeurd.xlsx"}


@hostile(109)
async def letters_that_a_font_lacks(scene: Scene) -> None:
    coby = await coordinator(scene)
    names = ["Ștefan", "Doğan", "محمد", "Ngọc Ánh", "Łukasz", "Ирина", "李明", "Jan 🦊"]
    for number, name in enumerate(names):
        await scene.house.case(first_name=name, birth_year=1970 + number)
    await scene.house.say(coby, "/brieven")
    await scene.house.tap(coby, "Maak eerste brieven")
    with TTFont(fonts() / "DejaVuSans.ttf", lazy=True) as font:
        has = set(font.getBestCmap())
    fronts = pages(sent(scene, "brieven.pdf"))[::2]
    assert len(fronts) == len(names)
    for text in fronts:
        assert [c for c in text if ord(c) not in has] == []
    for name in ("Ștefan", "Doğan", "Ngọc Ánh", "Łukasz", "Ирина"):
        assert any(text.startswith(f"Beste {name} Kloosterboer,") for text in fronts)
    # Names in letters that it lacks are left out, whole.
    assert sum(text.startswith("Hallo,") for text in fronts) == 2
    await scene.house.tap(coby, "Nog niet")


@hostile(110)
async def a_word_without_an_end(scene: Scene) -> None:
    coby = await coordinator(scene)
    await scene.house.case(first_name="W" * 300)
    await scene.house.say(coby, "/brieven")
    await scene.house.tap(coby, "Maak eerste brieven")
    document = pypdfium2.PdfDocument(sent(scene, "brieven.pdf"))
    try:
        assert len(document) == 2
        box = document[0].get_textpage()
        for at in range(box.count_chars()):
            left, _, right, _ = box.get_charbox(at)
            assert 0 <= left <= right <= document[0].get_width() - 25 * 72 / 25.4 + 2
    finally:
        document.close()


@hostile(111)
async def a_file_about_somebody_who_is_erased(scene: Scene) -> None:
    coby = await coordinator(scene)
    ref = await scene.house.case(first_name="Mila")
    await scene.house.say(coby, "/brieven")
    await scene.house.tap(coby, "Maak eerste brieven")
    case = await scene.house.load(ref)
    async with scene.house.app.database.write() as connection:
        await erase(connection, case, None)
    await scene.house.tap(coby, "Geprint en verstuurd")
    assert "0 brieven" in scene.seen(coby)
    await scene.house.tap(coby, "Brieven")
    assert "0 eerste brieven" in scene.seen(coby)
    # What was on the screen before asks for a letter that nobody may have any more: nothing comes.
    before = [f.name for f in scene.world.files.values()]
    await scene.house.say(coby, f"/zaak {ref}")
    assert f"Er is geen zaak {ref} voor jou." in scene.seen(coby)
    assert [f.name for f in scene.world.files.values()] == before


@numbered(SCENARIOS)
async def test_a_file_that_leaves_does_nobody_harm(scenario: Scenario, scene: Scene) -> None:
    await scene.play(scenario)
