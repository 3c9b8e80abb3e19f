"""Checks of a checklist that reads well as a file: everything at once, each with its mend."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from conversations.content.checklist import private
from conversations.content.checklist.flag_rules import FlagRule
from conversations.content.checklist.parts import UNKNOWN, UNSAID, Condition
from conversations.content.checklist.proposals import Proposal
from conversations.content.checklist.questions import Question
from conversations.content.checklist.tables import ChecklistTables
from conversations.content.files import placeholders
from conversations.content.files.content_file import twice
from storage.case.phases import BEFORE

# A button's data has 64 bytes (Bot API). The longest that names an answer is the worker's: its verb, a reference, the
# screen's number and the mac leave this much for "question/option".
PAIR = 24
# Characters of a domain's id, as it is stored; and what actions of nobody's checklist stand under.
LONGEST_DOMAIN, OWN = 16, "own"


def faults(checklist: ChecklistTables) -> Iterator[str]:
    """Yield what would make a conversation ask what cannot be asked."""
    yield from _twice(checklist)
    yield from _questions(checklist)
    yield from _conditions(checklist)
    yield from _routes(checklist)
    yield from _meanings(checklist)
    yield from private.faults(checklist)
    yield from _texts(checklist)


def _parts(checklist: ChecklistTables) -> list[tuple[str, Question | Proposal | FlagRule]]:
    """Return what hangs from answers and stands in a domain, each with where it stands in the file."""
    return [
        *((f"question.{q.id}", q) for q in checklist.questions),
        *((f"proposal.{p.id}", p) for p in checklist.proposals),
        *((f"flag.{f.id}", f) for f in checklist.flags),
    ]


def _twice(checklist: ChecklistTables) -> Iterator[str]:
    tables = {
        "domain": [d.id for d in checklist.domains],
        "question": [q.id for q in checklist.questions],
        "proposal": [p.id for p in checklist.proposals],
        "flag": [f.id for f in checklist.flags],
    }
    tables |= {f"question.{q.id}.options": [o.id for o in q.options] for q in checklist.questions}
    for table, ids in tables.items():
        yield from twice(table, ids)
    for domain in tables["domain"]:
        if len(domain) > LONGEST_DOMAIN:
            yield f"domain.{domain}: is longer than {LONGEST_DOMAIN} letters, make the id of a domain shorter"
        if domain == OWN:
            yield f"domain.{OWN}: is for what people add themselves, choose another id"
    for where, part in _parts(checklist):
        if part.domain not in tables["domain"]:
            yield f"{where}.domain: there is no domain {part.domain}; write the id of one that stands in the file"


def _questions(checklist: ChecklistTables) -> Iterator[str]:
    if sum(q.kind == "wish" for q in checklist.questions) > 1:
        yield "question: several ask for the wish; keep one"
    for question in checklist.questions:
        where = f"question.{question.id}"
        if question.kind in ("choice", "several") and not question.options:
            yield f"{where}: write its options"
        if question.kind == "date" and question.options:
            yield f"{where}.options: a date is typed, take its options away"
        if question.near and question.means != "reporting_date":
            yield f"{where}.near: only the reporting date can be near; take near away"
        own = [o.id for o in question.options]
        if reserved := {UNKNOWN, UNSAID} & set(own):
            for one in sorted(reserved):
                yield f"{where}.options.{one}: {one} is always offered, give the option another id"
        if any(o.alone for o in question.options) and question.kind != "several":
            yield f"{where}: alone says something only where several can be chosen; take it away"
        offered = [d.id for d in checklist.wishes] if question.kind == "wish" else []
        for option in (*own, *offered, UNKNOWN):
            if len(f"{question.id}/{option}") > PAIR:
                yield f"{where}: {question.id}/{option} is longer than {PAIR} letters, make an id shorter"


def _conditions(checklist: ChecklistTables) -> Iterator[str]:
    order = [q.id for q in checklist.questions]
    for where, part in _parts(checklist):
        for key in ("when", "any_of"):
            for number, condition in enumerate(getattr(part, key, ())):
                yield from (f"{where}.{key}.{number}: {fault}" for fault in _condition(checklist, condition))
    for question in checklist.questions:
        for condition in question.when:
            if condition.question in order and order.index(condition.question) >= order.index(question.id):
                yield f"question.{question.id}: ask {condition.question} before it"


def _condition(checklist: ChecklistTables, condition: Condition) -> Iterator[str]:
    asked = checklist.question(condition.question)
    if asked is None:
        yield f"there is no question {condition.question}; write the id of one that stands in the file"
        return
    known = {o.id for o in asked.options} | {UNKNOWN, UNSAID}
    if asked.kind == "wish":
        known |= {d.id for d in checklist.wishes}
    if missing := set(condition.options) - known:
        yield f"{condition.question} has no option {', '.join(sorted(missing))}; write one that it has"


def _routes(checklist: ChecklistTables) -> Iterator[str]:
    routes = {"first": checklist.first}
    if checklist.short is not None:
        routes["short.questions"] = checklist.short.questions
    for name, route in routes.items():
        if again := sorted(asked for asked, times in Counter(route).items() if times > 1):
            yield f"{name}: asks {', '.join(again)} twice; keep one of each"
        for at, asked in enumerate(route):
            where = f"{name}.{at}"
            question = checklist.question(asked)
            if question is None:
                yield f"{where}: there is no question {asked}; write the id of one that stands in the file"
                continue
            if not set(question.phases) & set(BEFORE):
                yield f"{where}: {asked} is not asked before the gate (its phases)"
            for condition in question.when:
                if condition.question not in route[:at]:
                    yield f"{where}: ask {condition.question} before {asked}"


def _meanings(checklist: ChecklistTables) -> Iterator[str]:
    """What the code does something with is declared, each once: a second date question moves nobody's day."""
    means: Counter[str] = Counter(q.means for q in checklist.questions if q.means)
    means.update(o.means for q in checklist.questions for o in q.options if o.means)
    for name, times in means.items():
        if times > 1:
            yield f'means: {times} stand for {name}; keep means = "{name}" with one'
    if not means["reporting_date"]:
        yield 'question: none stands for the reporting date; write means = "reporting_date" with the one that asks it'
    for question in checklist.questions:
        where = f"question.{question.id}"
        if question.means == "reporting_date" and question.kind != "date":
            yield f'{where}: the reporting date is asked with kind = "date"'
        if question.means in ("letter", "collecting") and question.kind != "choice":
            yield f'{where}: what means {question.means} is asked with kind = "choice"'
        collected = any(o.means == "collected" for o in question.options)
        if collected and question.means != "collecting":
            yield f'{where}: write means = "collecting" with the question of which an option means collected'
        if question.means == "collecting" and not collected:
            yield f'{where}: write means = "collected" with the option that says that somebody comes'
    words = [f.id for f in checklist.flags if f.kind == "words"]
    if len(words) > 1:
        yield f'flag: {", ".join(words)} are all of kind "words"; keep one'


def _texts(checklist: ChecklistTables) -> Iterator[str]:
    """In a text stands nothing in braces that nobody fills in: {helper} in what is proposed, {example} in a date.

    Why it helps can name the {number} to call too.
    """
    said: list[tuple[str, str, str | None, tuple[str, ...]]] = []
    for domain in checklist.domains:
        said += [(f"domain.{domain.id}", key, getattr(domain, key), ()) for key in ("name", "for_staff", "intro")]
    for question in checklist.questions:
        where = f"question.{question.id}"
        said.append((where, "text", question.text, ("example",) if question.kind == "date" else ()))
        said += [(where, key, getattr(question, key), ()) for key in ("help", "why")]
        said += [(where, f"options.{o.id}.label", o.label, ()) for o in question.options]
    for proposal in checklist.proposals:
        where = f"proposal.{proposal.id}"
        said.append((where, "text", proposal.text, ("helper",)))
        said.append((where, "why", proposal.why, ("helper", "number")))
        said.append((where, "for_staff", proposal.for_staff, ()))
    for rule in checklist.flags:
        where = f"flag.{rule.id}"
        said.append((where, "reason", rule.reason, ()))
        said += [(where, f"todo.{number}", todo, ()) for number, todo in enumerate(rule.todo)]
    for owner, key, text, known in said:
        yield from (f"{owner}.{key}: {fault}" for fault in placeholders.faults(text or "", known))
