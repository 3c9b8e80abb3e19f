"""The content as a whole: what is wrong between its files, and between a text and its translation.

A file alone can be right and still speak of a question, an answer or a place that another file does not have. Then a
fact stays unknown for everybody, help is shown to nobody, a rule never fits: nobody would notice. So it is said at the
start, all of it together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from conversations.content import placeholders
from conversations.content.checklist.model import Checklist
from conversations.content.checklist.parts import UNKNOWN, UNSAID
from conversations.content.content_file import ContentError
from conversations.content.crisis import Crisis
from conversations.content.facts import Facts
from conversations.content.region import Region
from conversations.turn import Content
from conversations.words.wording import LANGUAGES, catalogue
from storage.scope import PROVINCE

# A place of a file, the file it stands in, and whether it is a province.
Named = tuple[str, str, bool]


def check(content: Content) -> None:
    """Raise ContentError with all that is wrong, a sentence each."""
    if found := list(faults(content)):
        raise ContentError("\n".join(found))


def faults(content: Content) -> Iterator[str]:
    """Yield what is wrong between the files, and in the catalogues."""
    yield from references(content.checklist, content.facts, content.crisis)
    yield from places(content)
    yield from catalogues()


def references(checklist: Checklist, facts: Facts, crisis: Crisis) -> Iterator[str]:
    """Yield where facts or help are about a question or an answer that the checklist does not have."""
    asked = [
        ("facts", f"fact {fact.id}", said.question, said.options)
        for fact in facts.facts
        for said in (*fact.yes, *fact.no)
    ]
    # What is built in stands also beside a checklist that does not ask about it: typed words are heard all the same.
    asked += [
        ("crisis", one.id, condition.question, condition.options)
        for one in crisis.helps
        for condition in one.answers
        if one.means is None or checklist.question(condition.question) is not None
    ]
    for file, where, question_id, options in asked:
        question = checklist.question(question_id)
        mend = f"mend the name, or replace the file of {file} too"
        if question is None:
            yield f"{file}: {where}: the checklist has no question {question_id}; {mend}"
            continue
        known = {o.id for o in question.options} | {UNKNOWN, UNSAID}
        if question.kind == "wish":
            known |= {d.id for d in checklist.wishes}
        for option in options:
            if option not in known:
                yield f"{file}: {where}: question {question_id} has no option {option}; {mend}"


def _named(content: Content) -> Iterator[Named]:
    for rule in content.dispatch.rules:
        if rule.municipality:
            yield rule.municipality, "dispatch", False
        if rule.province:
            yield rule.province, "dispatch", True
    yield from ((name, "letters", False) for name in content.letters.municipalities)
    for target in content.targets.targets:
        if target.area != "all":
            yield target.area.removeprefix(PROVINCE), "targets", target.area.startswith(PROVINCE)


def places(content: Content) -> Iterator[str]:
    """Yield where a file is about a place that the region does not have: it would hold for nobody."""
    region: Region = content.region
    provinces = {province.name for province in region.provinces}
    for name, file, province in dict.fromkeys(_named(content)):
        if name not in (provinces if province else region.municipalities):
            match = None if province else region.municipality(name)
            mend = f"write {match.name!r}" if match else "write it as the region file does"
            yield f"{file}: there is no {name!r} in the region; {mend}"


@cache
def catalogues() -> tuple[str, ...]:
    """Return where a translation fills in something else than its text, in every language."""
    return tuple(
        f"locales/{language}: {fault}" for language in LANGUAGES for fault in of_catalogue(_messages(language))
    )


Message = tuple[int | None, tuple[str, ...], tuple[str, ...]]


def _messages(language: str) -> Iterable[Message]:
    for message in catalogue(language):
        if message.id:
            ids = (message.id,) if isinstance(message.id, str) else tuple(message.id)
            said = message.string or ""
            yield message.lineno, ids, (said,) if isinstance(said, str) else tuple(said)


def of_catalogue(messages: Iterable[Message]) -> Iterator[str]:
    """Yield of each translation (line, the text's forms, the translated forms) what is wrong with its placeholders.

    A translation names what its text names; the form for one may say the number as a word. What is not translated at
    all is said elsewhere (bot/upkeep/checkup.py).
    """
    for line, ids, said in messages:
        try:
            known = frozenset().union(*map(placeholders.names, ids))
            needed = known if len(ids) == 1 else frozenset[str]()
        except placeholders.PlaceholderError as error:
            yield f"line {line}: {ids[0][:40]!r}: {error}"
            continue
        for text in filter(None, said):
            yield from (f"line {line}: {text[:40]!r}: {fault}" for fault in placeholders.faults(text, known, needed))
