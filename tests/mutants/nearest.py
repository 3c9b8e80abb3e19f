"""The tests that stand nearest to each module: those that are run against its mutants, and the goal that they reach."""

from __future__ import annotations

from pathlib import Path

# Percent of a module's mutants that its nearest tests must notice.
GOAL = 90

_CASE = ("tests/storage/case",)
_REMINDERS = ("tests/reminders", "tests/rules/test_agenda.py")

# Longest name first: a module is looked up by its path, then by its folder.
NEAREST: dict[str, tuple[str, ...]] = {
    "storage/scope.py": ("tests/storage/test_scope.py", "tests/storage/test_scope_lists.py"),
    "storage/keys/vault.py": ("tests/storage/keys/test_vault.py",),
    "storage/keys/erasure.py": ("tests/storage/keys",),
    "storage/case": _CASE,
    "conversations/rules": ("tests/rules",),
    "conversations/reminders/schedule.py": _REMINDERS,
    "conversations/reminders/agenda.py": _REMINDERS,
    "conversations/reminders/follow_dates.py": _REMINDERS,
    "conversations/reminders/reminders.py": _REMINDERS,
    "conversations/reminders/silence.py": _REMINDERS,
    "bot/delivery": ("tests/delivery",),
    "bot/writing/erasing.py": ("tests/storage/keys", "tests/journeys/phone/test_erasure.py"),
}


def modules(named: list[str]) -> list[str]:
    """Return the modules that are named, by path or folder, or all of the table."""
    found: list[str] = []
    for place in NEAREST:
        path = Path(place)
        files = (
            sorted(str(file) for file in path.glob("*.py") if file.name != "__init__.py") if path.is_dir() else [place]
        )
        found += [file for file in files if not named or any(file == name or file.startswith(name) for name in named)]
    return found


def nearest(module: str) -> tuple[str, ...]:
    """Return the tests of a module, those that exist."""
    tests = NEAREST.get(module) or NEAREST[str(Path(module).parent)]
    return tuple(test for test in tests if Path(test).exists())
