"""Phase kinds: what the code knows of where a case stands, whatever a track calls its phases.

`waiting` (no date), `coming` (a date ahead), `held` (inside), `free`, `closed`. A track names them, and may tell more
than one apart within a kind by its days (conversations/content/tracks).
"""

from __future__ import annotations

from typing import Literal, get_args

Kind = Literal["waiting", "coming", "held", "free", "closed"]

KINDS: tuple[Kind, ...] = get_args(Kind)
# Before the gate: at home, with or without a date.
BEFORE: tuple[Kind, ...] = ("waiting", "coming")
