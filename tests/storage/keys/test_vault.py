"""Sealed fields open only where they were sealed, and tell nothing by their length."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from storage.keys.vault import SYSTEM_SUBJECTS, KeyRing, Subject, Vault, VaultError, WrappedKey

RING = KeyRing({"first": bytes(range(32))})


def subject(name: str = "case-1") -> Subject:
    return RING.new_subject(name)[0]


@given(st.text(max_size=5000))
def test_a_sealed_text_comes_back_as_it_was(text: str) -> None:
    if any(0xD800 <= ord(c) <= 0xDFFF for c in text):
        return  # never reaches the vault: the router turns lone surrogates away
    somebody = subject()
    assert somebody.open("t", "c", "r", somebody.seal("t", "c", "r", text)) == text


@pytest.mark.parametrize("place", [("other", "c", "r"), ("t", "other", "r"), ("t", "c", "other"), ("tc", "", "r")])
def test_a_blob_moved_to_another_place_does_not_open(place: tuple[str, str, str]) -> None:
    somebody = subject()
    blob = somebody.seal("t", "c", "r", "geheim")
    with pytest.raises(VaultError):
        somebody.open(*place, blob)


def test_another_subject_does_not_open_it() -> None:
    blob = subject().seal("t", "c", "r", "geheim")
    with pytest.raises(VaultError):
        subject().open("t", "c", "r", blob)


@given(st.data())
def test_a_blob_that_was_cut_or_changed_is_an_error_and_never_a_text(data: st.DataObject) -> None:
    somebody = subject()
    blob = bytearray(somebody.seal("t", "c", "r", "geheim"))
    if data.draw(st.booleans()):
        blob[data.draw(st.integers(0, len(blob) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    else:
        del blob[data.draw(st.integers(0, len(blob) - 1)) :]
    with pytest.raises(VaultError):
        somebody.open("t", "c", "r", bytes(blob))


def test_yes_and_no_and_a_name_have_one_length() -> None:
    somebody = subject()
    lengths = {len(somebody.seal("t", "c", "r", text)) for text in ("ja", "nee", "weet ik niet", "Anna-Sofie")}
    assert len(lengths) == 1


def test_the_same_text_never_gives_the_same_blob() -> None:
    somebody = subject()
    assert somebody.seal("t", "c", "r", "ja") != somebody.seal("t", "c", "r", "ja")


def test_a_ring_is_made_once_and_never_over_an_old_one(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "master.keys"
    made = KeyRing.create(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert KeyRing.load(path).keys == made.keys
    with pytest.raises(FileExistsError):
        KeyRing.create(path)


@pytest.mark.parametrize("content", ["", "id", "id bm90LTMyLWJ5dGVz", "id !!!"])
def test_a_damaged_ring_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "master.keys"
    path.write_text(content)
    with pytest.raises(VaultError):
        KeyRing.load(path)


def test_a_wrapped_key_opens_only_with_its_own_master_key_and_subject() -> None:
    key = RING.new_subject("case-1")[1]
    assert RING.unwrap("case-1", key.master, key.wrapped).id == "case-1"
    with pytest.raises(VaultError):
        RING.unwrap("case-2", key.master, key.wrapped)
    with pytest.raises(VaultError):
        KeyRing({"first": bytes(32)}).unwrap("case-1", key.master, key.wrapped)
    with pytest.raises(VaultError):
        KeyRing({"second": bytes(32)}).unwrap("case-1", key.master, key.wrapped)


def vault() -> Vault:
    return Vault(RING, {name: subject(name) for name in SYSTEM_SUBJECTS})


def test_a_blind_index_finds_equal_values_of_one_column_only() -> None:
    ours = vault()
    assert ours.blind("telegram", "42") == ours.blind("telegram", "42")
    assert ours.blind("telegram", "42") != ours.blind("overview", "42")
    assert ours.blind("telegram", "42") != vault().blind("telegram", "42")


def test_a_signature_is_good_for_one_person_and_one_payload() -> None:
    ours = vault()
    mac = ours.sign("anna", "answer:letter/day:3")
    assert ours.signed("anna", "answer:letter/day:3", mac)
    assert not ours.signed("bram", "answer:letter/day:3", mac)
    assert not ours.signed("anna", "answer:letter/none:3", mac)
    assert not ours.signed("anna", "answer:letter/day:3", mac[:-1] + ("A" if mac[-1] != "A" else "B"))


def test_keys_and_subjects_do_not_show_when_printed() -> None:
    somebody = subject()
    assert somebody.key.hex() not in repr(somebody)
    assert repr(somebody.key) not in repr(somebody)
    assert isinstance(RING.new_subject("x")[1], WrappedKey)


# What an installation has kept must open with every later program: made once, with these keys, by the first version.
KEY = bytes(range(32))
SEALED = bytes.fromhex(
    "01010166bc1f683df721c601bf3a659d2a02fd4ebaaea7511c2b3653f3d7aad23ee57ed09eaae1b2d15c68720d1a62925cb63978ea126b40"
    "840d5def2028c92e0ed91f24c085076c1334533d769cd31b64a9f2f1163afea05353fc16c89ecf"
)
WRAPPED = bytes.fromhex(
    "a85713da7b22dbb4f3eec075237a4e2726ffa8daa2a9ab775e2a89e4669b0c80d5663ee10660549dca91c37d80a3bc2608d4983a31d77f21"
    "a855eb63"
)
BLIND = {
    "telegram": "cdd71f40baf54c25b608d5cc17ce33372cfe3ae06c009992b5297432a0e8ae0f",
    "invitation": "b1e509cf3c9bf540ee1f5a7eaa824dac33a115261b0a03b212e54b57fa43c0d8",
    "overview": "c0056dfce65023e391be2cd1d9e75837cec6016c492f20393240ac9d86caedcd",
    "erased": "6b12b4d367c1300d6d7977cfb2e372c4b63d5c6deeba946901ca4475181c28c1",
}


def known(subject_id: str) -> Subject:
    return Subject(subject_id, KEY, AESGCM(KEY))


def test_what_an_earlier_program_sealed_still_opens() -> None:
    assert known("case-1").open("case", "answers", "row-1", SEALED) == "weet ik niet"
    assert KeyRing({"first": KEY}).unwrap("case-1", "first", WRAPPED).key == bytes(32)


def test_what_an_earlier_program_indexed_and_signed_is_still_found_and_good() -> None:
    ours = Vault(KeyRing({"first": KEY}), {name: known(name) for name in SYSTEM_SUBJECTS})
    assert {column: ours.blind(column, "42").hex() for column in BLIND} == BLIND
    assert ours.sign("anna", "answer:letter/day:3") == "72jXbztblls"
    assert ours.sign("anna", "\ud800") == "Z_Dk4cwEZts"  # half a pair, as a client can send it
    assert not ours.signed("anna", "\ud800", "\ud800")


@pytest.mark.parametrize(
    ("letters", "bytes_"),
    [
        *((0, 64), (60, 64), (61, 256), (252, 256), (253, 1024), (1020, 1024)),
        *((1021, 4096), (4092, 4096), (4093, 8192), (8188, 8192), (8189, 12288)),
    ],
)
def test_a_length_is_told_in_steps_only(letters: int, bytes_: int) -> None:
    around = 3 + 12 + 16  # header, nonce and tag
    assert len(subject().seal("t", "c", "r", "x" * letters)) == around + bytes_


def test_what_is_too_short_or_of_another_version_is_said_to_be_no_sealed_field() -> None:
    somebody = subject()
    blob = somebody.seal("t", "c", "r", "ja")
    for wrong in (blob[:-1], b"", b"\x02" + blob[1:], blob[:2] + b"\x02" + blob[3:]):
        with pytest.raises(VaultError, match="does not hold a sealed field"):
            somebody.open("t", "c", "r", wrong)
    with pytest.raises(VaultError, match="another row"):
        somebody.open("t", "c", "r", blob[:-1] + bytes([blob[-1] ^ 1]))


def test_a_ring_is_made_in_a_folder_that_is_there_or_is_not(tmp_path: Path) -> None:
    deep = tmp_path / "of" / "the" / "service" / "master.keys"
    made = KeyRing.create(deep)
    beside = KeyRing.create(deep.with_name("other.keys"))
    assert made.keys != beside.keys
    for ring in (made, beside):
        ((name, key),) = ring.keys.items()
        assert (len(bytes.fromhex(name)), len(key)) == (4, 32)


def test_a_ring_keeps_its_keys_in_order_and_seals_with_the_newest(tmp_path: Path) -> None:
    path = tmp_path / "master.keys"
    keys = {"old": bytes(32), "new": bytes(range(32))}
    lines = [f"{name} {base64.b64encode(key).decode()}" for name, key in keys.items()]
    path.write_text("\n" + "\n\n".join(lines) + "  \n")
    ring = KeyRing.load(path)
    assert list(ring.keys.items()) == list(keys.items())
    assert ring.newest == "new"
    row = ring.new_subject("case-1")[1]
    assert (row.subject, row.master) == ("case-1", "new")


@pytest.mark.parametrize(
    "line",
    [
        "id " + base64.b64encode(bytes(31)).decode(),
        "id " + base64.b64encode(bytes(33)).decode(),
        "id * " + base64.b64encode(bytes(32)).decode(),  # a sign that stands in no key
        "one " + base64.b64encode(bytes(32)).decode() + "\none " + base64.b64encode(KEY).decode(),
    ],
)
def test_a_ring_with_a_key_of_another_length_or_twice_is_refused(tmp_path: Path, line: str) -> None:
    path = tmp_path / "master.keys"
    path.write_text(line)
    with pytest.raises(VaultError, match="is damaged"):
        KeyRing.load(path)


def test_a_ring_without_a_key_or_a_file_is_said_to_be_so(tmp_path: Path) -> None:
    with pytest.raises(VaultError, match="holds no key"):
        KeyRing({})
    with pytest.raises(VaultError, match="cannot be read"):
        KeyRing.load(tmp_path / "master.keys")


def test_a_subject_that_was_opened_seals_and_opens_what_it_did_before() -> None:
    made, row = RING.new_subject("case-1")
    assert len(made.key) == 32
    blob = made.seal("t", "c", "r", "geheim")
    for _ in range(2):  # the second one is known
        opened = RING.unwrap("case-1", row.master, row.wrapped)
        assert (opened.id, opened.key) == (made.id, made.key)
        assert opened.open("t", "c", "r", blob) == "geheim"


def test_of_two_subjects_that_were_opened_each_keeps_its_own_key() -> None:
    rows = [RING.new_subject(name) for name in ("case-1", "case-2", "case-1")]
    for _ in range(2):
        for made, row in rows:
            assert RING.unwrap(row.subject, row.master, row.wrapped).key == made.key


def test_a_vault_without_the_installations_own_keys_is_refused() -> None:
    for missing in SYSTEM_SUBJECTS:
        with pytest.raises(VaultError, match="no keys of its own"):
            Vault(RING, {name: subject(name) for name in SYSTEM_SUBJECTS if name != missing})


def test_a_vault_seals_what_is_on_its_way_and_knows_its_ring() -> None:
    system = {name: subject(name) for name in SYSTEM_SUBJECTS}
    ours = Vault(RING, system)
    assert ours.transit is system["transit"]
    assert ours.ring is RING


def test_a_ring_begins_with_nothing_damaged_and_remembers_what_does_not_open() -> None:
    ring = KeyRing({"first": KEY})
    assert ring.damage.take() == []
    ring.damage.meet("case", "row-1")
    assert [(one.table, one.row) for one in ring.damage.take()] == [("case", "row-1")]
