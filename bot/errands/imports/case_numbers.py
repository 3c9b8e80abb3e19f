"""Case numbers of overviews, as other files write the same one."""

from __future__ import annotations

# Figures of a case number, zeros in front of it included.
LONGEST_FIGURES = 10


def spellings(number: str) -> list[str]:
    """Return a case number with other zeros in front: a spreadsheet drops them, and other files keep them."""
    if not number.isdecimal() or len(number) > LONGEST_FIGURES:
        return []
    bare = number.lstrip("0") or "0"
    return [zeros for width in range(len(bare), LONGEST_FIGURES + 1) if (zeros := bare.zfill(width)) != number]
