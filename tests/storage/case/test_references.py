"""References are read however they are typed, and a slip is noticed."""

from __future__ import annotations

import secrets

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.case.references import (
    ALPHABET,
    fresh_reference,
    is_sound,
    new_reference,
    read_reference,
    reference_before,
    slips,
)

REFS = [new_reference(prefix) for prefix in ("GR", "FR", "DR") for _ in range(50)]


@pytest.mark.parametrize("typed", ["GR-4K7Q2", "gr-4k7q2", " gr 4k7q2 ", "GR4K7Q2", "gr – 4k7q2"])
def test_it_is_read_however_it_is_typed(typed: str) -> None:
    assert read_reference(typed) == "GR-4K7Q2"


@pytest.mark.parametrize("typed", ["", "GR", "GR-4K7Q", "GR-4K7Q22", "1R-4K7Q2", "GR-4K7Q2 hallo"])
def test_what_has_not_its_shape_is_none(typed: str) -> None:
    assert read_reference(typed) is None


def test_new_ones_are_sound_and_leave_out_what_looks_alike() -> None:
    assert all(is_sound(ref) for ref in REFS)
    assert not set("01ILOSZBU") & {c for ref in REFS for c in ref[3:]}


@pytest.mark.parametrize("known", ["GR-4K7Q6", "FR-2A3CG", "DR-9YXWA", "OV-HJKMN", "ZH-7777M", "UT-RTVWA"])
def test_one_that_was_given_out_stays_sound_and_under_another_province_it_is_not(known: str) -> None:
    assert is_sound(known)
    assert not is_sound(f"{known[1]}{known[0]}{known[2:]}")
    assert not is_sound(f"{chr(ord(known[0]) + 1)}{known[1:]}")


def test_one_that_is_given_out_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    taken: set[str] = set()
    refs = [fresh_reference("GR", taken) for _ in range(20)]
    assert taken == set(refs)
    assert len(taken) == 20
    # The dice show one that is taken first, and then another.
    letters = iter(f"{refs[0][3:7]}{refs[1][3:7]}4K7Q")
    monkeypatch.setattr(secrets, "choice", lambda _alphabet: next(letters))
    assert fresh_reference("GR", taken) == "GR-4K7Q6"


def test_every_single_wrong_character_is_noticed() -> None:
    for ref in REFS:
        for at in range(3, 8):
            for wrong in ALPHABET:
                slip = ref[:at] + wrong + ref[at + 1 :]
                assert slip == ref or not is_sound(slip)


def test_every_swap_of_neighbours_is_noticed() -> None:
    for ref in REFS:
        for at in range(3, 7):
            slip = ref[:at] + ref[at + 1] + ref[at] + ref[at + 2 :]
            assert slip == ref or not is_sound(slip)


@given(st.sampled_from(["GR", "FR", "DR"]), st.integers(0, 4), st.sampled_from(ALPHABET), st.integers(0, 3))
def test_one_slip_of_the_finger_leads_back_to_the_reference(prefix: str, at: int, other: str, swap: int) -> None:
    reference = new_reference(prefix)
    body = reference[3:]
    wrong = {f"{prefix}-{body[:at]}{other}{body[at + 1 :]}"}
    wrong.add(f"{prefix}-{body[:swap]}{body[swap + 1]}{body[swap]}{body[swap + 2 :]}")
    for slip in wrong - {reference}:
        assert reference in slips(slip)
        assert len(slips(slip)) < 12


def test_what_is_no_reference_has_no_slips() -> None:
    assert slips("Jansen") == []


@pytest.mark.parametrize(
    ("typed", "reference", "behind"),
    [
        ("GR-4K7Q2", "GR-4K7Q2", ""),
        (" gr 4k7q2  Bel de huisbaas ", "GR-4K7Q2", "Bel de huisbaas"),
        ("gr4k7q2\nmet een\nlijst", "GR-4K7Q2", "met een\nlijst"),
        ("Jansen", None, "Jansen"),
        ("GR-4K7", None, "GR-4K7"),
        ("GR-4K7Q2X", None, "GR-4K7Q2X"),
        ("", None, ""),
    ],
)
def test_a_reference_is_told_from_the_words_behind_it(typed: str, reference: str | None, behind: str) -> None:
    assert reference_before(typed) == (reference, behind)
