"""The four samples are read as their README says."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.errands.overviews.reader import OverviewError
from tests.libreoffice import saved_by_libreoffice
from tests.overviews.making import SAMPLES, Reader


def sample(name: str) -> bytes:
    return (SAMPLES / name).read_bytes()


def test_the_overview_of_week_47_is_read_whole_under_its_title_line(read: Reader) -> None:
    overview = read(sample("overview-week47.xlsx"), "overview-week47.xlsx")
    assert (len(overview.rows), overview.rejected, overview.sheet) == (40, (), "Zelfmelders")
    first = overview.rows[0]
    assert (first.row, first.number, first.first_name, first.last_name) == (4, "Z26000", "Ruben", "Dijkstra")
    assert (first.birth_year, first.municipality, first.province) == (1989, "Midden-Drenthe", "Drenthe")
    assert (first.prison, first.reporting_date, first.sentence_days) == ("PI Leeuwarden", date(2027, 1, 17), 28)
    assert (first.listed_on, first.known_to_care, first.language) == (date(2026, 11, 13), False, "nl")
    assert sum(row.reporting_date is None for row in overview.rows) == 15
    assert {row.language for row in overview.rows} == {"nl", "en", "ar", "pl", "tr"}


def test_the_overview_of_week_48_has_the_rows_that_its_readme_tells_apart(read: Reader) -> None:
    before = {row.number: row for row in read(sample("overview-week47.xlsx"), "overview-week47.xlsx").rows}
    overview = read(sample("overview-week48.xlsx"), "overview-week48.xlsx")
    after = {row.number: row for row in overview.rows}
    assert (len(after), overview.rejected) == (41, ())
    assert len(before.keys() - after.keys()) == 2
    assert len(after.keys() - before.keys()) == 3
    moved = {n: (before[n].reporting_date, after[n].reporting_date) for n in before.keys() & after.keys()}
    changed = [(old, new) for old, new in moved.values() if old != new]
    assert len(changed) == 8
    assert sum(old is None for old, _ in changed) == 5
    assert sum(new is None for _, new in changed) == 2


def test_four_rows_of_the_messy_overview_are_read_with_their_values_made_whole(read: Reader) -> None:
    rows = read(sample("overview-messy.csv"), "overview-messy.csv").rows
    assert [(r.row, r.last_name, r.municipality, r.prison, r.reporting_date, r.sentence_days) for r in rows] == [
        (2, "K. Postma", "Groningen", "PI Veenhuizen", date(2027, 2, 3), 35),
        (3, "T. Wiersma", "Súdwest-Fryslân", "PI Leeuwarden", date(2027, 3, 17), 42),
        (4, "A. ten Cate", "De Wolden", "PI Veenhuizen", None, 20),
        (5, "F. van 't Hof", "Noardeast-Fryslân", "PI Leeuwarden", date(2027, 4, 1), 90),
    ]
    assert [row.known_to_care for row in rows] == [True, False, None, True]
    assert {(row.first_name, row.language, row.listed_on) for row in rows} == {("", "nl", None)}


@pytest.mark.parametrize(
    ("name", "by_way_of"),
    [
        *[("overview-week47.xlsx", kind) for kind in ("ods", "xlsx", "csv")],
        *[("overview-week48.xlsx", kind) for kind in ("ods", "xlsx", "csv")],
        # Not csv: LibreOffice then shortens the years that it recognised to two digits, and nobody guesses those.
        *[("overview-messy.csv", kind) for kind in ("ods", "xlsx")],
    ],
)
async def test_a_sample_saved_by_libreoffice_is_read_as_before(
    read: Reader, tmp_path: Path, name: str, by_way_of: str
) -> None:
    saved = await saved_by_libreoffice(tmp_path, name, sample(name), by_way_of)
    if by_way_of != "csv":
        saved, by_way_of = await saved_by_libreoffice(tmp_path, f"{Path(name).stem}.{by_way_of}", saved), "xlsx"
    assert read(saved, f"saved.{by_way_of}").rows == read(sample(name), name).rows


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        pytest.param(6, 'melddatum "31-02-2027" bestaat niet', id="a date that does not exist"),
        pytest.param(7, 'Bedoeld is waarschijnlijk "Leeuwarden"', id="a municipality with one meant"),
        pytest.param(8, "geboortejaar heeft twee cijfers", id="a year of two digits"),
        pytest.param(9, '"Amsterdam" ligt buiten de regio 3Noord', id="outside the region"),
        pytest.param(10, "langer dan een jaar (400 dagen)", id="a sentence over a year"),
        pytest.param(11, "bestaat al in rij 10", id="a double"),
        pytest.param(12, "Bij Achternaam staat een formule", id="a formula"),
        pytest.param(13, "De rij is leeg", id="empty"),
        pytest.param(14, 'gevangenis "Zutphen" is onbekend', id="an unknown prison"),
        pytest.param(15, '"15-1-2026" ligt lang in het verleden', id="a date in the past"),
    ],
)
def test_every_other_row_of_the_messy_overview_has_its_reason(read: Reader, row: int, reason: str) -> None:
    rejected = {r.row: r for r in read(sample("overview-messy.csv"), "overview-messy.csv").rejected}
    assert sorted(rejected) == list(range(6, 16))
    assert reason in rejected[row].reason.msgid


def test_no_reason_names_anybody(read: Reader) -> None:
    reasons = " ".join(r.reason.msgid for r in read(sample("overview-messy.csv"), "overview-messy.csv").rejected)
    for name in ("IJzerman", "Vries", "Hoekstra", "Smit", "Müller", "Hooft", "Nguyen"):
        assert name not in reasons


def test_a_rejected_row_is_still_known_to_be_on_the_list(read: Reader) -> None:
    overview = read(sample("overview-messy.csv"), "overview-messy.csv")
    assert {"Z27001", "Z27003", "Z27006", "Z27009"} <= overview.numbers
    assert len(overview.numbers) == 12


def test_an_overview_with_citizen_service_numbers_and_offences_is_refused_whole(read: Reader) -> None:
    with pytest.raises(OverviewError) as refusal:
        read(sample("overview-with-bsn.xlsx"), "overview-with-bsn.xlsx")
    assert 'burgerservicenummers (kolom "BSN") en strafbare feiten (kolom "Delict")' in str(refusal.value)
    assert "111222333" not in str(refusal.value)
    assert "Jansen" not in str(refusal.value)


def test_a_row_keeps_the_person_out_of_logs(read: Reader) -> None:
    row = read(sample("overview-week47.xlsx"), "overview-week47.xlsx").rows[0]
    assert "Dijkstra" not in repr(row)
    assert "Ruben" not in repr(row)
    assert "1989" not in repr(row)
