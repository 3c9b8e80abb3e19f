"""Words: complete catalogues, and nothing on a lock screen that says what it is about."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from conversations import notices
from conversations.effects.notice import Notice
from conversations.menus import menu
from conversations.words.wording import CATALOGUES, Words

ROOT = Path(__file__).parents[2]
LANGUAGES = sorted(path.name for path in CATALOGUES.iterdir() if path.is_dir())
# safety.md, G3.5.
FORBIDDEN = re.compile(
    r"straf|gevang|\bpi\b|detentie|schuld|verslav|justitie|melden|cel\b|sentence|prison|debt|addict", re.IGNORECASE
)


def catalogue(language: str) -> Catalog:
    with (CATALOGUES / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale=language)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """The texts of the code and the content as they are now."""
    made = tmp_path_factory.mktemp("texts") / "messages.pot"
    command = [sys.executable, "-m", "babel.messages.frontend", "--quiet", "extract", "--keyword=text"]
    command += ["--keyword=plural:1,2", "--mapping=pyproject.toml", f"--output={made}", "."]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    with made.open("rb") as file:
        return read_po(file)


def keys(texts: Catalog) -> set[tuple[object, object]]:
    return {(m.id if isinstance(m.id, str) else tuple(m.id), m.context) for m in texts if m.id}


def test_dutch_is_there() -> None:
    assert "nl" in LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_in_the_catalogue_and_none_is_left_over(language: str, template: Catalog) -> None:
    assert keys(catalogue(language)) == keys(template)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated_with_its_placeholders(language: str) -> None:
    for message in catalogue(language):
        if not message.id:
            continue
        assert not message.fuzzy, message.id
        ids = (message.id,) if isinstance(message.id, str) else tuple(message.id)
        texts = (message.string,) if isinstance(message.string, str) else tuple(message.string)
        wanted = set(re.findall(r"\{\w+\}", "".join(ids)))
        for text in texts:
            assert text, message.id
            assert set(re.findall(r"\{\w+\}", text)) <= wanted, message.id
        assert set(re.findall(r"\{\w+\}", "".join(texts))) == wanted, message.id


def test_no_text_stands_inside_a_formatted_string_where_the_catalogues_would_miss_it() -> None:
    for folder in ("bot", "conversations"):
        for file in Path(folder).rglob("*.py"):
            formatted = [node for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.JoinedStr)]
            calls = [node for within in formatted for node in ast.walk(within) if isinstance(node, ast.Call)]
            names = {call.func.attr for call in calls if isinstance(call.func, ast.Attribute)}
            names |= {call.func.id for call in calls if isinstance(call.func, ast.Name)}
            assert not names & {"text", "plural"}, file


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_comes_unasked_and_what_stays_behind_is_neutral(language: str) -> None:
    words = Words(language, ZoneInfo("Europe/Amsterdam"))
    shown = [notices.folded(words).text, notices.superseded(words).text]
    for kind in ("reminder", "message", "important"):
        shown.append(notices.worded(words, Notice(("case", "c1"), kind, "see")).text)
    for kind in ("help", "message", "alert"):
        shown.append(notices.worded(words, Notice(("staff", "m1"), kind, "case", "GR-4K7Q2")).text)
    for role in ("stranger", "self_reporter", "worker"):
        shown += [f"{c['command']} {c['description']}" for c in menu(words, role)]
    assert not [text for text in shown if FORBIDDEN.search(text)]


def test_a_name_never_becomes_markup_or_a_placeholder() -> None:
    words = Words("nl", ZoneInfo("Europe/Amsterdam"))
    shown = words.text("{name} of {team} is your helper, a human.", name="<b>{team}</b> & co", team="%s")
    assert shown == "&lt;b&gt;{team}&lt;/b&gt; &amp; co van %s is je helper, een mens."


@pytest.mark.parametrize("number", [0, 1, 2, 3, 11, 100])
def test_a_plural_fits_its_number(number: int) -> None:
    words = Words("nl", ZoneInfo("Europe/Amsterdam"))
    said = words.plural("1 day left", "{number} days left", number)
    assert said == ("nog 1 dag" if number == 1 else f"nog {number} dagen")
