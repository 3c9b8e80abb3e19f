"""The file of a checklist: what would ask what cannot be asked is refused, with where it stands and the mend."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from conversations.content.checklist.model import Checklist
from conversations.content.files.content_file import ContentError
from conversations.rules import checklist_rules

PACKAGED = Path(checklist_rules.__file__).parents[1] / "content" / "packaged" / "checklist.toml"


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (
            ('number = 3\ndomain = "report"', 'number = 3\ndomain = "raport"'),
            "question.address.domain: there is no domain raport",
        ),
        (('options = ["day"] }]', 'options = ["dag"] }]'), "letter has no option dag"),
        (('question = "letter"', 'question = "brief"'), "there is no question brief"),
        (('id = "address"', 'id = "letter"'), "question.letter: stands there twice"),
        (('level = "high"', 'level = "very"'), "level"),
        (('version = "2026-11-25"', ""), "version"),
        (('["wish", "letter", "date"]', '["wish", "date", "letter"]'), "first.1: ask letter before date"),
        (('"income", "job_known"', '"job_known", "income"'), r"short.questions.\d+: ask income before job_known"),
        (
            ('"prison_reads", "reading"', '"prison_reads", "readding"'),
            r"short.questions.\d+: there is no question readding",
        ),
        (('"pets", "tense"', '"pets", "pets"'), "short.questions: asks pets twice"),
        (('{ id = "yes", symbol', '{ id = "unknown", symbol'), "unknown is always offered"),
        (('id = "children_care"', 'id = "children_cared_for"'), r"children_cared_for/\w+ is longer than 24 letters"),
        (
            ('text = "Put all letters', 'timing = "inside"\ntext = "Put all letters'),
            "inside is counted with days alone",
        ),
        (("days = -14\n", ""), "after is counted with days alone"),
        (
            ("number = 4\n", 'number = 4\nphases = ["free"]\n'),
            r"short.questions.\d+: prison is not asked before the gate",
        ),
        (("number = 4\n", 'number = 4\nphases = ["afterwards"]\n'), "phases"),
        (("number = 4\n", "number = 4\nphases = []\n"), "phases"),
        (('owner = "self"\n', 'owner = "self"\nphases = ["free"]\n'), "before is over after the gate"),
        (('kind = "several"\n', ""), "allowances: alone says something only where several can be chosen"),
    ],
)
def test_a_wrong_checklist_says_what_is_wrong(tmp_path: Path, change: tuple[str, str], complaint: str) -> None:
    text = PACKAGED.read_text()
    assert change[0] in text
    wrong = tmp_path / "checklist.toml"
    wrong.write_text(text.replace(*change, 1))
    with pytest.raises(ContentError, match=complaint):
        Checklist.load(wrong)


def test_all_that_is_wrong_is_said_at_once(tmp_path: Path) -> None:
    wrong = tmp_path / "checklist.toml"
    text = (
        PACKAGED.read_text()
        .replace('"pets", "tense"', '"pets", "pest"')
        .replace('options = ["expired", "lost"]', 'options = ["stolen"]')
    )
    wrong.write_text(text)
    with pytest.raises(ContentError) as caught:
        Checklist.load(wrong)
    lines = str(caught.value).splitlines()
    assert len(lines) >= 3
    assert all(re.match(rf"{re.escape(str(wrong))}, line \d+: ", line) for line in lines)
