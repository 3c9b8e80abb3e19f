"""No number of the list of bad input is without a test, except those that wait for a part that is not there yet."""

from __future__ import annotations

import re
from pathlib import Path

TESTS = Path(__file__).parent.parent
ALL = set(range(1, 112))
# By what they wait for; a number leaves this list with its first test and never comes back.
OPEN: dict[str, set[int]] = {}


def numbers_with_a_test() -> set[int]:
    """Return the numbers that a function of some test file is registered with."""
    marks = re.compile(r"^@hostile\((\d+)\)$", re.MULTILINE)
    return {int(number) for file in TESTS.rglob("test_*.py") for number in marks.findall(file.read_text())}


def test_every_number_of_bad_input_has_a_test_or_waits_for_its_part() -> None:
    waiting = set().union(*OPEN.values())
    missing, twice = sorted(ALL - numbers_with_a_test() - waiting), sorted(numbers_with_a_test() & waiting)
    assert not missing, f"no test for {missing}"
    assert not twice, f"tested now, so no longer open: {twice}"
