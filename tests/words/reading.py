"""What self-reporters read, in every language: gathered from the code and the content, none of it by hand."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from conversations.content.checklist.model import Checklist, Question
from conversations.content.crisis import Crisis
from conversations.content.measures import Measures
from conversations.content.sentences import Sentences
from conversations.words.wording import CATALOGUES

ROOT = Path(__file__).parents[2]
TALK = ROOT / "conversations"
# Modules whose texts reach somebody on their own phone; functions that speak to colleagues are left out.
MODULES = (
    *sorted((TALK / "self_reporter").rglob("*.py")),
    *sorted((TALK / "reminders").glob("*.py")),
    *sorted((TALK / "papers" / "my_data").glob("*.py")),
    *(TALK / f"{name}.py" for name in ("admission", "notices", "router", "shared/language")),
    *(TALK / "words" / f"{name}.py" for name in ("message_words", "typed")),
)
# What makes a button, and where the texts of a script are marked.
BUTTONS, SCRIPT = ("Button", "Choice"), "conversations.self_reporter.script"
TO_STAFF = {"_to_staff", "worker", "coordinator", "casemanager", "supporter", "member"}
# A text is one of these: a whole message or a part of one, what is asked, an answer, or the label of another button.
Kind = Literal["message", "question", "option", "button"]

_EMOJI = re.compile(r"[^\w\s.,:;!?'’“”()/&+-]|[\ufe0f\u20e3]")
_PLACEHOLDER = re.compile(r"\{\w+\}")
# Where a sentence ends. A colon before a list or an example ends one too: the eye rests there.
_END = re.compile(r"(?<=[.!?:])[”\"']?(?:\s+|$)|\n+")
_WORD = re.compile(r"\w[\w'’.-]*")


@dataclass(frozen=True, slots=True)
class Text:
    """A text in one language, and what it is."""

    msgid: str
    kind: Kind
    language: str
    words: str

    @property
    def plain(self) -> str:
        """The text as it is read aloud: a name for each placeholder, and no pictograms."""
        return _EMOJI.sub(" ", _PLACEHOLDER.sub("Anneke", self.words)).strip()

    @property
    def sentences(self) -> list[str]:
        """Its sentences."""
        return [s.strip() for s in _END.split(self.plain) if s and _WORD.search(s)]


def count(text: str) -> int:
    """Return how many words a text has."""
    return len(_WORD.findall(text))


@cache
def catalogue(language: str) -> Catalog:
    """Return the texts of a language."""
    with (CATALOGUES / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale=language)


def in_language(language: str, msgid: str, context: str | None = None) -> list[str]:
    """Return a text in a language; of a plural every form."""
    found = catalogue(language).get(msgid, context)
    assert found is not None, (context, msgid)
    return [found.string] if isinstance(found.string, str) else list(found.string)


def _calls(tree: ast.AST, in_button: bool = False) -> Iterator[tuple[ast.Call, bool]]:
    """Yield calls, and whether they stand in a button; what speaks to colleagues is left out."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name in TO_STAFF:
            continue
        is_button = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in BUTTONS
        if isinstance(node, ast.Call):
            yield node, in_button
        yield from _calls(node, in_button or is_button)


def of_code() -> Iterator[tuple[str, Kind]]:
    """Yield the msgids of the code that self-reporters read."""
    for module in MODULES:
        tree = ast.parse(module.read_text())
        of_scripts = any(isinstance(node, ast.ImportFrom) and node.module == SCRIPT for node in tree.body)
        for call, in_button in _calls(tree):
            name = call.func.attr if isinstance(call.func, ast.Attribute) else None
            if of_scripts and isinstance(call.func, ast.Name):
                name = call.func.id
            if name in ("text", "plural") and call.args and isinstance(call.args[0], ast.Constant):
                msgid = call.args[0].value
                is_toast = msgid.startswith(tuple("✅👍👎📅✏️⬅️▶️🙋🤷🤐➡️❓💬✍️")) and count(msgid) <= 6
                yield msgid, "button" if in_button or is_toast else "message"


def of_content() -> Iterator[tuple[str, str, Kind]]:
    """Yield (context, msgid, kind) of the content that self-reporters read."""
    checklist = Checklist.load()
    for domain in checklist.domains:
        yield domain.id, domain.name, "button"
        if domain.intro:
            yield domain.id, domain.intro, "message"
    for question in checklist.questions:
        if question.asks != "worker":
            yield from ((question.id, text, kind) for text, kind in _of_question(question))
    for proposal in checklist.proposals:
        yield proposal.id, proposal.text, "message"
        yield proposal.id, proposal.why, "message"
    for measure in Measures.load().measures:
        yield measure.id, measure.ask, "question"
    for help_ in Crisis.load().helps:
        yield help_.id, help_.say, "message"
    for group in Sentences.load().groups:
        yield from ((sentence.id, sentence.text, "message") for sentence in group.sentences)
    for help_ in Crisis.load().helps:
        yield help_.id, help_.say, "message"


def _of_question(question: Question) -> Iterator[tuple[str, Kind]]:
    yield question.text, "question"
    yield from ((text, "message") for text in (question.help, question.why) if text)
    yield from ((option.label, "option") for option in question.options)


@cache
def read(language: str) -> tuple[Text, ...]:
    """Return all that self-reporters read in a language, each text once."""
    found = {Text(msgid, kind, language, words) for msgid, kind in of_code() for words in in_language(language, msgid)}
    found |= {
        Text(msgid, kind, language, words)
        for context, msgid, kind in of_content()
        for words in in_language(language, msgid, context)
    }
    return tuple(sorted(found, key=lambda text: (text.kind, text.words)))
