"""Translations beside a text of one's own: who reads another language reads them, and what is wrong is said."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from conversations.content import loading
from conversations.content.content import Content
from conversations.content.files.content_file import ContentError
from conversations.content.files.own_files import OwnFiles
from conversations.content.measures import Measures
from conversations.words.wording import Words

ZONE = ZoneInfo("Europe/Amsterdam")
DUTCH, ENGLISH = Words("nl", ZONE), Words("en", ZONE)
PACKAGED = Path(loading.__file__).parent / "packaged"
PETS = 'text = "Do you have pets?"'
BUDDY = 'text = "Ask {helper} for a buddy."'


def own(folder: Path, name: str, *changes: tuple[str, str]) -> Content:
    """Return content with a file of one's own, in which something stands differently."""
    text = (PACKAGED / name).read_text()
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    (folder / name).write_text(text)
    return loading.load(OwnFiles(folder), ZONE)


def test_a_text_of_ones_own_is_read_in_the_language_of_whoever_reads_it(tmp_path: Path) -> None:
    new = 'text = "Heb je een dier?"\nin.en.text = "Do you have an animal?"'
    question = own(tmp_path, "checklist.toml", (PETS, new)).checklist.question("pets")
    assert question is not None
    assert DUTCH.content(question.id, question.text) == "Heb je een dier?"
    assert ENGLISH.content(question.id, question.text) == "Do you have an animal?"


def test_it_goes_before_the_catalogue_and_without_one_the_catalogue_stays(tmp_path: Path) -> None:
    question = own(tmp_path, "checklist.toml", (PETS, f'{PETS}\nin.nl.text = "Dieren?"')).checklist.question("pets")
    assert question is not None
    assert DUTCH.content(question.id, question.text) == "Dieren?"
    assert ENGLISH.content(question.id, question.text) == "Do you have pets?"
    packaged = Content(ZONE).checklist.question("pets")
    assert packaged is not None
    assert DUTCH.content("pets", packaged.text) != "Dieren?"
    for option in question.options:
        assert DUTCH.content("pets", option.label) == DUTCH.raw(str(option.label), "pets")


def test_what_is_filled_in_is_filled_in_there_too_and_lists_have_one_for_each(tmp_path: Path) -> None:
    new = 'text = "Vraag {helper} om een maatje."\nin.en.text = "A buddy: ask {helper}."'
    proposal = own(tmp_path, "checklist.toml", (BUDDY, new)).checklist.proposal("buddy")
    assert proposal is not None
    assert ENGLISH.content(proposal.id, proposal.text, helper="Anneke") == "A buddy: ask Anneke."
    measures = Measures.model_validate(
        {
            "measure": [
                {"id": "a", "name": "A", "basis": "B", "decides": "D", "ask": "E?", "conditions": ["Een", "Twee"]}
                | {"in": {"en": {"conditions": ["One", "Two"]}}}
            ]
        }
    )
    rule = measures.measures[0]
    assert [ENGLISH.content(rule.id, one) for one in rule.conditions] == ["One", "Two"]
    assert [DUTCH.content(rule.id, one) for one in rule.conditions] == ["Een", "Twee"]


WRONG = [
    ("checklist", PETS, 'in.fr.text = "Chat?"', "question.pets: in.fr: nobody reads that here; write one of nl, en"),
    ("checklist", PETS, 'in.en.txet = "Cat?"', "in.en.txet: there is no such text beside it; write one of text"),
    ("checklist", PETS, f'in.en.text = "{"x" * 401}"', "in.en.text: String should have at most 400 characters"),
    ("checklist", PETS, 'in.en.text = "Cat <3?"', "in.en.text: holds a <, which no phone shows; write it in words"),
    ("checklist", PETS, 'in.en.text = ""', "in.en.text: String should have at least 1 character"),
    ("checklist", BUDDY, 'in.en.text = "Ask {helpr}."', r"in.en.text: \{helpr\} is not known here; write one of"),
    ("checklist", BUDDY, 'in.en.text = "Ask."', r"in.en.text: \{helper\} is missing"),
    ("checklist", BUDDY, 'in.en.text = "Ask {helper"', r"in.en.text: a \{ or \} too few"),
    ("themes", 'name = "Housing"', 'in.en.title = "Home"', "theme.housing: in.en.title: there is no such text"),
    ("sentences", 'symbol = "🤝"', 'in.xx.name = "Meet"', "group.meet: in.xx: nobody reads that here"),
    ("measures", 'id = "pardon"', 'in.en.conditions = ["One"]', "in.en.conditions: has 1 texts for"),
    ("crisis", 'id = "crisis_care"', 'in.en.say = "Call {nobody}"', r"in.en.say: \{nobody\} is not known"),
]


@pytest.mark.parametrize(("name", "beside", "new", "says"), WRONG, ids=[one[3][:50] for one in WRONG])
def test_a_translation_that_is_wrong_is_refused_with_its_line(
    tmp_path: Path, name: str, beside: str, new: str, says: str
) -> None:
    with pytest.raises(ContentError, match=says) as caught:
        own(tmp_path, f"{name}.toml", (beside, f"{beside}\n{new}"))
    text = (tmp_path / f"{name}.toml").read_text().splitlines()
    line = next(number for number, one in enumerate(text, 1) if one == new)
    assert f"{name}.toml, line {line}: " in str(caught.value)
