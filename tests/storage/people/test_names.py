"""Who a row is about: spellings of a surname are one, two people are two, and nothing is taken over in silence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.case.case_parts import Identity
from storage.people.names import likeness, same_last_name

SPELLINGS = [
    *[("Jansen", "Janssen"), ("de Vries", "Vries"), ("Jansen", "Jansen-de Boer"), ("de Boer-Jansen", "Jansen")],
    *[("Yılmaz", "Yilmaz"), ("Özdemir", "Oezdemir"), ("Bakker", "Backer"), ("van den Berg", "van der Berg")],
    *[("Meijer", "Meyer"), ("Dijkstra", "Dykstra"), ("El Amrani", "Amrani"), ("Ó Briain", "O'Briain")],
    *[("Kloosterboer", "Klosterboer"), ("Đorđević", "Dordevic"), ("Łukaszewski", "LUKASZEWSKI"), ("Visser", "Vissers")],
]
TWO = [
    *[("Jansen", "Hansen"), ("Bos", "Vos"), ("Smit", "Smits"), ("Boer", "de Groot"), ("El Amrani", "El Idrissi")],
    *[
        ("Berg", "Borg"),
        ("محمد", "محمود"),
        ("Wit", "Wal"),
        ("Mulder", "Muller"),
        ("de Jong", "de Jonge"),
        ("Ali", "Alo"),
    ],
]


@pytest.mark.parametrize(("one", "other"), SPELLINGS)
def test_a_spelling_of_a_surname_is_no_other_surname(one: str, other: str) -> None:
    assert same_last_name(one, other)
    assert same_last_name(other, one)


@pytest.mark.parametrize(("one", "other"), TWO)
def test_two_surnames_are_two(one: str, other: str) -> None:
    assert not same_last_name(one, other)
    assert not same_last_name(other, one)


NAMES = st.sampled_from(sorted({name for pair in TWO for name in pair}))
YEARS = st.sampled_from([1980, 1981, None])


@given(NAMES, NAMES, YEARS, NAMES, NAMES, YEARS)
def test_a_row_of_which_surname_and_year_differ_is_never_the_same_person(
    first: str, last: str, year: int | None, their_first: str, their_last: str, their_year: int | None
) -> None:
    found = likeness(Identity(first, last, year, "Z1"), their_first, their_last, their_year)
    other_name = not same_last_name(last, their_last)
    other_year = None not in (year, their_year) and year != their_year
    if found == "same":
        assert not other_name
        assert not other_year
    if other_name and other_year:
        assert found == "another"
    # And nothing is asked about two rows that say the same.
    assert likeness(Identity(first, last, year, "Z1"), first, last, year) == "same"


def test_names_in_each_others_column_are_said_to_be() -> None:
    assert likeness(Identity("Jan", "Bos", 1980, "Z1"), "Bos", "Jan", 1980) == "swapped"
    assert likeness(Identity("Jan", "Bos", 1980, "Z1"), "Bos", "Piet", 1980) == "last_name"


def test_what_one_of_them_lacks_says_nothing() -> None:
    assert likeness(Identity("", "", 1980, "Z1"), "Jan", "Bos", 1980) == "same"
    assert likeness(Identity("", "", 1980, "Z1"), "Jan", "Bos", 1981) == "birth_year"
    assert likeness(Identity("Jan", "Bos", None, "Z1"), "Jan", "Vos", 1980) == "last_name"
