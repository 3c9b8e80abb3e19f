"""A coordinator who reads English: what is wrong with her list is told in English, on the screen and in the files."""

from __future__ import annotations

from io import BytesIO

import openpyxl
import pytest

from bot.webchat.phone import Phone
from tests.house import House
from tests.journeys.lists.test_importing import SENT, sends
from tests.overviews.making import SAMPLES, overview


@pytest.fixture
async def coby(house: House) -> Phone:
    """The phone of a coordinator who has chosen English."""
    phone = await house.joined(await house.member("coordinator", "provincie Drenthe", "Coby"))
    await house.say(phone, "/language")
    await house.tap(phone, "English")
    return phone


def column(house: House, name: str) -> list[str]:
    """Return the last column of the file of that name, without its heading."""
    file = [f for f in house.world.files.values() if f.name == name][-1]
    sheet = openpyxl.load_workbook(BytesIO(file.content)).worksheets[0]
    return [str(row[-1].value) for row in sheet.iter_rows(min_row=2)]


async def test_the_reasons_of_rows_are_english_on_the_screen_and_in_the_files(house: House, coby: Phone) -> None:
    rows: list[dict[str, object]] = [{"Geboortejaar": 79}, {"Gemeente": "Asen"}, {"Gemeente": "Oldambt"}]
    await sends(house, coby, overview({}, *rows))
    await house.tap(coby, "Refused")
    two_figures = "The year of birth has two figures. Fill in four figures, for example 1979."
    misspelt = 'The municipality "Asen" is not known. What is meant is probably "Assen": change that.'
    elsewhere = "Oldambt is not of your area. Send this row to the coordinator there."
    for row, reason in ((3, two_figures), (4, misspelt), (5, elsewhere)):
        assert f"Row {row}: {reason}" in coby.last.text
    await house.tap(coby, "As a file")
    assert column(house, SENT) == [two_figures, misspelt]
    await house.tap(coby, "Refused", "Of another area")
    assert column(house, "ander-gebied.xlsx") == [elsewhere]


async def test_a_file_that_is_refused_whole_is_refused_in_english(house: House, coby: Phone) -> None:
    await sends(house, coby, (SAMPLES / "overview-with-bsn.xlsx").read_bytes())
    assert "Voorzorg does not take those: nothing was read in." in coby.last.text
    await sends(house, coby, b"", "overzicht.csv")
    assert "The file is empty. Send the overview again." in coby.last.text


async def test_what_a_file_calls_its_sheets_never_becomes_markup(house: House, coby: Phone) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].title = "<b>& lijst"
    book.worksheets[0].append(["iets", "anders"])
    book.create_sheet("<i>tweede").append(["nog", "iets"])
    file = BytesIO()
    book.save(file)
    await sends(house, coby, file.getvalue())
    assert "None of the sheets" in coby.last.text
    assert "<b>& lijst" in coby.last.text
