"""Dates as people type them."""

from __future__ import annotations

import contextlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.words.dates import NoSuchDayError, NotADateError, read_date

TODAY = date(2026, 11, 24)  # a Tuesday


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("9-3-2027", date(2027, 3, 9)),
        ("09/03/2027", date(2027, 3, 9)),
        ("3/4/2027", date(2027, 4, 3)),  # day first, always
        ("01-03-27", date(2027, 3, 1)),
        ("9.3.2027", date(2027, 3, 9)),
        ("9 3 2027", date(2027, 3, 9)),
        ("2027-03-09", date(2027, 3, 9)),
        ("9 maart 2027", date(2027, 3, 9)),
        ("9 maart", date(2027, 3, 9)),
        ("9 Mrt. 2027", date(2027, 3, 9)),
        ("dinsdag 9 maart 2027", date(2027, 3, 9)),
        ("dinsdag 9 maart om 10 uur", date(2027, 3, 9)),
        ("25 november", date(2026, 11, 25)),
        ("24 november", TODAY),
        ("23 november", date(2027, 11, 23)),
        ("29 februari", date(2028, 2, 29)),
        ("29-02-2028", date(2028, 2, 29)),
        ("morgen", date(2026, 11, 25)),
        ("Overmorgen", date(2026, 11, 26)),
        ("vrijdag", date(2026, 11, 27)),
        ("dinsdag", date(2026, 12, 1)),
        ("volgende week maandag", date(2026, 11, 30)),
        ("dinsdag volgende week", date(2026, 12, 1)),
        ("komende vrijdag", date(2026, 11, 27)),
        ("over 2 weken", date(2026, 12, 8)),
        ("over tien dagen", date(2026, 12, 4)),
        ("9-3", date(2027, 3, 9)),
        ("24/11", TODAY),
        ("achttien maart", date(2027, 3, 18)),
        ("acht tien maart", date(2027, 3, 18)),
        ("eenendertig januari 2027", date(2027, 1, 31)),
        ("op de 18e maart", date(2027, 3, 18)),
        ("٩-٣-٢٠٢٧", date(2027, 3, 9)),
        ("９-３-２０２７", date(2027, 3, 9)),
        ("24-12-2025", date(2025, 12, 24)),  # past: whether that is wanted is the question's to say
    ],
)
def test_a_date_is_read_as_it_was_meant(typed: str, meant: date) -> None:
    assert read_date(typed, TODAY) == meant


@pytest.mark.parametrize(
    "typed", ["31-02-2027", "29-02-2027", "31 april 2027", "0-1-2027", "32-1-2027", "9-13-2027", "31 februari", "31-2"]
)
def test_a_day_that_no_calendar_has_is_named_as_such(typed: str) -> None:
    with pytest.raises(NoSuchDayError):
        read_date(typed, TODAY)


@pytest.mark.parametrize(
    "typed",
    ["", "ja", "79", "maart", "9 maart 1", "1-1-0001", "31-12-9999", "0001-01-01", "9 foo 2027", "²-3-2027", "-1"],
)
def test_anything_else_is_not_a_date(typed: str) -> None:
    with pytest.raises(NotADateError):
        read_date(typed, TODAY)


@given(st.text(max_size=60))
def test_whatever_is_typed_is_a_date_or_one_of_two_answers(typed: str) -> None:
    with contextlib.suppress(NoSuchDayError, NotADateError):
        assert isinstance(read_date(typed, TODAY), date)
