"""References are read however they are typed, and a slip is noticed."""

from __future__ import annotations

import pytest

from storage.references import ALPHABET, is_sound, new_reference, read_reference

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
