"""A finding: something of an installation that was looked at, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that was looked at. `wrong` must be mended before people use it, `mind` is worth a look."""

    state: Literal["good", "mind", "wrong"]
    about: str
    says: str
    mend: str = ""
