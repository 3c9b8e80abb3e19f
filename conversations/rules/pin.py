"""A PIN that guards a phone which others use: a salted hash among the person's preferences, and five tries. Pure."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass, replace
from secrets import token_bytes

# Where a conversation stands that shows nothing.
PLACES = ("locked", "hidden", "pin_year")
DIGITS = 4
TRIES = 5
# scrypt (RFC 7914): 16 MB and some 40 ms a try. Four digits are few; what guards them is the seal and the tries.
_N, _R, _P = 2**14, 8, 1


def _hash(digits: str, salt: bytes) -> bytes:
    return hashlib.scrypt(digits.encode(), salt=salt, n=_N, r=_R, p=_P, dklen=32)


@dataclass(frozen=True, slots=True, repr=False)
class Pin:
    """A PIN as it is kept: what was tried in a row, and whether the person asked to have it taken off."""

    salt: bytes
    hash: bytes
    tries: int = 0
    asked: bool = False

    @classmethod
    def of(cls, digits: str) -> Pin:
        """Return a fresh one."""
        salt = token_bytes(16)
        return cls(salt, _hash(digits, salt))

    @classmethod
    def read(cls, kept: str) -> Pin:
        """Return the one that is kept (`storage.case.case_parts.Preferences.pin`)."""
        salt, hash_, tries, asked = kept.split(":")
        return cls(bytes.fromhex(salt), bytes.fromhex(hash_), int(tries), asked == "1")

    def kept(self) -> str:
        """Return what is kept of it."""
        return f"{self.salt.hex()}:{self.hash.hex()}:{self.tries}:{int(self.asked)}"

    @property
    def is_closed(self) -> bool:
        """Whether it was tried too often."""
        return self.tries >= TRIES

    def tried(self, digits: str) -> Pin | None:
        """Return None when the digits are right, else it with one more try; a closed one opens with nothing."""
        if not self.is_closed and hmac.compare_digest(_hash(digits, self.salt), self.hash):
            return None
        return replace(self, tries=min(self.tries + 1, TRIES))

    def opened(self) -> Pin:
        """Return it as it is after the right digits."""
        return replace(self, tries=0, asked=False)

    def asked_off(self) -> Pin:
        """Return it with the wish to have it taken off."""
        return replace(self, asked=True)
