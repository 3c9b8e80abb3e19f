"""What Voorzorg does not take is refused whole, wherever it stands, and is not repeated in the refusal."""

from __future__ import annotations

import pytest

from bot.errands.overviews.reader import OverviewError
from tests.overviews.making import HEADINGS, Reader, book, overview

# Made-up numbers that pass the eleven-test.
BSN = "111222333"
OTHER = "123456782"


@pytest.mark.parametrize(
    "heading",
    ["BSN", "bsn-nummer", "B.S.N.", "Burgerservicenr.", "Sofinummer", "Sofi nr"],
)
def test_a_column_for_citizen_service_numbers_refuses_the_file(read: Reader, heading: str) -> None:
    with pytest.raises(OverviewError, match="burgerservicenummers"):
        read(overview({}, headings=[*HEADINGS, heading]))


@pytest.mark.parametrize(
    "heading",
    ["Delict", "Delictomschrijving", "Strafbaar feit", "Feiten", "Artikel", "Art. Sr", "Misdrijf", "Wetsartikelen"],
)
def test_a_column_for_offences_refuses_the_file(read: Reader, heading: str) -> None:
    with pytest.raises(OverviewError, match="strafbare feiten"):
        read(overview({}, headings=[*HEADINGS, heading]))


@pytest.mark.parametrize(
    "cell",
    [BSN, int(BSN), float(BSN), f"BSN {BSN}", "1112.22.333", "111.222.333", "111 222 333", f'="{BSN}"'],
)
@pytest.mark.parametrize("column", ["Achternaam", "Melddatum", "Strafduur"])
def test_a_citizen_service_number_in_any_cell_refuses_the_file(read: Reader, cell: object, column: str) -> None:
    with pytest.raises(OverviewError, match=r"In rij 3 bij .* staat een burgerservicenummer") as refusal:
        read(overview({}, {column: cell}))
    assert "333" not in str(refusal.value)


def test_a_citizen_service_number_above_the_headings_or_beside_them_refuses_the_file(read: Reader) -> None:
    row = ["Z1", "", "Jansen", 1980, "Assen", "", None, 28]
    with pytest.raises(OverviewError, match="In rij 1"):
        read(book([[f"Lijst van {BSN}"], HEADINGS, row]))
    with pytest.raises(OverviewError, match="bij kolom J"):
        read(book([HEADINGS, [*row, None, BSN]]))


@pytest.mark.parametrize("cell", ["111222334", "0612345678", "+31 611222333", "NL13TEST0123456789", "000000000"])
def test_another_number_of_about_nine_digits_is_no_citizen_service_number(read: Reader, cell: str) -> None:
    read(overview({}, {"Strafduur": cell}))


def test_case_numbers_that_all_are_citizen_service_numbers_refuse_the_file(read: Reader) -> None:
    with pytest.raises(OverviewError, match="Bij Zaaknummer staat een burgerservicenummer"):
        read(overview({"Zaaknummer": BSN}, {"Zaaknummer": OTHER}))


def test_one_case_number_that_passes_the_test_by_chance_is_read(read: Reader) -> None:
    assert len(read(overview({"Zaaknummer": BSN}, {"Zaaknummer": "111222334"})).rows) == 2


def test_of_a_date_of_birth_only_the_year_is_kept(read: Reader) -> None:
    headings = [{"Geboortejaar": "Geboortedatum"}.get(heading, heading) for heading in HEADINGS]
    rows = read(overview({"Geboortedatum": "01-02-1980"}, {"Geboortedatum": "1990-12-31"}, headings=headings)).rows
    assert [row.birth_year for row in rows] == [1980, 1990]


def test_a_name_in_the_wrong_column_is_not_repeated(read: Reader) -> None:
    wrong = ["Melddatum", "Strafduur", "Geboortejaar"]
    for column in wrong:
        [rejection] = read(overview({column: "Postma"})).rejected
        assert "Postma" not in rejection.reason.msgid
