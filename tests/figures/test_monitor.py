"""The figures of cases whose true figures are known, as `voorzorg monitor` prints them."""

from __future__ import annotations

import asyncio
import json
import re
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from bot.cli import app, office
from storage.erasure import erase
from tests.figures.known import FRIESLAND, GRONINGEN
from tests.house import House


def run(house: House, monkeypatch: pytest.MonkeyPatch, *words: str) -> tuple[int, str, str]:
    monkeypatch.setenv("VOORZORG_DATABASE_URL", house.settings.database_url)
    monkeypatch.setenv("VOORZORG_MASTER_KEY_FILE", str(house.settings.master_key_file))
    monkeypatch.setattr(office, "clock", house.clock)
    result = CliRunner().invoke(app, ["monitor", *words])
    return result.exit_code, result.stdout, result.stderr


async def printed(house: House, monkeypatch: pytest.MonkeyPatch, *words: str) -> dict[str, Any]:
    code, said, error = await asyncio.to_thread(run, house, monkeypatch, *words, "--json")
    assert code == 0, error
    found: dict[str, Any] = json.loads(said)
    return found


def rates(document: dict[str, Any], *names: str) -> list[tuple[int, int, int]]:
    return [
        (figure["percent"], figure["numerator"], figure["denominator"])
        for figure in (document["figures"][name] for name in names)
    ]


async def test_a_province_with_known_figures_gives_exactly_these(
    counted: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    await counted.member("coordinator", "all", "Femke")
    found = await printed(counted, monkeypatch, "--as", "Femke", "--area", GRONINGEN)
    assert (found["area"], found["from"], found["to"]) == (GRONINGEN, "2026-01-01", "2026-11-26")
    assert found["cases"] == 164
    names = ("letter_response", "contact", "action_after_contact", "action", "known", "plan", "reported")
    assert rates(found, *names) == [
        (41, 62, 150),
        (69, 113, 164),
        (94, 106, 113),
        (65, 106, 164),
        (40, 42, 106),
        (74, 84, 113),
        (62, 38, 61),
    ]
    assert found["figures"]["reported"]["target"] == 60
    assert found["figures"]["reported"]["met"] is True
    assert found["figures"]["kept_home"] == {"numerator": 21, "denominator": 23, "percent": 91, "unknown": 6}
    assert found["head_start_days"] == 31
    assert found["too_small"] == 5
    assert {name.rpartition("=")[2]: n for name, n in found["counts"].items() if "how=" in name} == {
        "letter": 62,
        "chat": 0,
        "phone": 24,
        "visit": 15,
        "care": 12,
    }
    other = await printed(counted, monkeypatch, "--as", "Femke", "--area", FRIESLAND)
    assert rates(other, "action_after_contact", "action", "known") == [(65, 35, 54), (29, 35, 120), (91, 32, 35)]
    both = await printed(counted, monkeypatch, "--as", "Femke")
    assert both["cases"] == 284
    assert [row["cases"] for row in both["provinces"]] == [164, 120, 0]


async def test_an_erasure_changes_no_figure(counted: House, monkeypatch: pytest.MonkeyPatch) -> None:
    await counted.member("coordinator", "all", "Femke")
    before = await printed(counted, monkeypatch, "--as", "Femke")
    for ref in ("GR-00001", "GR-00020", "FR-00003"):
        case = await counted.load(ref)
        async with counted.app.database.write() as connection:
            await erase(connection, case, None)
    after = await printed(counted, monkeypatch, "--as", "Femke")
    assert after == before


async def test_figures_are_for_coordinators_of_their_area(counted: House, monkeypatch: pytest.MonkeyPatch) -> None:
    await counted.member("coordinator", GRONINGEN, "Coby")
    await counted.member("administrator", "all", "Beheer")
    await counted.member("worker", "Groningen", "Anneke")
    assert (await printed(counted, monkeypatch, "--as", "Coby"))["cases"] == 164
    for words in (
        ("--as", "Coby", "--area", FRIESLAND),
        ("--as", "Coby", "--area", "all"),
        ("--as", "Beheer"),
        ("--as", "Anneke"),
    ):
        code, said, error = await asyncio.to_thread(run, counted, monkeypatch, *words, "--json")
        assert (code, said) == (1, "")
        assert "coordinators" in error


async def test_an_extract_for_research_is_off_until_it_is_switched_on(
    counted: House, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    await counted.member("coordinator", GRONINGEN, "Coby")
    file = tmp_path / "extract.xlsx"
    words = ("--as", "Coby", "--research", str(file))
    code, _, error = await asyncio.to_thread(run, counted, monkeypatch, *words)
    assert (code, file.exists()) == (1, False)
    assert "off" in error
    monkeypatch.setenv("VOORZORG_RESEARCH_EXTRACT", "on")
    assert (await asyncio.to_thread(run, counted, monkeypatch, *words))[0] == 0
    book = load_workbook(file)
    assert book.sheetnames == ["Zaken", "Codeboek"]
    assert book["Zaken"].max_row == 165
    text = " ".join(str(value) for sheet in book for row in sheet.iter_rows(values_only=True) for value in row)
    assert not re.search("GR-|Midden-Groningen|Oldambt|Samira", text)
