"""What leaves the house: a workbook with formulas of the same figures, a picture, a page; no formula of others'."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pypdfium2
import pytest
from openpyxl import load_workbook

from bot.errands.documents.making import made
from bot.errands.documents.workbook import plain
from bot.lookups.figures.reading import read_figures
from bot.lookups.figures.rows import monitoring_rows
from conversations.content.measures import Measures
from conversations.content.region import Region
from conversations.content.targets import Targets
from conversations.figures.figures import Figures
from conversations.figures.monitoring_format import indicator_name, workbook_data
from conversations.figures.papers import chart_data, report_data
from conversations.words.wording import words_for
from storage.figures.indicators import INDICATORS
from storage.figures.period import Period
from storage.scope import Actor, Scope
from tests.figures.known import GRONINGEN, TODAY, ZONE
from tests.house import House
from tests.libreoffice import saved_by_libreoffice

WORDS = words_for("nl", ZONE)


async def figures_of(house: House, area: str = GRONINGEN) -> tuple[Figures, list[dict[str, Any]]]:
    scope = Scope(Actor("coordinator", "femke", "all"), house.clock.now())
    async with house.app.database.read() as connection:
        found = await read_figures(connection, scope, Region.load(), Targets.load(), TODAY, area)
        places = [row.name for row in found.municipalities]
        of = Period(found.first, found.last)
        return found, await monitoring_rows(connection, scope, places, of, found.cut, ZONE, frozenset({"health"}))


async def recalculated(folder: Path, file: bytes) -> Any:
    """Return a workbook with the values that LibreOffice works out from its formulas."""
    return load_workbook(BytesIO(await saved_by_libreoffice(folder, "in.xlsx", file)), data_only=True)


async def test_the_workbook_worked_out_by_libreoffice_gives_the_same_figures(counted: House, tmp_path: Path) -> None:
    figures, rows = await figures_of(counted)
    file = await made("workbook", workbook_data(WORDS, figures, rows, "Groningen", Measures.load()))
    as_made = load_workbook(BytesIO(file))
    assert as_made["Zaken"].freeze_panes == "B2"
    assert len(rows) == as_made["Zaken"].max_row - 1 == 164
    assert all(str(as_made["Cijfers"].cell(at, 2).value).startswith("=COUNTIFS(") for at in (2, 3, 4))
    with ZipFile(BytesIO(file)) as parts:
        for name in ("Cijfers", "Per gemeente"):
            around = parts.read(f"xl/worksheets/_rels/sheet{as_made.sheetnames.index(name) + 1}.xml.rels")
            (drawing,) = re.findall(rb"drawings/(drawing\d+)\.xml", around)
            assert b"charts/chart" in parts.read(f"xl/drawings/_rels/{drawing.decode()}.xml.rels")
    text = " ".join(str(cell) for sheet in as_made for row in sheet.iter_rows(values_only=True) for cell in row)
    assert not re.search("Samira|Kloosterboer|1999", text)
    book = await recalculated(tmp_path, file)
    found = {row[0]: row[1:4] for row in book["Cijfers"].iter_rows(values_only=True)}
    unknown = {row[0]: row[6] for row in book["Cijfers"].iter_rows(values_only=True)}
    assert found["Zaken"][0] == 164
    assert [found[name][0] for name in ("Opgeroepen, weggebleven", "Opgeroepen, aangehouden")] == [
        figures.total.counts["called_up & outcome=absent"] or 0,
        figures.total.counts["called_up & outcome=arrested"] or 0,
    ]
    for one in INDICATORS:
        rate, (numerator, denominator, share) = figures.total.rate(one), found[indicator_name(WORDS, one)]
        if not rate.hidden:
            assert (numerator, denominator) == (rate.numerator, rate.denominator), one.id
            assert rate.percent is None or int(share * 100 + 0.5) == rate.percent, one.id
        if rate.unknown is not None:
            assert unknown[indicator_name(WORDS, one)] == rate.unknown, one.id
    assert found["Brief beantwoord"][:2] == (62, 150)
    assert found["Behouden bij vrijkomen: huis"][:2] == (21, 23)
    measures = {row[0]: row[1:11] for row in book["Maatregelen"].iter_rows(values_only=True)}
    assert measures["Afspraak met de verhuurder"] == (15, 37, pytest.approx(15 / 37), 8, 7, 0, 7, 0, 0, 0)
    kept = {row[:2]: row[2:10] for row in book["Behoud per maatregel"].iter_rows(values_only=True)}
    assert kept["Afspraak met de verhuurder", "huis"] == (
        11,
        12,
        pytest.approx(11 / 12),
        3,
        10,
        11,
        pytest.approx(10 / 11),
        3,
    )
    assert str(as_made["Behoud per maatregel"].cell(2, 3).value).startswith("=COUNTIFS(")
    assert "geen oorzaak" in str(as_made["Maatregelen"].cell(as_made["Maatregelen"].max_row, 1).value)
    told = [row[1] for row in as_made["Codeboek"].iter_rows(values_only=True)]
    assert "Afspraak met de verhuurder" in told
    places = {row[0]: row[1] for row in book["Per gemeente"].iter_rows(min_row=2, values_only=True) if row[0]}
    assert (places["Groningen"], places["Oldambt"]) == (90, 26)


@pytest.mark.parametrize(
    "hostile",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "  =1",
        "\u00a0=1",
        "naam\n=cmd|' /C calc'!A0",
        "|calc",
        "\ufeff=1",
    ],
)
async def test_nothing_that_comes_from_outside_is_a_formula(counted: House, hostile: str) -> None:
    figures, rows = await figures_of(counted)
    rows = [dict(rows[0]) | {"prison": hostile, "municipality": hostile}]
    book = load_workbook(BytesIO(await made("workbook", workbook_data(WORDS, figures, rows, hostile, Measures.load()))))
    for name in ("Zaken", "Codeboek"):
        for row in book[name].iter_rows():
            for cell in row:
                assert cell.data_type != "f"
    assert str(plain(hostile)).startswith("'")
    assert book["Per gemeente"]["A2"].data_type == "s"


async def test_the_picture_is_made_of_the_same_figures_and_fits_a_phone(counted: House) -> None:
    figures, _ = await figures_of(counted)
    data = chart_data(WORDS, figures, "3Noord")
    assert dict(data["steps"]) == {
        "Zaken": 164,
        "Brief verstuurd": 150,
        "Contact": 113,
        "Actie": 106,
        "Plan akkoord": 84,
        "Opgeroepen": 61,
        "Gemeld": 38,
    }
    assert [bar[0] for bar in data["bars"]] == ["Midden-Groningen", "Groningen", "Oldambt"]
    png = await made("chart", data)
    assert int.from_bytes(png[16:20], "big") == 1080


async def test_the_page_for_the_alderman_is_one_page_with_its_counts(counted: House) -> None:
    figures, _ = await figures_of(counted)
    pdf = pypdfium2.PdfDocument(await made("report", report_data(WORDS, figures, "3Noord", Measures.load())))
    assert len(pdf) == 1
    text = pdf[0].get_textpage().get_text_range()
    assert "Voorzorg in Groningen" in text
    assert "62 van 150" in text
    assert "Ze tonen geen oorzaak" in text
    assert not [name for name in ("Veendam", "Pekela", "Eemsdelta") if name in text]
