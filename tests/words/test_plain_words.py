"""The rules of plain words (design.md 13, domain.md 7), held against every text that self-reporters read.

An exception is one text, stands in a list with its reason, and is counted: a new one must be added by hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import pytest

from conversations.content.checklist.model import Checklist
from conversations.words.wording import LANGUAGES
from tests.words.reading import Text, count, in_language, read
from tests.words.word_lists import (
    ASKED_TWICE,
    EXPLAINED,
    HARD,
    NEGATED,
    NEGATED_BUTTONS,
    NEGATION,
    NEVER,
    NO,
)

WORDS_A_SENTENCE, WORDS_A_TEXT, WORDS_A_LABEL = 12, 45, 7
CHECKLIST = Checklist.load()

both = pytest.mark.parametrize("language", LANGUAGES)


def told(texts: Iterable[Text | str]) -> str:
    """Return texts as a failure shows them."""
    return "\n".join(f"  {text if isinstance(text, str) else text.words!r}" for text in texts)


@both
def test_all_that_is_read_is_looked_at(language: str) -> None:
    kinds = {
        kind: sum(text.kind == kind for text in read(language)) for kind in ("message", "question", "option", "button")
    }
    assert kinds["message"] > 250
    assert kinds["question"] > 70
    assert kinds["option"] > 80
    assert kinds["button"] > 40
    assert not [text.msgid for text in read(language) if not text.words]


@both
def test_a_sentence_has_twelve_words_at_most(language: str) -> None:
    long = [s for text in read(language) for s in text.sentences if count(s) > WORDS_A_SENTENCE]
    assert not long, told(long)


@both
def test_a_text_has_forty_five_words_at_most_and_a_button_seven(language: str) -> None:
    long = [
        text for text in read(language) if text.kind in ("message", "question") and count(text.plain) > WORDS_A_TEXT
    ]
    assert not long, told(long)
    wide = [text for text in read(language) if text.kind in ("option", "button") and count(text.plain) > WORDS_A_LABEL]
    assert not wide, told(wide)


@both
def test_a_question_with_its_help_and_reason_is_read_in_half_a_minute(language: str) -> None:
    for question in CHECKLIST.questions:
        texts = [question.text, question.help or "", question.why or ""]
        words = sum(count(" ".join(in_language(language, text, question.id))) for text in texts if text)
        assert words <= 65, question.id


@both
def test_no_sentence_denies_twice(language: str) -> None:
    twice = [s for text in read(language) for s in text.sentences if len(NEGATION[language].findall(s)) > 1]
    assert not twice, told(twice)


@both
def test_what_is_asked_and_answered_is_said_without_a_negation(language: str) -> None:
    asked = [text for text in read(language) if text.kind in ("question", "option", "button")]
    denied = {text.msgid for text in asked if NEGATION[language].search(NO.sub("", text.plain))}
    new = denied - set(NEGATED) - NEGATED_BUTTONS
    assert not new, told(new)


def test_every_exception_is_still_needed() -> None:
    denied = {
        text.msgid
        for language in LANGUAGES
        for text in read(language)
        if NEGATION[language].search(NO.sub("", text.plain))
    }
    assert set(NEGATED) | NEGATED_BUTTONS <= denied
    twice = {text.msgid for text in read("en") if text.words.count("?") > 1}
    assert all(any(msgid.startswith(known) for msgid in twice) for known in ASKED_TWICE)
    assert len(NEGATED) + len(NEGATED_BUTTONS) + len(ASKED_TWICE) <= 15


@both
def test_one_question_stands_in_a_message(language: str) -> None:
    twice = [text for text in read(language) if text.words.count("?") > 1]
    new = [text for text in twice if not text.msgid.startswith(tuple(ASKED_TWICE))]
    assert not new, told(new)


@both
def test_hard_words_have_given_way_to_plain_ones(language: str) -> None:
    for hard, plain in HARD.items():
        found = [text for text in read(language) if re.search(rf"\b{hard}\b", text.words, re.IGNORECASE)]
        assert not found, f"{hard}: write {plain}\n{told(found)}"


@both
def test_some_words_never_come_to_a_phone(language: str) -> None:
    found = [text for text in read(language) if NEVER[language].search(text.words)]
    assert not found, told(found)


@pytest.mark.parametrize("term", EXPLAINED)
def test_a_word_that_nothing_can_replace_is_explained_where_it_is_asked(term: str) -> None:
    asked = [
        (in_language("nl", q.text, q.id)[0], in_language("nl", q.help or "", q.id)[0])
        for q in CHECKLIST.questions
        if q.asks != "worker"
    ]
    mine = [explained for text, explained in asked if term.casefold() in f"{text} {explained}".casefold()]
    assert mine
    assert any(re.search(EXPLAINED[term], explained) for explained in mine), told(mine)


@both
def test_every_example_is_one(language: str) -> None:
    word = {"nl": "Voorbeeld:", "en": "Example:"}[language]
    for question in CHECKLIST.questions:
        assert in_language(language, question.help or "", question.id)[0].count(word) == 1, question.id
