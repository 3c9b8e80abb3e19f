"""Times of the day as people type them."""

from __future__ import annotations

from datetime import time

import pytest

from conversations.words.times import THERE, NotATimeError, read_time


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("8 uur", time(8)),
        ("half 9", time(8, 30)),
        ("Half negen", time(8, 30)),
        ("om kwart over acht", time(8, 15)),
        ("tien voor 8", time(7, 50)),
        ("5 over half 9", time(8, 35)),
        ("8u30", time(8, 30)),
        ("0830", time(8, 30)),
        ("8 uur 's ochtends", time(8)),
        ("5 uur", time(5)),
        # Nobody leaves for the day itself in the middle of the night, unless they say so.
        ("2 uur", time(14)),
        ("half 1", time(12, 30)),
        ("half 3 's nachts", time(2, 30)),
        ("02:00", time(2)),
        ("7 uur s avonds", time(19)),
    ],
)
def test_a_time_is_read_as_it_was_meant(typed: str, meant: time) -> None:
    assert read_time(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("4 uur", time(16)),
        ("half 6", time(17, 30)),
        ("6:30", time(18, 30)),
        ("7 uur", time(7)),
        ("06:30", time(6, 30)),
        ("5 uur 's ochtends", time(5)),
        ("16 uur", time(16)),
    ],
)
def test_the_hour_at_which_somebody_must_be_there_is_one_of_the_day(typed: str, meant: time) -> None:
    assert read_time(typed, THERE) == meant


@pytest.mark.parametrize("typed", ["", "straks", "25:00", "8:75", "half", "٨", "kwart voor", "99 over 8"])
def test_anything_else_is_no_time(typed: str) -> None:
    with pytest.raises(NotATimeError):
        read_time(typed)
