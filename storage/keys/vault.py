"""Keys, sealed fields and blind indexes: what a stolen disk, dump or backup does not give away.

AES-256-GCM with a random nonce; the associated data binds a field to its subject, table, column and row, so a blob
that is moved, cut or changed opens as an error and never as somebody else's answer. Lengths are padded to buckets.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import secrets
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from storage.keys.damage import Damage, SealError

KEY_BYTES = 32
NONCE_BYTES = 12
TAG_BYTES = 16
# Format version, algorithm (1: AES-256-GCM), generation of the subject's key.
HEADER = bytes((1, 1, 1))
# Bytes of plaintext with its length prefix: "ja" and "nee", a name and a short sentence look alike.
BUCKETS = (64, 256, 1024, 4096)
# Subjects kept open: a person's next turn opens the same ones.
OPENED = 2048
SYSTEM_SUBJECTS = ("transit", "index", "buttons")
# What is found by a blind index; "erased" is only written down outside the database (storage/keys/erasure.py).
INDEXES = ("telegram", "invitation", "overview", "erased")


class VaultError(SealError):
    """The keys do not open what is stored."""


def _sized(part: str) -> bytes:
    """Return a part with its length before it, so that no two different lists of parts give the same bytes."""
    encoded = part.encode()
    return len(encoded).to_bytes(2, "big") + encoded


def _associated(*parts: str) -> bytes:
    return _PREFIX + b"".join(map(_sized, parts))


@lru_cache(maxsize=256)  # one for each sealed column
def _column(table: str, column: str) -> bytes:
    return _sized(table) + _sized(column)


def _pad(plain: bytes) -> bytes:
    size = len(plain) + 4
    bucket = next((b for b in BUCKETS if size <= b), -(-size // BUCKETS[-1]) * BUCKETS[-1])
    return len(plain).to_bytes(4, "big") + plain + bytes(bucket - size)


_PREFIX = _sized("voorzorg") + _sized("v1")


@dataclass(frozen=True, slots=True, repr=False)
class Subject:
    """Somebody whose data is sealed under a key of their own."""

    id: str
    key: bytes
    cipher: AESGCM

    def seal(self, table: str, column: str, row: str, text: str) -> bytes:
        """Return `text` sealed for exactly this column of this row."""
        nonce = os.urandom(NONCE_BYTES)
        return HEADER + nonce + self.cipher.encrypt(nonce, _pad(text.encode()), self._bound(table, column, row))

    def open(self, table: str, column: str, row: str, blob: bytes) -> str:
        """Return what was sealed; raises VaultError when the blob is not of this column of this row."""
        if len(blob) < len(HEADER) + NONCE_BYTES + TAG_BYTES + BUCKETS[0] or not blob.startswith(HEADER):
            raise VaultError(f"{table}.{column} does not hold a sealed field.")
        nonce, sealed = blob[len(HEADER) : len(HEADER) + NONCE_BYTES], blob[len(HEADER) + NONCE_BYTES :]
        try:
            padded = self.cipher.decrypt(nonce, sealed, self._bound(table, column, row))
        except InvalidTag:
            raise VaultError(f"{table}.{column} was sealed for another row, or has been changed.") from None
        return padded[4 : 4 + int.from_bytes(padded[:4], "big")].decode()

    def _bound(self, table: str, column: str, row: str) -> bytes:
        return _PREFIX + _sized(self.id) + _column(table, column) + _sized(row)


@dataclass(frozen=True, slots=True)
class WrappedKey:
    """A row for `subject_key`."""

    subject: str
    master: str
    wrapped: bytes


class KeyRing:
    """The master keys, by id, newest last. They live in a file outside the database and its backups."""

    def __init__(self, keys: dict[str, bytes]) -> None:
        if not keys:
            raise VaultError("The key file holds no key.")
        self.keys = keys
        # What did not open, of all that is sealed under these keys.
        self.damage = Damage()
        self._opened: dict[tuple[str, str, bytes], Subject] = {}

    @property
    def newest(self) -> str:
        """The id of the key that new subjects are wrapped with."""
        return next(reversed(self.keys))

    @classmethod
    def create(cls, path: Path) -> KeyRing:
        """Write a ring of one new key to `path`, for the owner's eyes alone; raises FileExistsError over an old one."""
        path.parent.mkdir(parents=True, exist_ok=True)
        line = f"{secrets.token_hex(4)} {base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()}\n"
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(line)
            file.flush()
            os.fsync(file.fileno())
        return cls.load(path)

    @classmethod
    def load(cls, path: Path) -> KeyRing:
        """Read the ring; raises VaultError when the file is missing or not a ring."""
        try:
            lines = path.read_text().split("\n")
        except OSError:
            raise VaultError(f"The key file {path} cannot be read. Put it back, or run 'voorzorg init'.") from None
        keys: dict[str, bytes] = {}
        for line in filter(None, map(str.strip, lines)):
            name, _, encoded = line.partition(" ")
            try:
                key = base64.b64decode(encoded, validate=True)
            except ValueError:
                key = b""
            if len(key) != KEY_BYTES or name in keys:
                raise VaultError(f"The key file {path} is damaged.")
            keys[name] = key
        return cls(keys)

    def new_subject(self, subject: str) -> tuple[Subject, WrappedKey]:
        """Return a subject with a fresh random key, and the row that keeps it."""
        key = secrets.token_bytes(KEY_BYTES)
        return Subject(subject, key, AESGCM(key)), WrappedKey(subject, *self.wrap(subject, key))

    def wrap(self, subject: str, key: bytes) -> tuple[str, bytes]:
        """Return the id of the newest master key and `key` wrapped with it."""
        nonce = os.urandom(NONCE_BYTES)
        aad = _associated("wrap", self.newest, subject)
        return self.newest, nonce + AESGCM(self.keys[self.newest]).encrypt(nonce, key, aad)

    def unwrap(self, subject: str, master: str, wrapped: bytes) -> Subject:
        """Return the subject whose key was wrapped; raises VaultError when the ring does not hold its master key."""
        # Known by its wrapped key: what is no longer in the database is asked for by nobody.
        wanted = (subject, master, wrapped)
        if (known := self._opened.get(wanted)) is not None:
            return known
        if len(self._opened) >= OPENED:
            self._opened.clear()
        return self._opened.setdefault(wanted, self._unwrapped(subject, master, wrapped))

    def _unwrapped(self, subject: str, master: str, wrapped: bytes) -> Subject:
        if master not in self.keys:
            raise VaultError(f"The key file does not hold master key {master}.")
        aad = _associated("wrap", master, subject)
        try:
            key = AESGCM(self.keys[master]).decrypt(wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], aad)
        except InvalidTag:
            raise VaultError(f"Master key {master} is not the one that this database was made with.") from None
        return Subject(subject, key, AESGCM(key))


class Vault:
    """The ring with the installation's own keys opened: seals transit, indexes and buttons."""

    def __init__(self, ring: KeyRing, system: dict[str, Subject]) -> None:
        missing = set(SYSTEM_SUBJECTS) - set(system)
        if missing:
            raise VaultError("The database holds no keys of its own. Run 'voorzorg init'.")
        self.ring = ring
        self.transit = system["transit"]
        self._index = {name: self._derive(system["index"], name) for name in INDEXES}
        self._buttons = self._derive(system["buttons"], "buttons")

    @staticmethod
    def _derive(subject: Subject, purpose: str) -> bytes:
        return HKDF(SHA256(), KEY_BYTES, salt=None, info=b"voorzorg " + purpose.encode()).derive(subject.key)

    def blind(self, column: str, value: str) -> bytes:
        """Return the blind index of a value: equal values are found, and nothing else is learned."""
        return hmac.digest(self._index[column], value.encode(), "sha256")

    def sign(self, person: str, payload: str) -> str:
        """Return the mac (8 bytes, base64url, 11 characters) of a button shown to `person`."""
        # Whatever a client sends is looked at: half a surrogate pair too.
        signed = f"{person}\x00{payload}".encode("utf-8", "surrogatepass")
        mac = hmac.new(self._buttons, signed, hashlib.sha256).digest()[:8]
        return base64.urlsafe_b64encode(mac).decode().rstrip("=")

    def signed(self, person: str, payload: str, mac: str) -> bool:
        """Tell whether `mac` was made for this payload and this person, in constant time."""
        return hmac.compare_digest(self.sign(person, payload).encode(), mac.encode("utf-8", "surrogatepass"))
