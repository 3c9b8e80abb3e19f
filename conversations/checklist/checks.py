"""What is wrong with a checklist that reads well as a file: everything at once, each with its mend."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from conversations.checklist.parts import UNKNOWN, UNSAID, Condition
from storage.phases import BEFORE

if TYPE_CHECKING:
    from conversations.checklist.flag_rules import FlagRule
    from conversations.checklist.model import Checklist
    from conversations.checklist.proposals import Proposal
    from conversations.checklist.questions import Question

# A button's data has 64 bytes (Bot API). The longest that names an answer is the worker's: its verb, a reference, the
# screen's number and the mac leave this much for "question/option".
PAIR = 24


def faults(checklist: Checklist) -> Iterator[str]:
    """Yield what would make a conversation ask what cannot be asked."""
    yield from _twice(checklist)
    yield from _questions(checklist)
    yield from _conditions(checklist)
    yield from _routes(checklist)


def _parts(checklist: Checklist) -> list[Question | Proposal | FlagRule]:
    return [*checklist.questions, *checklist.proposals, *checklist.flags]


def _twice(checklist: Checklist) -> Iterator[str]:
    tables = {
        "domain": [d.id for d in checklist.domains],
        "question": [q.id for q in checklist.questions],
        "proposal": [p.id for p in checklist.proposals],
        "flag": [f.id for f in checklist.flags],
    }
    tables |= {q.id: [o.id for o in q.options] for q in checklist.questions}
    for table, ids in tables.items():
        if twice := sorted(name for name, times in Counter(ids).items() if times > 1):
            yield f"{table}: {', '.join(twice)} stands there twice; give each an id of its own"
    for part in _parts(checklist):
        if part.domain not in tables["domain"]:
            yield f"{part.id}: there is no domain {part.domain}"


def _questions(checklist: Checklist) -> Iterator[str]:
    if sum(q.kind == "wish" for q in checklist.questions) > 1:
        yield "question: only one asks for the wish"
    for question in checklist.questions:
        if question.kind in ("choice", "several") and not question.options:
            yield f"{question.id}: write its options"
        if question.kind == "date" and question.options:
            yield f"{question.id}: a date is typed, take its options away"
        if question.near and question.kind != "date":
            yield f"{question.id}: only a date can be near"
        own = [o.id for o in question.options]
        if reserved := {UNKNOWN, UNSAID} & set(own):
            yield f"{question.id}: {', '.join(sorted(reserved))} is always offered, give the option another id"
        if any(o.alone for o in question.options) and question.kind != "several":
            yield f"{question.id}: alone says something only where several can be chosen"
        offered = [d.id for d in checklist.wishes] if question.kind == "wish" else []
        for option in (*own, *offered, UNKNOWN):
            if len(f"{question.id}/{option}") > PAIR:
                yield f"{question.id}/{option}: is longer than {PAIR} letters, make an id shorter"


def _conditions(checklist: Checklist) -> Iterator[str]:
    order = [q.id for q in checklist.questions]
    for part in _parts(checklist):
        for condition in (*part.when, *getattr(part, "any_of", ())):
            yield from (f"{part.id}: {fault}" for fault in _condition(checklist, condition))
    for question in checklist.questions:
        for condition in question.when:
            if condition.question in order and order.index(condition.question) >= order.index(question.id):
                yield f"{question.id}: ask {condition.question} before it"


def _condition(checklist: Checklist, condition: Condition) -> Iterator[str]:
    asked = checklist.question(condition.question)
    if asked is None:
        yield f"there is no question {condition.question}"
        return
    known = {o.id for o in asked.options} | {UNKNOWN, UNSAID}
    if asked.kind == "wish":
        known |= {d.id for d in checklist.wishes}
    if missing := set(condition.options) - known:
        yield f"{condition.question} has no option {', '.join(sorted(missing))}"


def _routes(checklist: Checklist) -> Iterator[str]:
    routes = {"first": checklist.first}
    if checklist.short is not None:
        routes["short"] = checklist.short.questions
    for name, route in routes.items():
        if twice := sorted(asked for asked, times in Counter(route).items() if times > 1):
            yield f"{name}: asks {', '.join(twice)} twice"
        for at, asked in enumerate(route):
            question = checklist.question(asked)
            if question is None:
                yield f"{name}: there is no question {asked}"
                continue
            if not set(question.phases) & set(BEFORE):
                yield f"{name}: {asked} is not asked before the gate (its phases)"
            for condition in question.when:
                if condition.question not in route[:at]:
                    yield f"{name}: ask {condition.question} before {asked}"
