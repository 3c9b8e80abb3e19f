"""A day with a time behind it, as people type them: the time is taken where it can be nothing else."""

from __future__ import annotations

import contextlib
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.words.appointments import read_appointment
from conversations.words.dates import NoSuchDayError, NotADateError, read_date

TODAY = date(2026, 11, 24)  # a Tuesday
DAY = date(2027, 3, 18)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("18 maart 9 uur", (DAY, time(9))),
        ("18 maart om 9 uur", (DAY, time(9))),
        ("donderdag 18 maart 2027, 9 uur", (DAY, time(9))),
        ("18 maart 2027 09:00", (DAY, time(9))),
        ("18-3-2027 14:00 uur", (DAY, time(14))),
        ("18-3-2027 9.30", (DAY, time(9, 30))),
        ("18-3 om half negen", (DAY, time(8, 30))),
        ("18 maart half 9", (DAY, time(8, 30))),
        ("18 maart kwart over 9", (DAY, time(9, 15))),
        ("18 maart tien voor half 9", (DAY, time(8, 20))),
        ("achttien maart negen uur", (DAY, time(9))),
        ("18 maart 8u30", (DAY, time(8, 30))),
        ("18 maart 9 uur 's ochtends", (DAY, time(9))),
        ("18 maart 2 uur", (DAY, time(14))),
        ("18 maart om 5 uur", (DAY, time(17))),
        ("morgen half negen", (date(2026, 11, 25), time(8, 30))),
        ("over 2 weken 10 uur", (date(2026, 12, 8), time(10))),
        # No time, or none for sure.
        ("18 maart", (DAY, None)),
        ("over 2 weken", (date(2026, 12, 8), None)),
        ("18 maart om Veenhuizen", (DAY, None)),
        ("18 maart om 9 uur in de gevangenis", (DAY, None)),
        ("dinsdag 9.03", (date(2027, 3, 9), None)),
        ("9.3.27", (date(2027, 3, 9), None)),
    ],
)
def test_a_day_with_a_time_is_read_as_it_was_meant(typed: str, meant: tuple[date, time | None]) -> None:
    assert read_appointment(typed, TODAY) == meant


@pytest.mark.parametrize("typed", ["9 uur", "om 9 uur", "18 maart 9", "18 maart 25:00", "ja 9 uur", "", "half 9"])
def test_anything_else_is_no_day(typed: str) -> None:
    with pytest.raises(NotADateError):
        read_appointment(typed, TODAY)


def test_a_day_that_no_calendar_has_is_named_as_such() -> None:
    with pytest.raises(NoSuchDayError):
        read_appointment("31 februari 9 uur", TODAY)


@given(st.text(max_size=60))
def test_whatever_reads_as_a_day_is_the_same_day_here(typed: str) -> None:
    try:
        day = read_date(typed, TODAY)
    except (NoSuchDayError, NotADateError):
        with contextlib.suppress(NoSuchDayError, NotADateError):
            assert read_appointment(typed, TODAY)[1] is not None
    else:
        assert read_appointment(typed, TODAY)[0] == day
