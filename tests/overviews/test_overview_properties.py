"""Whatever the bytes: an overview is read, or refused in words; nothing else ever comes out."""

from __future__ import annotations

import contextlib
import re
import warnings
import zipfile
from datetime import date
from io import BytesIO

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errands.overviews.cells import clean
from bot.errands.overviews.packing import packed, unpacked
from bot.errands.overviews.reader import Overview, OverviewError, read_overview
from conversations.content.headings import ListHeadings
from conversations.content.region import Region
from tests.overviews.making import SAMPLES, TODAY, repacked, with_shared_texts

REGION = Region.load()
HEADINGS = ListHeadings.load()
TABLE = (SAMPLES / "overview-messy.csv").read_bytes()
BOOK = (SAMPLES / "overview-week48.xlsx").read_bytes()
EXCEL = with_shared_texts(BOOK)
NAMES = st.sampled_from(["a.xlsx", "a.csv", "a.xls", "a", "", "../a.csv", "a.CSV", "a.xlsm"])
PARTS = ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml", "[Content_Types].xml"]
ODD = [b"0", b"-1", b"1E999", b"nan", b"99999999999999999999", b"1048577", b"XFD1048576", b"A0", b"f", b"d", b"b", b"e"]
EDITS = st.lists(st.tuples(st.integers(0, 10_000), st.binary(max_size=6), st.integers(0, 6)), min_size=1, max_size=4)


def tried(data: bytes, filename: str, today: date = TODAY) -> Overview | None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with contextlib.suppress(OverviewError):
            return read_overview(data, filename, REGION, today, HEADINGS)
    return None


def edited(data: bytes, edits: list[tuple[int, bytes, int]]) -> bytes:
    for place, new, length in edits:
        at = place % (len(data) + 1)
        data = data[:at] + new + data[at + length :]
    return data


@settings(max_examples=200)
@given(st.binary(max_size=300), NAMES)
def test_any_bytes_are_read_or_refused_in_words(data: bytes, filename: str) -> None:
    tried(data, filename)
    tried(b"PK\x03\x04" + data, filename)
    tried(TABLE[:40] + data, filename)


@settings(max_examples=200)
@given(EDITS)
def test_a_damaged_table_is_read_or_refused_in_words(edits: list[tuple[int, bytes, int]]) -> None:
    tried(edited(TABLE, edits), "lijst.csv")


@settings(max_examples=150)
@given(EDITS)
def test_a_damaged_workbook_is_read_or_refused_in_words(edits: list[tuple[int, bytes, int]]) -> None:
    tried(edited(BOOK, edits), "lijst.xlsx")


@settings(max_examples=150)
@given(st.sampled_from(PARTS), EDITS)
def test_a_workbook_with_a_damaged_part_is_read_or_refused_in_words(
    part: str, edits: list[tuple[int, bytes, int]]
) -> None:
    tried(repacked(EXCEL, lambda name, content: edited(content, edits) if name == part else content), "lijst.xlsx")


@settings(max_examples=150)
@given(st.sampled_from(PARTS), st.data())
def test_a_workbook_with_another_number_or_word_in_a_part_is_read_or_refused_in_words(
    part: str, data: st.DataObject
) -> None:
    def change(name: str, content: bytes) -> bytes:
        if name != part:
            return content
        tokens = list(re.finditer(rb'(?<=[">])[^<>"]+(?=["<])', content))
        token = data.draw(st.sampled_from(tokens))
        new = data.draw(st.sampled_from(ODD) | st.from_regex(rb"[A-Za-z0-9.+-]{0,12}", fullmatch=True))
        return content[: token.start()] + new + content[token.end() :]

    tried(repacked(EXCEL, change), "lijst.xlsx")


@settings(max_examples=100)
@given(st.lists(st.text(max_size=30), min_size=8, max_size=8))
def test_every_row_of_a_table_is_accepted_or_rejected_whatever_stands_in_it(cells: list[str]) -> None:
    head, *lines = TABLE.decode("cp1252").splitlines()
    text = ";".join('"' + cell.replace('"', '""').replace("\x00", "") + '"' for cell in cells)
    seen = tried("\n".join([head, text, *lines]).encode("utf-8", "ignore"), "lijst.csv")
    if seen is not None:
        every = [row.row for row in seen.rows] + [rejection.row for rejection in seen.rejected]
        assert sorted(every) == list(range(2, 17))
        assert all(rejection.reason for rejection in seen.rejected)


@given(st.text(max_size=60))
def test_cleaning_a_text_twice_changes_nothing_more(text: str) -> None:
    assert clean(clean(text)) == clean(text)


def test_the_parts_that_are_damaged_are_those_of_the_workbook() -> None:
    with zipfile.ZipFile(BytesIO(EXCEL)) as archive:
        assert set(PARTS) <= set(archive.namelist())
    assert tried(EXCEL, "lijst.xlsx") == tried(BOOK, "lijst.xlsx")


def test_a_draft_of_a_program_before_is_still_read() -> None:
    overview = read_overview(TABLE, "lijst.csv", REGION, TODAY, HEADINGS)
    said = packed(overview)
    for rejection in said["rejected"]:
        del rejection["elsewhere"]
    assert said["rejected"]
    assert unpacked(said).rows == overview.rows
