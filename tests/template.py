"""A template: an empty SQLite database with our tables, to be copied, made once where many sessions follow each other.

Nothing of ours is imported with it: `make mutants` may have imported nothing that it changes.
"""

from __future__ import annotations

import os
from pathlib import Path

# Where one lies that was made for all sessions of this run.
_MADE = "VOORZORG_SQLITE_TEMPLATE"


def made() -> Path | None:
    """Return the one of this run, if there is one."""
    found = os.environ.get(_MADE)
    return Path(found) if found else None


def make(path: Path) -> int:
    """Make one; returns 0, as a process does that has done its work."""
    from storage.migrations import upgrade

    upgrade(f"sqlite:///{path}")
    return 0


def keep(path: Path) -> None:
    """Let all sessions of this run copy this one."""
    os.environ[_MADE] = str(path)
