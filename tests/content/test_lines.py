"""Lines of a file of content: a complaint points at the line that somebody has to mend."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from conversations.content.content import PARTS
from conversations.content.files.content_file import NAMES
from conversations.content.files.lines import Step, line_of

PACKAGED = Path(tomllib.__file__)
FOLDER = Path(__file__).parents[2] / "conversations" / "content" / "packaged"
FILES = [part.model.packaged for part in PARTS]

TEXT = '''# [[question]] in a note
version = "1"   # "x"
"a key" = 'it''s'

[[question]]
id = "letter"
text = """
Did you get
[[question]] a letter?"""
options = [
    { id = "yes", label = "Yes, # I did" },
    # { id = "maybe" }
    { id = "no", label = 'No = "not"', in.en.label = "No" },
]

[[question]]
id = "date"
options = [{ id = "yes" }]
when = [
  "a", "b",
  [1,
   2],
]
[question.near]
days = 3

[municipalities."Assen"]
visit_days = 7
'''.replace("'it''s'", "'its'")


@pytest.mark.parametrize(
    ("steps", "line"),
    [
        (("version",), 2),
        (("a key",), 3),
        (("question", 0), 5),
        (("question", "letter"), 5),
        (("question", "letter", "text"), 7),
        (("question", 0, "options", 1, "label"), 13),
        (("letter", "no", "label"), 13),
        (("question", "letter", "options", "yes"), 11),
        (("No",), 13),
        (("question", "date", "yes"), 18),
        (("question", 1, "when", 1), 20),
        (("question", "date", "when", 2, 1), 22),
        (("question", "date", "near", "days"), 25),
        (("municipalities", "Assen"), 27),
        (("visit_days",), 28),
        # Of two that go by the same name the last is the one too many.
        (("question",), 16),
        (("nowhere",), None),
        (("maybe",), None),
    ],
)
def test_the_line_of_a_place_is_found_by_its_keys_numbers_and_names(steps: tuple[Step, ...], line: int | None) -> None:
    assert line_of(TEXT, steps) == line


def test_the_first_path_that_stands_in_the_file_counts() -> None:
    assert line_of(TEXT, ("question", "letter", "why"), ("question", "letter")) == 5
    assert line_of(TEXT) is None


def _leaves(data: Any, path: tuple[Step, ...] = ()) -> Iterator[tuple[tuple[Step, ...], str]]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _leaves(value, (*path, key))
    elif isinstance(data, list):
        for number, value in enumerate(data):
            yield from _leaves(value, (*path, number))
    elif isinstance(data, str):
        yield path, data


@pytest.mark.parametrize("name", FILES)
def test_every_text_of_the_packaged_files_is_found_on_the_line_where_it_stands(name: str) -> None:
    text = (FOLDER / name).read_text()
    lines = text.split("\n")
    for path, said in list(_leaves(tomllib.loads(text)))[::7]:
        line = line_of(text, path)
        assert line is not None
        key = next((step for step in reversed(path) if isinstance(step, str)), "")
        assert str(path[-1]) in lines[line - 1] or said in lines[line - 1], (path, line)
        assert said.split("\n")[0] in "\n".join(lines[line - 1 : line + 1]), (path, key)


def test_names_that_stand_for_the_number_of_a_table_are_those_that_complaints_use() -> None:
    assert set(NAMES) >= {"id", "name", "code"}
