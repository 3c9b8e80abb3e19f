"""Phase kinds: what the code knows of where a case stands, whatever a track calls its phases.

`waiting` (no date), `coming` (a date ahead), `held` (inside), `free`, `closed`.
"""

from __future__ import annotations

from typing import Literal

Kind = Literal["waiting", "coming", "held", "free", "closed"]

_KINDS: dict[str, Kind] = {
    "waiting": "waiting",
    "called_up": "coming",
    "inside": "held",
    "released": "free",
    "closed": "closed",
}
# Before the gate: at home, with or without a date.
BEFORE: tuple[Kind, ...] = ("waiting", "coming")


def kind_of(phase: str) -> Kind:
    """Return the kind of a case's phase; raises KeyError for one that there is not."""
    return _KINDS[phase]


def is_at_home(phase: str) -> bool:
    """Tell whether somebody of a case in this phase waits at home, with or without a day."""
    return kind_of(phase) in BEFORE
