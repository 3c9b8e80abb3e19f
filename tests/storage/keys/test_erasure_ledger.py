"""The ledger of erasures: who was erased is known again by number or by name, and nothing can be read from it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from storage.case.case_parts import Identity
from storage.keys.erasure import ErasureLedger
from storage.keys.vault import SYSTEM_SUBJECTS, KeyRing, Vault

DAY = date(2026, 11, 24)
RING = KeyRing({"first": bytes(range(32))})
SAMIRA = Identity("Samira", "Kloosterboer", 1999, "Z1")


@pytest.fixture
def ledger(tmp_path: Path) -> ErasureLedger:
    vault = Vault(RING, {name: RING.new_subject(name)[0] for name in SYSTEM_SUBJECTS})
    return ErasureLedger.beside(tmp_path / "master.keys", vault)


def test_before_anything_was_erased_it_holds_nobody(ledger: ErasureLedger) -> None:
    assert ledger.hashes() == set()
    assert not ledger.holds("Z1", ledger.hashes())


def test_who_was_erased_is_known_by_number_and_by_name(ledger: ErasureLedger) -> None:
    ledger.note(SAMIRA, "Groningen", DAY)
    known = ledger.hashes()
    assert len(known) == 2
    assert ledger.holds("Z1", known)
    assert not ledger.holds("Z2", known)
    assert ledger.holds_person("Samira", "Kloosterboer", 1999, "Groningen", known)
    assert ledger.holds_person("SAMIRA", "kloosterboer", 1999, "groningen", known)


@pytest.mark.parametrize(
    ("first", "last", "year", "municipality"),
    [
        ("Sam", "Kloosterboer", 1999, "Groningen"),
        ("Samira", "Postma", 1999, "Groningen"),
        ("Samira", "Kloosterboer", 1998, "Groningen"),
        ("Samira", "Kloosterboer", 1999, "Assen"),
        ("Kloosterboer", "Samira", 1999, "Groningen"),
    ],
)
def test_somebody_else_is_not_taken_for_them(
    ledger: ErasureLedger, first: str, last: str, year: int, municipality: str
) -> None:
    ledger.note(SAMIRA, "Groningen", DAY)
    assert not ledger.holds_person(first, last, year, municipality, ledger.hashes())


@pytest.mark.parametrize(
    ("who", "lines"),
    [
        (Identity("Samira", "Kloosterboer", 1999, None), 1),
        (Identity("", "Kloosterboer", 1999, "Z1"), 1),
        (Identity("Samira", "", 1999, "Z1"), 1),
        (Identity("Samira", "Kloosterboer", None, "Z1"), 1),
        (Identity("", "", 1999, None), 0),
    ],
)
def test_without_a_whole_name_only_the_number_is_kept_and_without_both_nothing(
    ledger: ErasureLedger, tmp_path: Path, who: Identity, lines: int
) -> None:
    ledger.note(who, "Groningen", DAY)
    assert len(ledger.hashes()) == lines
    assert (tmp_path / "master.erased").exists() is bool(lines)
    assert not ledger.holds_person("", "", 1999, "Groningen", ledger.hashes())


def test_it_lies_beside_the_key_ring_for_the_owners_eyes_and_only_grows(ledger: ErasureLedger, tmp_path: Path) -> None:
    ledger.note(SAMIRA, "Groningen", DAY)
    ledger.note(Identity("", "", None, "Z2"), "Assen", date(2026, 12, 1))
    path = tmp_path / "master.erased"
    assert path.stat().st_mode & 0o777 == 0o600
    text = path.read_text()
    assert [line.split()[1] for line in text.splitlines()] == ["2026-11-24", "2026-11-24", "2026-12-01"]
    assert all(len(bytes.fromhex(line.split()[0])) == 32 for line in text.splitlines())
    assert "Samira" not in text
    assert ledger.holds("Z1", ledger.hashes())
    assert ledger.holds("Z2", ledger.hashes())
    path.write_text(f"\n{text}\n\n")
    assert len(ledger.hashes()) == 3


def test_a_ledger_of_before_is_read_whatever_the_program_has_become_since(tmp_path: Path) -> None:
    vault = Vault(RING, {name: RING.new_subject(name)[0] for name in SYSTEM_SUBJECTS})
    number, person = vault.blind("overview", "Z1"), vault.blind("erased", "samira\x00kloosterboer\x001999\x00groningen")
    (tmp_path / "master.erased").write_text(f"{number.hex()} 2026-11-24\n{person.hex()} 2026-11-24\n")
    ledger = ErasureLedger.beside(tmp_path / "master.keys", vault)
    assert ledger.holds("Z1", ledger.hashes())
    assert ledger.holds_person("Samira", "Kloosterboer", 1999, "Groningen", ledger.hashes())
