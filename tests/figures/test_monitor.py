"""The figures of cases whose true figures are known, as `voorzorg monitor` prints them."""

from __future__ import annotations

import asyncio
import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import select
from typer.testing import CliRunner

from bot.cli import app, session
from storage.keys.erasure import erase
from storage.schema import cases as case_table
from tests.figures.known import FRIESLAND, GRONINGEN, TODAY, steady_months
from tests.house import House


def run(house: House, monkeypatch: pytest.MonkeyPatch, *words: str) -> tuple[int, str, str]:
    monkeypatch.setenv("VOORZORG_DATABASE_URL", house.settings.database_url)
    monkeypatch.setenv("VOORZORG_MASTER_KEY_FILE", str(house.settings.master_key_file))
    monkeypatch.setattr(session, "clock", house.clock)
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


async def test_only_a_target_that_somebody_set_is_met(
    counted: House, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    targets = tmp_path / "targets.toml"
    packaged = (Path(__file__).parents[2] / "conversations/content/packaged/targets.toml").read_text()
    example = packaged.partition("# [[target]]")[2]
    assert example, "the packaged file has an example to take over"
    wanted = "[[target]]" + example.replace("\n# ", "\n").replace('"provincie Drenthe"', '"provincie Groningen"')
    targets.write_text(wanted.replace("2027-01-01", "2026-01-01"))
    monkeypatch.setenv("VOORZORG_TARGETS_FILE", str(targets))
    await counted.member("coordinator", "all", "Femke")
    found = await printed(counted, monkeypatch, "--as", "Femke", "--area", GRONINGEN)
    assert (found["figures"]["reported"]["target"], found["figures"]["reported"]["met"]) == (60, True)
    other = await printed(counted, monkeypatch, "--as", "Femke", "--area", FRIESLAND)
    assert not any("target" in figure for figure in other["figures"].values())


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
    assert not any("target" in figure for figure in found["figures"].values())  # nobody has set one
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


async def test_measures_stand_in_the_document_with_what_was_kept_and_without_small_counts(
    counted: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    await counted.member("coordinator", "all", "Femke")
    found = await printed(counted, monkeypatch, "--as", "Femke", "--area", GRONINGEN)
    measures = {one["code"]: one for one in found["measures"]}
    assert "no cause" in found["measures_note"]
    agreed = measures["rent_agreement"]
    assert agreed["weighed"] == 37
    assert rates(agreed, "used", "not_used_policy", "not_used_too_late", "considered") == [
        (41, 15, 37),
        (19, 7, 37),
        (19, 7, 37),
        (22, 8, 37),
    ]
    assert agreed["figures"]["kept_home_used"] == {"numerator": 11, "denominator": 12, "percent": 92, "unknown": None}
    assert rates(agreed, "kept_home_not_used") == [(91, 10, 11)]
    assert measures["pardon"]["weighed"] is None
    assert measures["pardon"]["figures"]["used"]["hidden"] is True
    assert measures["storage"]["weighed"] == 0


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


@pytest.fixture
async def steady(house: House) -> House:
    """A house with cases of which every half of a month has enough."""
    await house.at(TODAY, 10)
    await steady_months(house)
    await house.member("coordinator", GRONINGEN, "Femke")
    return house


@pytest.mark.parametrize(
    ("words", "first", "last", "cases", "whole"),
    [
        (("--from", "2026-02", "--to", "2026-03"), "2026-02-01", "2026-03-31", 54, True),
        (("--from", "2026-K2", "--to", "2026-K2"), "2026-04-01", "2026-06-30", 81, True),
        (("--from", "2026-01-01", "--to", "2026-12-31"), "2026-01-01", "2026-11-26", 297, True),
        (("--from", "2026", "--to", "2026"), "2026-01-01", "2026-11-26", 297, True),
        (("--from", "2026-10-01"), "2026-10-01", "2026-11-26", 54, True),
        (("--to", "2026-02-28"), "2026-01-01", "2026-02-28", 54, True),
        (("--from", "2026-02-12", "--to", "2026-03-14"), "2026-02-12", "2026-03-14", 27, False),
        (("--from", "12-2-2026", "--to", "14-3-2026"), "2026-02-12", "2026-03-14", 27, False),
        (("--from", "2026-11-10"), "2026-11-10", "2026-11-26", 13, False),
    ],
)
async def test_any_period_is_counted_and_says_whether_it_may_be_published(
    steady: House,
    monkeypatch: pytest.MonkeyPatch,
    words: tuple[str, ...],
    first: str,
    last: str,
    cases: int,
    whole: bool,
) -> None:
    found = await printed(steady, monkeypatch, "--as", "Femke", *words)
    assert (found["from"], found["to"], found["cases"]) == (first, last, cases)
    assert found["whole_months"] is whole
    assert ("Alleen voor eigen werk, niet publiceren" in (found["note"] or "")) is not whole
    assert bool(found["prisons"]) is whole


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--from", "2026-03-14", "--to", "2026-02-01"), "--from comes before --to."),
        (("--from", "2027-01-01"), "There are no figures of the future: --from is 2026-11-26 at the latest."),
        (("--from", "2026-02-31"), "--from: write a day as 2026-11-26"),
        (("--to", "26-11-26"), "--to: write a day as 2026-11-26"),
        (("--from", "gisteren"), "--from: write a day as 2026-11-26"),
        (("--from", "1026-01-01"), "--from: write a year from 2000 on."),
    ],
)
async def test_what_is_no_period_is_refused_with_what_to_write(
    steady: House, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], said: str
) -> None:
    code, _, error = await asyncio.to_thread(run, steady, monkeypatch, "--as", "Femke", *words)
    assert code == 1
    assert said in " ".join(error.split())


async def test_a_part_of_a_month_goes_into_a_workbook_and_not_into_research(
    steady: House, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("VOORZORG_RESEARCH_EXTRACT", "on")
    file, period = tmp_path / "cut.xlsx", ("--from", "2026-02-12", "--to", "2026-03-14")
    words = ("--as", "Femke", *period)
    code, _, error = await asyncio.to_thread(run, steady, monkeypatch, *words, "--research", str(file))
    assert (code, file.exists()) == (1, False)
    assert "whole months" in error
    assert (await asyncio.to_thread(run, steady, monkeypatch, *words, "--xlsx", str(file)))[0] == 0
    book = load_workbook(file)
    assert book["Zaken"].max_row == 1 + 27
    text = " ".join(str(value) for row in book["Cijfers"].iter_rows(values_only=True) for value in row)
    assert "Groningen · 12 februari – 14 maart 2026" in text
    assert "Alleen voor eigen werk, niet publiceren: van februari 2026 en maart 2026 telt een deel mee." in text


async def test_who_was_erased_counts_in_whole_months_only(steady: House, monkeypatch: pytest.MonkeyPatch) -> None:
    period = ("--from", "2026-02-12", "--to", "2026-03-14")
    async with steady.app.database.read() as connection:
        on_day = select(case_table.c.ref).where(case_table.c.first_listed_on == date(2026, 2, 20))
        ref = (await connection.execute(on_day.limit(1))).scalar_one()
    async with steady.app.database.write() as connection:
        await erase(connection, await steady.case_on(connection, ref), None)
    assert (await printed(steady, monkeypatch, "--as", "Femke", "--from", "2026-02", "--to", "2026-03"))["cases"] == 54
    assert (await printed(steady, monkeypatch, "--as", "Femke", *period))["cases"] == 26


async def test_months_that_have_closed_are_as_they_were_published(
    steady: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    await steady.at(date(2026, 12, 1), 10)
    await steady.case(first_name="Nieuw", listed_on=date(2026, 11, 20))
    words = ("--as", "Femke", "--from", "2026-11", "--to", "2026-11")
    found = await printed(steady, monkeypatch, *words)
    assert (found["cases"], found["closed"]) == (27, "2026-11-01")
    assert found["note"] == "Zoals gepubliceerd aan het eind van november 2026."
    now = await printed(steady, monkeypatch, *words, "--as-of", "today")
    assert (now["cases"], now["closed"]) == (28, None)
    # A period that cuts a month is never as published: of days nothing is.
    cut = await printed(steady, monkeypatch, "--as", "Femke", "--from", "2026-10-10", "--to", "2026-11-10")
    assert (cut["cases"], cut["closed"]) == (27, None)
