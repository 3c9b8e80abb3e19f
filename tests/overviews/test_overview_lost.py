"""What a spreadsheet made of a text on its way is decoded, or the row refused: no letter begins "Beste #N/B,"."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Sequence
from io import BytesIO, StringIO
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errands.overviews.cells import Broken, text_cell
from bot.errands.overviews.reader import Overview, OverviewError
from tests.overviews.making import GOOD, HEADINGS, Reader, book, overview, repacked, saved

Make = Callable[[Reader, dict[str, Any]], Overview]


def in_a_workbook(read: Reader, change: dict[str, Any]) -> Overview:
    return read(overview(change))


def in_a_table(read: Reader, change: dict[str, Any]) -> Overview:
    row = dict(zip(HEADINGS, GOOD, strict=True)) | {"Zaaknummer": "Z1", "Melddatum": ""} | change
    stream = StringIO()
    lines: list[Sequence[Any]] = [HEADINGS, [row[heading] for heading in HEADINGS]]
    csv.writer(stream, delimiter=";").writerows(lines)
    return read(stream.getvalue().encode(), "lijst.csv")


both = pytest.mark.parametrize("make", [in_a_workbook, in_a_table])


@both
@pytest.mark.parametrize(
    "error",
    [
        *("#N/B", "#VERW!", "#N/A", "#REF!", "#WAARDE!", "#DEEL/0!", "#NAAM?", "#GETAL!", "#LEEG!", "#OVERLOOP!"),
        *("#NV", "#BEZUG!", "#VALEUR!", "#GEGEVENS_OPHALEN", "########", "Err:502", "Fout:508", "Jan #N/B", "#n/b"),
    ],
)
def test_an_error_of_a_spreadsheet_is_nobodys_name(read: Reader, make: Make, error: str) -> None:
    for heading in ("Roepnaam", "Achternaam", "Gemeente", "Zaaknummer"):
        seen = make(read, {heading: error})
        assert seen.rows == ()
        assert f"Bij {heading} staat een foutmelding" in seen.rejected[0].reason.msgid
        assert error in seen.rejected[0].cells  # who mends the file finds it


@both
@pytest.mark.parametrize("name", ["C# Jansen", "#1", "Jansen #2", "Verwey!", "N/A", "Erin:502"])
def test_what_only_looks_like_an_error_is_not_taken_for_one(read: Reader, make: Make, name: str) -> None:
    assert not any("foutmelding" in r.reason.msgid for r in make(read, {"Achternaam": name}).rejected)


@both
@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Jansen_x000D_", "Jansen"),
        ("_x000D__x000A_de_x0020_Vries", "de Vries"),
        ("M_x00FC_ller", "Müller"),
        ("M_x00fc_ller_x200B_", "Müller"),
        ("Jan\u3164sen", "Jan sen"),
        ("Jansen\u2800\uffa0", "Jansen"),
        ("Jan\ufe0fsen\u034f", "Jansen"),
    ],
)
def test_a_character_written_as_its_number_and_one_that_shows_nothing_are_read(
    read: Reader, make: Make, written: str, kept: str
) -> None:
    assert make(read, {"Achternaam": written}).rows[0].last_name == kept


@both
@pytest.mark.parametrize("name", ["\u3164", "\u2800 \u115f", "_x000D_", "onbekend", "N.n.b.", "NULL", "nan"])
def test_a_name_of_nothing_is_missing(read: Reader, make: Make, name: str) -> None:
    assert "achternaam ontbreekt" in make(read, {"Achternaam": name}).rejected[0].reason.msgid
    assert make(read, {"Roepnaam": name}).rows[0].first_name == ""


@both
@pytest.mark.parametrize("name", ["M?ller", "?zdemir", "Yıld?z", "S□rensen", "Muno?", "Bj_xD83D_rn"])
def test_a_name_that_has_lost_a_letter_is_refused(read: Reader, make: Make, name: str) -> None:
    for heading, what in (("Roepnaam", "roepnaam"), ("Achternaam", "achternaam")):
        [refused] = make(read, {heading: name}).rejected
        assert f"In de {what} staat een vraagteken of een blokje" in refused.reason.msgid
        assert name not in refused.reason.msgid


@both
@pytest.mark.parametrize(
    "number",
    ["mrt-26", "1-mrt", "5-3-2026", "01-03-26", "1-mrt-26", "mei-2026", "Mar-26", "sep-1", "3/4/2026", "2026-03-05"],
)
def test_a_case_number_that_became_a_date_is_refused_with_the_reason(read: Reader, make: Make, number: str) -> None:
    assert "heeft Excel een datum gemaakt" in make(read, {"Zaaknummer": number}).rejected[0].reason.msgid


@both
@pytest.mark.parametrize("number", ["26-0345", "5-3", "GR-MRT-26", "26-45-2026", "1-2-3", "MRT26", "0026001"])
def test_a_case_number_that_only_looks_like_a_date_is_taken(read: Reader, make: Make, number: str) -> None:
    assert make(read, {"Zaaknummer": number}).rows[0].number == number


def test_a_number_that_is_shown_with_zeros_in_front_keeps_them(read: Reader) -> None:
    workbook = openpyxl.load_workbook(BytesIO(overview({"Zaaknummer": 26001})))
    assert workbook.active is not None
    workbook.active["A2"].number_format = "00000000"
    assert read(saved(workbook)).rows[0].number == "00026001"


def test_a_file_of_libreoffice_or_numbers_is_named_with_the_way_out(read: Reader) -> None:
    mimetype = b"PK\x03\x04" + bytes(26) + b"mimetypeapplication/vnd.oasis.opendocument.spreadsheetPK"
    for data, name in ((mimetype, "lijst.ods"), (mimetype, "lijst.xlsx"), (b"<office/>", "lijst.fods")):
        with pytest.raises(OverviewError, match=r"LibreOffice \(\.ods\).*Opslaan als.*\(\.xlsx\)"):
            read(data, name)
    with pytest.raises(OverviewError, match=r"Numbers.*Exporteer naar, Excel"):
        read(b"PK\x03\x04", "lijst.numbers")


def test_a_strict_workbook_is_read_like_any_other(read: Reader) -> None:
    strict = (
        (
            b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        ),
        (
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        ),
    )

    def change(name: str, content: bytes) -> bytes:
        for loose, its in strict if name.endswith((".xml", ".rels")) else ():
            content = content.replace(loose, its)
        return content

    plain = overview({}, {"Melddatum": None})
    strict_one = repacked(plain, change)
    assert strict_one != plain
    assert read(strict_one) == read(plain)

    def iso(name: str, content: bytes) -> bytes:
        return re.sub(rb'(<c r="G2"[^>]*?) t="n"><v>46455</v>', rb'\1 t="d"><v>2027-03-09</v>', content)

    assert repacked(strict_one, iso) != strict_one
    assert read(repacked(strict_one, iso)) == read(plain)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=20), st.sampled_from(["#N/B", "#VERW!", "#N/A", "#REF!", "Err:522"]), st.text(max_size=20))
def test_wherever_it_stands_between_words_an_error_is_found(before: str, error: str, after: str) -> None:
    assert isinstance(text_cell(f"{before} {error} {after}"), Broken) or (before + after).strip().startswith(("=", "'"))


def test_a_remark_in_a_column_that_is_left_out_refuses_nothing(read: Reader) -> None:
    seen = read(book([[*HEADINGS, "Opmerkingen"], [*GOOD, "#N/B"], ["Z2", *GOOD[1:3], 1981, *GOOD[4:], "=1+1"]]))
    assert (seen.left_out, [row.number for row in seen.rows]) == (("Opmerkingen",), ["Z1", "Z2"])
    assert "Opmerkingen" not in seen.headings
