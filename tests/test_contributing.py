"""The way in for a stranger: what CONTRIBUTING.md and the README name is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
# A path in backticks that begins in the repository: a file or a folder, not a word of the code or a setting.
_PATH = re.compile(r"`((?:bot|conversations|docs|locales|storage|tests)/[\w./-]*|\.env\.example)`")


@pytest.mark.parametrize("document", ["CONTRIBUTING.md", "README.md"])
def test_every_file_that_is_named_exists(document: str) -> None:
    named = _PATH.findall((ROOT / document).read_text(encoding="utf-8"))
    assert named
    assert not [path for path in named if not (ROOT / path).exists()]


def test_each_thing_that_a_stranger_asks_for_has_a_line() -> None:
    lines = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").splitlines()
    asked = {line.split("|")[1].strip() for line in lines if line.startswith("| ")}
    assert asked >= {
        "a question",
        "a reminder's hour",
        "a flag, or its norm",
        "what a case can do",
        "a content file",
        "a channel",
        "a track",
    }


def test_every_room_is_in_the_readme() -> None:
    table = (ROOT / "README.md").read_text(encoding="utf-8")
    rooms = [
        f"{folder.relative_to(ROOT)}/"
        for package in ("bot", "conversations", "storage")
        for folder in sorted((ROOT / package).iterdir())
        if (folder / "__init__.py").exists()
    ]
    assert not [room for room in rooms if f"`{room}`" not in table]
