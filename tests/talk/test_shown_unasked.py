"""What shows without being opened (safety.md, G3.5): menus and the names of files say nothing of what it is about."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from conversations.menus import menu
from conversations.words.wording import LANGUAGES, Words
from tests.words.reading import in_language

SHOWN = re.compile(
    r"straf|gevang|\bpi\b|detentie|schuld|verslav|justitie|melden|\bcel\b|sentence|prison|debt|addict|suicid|zelfmoord",
    re.IGNORECASE,
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_menu_of_every_role_is_neutral(language: str) -> None:
    words = Words(language, ZoneInfo("Europe/Amsterdam"))
    for role in ("stranger", "self_reporter", "worker", "coordinator", "casemanager", "supporter", "member"):
        shown = [f"{c['command']} {c['description']}" for c in menu(words, role)]
        assert shown
        assert not [entry for entry in shown if SHOWN.search(entry)]


def file_names() -> set[str]:
    """Return the literal parts of what files are called that go to somebody's phone, and of what names them."""
    found = set()
    for folder in ("bot", "conversations"):
        for file in Path(folder).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text())):
                value = node.value if isinstance(node, ast.keyword) and node.arg == "file_name" else None
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Document":
                    value = node.args[2] if len(node.args) > 2 else value
                if value is not None:
                    found |= {
                        c.value for c in ast.walk(value) if isinstance(c, ast.Constant) and isinstance(c.value, str)
                    }
    return found


def test_the_name_of_no_file_says_what_it_is_about() -> None:
    names = file_names()
    assert names
    translated = {words for name in names for language in LANGUAGES for words in _as_text(language, name)}
    assert not [name for name in translated if SHOWN.search(name)]


def _as_text(language: str, name: str) -> list[str]:
    try:
        return in_language(language, name)
    except AssertionError:
        return [name]
