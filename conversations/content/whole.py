"""The content as a whole: what is wrong between its files, and between a text and its translation.

A file alone can be right and still speak of a question, an answer or a place that another file does not have. Then a
fact stays unknown for everybody, help is shown to nobody, a rule never fits: nobody would notice. So it is said at the
start, all of it together.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from conversations.content.checklist.model import Checklist
from conversations.content.checklist.parts import UNKNOWN, UNSAID, Condition
from conversations.content.crisis import Crisis
from conversations.content.dispatch import Dispatch
from conversations.content.facts import Facts, Said
from conversations.content.files import placeholders
from conversations.content.files.content_file import ContentError
from conversations.content.letters.rules import LetterRules
from conversations.content.region import Region
from conversations.content.reminders import Reminders
from conversations.content.targets import Targets
from conversations.words.wording import LANGUAGES, catalogue
from storage.scope import PROVINCE

_TAG = re.compile(r"<[^>]*>?")


@dataclass(frozen=True, slots=True)
class Misfit:
    """Something that does not fit another file. `part`: the field of content whose file it stands in."""

    part: str
    where: str
    says: str
    mend: str

    @property
    def sentence(self) -> str:
        """What is wrong and what to do about it, without the file."""
        return f"{self.where}: {self.says}; {self.mend}"


def misfits(parts: Mapping[str, Any]) -> Iterator[Misfit]:
    """Yield what is wrong between files, by the fields of content; of those that are not there nothing is said."""
    for names, misfit in _CHECKS:
        if all(name in parts for name in names):
            yield from misfit(*(parts[name] for name in names))


def _facts(checklist: Checklist, facts: Facts) -> Iterator[Misfit]:
    for fact in facts.facts:
        for key, all_said in (("yes", fact.yes), ("no", fact.no)):
            for number, said in enumerate(all_said):
                yield from _asked(checklist, "facts", f"fact.{fact.id}.{key}.{number}", said)


def _crisis(checklist: Checklist, crisis: Crisis) -> Iterator[Misfit]:
    for one in crisis.helps:
        for number, condition in enumerate(one.answers):
            # What is built in stands also beside a checklist that does not ask about it: typed words are heard.
            if one.means is None or checklist.question(condition.question) is not None:
                yield from _asked(checklist, "crisis", f"crisis.{one.id}.answers.{number}", condition)


def _reminders(checklist: Checklist, reminders: Reminders) -> Iterator[Misfit]:
    """A check-in after release asks only what there is, and what is asked of who is free."""
    for check in reminders.at_home.checks:
        where = f"at_home.check.{check.id}.asks"
        for asked in check.asks:
            question = checklist.question(asked)
            if question is None:
                mend = "mend the name, or replace the file of reminders too"
                yield Misfit("reminders", where, f"the checklist has no question {asked}", mend)
            elif "free" not in question.phases:
                mend = f'write "free" among the phases of {asked} in the checklist, or take it away here'
                yield Misfit("reminders", where, f"question {asked} is not asked of who is free", mend)
            elif question.asks == "worker" or question.kind == "date":
                mend = "take it away here"
                yield Misfit("reminders", where, f"question {asked} is not answered with a tap by the person", mend)


def _asked(checklist: Checklist, part: str, where: str, said: Said | Condition) -> Iterator[Misfit]:
    """Yield where something is about a question or an answer that the checklist does not have."""
    question = checklist.question(said.question)
    mend = f"mend the name, or replace the file of {part} too"
    if question is None:
        yield Misfit(part, f"{where}.question", f"the checklist has no question {said.question}", mend)
        return
    known = {o.id for o in question.options} | {UNKNOWN, UNSAID}
    if question.kind == "wish":
        known |= {d.id for d in checklist.wishes}
    for option in said.options:
        if option not in known:
            yield Misfit(part, f"{where}.options", f"question {said.question} has no option {option}", mend)


def _dispatch(region: Region, dispatch: Dispatch) -> Iterator[Misfit]:
    for number, rule in enumerate(dispatch.rules):
        if rule.municipality:
            yield from _place(region, "dispatch", f"rule.{number}.municipality", rule.municipality)
        if rule.province:
            yield from _place(region, "dispatch", f"rule.{number}.province", PROVINCE + rule.province)


def _letters(region: Region, letters: LetterRules) -> Iterator[Misfit]:
    for name in letters.municipalities:
        yield from _place(region, "letters", f"municipalities.{name}", name)


def _targets(region: Region, targets: Targets) -> Iterator[Misfit]:
    for number, target in enumerate(targets.targets):
        if target.area != "all":
            yield from _place(region, "targets", f"target.{number}.area", target.area)


def _place(region: Region, part: str, where: str, area: str) -> Iterator[Misfit]:
    """Yield where a file is about a place that the region does not have: it would hold for nobody."""
    province, name = area.startswith(PROVINCE), area.removeprefix(PROVINCE)
    known = {one.name for one in region.provinces} if province else set(region.municipalities)
    if name not in known:
        match = None if province else region.municipality(name)
        mend = f"write {match.name!r}" if match else "write it as the region file does"
        yield Misfit(part, where, f"there is no {name!r} in the region", mend)


# Of which parts, and what looks at them together.
_CHECKS: tuple[tuple[tuple[str, ...], Callable[..., Iterator[Misfit]]], ...] = (
    (("checklist", "facts"), _facts),
    (("checklist", "crisis"), _crisis),
    (("checklist", "reminders"), _reminders),
    (("region", "dispatch"), _dispatch),
    (("region", "letters"), _letters),
    (("region", "targets"), _targets),
)


def check_catalogues() -> None:
    """Raise ContentError where translations do not fit their texts: a sentence each."""
    if found := catalogues():
        raise ContentError("\n".join(found))


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

    A translation names what its text names; the form for one may say the number as a word. Its markup is that of its
    text. What is not translated at all is said elsewhere (bot/upkeep/checkup.py).
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
            if _markup(text) not in [_markup(one) for one in ids]:
                yield f"line {line}: {text[:40]!r}: has other markup than its text; write the same"


def _markup(text: str) -> list[str]:
    """Return the tags of a text in their order, also one that does not end."""
    return _TAG.findall(text)
