"""The rules of plain words (design.md 13, domain.md 7), held against every text that self-reporters read.

An exception is one text, stands in a list with its reason, and is counted: a new one must be added by hand.
"""

from __future__ import annotations

import ast
import re
import statistics
from collections.abc import Iterable
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import textstat

from conversations.checklist.model import Checklist
from conversations.menus import menu
from conversations.wording import LANGUAGES, Words
from tests.talk.reading import Text, count, in_language, read

WORDS_A_SENTENCE, WORDS_A_TEXT, WORDS_A_LABEL = 12, 45, 7
CHECKLIST = Checklist.load()

NEGATION = {
    "nl": re.compile(r"\b(niet|geen|nooit|niemand|niets|niks|nergens|noch)\b", re.IGNORECASE),
    "en": re.compile(
        r"\b(not|no|never|nobody|nothing|nowhere|none|neither|nor|without|cannot)\b|n['’]t\b", re.IGNORECASE
    ),
}
# An answer may begin with a no: that is what it says.
_NO = re.compile(r"^\W*(No|Nee)\b,?")
# safety.md G3.5 and domain.md section 2, "Never on the phone".
NEVER = {
    "nl": re.compile(r"zelfmelder|casemanager|detentie|kostendelersnorm|risico|niveau|reclasser", re.IGNORECASE),
    "en": re.compile(r"self-?reporter|case ?manager|detention|\brisks?\b|\blevel\b|probation", re.IGNORECASE),
}
# Hard words, each with the plain one that is used instead.
HARD = {
    "aanleveren": "geven",
    "alsmede": "en",
    "alvorens": "voor",
    "betreffende": "over",
    "conform": "volgens",
    "derhalve": "dus",
    "desbetreffende": "deze",
    "dienen te": "moeten",
    "echter": "maar",
    "eventueel": "misschien",
    "gedurende": "tijdens",
    "hanteren": "gebruiken",
    "hieromtrent": "hierover",
    "indien": "als",
    "inzake": "over",
    "kenbaar": "zeggen",
    "met betrekking tot": "over",
    "middels": "met",
    "momenteel": "nu",
    "omtrent": "over",
    "ontvangen": "krijgen",
    "reeds": "al",
    "tenuitvoerlegging": "straf",
    "teneinde": "om",
    "tevens": "ook",
    "trachten": "proberen",
    "verstrekken": "geven",
    "verzoeken": "vragen",
    "voornemens": "van plan",
    "vorderen": "vragen",
    "vrijheidsstraf": "straf",
    "woonachtig": "wonen",
    "wederom": "weer",
    "zodanig": "zo",
    "commence": "begin",
    "in order to": "to",
    "obtain": "get",
    "prior to": "before",
    "regarding": "about",
    "subsequently": "then",
    "terminate": "end",
    "utilise": "use",
    "whilst": "while",
}
# Words that nothing can replace: a letter or an office says them. Where a question uses one, its help says what it is.
EXPLAINED = {
    "DJI": "gevangenissen",
    "ID-bewijs": "paspoort",
    "DigiD": "log je in",
    "verblijfspas": "hoe lang je hier mag wonen",
    "huurschuld": "nog moet betalen",
    "CJIB": "boetes op",
    "deurwaarder": "haalt geld op",
    "alimentatie": "geld voor je kind",
    "abonnement": "elke maand",
    "UWV": "ziekte, ontslag of Wajong",
    "toeslagen": "van de Belastingdienst",
    "zorgverzekering": "elke maand|op pauze",
    "advocaat": "kent de regels",
    "huisdieren": "eten",
    "boetes open": "nog betalen",
    "Onveilig": "slaat of dreigt",
}
# One negation each, in an answer or a question, in every language it stands in; what else could be said is less clear.
NEGATED = {
    "There is no day in it": "as the letter is: somebody looks for a day and finds none",
    "I have no letter": "the answer to “do you have a letter?”, and what they tell a helper",
    "I have no place": "the words that people without a home use",
    "I am without money": "English has no shorter word",
    "I am a computer. At night nobody reads this.\n\nDo you sometimes think of suicide?": "safety: false hope is worse",
    "Shall we ask whether there is another way for you? Nobody can promise it.": "a promise must be ruled out",
}
# Buttons that everybody knows, or that undo.
NEGATED_BUTTONS = {"🤷 I do not know", "🤐 I would rather not say", "⏳ Not yet"}
# More than one question mark: what is answered at once is a heading, and asks nothing.
ASKED_TWICE = {
    "Are you in time?": "both are answered at once, and the choice stands in the last words",
    "Who sees your answers?": "the heading of what follows",
    "❓ How it works": "a list of what to do when",
}
# The score of Flesch as fitted to Dutch by Douma: 60 to 70 is plain, above 80 easy. For English the library would
# download a dictionary, so letters and words are counted: grades of school (ARI).
DUTCH_MEDIAN, DUTCH_WORST, DUTCH_HARD, HARD_SHARE = 95, 40, 60, 0.03
ENGLISH_MEDIAN, ENGLISH_WORST = 3, 11
SCORED_FROM = 6

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
    assert [text.msgid.splitlines()[0] for text in long] in ([], ["Who sees your answers?"]), told(long)
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
    denied = {text.msgid for text in asked if NEGATION[language].search(_NO.sub("", text.plain))}
    new = denied - set(NEGATED) - NEGATED_BUTTONS
    assert not new, told(new)


def test_every_exception_is_still_needed() -> None:
    denied = {
        text.msgid
        for language in LANGUAGES
        for text in read(language)
        if NEGATION[language].search(_NO.sub("", text.plain))
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


def scores(language: str) -> list[tuple[float, str]]:
    """Return how well each text reads that is long enough to be scored, the easiest first."""
    textstat.set_lang(language)
    score = textstat.flesch_reading_ease if language == "nl" else textstat.automated_readability_index
    scored = [
        (float(score(". ".join(text.sentences))), text.words)
        for text in read(language)
        if count(text.plain) >= SCORED_FROM
    ]
    return sorted(scored, reverse=language == "nl")


@both
def test_every_text_reads_easily(language: str, capsys: pytest.CaptureFixture[str]) -> None:
    found = scores(language)
    values = [score for score, _ in found]
    tenths = statistics.quantiles(values, n=10)
    name = "Flesch-Douma, higher is easier" if language == "nl" else "ARI, grade of school"
    with capsys.disabled():
        print(f"\n{language}: {len(read(language))} texts, {len(found)} scored ({name})")
        print(f"  median {statistics.median(values):.0f}")
        print(f"  tenths {' '.join(f'{tenth:.0f}' for tenth in tenths)}; hardest {found[-1][0]:.0f}: {found[-1][1]!r}")
    if language == "nl":
        assert statistics.median(values) >= DUTCH_MEDIAN
        assert values[-1] >= DUTCH_WORST, found[-3:]
        hard = [text for score, text in found if score < DUTCH_HARD]
        assert len(hard) <= HARD_SHARE * len(found), told(hard)
    else:
        assert statistics.median(values) <= ENGLISH_MEDIAN
        assert values[-1] <= ENGLISH_WORST, found[-3:]


# What shows without being opened (safety.md, G3.5).

SHOWN = re.compile(
    r"straf|gevang|\bpi\b|detentie|schuld|verslav|justitie|melden|\bcel\b|sentence|prison|debt|addict|suicid|zelfmoord",
    re.IGNORECASE,
)


@both
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
