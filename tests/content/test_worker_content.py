"""Measures and ready sentences as data: complete, plain, and with a clear complaint about what is wrong."""

from __future__ import annotations

import re
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from conversations.content.files.content_file import ContentError
from conversations.content.measures import Measures
from conversations.content.sentences import Sentences
from conversations.words.wording import Words

DUTCH = Words("nl", ZoneInfo("Europe/Amsterdam"))
# Words that never stand on a phone of a self-reporter (domain.md, section 2).
NEVER = re.compile(r"zelfmelder|casemanager|detentieverklaring|kostendelersnorm|risico", re.IGNORECASE)
WORDS_A_SENTENCE = 15
# domain.md, section 5, row by row.
CATALOGUE = {
    *("housing_costs", "rent_agreement", "house_sitting", "eviction_stop", "benefit_again", "cost_sharing"),
    *("uwv_again", "cjib_terms", "debt_help", "deferral", "pardon", "health_insurance", "postal_address"),
    *("id_inside", "other_ways", "storage"),
}


def plain(text: str) -> bool:
    sentences = [s for s in re.split(r"[.?!:]\s*", text) if s]
    return not NEVER.search(text) and all(len(s.split()) <= WORDS_A_SENTENCE for s in sentences)


def test_every_measure_of_the_catalogue_is_there_and_asks_the_person_in_plain_dutch() -> None:
    measures = Measures.load().measures
    assert {one.id for one in measures} == CATALOGUE
    for one in measures:
        asked = DUTCH.content(one.id, one.ask)
        assert asked != one.ask
        assert plain(asked), asked


def test_there_are_thirty_ready_sentences_in_plain_dutch() -> None:
    sentences = [one for group in Sentences.load().groups for one in group.sentences]
    assert len(sentences) >= 30
    for one in sentences:
        said = DUTCH.content(one.id, one.text, number="050 000 00 00")
        assert said != one.text
        assert plain(said), said
        assert "{" not in said


@pytest.mark.parametrize(
    ("kind", "text", "complaint"),
    [
        (Measures, "[[measure]", "cannot be read"),
        (Measures, '[[measure]]\nid = "Big Id"', "measure.Big Id.id"),
        (Measures, '[[measure]]\nid = "a"\nprice = 3', "measure.a.price"),
        (Sentences, "", "it is empty"),
        (Sentences, "# nothing", "group: is not there; write it"),
        (
            Sentences,
            '[[group]]\nid = "g"\nsymbol = "x"\nname = "G"\n'
            'sentences = [{ id = "a", text = "A" }, { id = "a", text = "B" }]',
            "an id of its own",
        ),
    ],
)
def test_a_file_that_is_wrong_says_where(
    tmp_path: Path, kind: type[Measures | Sentences], text: str, complaint: str
) -> None:
    file = tmp_path / "own.toml"
    file.write_text(text)
    with pytest.raises(ContentError, match=complaint):
        kind.load(file)
