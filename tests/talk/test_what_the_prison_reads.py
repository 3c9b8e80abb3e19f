"""What the checklist says of the prison is so: nothing goes there by itself, and nothing about health at all."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from conversations.content.checklist.model import Checklist
from conversations.words.wording import words_for
from tests.storage.records import ZONE

CHECKLIST = Checklist.load()
PRISON = {
    "en": re.compile(r"prison|inside|casemanager", re.IGNORECASE),
    "nl": re.compile(r"gevangenis|binnen\b|medische dienst|casemanager", re.IGNORECASE),
}
HEALTH = {
    "en": re.compile(r"medic(?!al service)|methadone|treatment|\bill\b", re.IGNORECASE),
    "nl": re.compile(r"medicij|methadon|behandel|\bziek\b", re.IGNORECASE),
}
BY_A_DOCTOR = {
    "en": re.compile(r"doctor|clinic|nurse|treats|midwife"),
    "nl": re.compile(r"dokter|huisarts|kliniek|zuster"),
}
PROMISES = {
    "en": re.compile(r"sends? your plan|choose (the|which) parts"),
    "nl": re.compile(r"stuurt je plan|kiest (de|welke) delen"),
}


def texts(language: str) -> Iterator[tuple[str, str]]:
    """Yield every text of the checklist in a language, with the id of what it belongs to."""
    words = words_for(language, ZONE)
    for question in CHECKLIST.questions:
        yield from (
            (question.id, words.content(question.id, t)) for t in (question.text, question.help, question.why) if t
        )
    for proposal in CHECKLIST.proposals:
        yield from (
            (proposal.id, words.content(proposal.id, text, helper="Anneke")) for text in (proposal.text, proposal.why)
        )
    for flag in CHECKLIST.flags:
        yield from ((flag.id, words.content(flag.id, text)) for text in (flag.reason, *flag.todo))


@pytest.mark.parametrize("language", ["en", "nl"])
def test_no_text_promises_a_plan_that_is_sent_or_parts_that_are_chosen(language: str) -> None:
    assert [(of, text) for of, text in texts(language) if PROMISES[language].search(text)] == []


@pytest.mark.parametrize("language", ["en", "nl"])
def test_what_a_prison_hears_of_medicine_it_hears_from_a_doctor(language: str) -> None:
    told = [(of, t) for of, t in texts(language) if PRISON[language].search(t) and HEALTH[language].search(t)]
    assert [(of, text) for of, text in told if not BY_A_DOCTOR[language].search(text)] == []


@pytest.mark.parametrize("language", ["en", "nl"])
def test_who_is_asked_whether_the_prison_may_read_hears_that_health_is_never_among_it(language: str) -> None:
    question = CHECKLIST.question("prison_reads")
    assert question is not None
    said = words_for(language, ZONE).content(question.id, question.help)
    assert {"en": "nothing about your health", "nl": "Over je gezondheid delen wij niets"}[language] in said
    assert "medic" not in said.lower()


def test_no_proposal_about_health_is_for_the_prison_to_read() -> None:
    private = [p for p in CHECKLIST.proposals if CHECKLIST.private.of_action(p.domain, p.id)]
    assert private
    assert [p.id for p in private if p.owner == "casemanager"] == []
    # Nor does the helper carry it there: with whom it is arranged, is a doctor.
    assert [p.id for p in private if p.owner == "worker" and p.partner == "prison"] == []
