"""Bad files, by their number in the list of bad input: refused whole, or the row rejected, and nothing half-read."""

from __future__ import annotations

import struct
import tracemalloc
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from bot.errands.overviews.reader import OverviewError
from tests.overviews.making import (
    HEADINGS,
    SAMPLES,
    SHARED,
    Reader,
    book,
    in_sheet,
    overview,
    repacked,
    saved,
    with_shared_texts,
)

Check = Callable[[Reader], None]
CHECKS: dict[int, Check] = {}

SHEET = "xl/worksheets/sheet1.xml"
MEGABYTE = 1024 * 1024


def hostile(number: int) -> Callable[[Check], Check]:
    def register(check: Check) -> Check:
        CHECKS[number] = check
        return check

    return register


def refusal(read: Reader, data: bytes, filename: str = "overzicht.xlsx") -> str:
    with pytest.raises(OverviewError) as refused:
        read(data, filename)
    return str(refused.value)


def reasons(read: Reader, data: bytes, filename: str = "overzicht.xlsx") -> list[str]:
    return [rejection.reason.msgid for rejection in read(data, filename).rejected]


@hostile(90)
def renamed_files(read: Reader) -> None:
    table = (SAMPLES / "overview-messy.csv").read_bytes()
    assert "heet .xlsx maar is dat niet" in refusal(read, b"MZ\x90\x00" + b"\x00" * 400)
    assert "heet .xlsx maar is dat niet" in refusal(read, table)
    assert "heet .csv maar is dat niet" in refusal(read, overview({}), "lijst.csv")
    assert "oude versie van Excel" in refusal(read, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600)
    assert "oude versie van Excel" in refusal(read, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "lijst.xls")
    assert "geen tabel" in refusal(read, b"MZ\x90\x00" + b"\x01" * 400, "lijst.csv")
    assert "Dit soort bestand" in refusal(read, b"%PDF-1.7", "lijst.pdf")
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert "geen Excel-overzicht" in refusal(read, stream.getvalue())
    assert "leeg" in refusal(read, b"")


@hostile(91)
def zip_bombs(read: Reader) -> None:
    good = overview({})
    too_large = "uitgepakt te groot"
    zeros = repacked(good, lambda name, content: content, **{"xl/media/image1.bin": bytes(200 * MEGABYTE)})
    assert len(zeros) < MEGABYTE
    steep = repacked(good, lambda name, content: content + b" " * 20 * MEGABYTE if name == SHEET else content)
    many = repacked(good, lambda name, content: content, **{f"xl/{n}": b"" for n in range(1100)})
    # A million merged cells are small in the file and large as objects.
    merged = b"<mergeCells>" + b'<mergeCell ref="A9:B9"/>' * 150_000 + b"</mergeCells></worksheet>"
    costly = in_sheet(good, b"</worksheet>", merged)
    tracemalloc.start()
    try:
        for bomb in (zeros, steep, many, costly):
            assert too_large in refusal(read, bomb)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 30 * MEGABYTE


@hostile(92)
def xml_bombs(read: Reader) -> None:
    assert openpyxl.DEFUSEDXML
    lol = b'<!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    for part in (SHEET, "xl/workbook.xml", SHARED, "xl/styles.xml", "_rels/.rels"):

        def with_entities(name: str, content: bytes, part: str = part) -> bytes:
            if name != part:
                return content
            head, mark, tail = content.partition(b"?>")
            return head + mark + lol + tail if mark else lol + content

        assert "beschadigd" in refusal(read, repacked(with_shared_texts(overview({})), with_entities))


@hostile(93)
def macros_passwords_and_damage(read: Reader) -> None:
    good = overview({}, {})
    assert "macro" in refusal(read, repacked(good, lambda name, content: content, **{"xl/vbaProject.bin": b"x"}))
    assert "macro" in refusal(read, good, "overzicht.xlsm")
    locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100) + "EncryptedPackage".encode("utf-16-le")
    assert "wachtwoord" in refusal(read, locked)
    flagged = bytearray(good)
    flagged[good.index(b"PK\x01\x02") + 8] |= 1
    assert "wachtwoord" in refusal(read, bytes(flagged))
    for cut in range(30, len(good), 97):
        refusal(read, good[:cut])
    declared = good.index(b"PK\x01\x02") + 24
    lying = good[:declared] + struct.pack("<I", 10) + good[declared + 4 :]
    assert "beschadigd" in refusal(read, lying)
    assert "beschadigd" in refusal(read, in_sheet(good, b'<row r="3"', b'<row r="2"'))
    assert "beschadigd" in refusal(read, in_sheet(good, b'<c r="B2"', b'<c r="A2"'))
    excel = with_shared_texts(good)
    assert len(read(excel).rows) == 2
    assert "beschadigd" in refusal(read, repacked(excel, lambda name, content: None if name == SHARED else content))


@hostile(94)
def links_and_paths_out_of_the_archive(read: Reader) -> None:
    added = {"../../outside.xml": b"<x/>", "/etc/outside": b"x", "xl/externalLinks/externalLink1.xml": b"<x/>"}
    read_anyway = read(repacked(overview({}), lambda name, content: content, **added))
    assert len(read_anyway.rows) == 1
    assert not (SAMPLES.parent.parent / "outside.xml").exists()


@hostile(95)
def formulas(read: Reader) -> None:
    for formula in ('=HYPERLINK("http://x")', "=1+1", "=WEBSERVICE(A1)"):
        [reason] = reasons(read, overview({"Achternaam": formula}))
        assert "Bij Achternaam staat een formule" in reason
    # The value that Excel once worked out stands beside the formula, and is not taken for one.
    cached = in_sheet(overview({"Strafduur": 28}), b"<v>28</v>", b"<f>20+8</f><v>28</v>")
    assert "formule" in reasons(read, cached)[0]
    table = "Zaaknummer;Naam;Geboortejaar;Gemeente;Melddatum\nZ1;\u200b =cmd|' /C calc'!A1;1980;Assen;\n"
    assert "formule" in reasons(read, table.encode(), "lijst.csv")[0]


@hostile(96)
def a_million_styled_empty_rows(read: Reader) -> None:
    def styled(below: int, last: bytes = b"") -> bytes:
        rows = b"".join(b'<row r="%d"><c r="A%d" s="0"/></row>' % (n, n) for n in range(4, below))
        return in_sheet(overview({}, {}), b"</sheetData>", rows + last + b"</sheetData>")

    seen = read(styled(1_048_576))
    assert (len(seen.rows), seen.rejected) == (2, ())
    # A filled row below them is not lost unseen: the file is refused.
    filled = b'<row r="1048576"><c r="A1048576" t="inlineStr"><is><t>Z9</t></is></c></row>'
    assert "in rij 1048576 weer iets" in refusal(read, styled(1000, filled))


@hostile(97)
def wrong_missing_reordered_and_double_headings(read: Reader) -> None:
    missing = refusal(read, overview({}, headings=[h for h in HEADINGS if h not in {"Gemeente", "Geboortejaar"}]))
    assert "Er ontbreekt: Geboortejaar, Gemeente." in missing
    assert "Wel gevonden: Zaaknummer, Roepnaam, Achternaam" in missing
    assert read(overview({}, headings=[*HEADINGS, "Lievelingskleur"])).left_out == ("Lievelingskleur",)
    typed = refusal(read, overview({}, headings=[{"Melddatum": "Meldatum"}.get(h, h) for h in HEADINGS]))
    assert 'De kop "Meldatum" (kolom G) is onbekend; bedoeld is misschien Melddatum' in typed
    double = refusal(read, overview({}, headings=[*HEADINGS, "Naam"]))
    assert "Achternaam staat er meer dan één keer (kolom C en I)" in double
    assert len(read(overview({}, headings=HEADINGS[::-1])).rows) == 1
    weeks = read(overview({"Strafduur in weken": 6}, headings=[*HEADINGS[:-1], "Strafduur in weken"]))
    assert (weeks.left_out, weeks.rows[0].sentence_days) == (("Strafduur in weken",), None)
    broken = ["Zaak-\nnummer", "Roep\nnaam", "Achter-\nnaam", "Geboortejaar (jjjj)", "Ge-\nmeente *", "P.I."]
    row = ["Z1", "Jan", "Jansen", 1980, "Assen", "PI Veenhuizen", date(2027, 3, 9), 28]
    assert len(read(book([[*broken, "Melddatum (dd-mm-jjjj)", "Straf"], row])).rows) == 1
    assert read(book([[*broken, "Melddatum", "Straf (mm)"], row])).left_out == ("Straf (mm)",)
    none = refusal(read, book([["Jansen", "Jan"], ["Smit", "Piet"]]))
    assert "Nodig zijn: Zaaknummer, Achternaam, Geboortejaar, Gemeente, Melddatum" in none
    assert "Jansen" not in none


@hostile(98)
def doubles(read: Reader) -> None:
    same_number = read(overview({"Zaaknummer": "Z7"}, {"Zaaknummer": "z 7"}))
    assert [row.number for row in same_number.rows] == ["Z7"]
    assert "Dit zaaknummer bestaat al in rij 2" in same_number.rejected[0].reason.msgid
    person = {"Achternaam": "Mu\u0308ller", "Geboortejaar": 1990}
    same_person = read(overview(person, person | {"Achternaam": "MÜLLER"}))
    assert len(same_person.rows) == 1
    assert "Deze persoon bestaat al in rij 2" in same_person.rejected[0].reason.msgid
    assert "ller" not in same_person.rejected[0].reason.msgid


@hostile(99)
def dates_as_text_as_serials_since_1904_and_month_first(read: Reader) -> None:
    written = ["2027-03-09", "9-3-2027", "09/03/2027", "09/03/27", "9.3.2027", "9 maart 2027", "di 9-3-2027"]
    seen = read(overview(*({"Melddatum": text} for text in written)))
    assert {row.reporting_date for row in seen.rows} == {date(2027, 3, 9)}
    assert seen.rejected == ()
    assert "andere dag van de week" in reasons(read, overview({"Melddatum": "wo 9-3-2027"}))[0]
    serials = read(overview({"Melddatum": 46455}, {"Melddatum": "46455"}, {"Melddatum": 26455}, {"Melddatum": 4.6e9}))
    assert [row.reporting_date for row in serials.rows] == [date(2027, 3, 9)] * 2
    assert ["is geen datum" in r.reason.msgid for r in serials.rejected] == [True, True]
    since_1904 = openpyxl.Workbook()
    since_1904.epoch = CALENDAR_MAC_1904
    assert since_1904.active is not None
    since_1904.active.append(HEADINGS)
    since_1904.active.append(["Z1", "", "Jansen", 1980, "Assen", "", datetime(2027, 3, 9), 28])  # noqa: DTZ001
    since_1904.active.append(["Z2", "", "Smit", 1980, "Assen", "", 46455 - 1462, 28])
    assert {row.reporting_date for row in read(saved(since_1904)).rows} == {date(2027, 3, 9)}
    american = read(overview({"Melddatum": "03/25/2027"}, {"Melddatum": "03/04/2027"}, {"Melddatum": "03/03/2027"}))
    assert [row.row for row in american.rows] == [4]
    assert "de maand vooraan" in american.rejected[0].reason.msgid
    assert '"03/04/2027" is dubbelzinnig' in american.rejected[1].reason.msgid


@hostile(100)
def numbers_that_lost_their_zeros(read: Reader) -> None:
    for number in (26001.5, 2.6e15, "2,6E+09", True, date(2026, 1, 1)):
        [reason] = reasons(read, overview({"Zaaknummer": number}))
        assert "zaaknummer staat als getal" in reason or "een datum gemaakt" in reason or "foutmelding" in reason
    # A whole number is taken; whether zeros are missing is seen where it is compared (test_overview_identity.py).
    for number in (26001, 26001.0, "26001.0", "26001,00"):
        assert read(overview({"Zaaknummer": number})).rows[0].number == "26001"
    assert read(overview({"Zaaknummer": "0026001"})).rows[0].number == "0026001"
    assert "is een getal" in reasons(read, overview({"Achternaam": 612345678.0, "Zaaknummer": "Z1"}))[0]


@hostile(101)
def several_sheets(read: Reader) -> None:
    good = [HEADINGS, ["Z1", "", "Jansen", 1980, "Assen", "", None, 28]]
    one = read(book([["Toelichting"], ["Gemaakt door het team"]], "Uitleg", Lijst=good, Leeg=[]))
    assert (one.sheet, len(one.rows)) == ("Lijst", 1)
    assert 'Meer dan één blad lijkt een overzicht: "Week 1", "Week 2"' in refusal(
        read, book(good, "Week 1", **{"Week 2": good})
    )
    assert 'Geen van de bladen ("Uitleg", "Cijfers")' in refusal(read, book([["Hallo"]], "Uitleg", Cijfers=[[1, 2]]))
    workbook = openpyxl.load_workbook(BytesIO(book(good, "Week 1", **{"Week 2": good})))
    workbook["Week 2"].sheet_state = "hidden"
    assert '"Week 1", "Week 2" (verborgen)' in refusal(read, saved(workbook))
    # What must not be taken is refused wherever it stands.
    hidden = book(good, "Lijst", Oud=[["BSN", "Naam", "Gemeente"], ["x", "y", "z"]])
    assert "burgerservicenummers" in refusal(read, hidden)


@hostile(102)
def encodings_and_delimiters(read: Reader) -> None:
    lines = (
        "Zaaknummer{0}Naam{0}Geboortejaar{0}Gemeente{0}Melddatum\r\nZ1{0}André Müller{0}1980{0}Súdwest-Fryslân{0}\r\n"
    )
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"):
        for delimiter in ";,\t":
            [row] = read(lines.format(delimiter).encode(encoding), "lijst.csv").rows
            assert (row.row, row.last_name, row.municipality) == (2, "André Müller", "Súdwest-Fryslân")
    hinted = read(("sep=;\r\n" + lines.format(";")).encode(), "lijst.csv").rows
    assert [row.row for row in hinted] == [3]
    for garbled in ("cp850", "mac-roman", "utf-32", "cp037"):
        refusal(read, lines.format(";").encode(garbled), "lijst.csv")
    twice = lines.format(";").encode("utf-8").decode("cp1252").encode("utf-8")
    assert "onleesbaar" in refusal(read, twice, "lijst.csv")
    half = lines.format(";").encode("utf-8") + "Z2;Zoë;1980;Assen;\r\n".encode("cp1252")
    assert "onleesbaar" in refusal(read, half, "lijst.csv")
    assert "geen leesbare tabel" in refusal(read, lines.format(";").replace("André", '"André').encode(), "lijst.csv")


@pytest.mark.parametrize("check", [pytest.param(check, id=f"hostile[{number}]") for number, check in CHECKS.items()])
def test_a_hostile_overview_leaves_nothing_half_read(check: Check, read: Reader) -> None:
    check(read)
