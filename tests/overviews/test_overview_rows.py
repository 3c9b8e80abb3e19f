"""A row's cells are read strictly: what is meant is taken, what is doubtful is rejected with what to change."""

from __future__ import annotations

from datetime import date, time
from io import BytesIO
from typing import Any

import openpyxl
import pytest

from bot.errands.overviews.reader import OverviewError
from bot.errands.overviews.row import OverviewRow
from tests.overviews.making import HEADINGS, Reader, book, in_sheet, overview, saved


def row(read: Reader, **change: Any) -> OverviewRow:
    seen = read(overview(change, headings=[*HEADINGS, *(name for name in change if name not in HEADINGS)]))
    assert seen.rejected == ()
    return seen.rows[0]


def reason(read: Reader, **change: Any) -> str:
    seen = read(overview(change, headings=[*HEADINGS, *(name for name in change if name not in HEADINGS)]))
    assert seen.rows == ()
    return seen.rejected[0].reason.msgid


@pytest.mark.parametrize(
    "name",
    ["van der Berg-Çelik", "'t Hooft", "IJ", "Ó Briain", "Nguyễn", "Yıldız", "محمد", "<b>Jan</b>", "O", "Ĳsbrand"],
)
def test_a_name_is_taken_as_it_is_written(read: Reader, name: str) -> None:
    assert row(read, Achternaam=name).last_name == name


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        pytest.param("  Jan \u00a0 de\tVries ", "Jan de Vries", id="spaces"),
        pytest.param("Mu\u0308ller", "Müller", id="letters in parts"),
        pytest.param("Smit\u202etims", "Smittims", id="direction turned"),
        pytest.param("Ja\u200bn\ufeff\u2066sen", "Jansen", id="nothing to see"),
        pytest.param("Za" + "\u0336" * 40 + "lgo", "Za" + "\u0336" * 3 + "lgo", id="piled-up marks"),
    ],
)
def test_a_name_is_freed_of_what_cannot_be_seen(read: Reader, written: str, kept: str) -> None:
    assert row(read, Achternaam=written).last_name == kept


def test_a_name_of_invisible_characters_only_is_missing(read: Reader) -> None:
    assert "achternaam ontbreekt" in reason(read, Achternaam="\u200b\u2060")


def test_a_prefix_in_a_column_of_its_own_is_part_of_the_last_name(read: Reader) -> None:
    assert row(read, Achternaam="Berg", Tussenvoegsel="van den").last_name == "van den Berg"


@pytest.mark.parametrize("name", [19, "12", "²", "-", "a" * 101])
def test_what_is_no_name_is_rejected(read: Reader, name: object) -> None:
    assert "achternaam" in reason(read, Achternaam=name)


@pytest.mark.parametrize(
    ("written", "days"),
    [
        *[(28, 28), ("28", 28), ("35 dagen", 35), ("6 weken", 42), ("3 maanden", 90), ("1 jaar", 365), ("1dag", 1)],
        *[("2 weken + 3 dagen", 17), ("3 MND", 90), ("1m 2w", 44), ("zes weken", 42), ("één maand", 30), ("90,0", 90)],
        *[("6 maanden min 5 dagen", 175), ("6 mnd – 10 dgn voorarrest", 170), ("60 dagen hechtenis", 60)],
        *[("6 weken (42 dagen)", 42), ("1 mnd/2 dgn", 32), ("30 days", 30), ("3 mnd & 2 dgn", 92)],
        *[("2 maanden en 14 dagen", 74), ("1 mnd. 2 wk", 44), ("12 maanden", 360), (None, None), ("onbekend", None)],
    ],
)
def test_the_length_of_a_sentence_is_read_in_days(read: Reader, written: object, days: int | None) -> None:
    assert row(read, Strafduur=written).sentence_days == days


@pytest.mark.parametrize(
    "written",
    [
        0,
        -1,
        28.5,
        "1.000",
        "1.000,50",
        "veel",
        "²",
        "١٢",
        "１２",
        "3 uur",
        "28 28",
        True,
        "10-20 dagen",
        "6 weken (40 dagen)",
        "2 x 14 dagen",
        "1,5 maand",
        "ca. 30 dagen",
        "min 5 dagen",
    ],
)
def test_an_unreadable_sentence_is_rejected(read: Reader, written: object) -> None:
    assert "strafduur" in reason(read, Strafduur=written)


@pytest.mark.parametrize("written", ["3 mnd wv 1 mnd vw", "3 maanden waarvan 1 maand voorwaardelijk"])
def test_of_a_sentence_that_is_partly_suspended_somebody_says_how_much_is_served(read: Reader, written: str) -> None:
    assert "voorwaardelijk deel" in reason(read, Strafduur=written)


@pytest.mark.parametrize("written", ["1 jaar 2 maanden min 5 dagen", 366, "13 maanden", "2 jaar", 1e9])
def test_a_sentence_over_a_year_is_outside_the_approach(read: Reader, written: object) -> None:
    assert "langer dan een jaar" in reason(read, Strafduur=written)


@pytest.mark.parametrize("written", [date(2027, 3, 17), "17 maart 2027", "17-3-2027 10:00", "17-mrt-2027", 46463])
def test_a_reporting_date_is_read_in_any_usual_form(read: Reader, written: object) -> None:
    assert row(read, Melddatum=written).reporting_date == date(2027, 3, 17)


@pytest.mark.parametrize(
    "written",
    [
        "17 mrt '27",
        "17-mrt-27",
        "wo 17 maart 2027",
        "woensdag 17 maart 2027, 10 uur",
        "17 maart 2027 (10:00 uur)",
        "2027/03/17",
        "2027.3.17",
        "20270317",
        20270317,
        "46463.0",
        "17–3–2027",
        "17 - 3 - 2027",
        "17-3-'27",
        "17e maart 2027",
        "wo. 17-3-2027",
        "17 Mar 2027",
    ],
)
def test_a_reporting_date_is_read_as_word_processors_and_other_programs_write_it(read: Reader, written: object) -> None:
    assert row(read, Melddatum=written).reporting_date == date(2027, 3, 17)


@pytest.mark.parametrize(
    "written", [None, "", "-", "?", "nog niet bekend", "n.n.b.", "nog niet", "n.t.b.", "volgt", "N/A", "geen datum"]
)
def test_no_date_yet_is_a_normal_state(read: Reader, written: str | None) -> None:
    assert row(read, Melddatum=written).reporting_date is None


@pytest.mark.parametrize(
    ("written", "why"),
    [
        *[("31-02-2027", "bestaat niet"), ("29-02-2027", "bestaat niet"), ("0-1-2027", "bestaat niet")],
        *[("do 17 maart 2027", "andere dag van de week"), ("03/25/2027", "de maand vooraan")],
        *[("2027-03-17T23:30:00Z", "is geen datum"), ("17-3-2027 of 24-3-2027", "is geen datum")],
        *[("morgen", "is geen datum"), ("maart 2027", "is geen datum"), (time(10, 0), "een tijd")],
        *[("01-01-9999", "te ver in de toekomst"), ("01-01-0001", "in het verleden"), (True, "is geen datum")],
    ],
)
def test_what_is_no_reporting_date_is_rejected(read: Reader, written: object, why: str) -> None:
    assert why in reason(read, Melddatum=written)


def test_a_leap_day_that_exists_is_read(read: Reader) -> None:
    assert row(read, Melddatum="29-02-2028").reporting_date == date(2028, 2, 29)


def test_a_date_shortly_before_the_list_is_a_call_up_whose_outcome_is_unknown(read: Reader) -> None:
    listed = {"Datum overzicht": "13-11-2026"}
    assert row(read, Melddatum="1-11-2026", **listed).reporting_date == date(2026, 11, 1)
    assert row(read, Melddatum="20-8-2026", **listed).reporting_date == date(2026, 8, 20)
    assert "lang in het verleden" in reason(read, Melddatum="1-8-2026", **listed)


def test_an_old_list_is_judged_by_its_own_date(read: Reader) -> None:
    listed = {"Datum overzicht": "1-1-2026", "Melddatum": "1-2-2026"}
    assert row(read, **listed).reporting_date == date(2026, 2, 1)


def test_the_date_of_the_list_is_strict(read: Reader) -> None:
    assert "twee cijfers" in reason(read, **{"Datum overzicht": "13-11-26"})
    assert "in de toekomst" in reason(read, **{"Datum overzicht": "13-11-2027"})


@pytest.mark.parametrize("written", [1988, "1988", 1988.0, date(1988, 5, 1)])
def test_a_year_of_birth_is_read(read: Reader, written: object) -> None:
    assert row(read, Geboortejaar=written).birth_year == 1988


@pytest.mark.parametrize("written", [None, 79, "79", "'79", "01-02-79", 1850, 2020, "19 88", "١٩٨٨", date(1905, 6, 10)])
def test_a_year_of_birth_has_four_digits_and_can_be_true(read: Reader, written: object) -> None:
    assert "geboortejaar" in reason(read, Geboortejaar=written)


@pytest.mark.parametrize(
    ("written", "known"),
    [
        ("ja", True),
        ("J", True),
        (True, True),
        ("nee", False),
        ("N", False),
        ("✓", True),
        ("☑", True),
        ("✗", False),
        ("Ja, via WIJ", True),
        ("nee (nog niet)", False),
        ("onbekend", None),
        ("?", None),
        ("", None),
    ],
)
def test_whether_care_knows_the_person_is_yes_no_or_open(read: Reader, written: object, known: bool | None) -> None:
    assert row(read, **{"Reeds bekend bij hulpverlening": written}).known_to_care is known


def test_a_perhaps_is_rejected(read: Reader) -> None:
    assert "ja, nee of onbekend" in reason(read, **{"Bekend?": "misschien"})


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("nl", "nl"),
        ("", "nl"),
        ("Pools", "pl"),
        ("AR", "ar"),
        ("Tigrinya", "ti"),
        ("en-GB", "en"),
        ("Papiaments", "pap"),
        ("Türkçe", "tr"),
        ("العربية", "ar"),
        ("Farsi", "fa"),
        ("Engels/Nederlands", "en"),
        ("Turks en Koerdisch", "tr"),
    ],
)
def test_a_language_is_read_by_code_or_name(read: Reader, written: str, code: str) -> None:
    assert row(read, Taal=written).language == code


def test_an_unknown_language_is_rejected(read: Reader) -> None:
    assert "taal is onbekend" in reason(read, Taal="Klingonees")


def test_a_prison_may_be_left_empty_and_is_else_known(read: Reader) -> None:
    assert row(read, Inrichting=None).prison is None
    assert row(read, Inrichting="P.I. Ter Peel").prison == "PI Ter Peel"
    assert 'Bedoeld is waarschijnlijk "PI Veenhuizen"' in reason(read, Inrichting="PI Veenhuisen")
    assert 'bijvoorbeeld "PI Veenhuizen"' in reason(read, Inrichting="Alcatraz")


@pytest.mark.parametrize(
    "written", ["PI Veenhuizen, locatie Esserheem", "PI Veenhuizen - Norgerhaven", "HvB Veenhuizen"]
)
def test_a_prison_with_its_location_behind_it_is_that_prison(read: Reader, written: str) -> None:
    assert row(read, Inrichting=written).prison == "PI Veenhuizen"


def test_a_village_in_the_column_of_municipalities_is_not_said_to_lie_elsewhere(read: Reader) -> None:
    assert 'Bedoeld is waarschijnlijk "Smallingerland"' in reason(read, Gemeente="Drachten")
    assert "of het is de naam van een dorp" in reason(read, Gemeente="Zwiggelte")


def test_a_municipality_of_before_a_merger_is_only_proposed(read: Reader) -> None:
    assert 'Bedoeld is waarschijnlijk "Eemsdelta"' in reason(read, Gemeente="Delfzijl")


def test_a_row_says_everything_that_is_wrong_with_it_at_once(read: Reader) -> None:
    text = reason(read, Gemeente="Amsterdam", Geboortejaar=79, Strafduur=400)
    assert "Amsterdam" in text
    assert "twee cijfers" in text
    assert "langer dan een jaar" in text


def test_a_cell_with_an_error_a_value_without_a_heading_and_a_hidden_row_are_rejected(read: Reader) -> None:
    good = ["Z1", "", "Jansen", 1980, "Assen", "", None, 28]
    assert "foutmelding" in read(book([HEADINGS, [*good[:-1], "#N/A"]])).rejected[0].reason.msgid
    assert "In kolom J staat iets" in read(book([HEADINGS, [*good, None, "let op"]])).rejected[0].reason.msgid
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    for line in (HEADINGS, good, ["Z2", *good[1:3], 1981, *good[4:]]):
        sheet.append(line)
    sheet.row_dimensions[3].hidden = True
    seen = read(saved(workbook))
    assert [r.row for r in seen.rows] == [2]
    assert "verborgen" in seen.rejected[0].reason.msgid
    assert "Z2" in seen.numbers


def test_totals_remarks_and_headings_once_more_are_said_to_be_no_case(read: Reader) -> None:
    good = ["Z1", "", "Jansen", 1980, "Assen", "", None, 28]
    below = [["Totaal", *[None] * 6, "=SUM(H2:H2)"], ["* bron: DJI"], [*[None] * 6, "aantal", 1], HEADINGS]
    said = [r.reason.msgid for r in read(book([HEADINGS, good, *below])).rejected]
    assert ["totaal of een opmerking" in text for text in said] == [True, True, True, False]
    assert "herhaalt de koppen" in said[3]


def test_merged_cells_are_a_heading_over_two_rows_and_never_a_value_for_two_people(read: Reader) -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    group = ["Zaaknummer", "Persoon", None, None, None, "Oproep", None, None]
    good = ["Jan", "Jansen", 1980, "Assen", "", None, 28]
    for line in (group, [None, *HEADINGS[1:]], ["Z1", *good], ["Z2", "Jan", "Bos", 1981, None, *good[4:]]):
        sheet.append(line)
    for cells in ("A1:A2", "B1:E1", "F1:H1", "E3:E4"):
        sheet.merge_cells(cells)
    seen = read(saved(workbook))
    assert [r.number for r in seen.rows] == ["Z1"]
    assert "Bij Gemeente zijn cellen samengevoegd" in seen.rejected[0].reason.msgid


def test_a_hidden_column_that_would_be_read_refuses_the_file_by_its_letter(read: Reader) -> None:
    workbook = openpyxl.load_workbook(BytesIO(overview({})))
    sheet = workbook.active
    assert sheet is not None
    sheet.column_dimensions["C"].hidden = True
    with pytest.raises(OverviewError, match=r"Kolom C \(Achternaam\) is verborgen"):
        read(saved(workbook))


def test_empty_rows_count_only_when_filled_ones_follow(read: Reader) -> None:
    good = ["Z1", "", "Jansen", 1980, "Assen", "", None, 28]
    seen = read(book([HEADINGS, good, [], ["Z2", *good[1:3], 1981, *good[4:]], [None, " ", ""], []]))
    assert [r.row for r in seen.rows] == [2, 4]
    assert [(r.row, r.reason.msgid[:15]) for r in seen.rejected] == [(3, "De rij is leeg.")]


def test_headings_without_rows_are_refused_so_that_nobody_seems_to_have_left_the_list(read: Reader) -> None:
    with pytest.raises(OverviewError, match="geen enkele rij"):
        read(book([HEADINGS]))


def test_more_rows_than_an_overview_has_are_refused(read: Reader) -> None:
    lines = [";".join(HEADINGS[:1] + HEADINGS[2:5] + HEADINGS[6:7])]
    lines += [f"Z{n};Jansen;1980;Assen;" for n in range(20_001)]
    with pytest.raises(OverviewError, match=r"meer dan 20\.000 gevulde rijen"):
        read("\n".join(lines).encode(), "lijst.csv")


def test_a_size_that_the_sheet_gives_for_itself_does_not_cut_rows_off(read: Reader) -> None:
    data = in_sheet(overview({}, {}, {}), b'<dimension ref="A1:H4"', b'<dimension ref="A1:C2"')
    assert len(read(data).rows) == 3
