"""Case references such as GR-4K7Q2: a province's prefix, four characters and a check character.

The alphabet leaves out what looks alike (0 O, 1 I L, 2 Z, 5 S, 8 B, U V). The check character finds every single
mistyped character and every swapped neighbour: the weights (the check character has -1) and their neighbours'
differences have no factor in common with the alphabet's 27 characters.
"""

from __future__ import annotations

import re
import secrets

ALPHABET = "23456789ACDEFGHJKMNPQRTVWXY"
_WEIGHTS = (2, 1, 5, 4, 8, 7)
_SHAPE = re.compile(r"([A-Z]{2})[\s\-–]*([0-9A-Z]{5})")
_BEGINS = re.compile(rf"\s*({_SHAPE.pattern})(?:\s+(.*))?", re.IGNORECASE | re.DOTALL)


def _check(body: str) -> str:
    total = sum(
        weight * (ALPHABET.index(c) if c in ALPHABET else ord(c)) for weight, c in zip(_WEIGHTS, body, strict=True)
    )
    return ALPHABET[total % len(ALPHABET)]


def new_reference(prefix: str) -> str:
    """Return a random reference under a province's two-letter prefix."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(4))
    return f"{prefix}-{body}{_check(prefix + body)}"


def fresh_reference(prefix: str, taken: set[str]) -> str:
    """Return a random reference that is not taken, and take it."""
    while (ref := new_reference(prefix)) in taken:
        pass
    taken.add(ref)
    return ref


def read_reference(text: str) -> str | None:
    """Return the reference in its own spelling, however it was typed; None when it has not its shape."""
    match = _SHAPE.fullmatch(text.strip().upper())
    return f"{match[1]}-{match[2]}" if match else None


def reference_before(text: str) -> tuple[str | None, str]:
    """Return the reference that a text begins with, in its own spelling, and the words behind it; None without one."""
    match = _BEGINS.fullmatch(text)
    return (read_reference(match[1]), (match[4] or "").strip()) if match else (None, text.strip())


def slips(reference: str) -> list[str]:
    """Return the sound references that are one wrong character, or one pair of swapped neighbours, away from this."""
    shaped = read_reference(reference)
    if shaped is None:
        return []
    head, body = shaped[:3], shaped[3:]
    near = {body[:at] + other + body[at + 1 :] for at in range(len(body)) for other in ALPHABET}
    near |= {body[:at] + body[at + 1] + body[at] + body[at + 2 :] for at in range(len(body) - 1)}
    return sorted(f"{head}{other}" for other in near - {body} if is_sound(head + other))


def is_sound(reference: str) -> bool:
    """Tell whether a reference's check character is right."""
    shaped = read_reference(reference)
    return shaped is not None and _check(shaped[:2] + shaped[3:7]) == shaped[7]
