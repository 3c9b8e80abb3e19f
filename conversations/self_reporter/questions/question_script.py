"""Scripts of a question: as it is asked, with its answers, and as it is explained."""

from __future__ import annotations

from collections.abc import Iterator

from conversations.content.checklist.model import Checklist
from conversations.content.checklist.parts import UNKNOWN, UNSAID
from conversations.content.checklist.questions import Question
from conversations.self_reporter.script import Choice, Script, text

# Below the answers of every question.
UNANSWERED = (
    Choice(text("🤷 I do not know"), "answer", UNKNOWN),
    Choice(text("🤐 I would rather not say"), "answer", UNSAID),
)


def asked(checklist: Checklist, question: Question) -> Script:
    """Return a question with all its answers, also those that stand on another page."""
    wishes = checklist.wishes if question.kind == "wish" else ()
    answers = [*((d.id, d.name, d.id) for d in wishes), *((question.id, o.label, o.id) for o in question.options)]
    choices = (Choice((of, label), "answer", option) for of, label, option in answers)
    return Script(question.id, (question.id, question.text), choices=(*choices, *UNANSWERED))


def explained(question: Question) -> Script:
    """Return what stands below a question that is explained: an example, and why it is asked."""
    lines = (question.help or "", *((question.why,) if question.why else ()))
    back = Choice(text("⬅️ To the question"), "question")
    return Script(f"{question.id}.help", *((question.id, line) for line in lines), choices=(back,))


def scripts_of(checklist: Checklist) -> Iterator[Script]:
    """Yield what can be heard of the questions that a person answers."""
    for domain in checklist.domains:
        if domain.intro:
            yield Script(f"domain.{domain.id}", (domain.id, domain.intro))
    for question in checklist.questions:
        if question.asks != "worker":
            yield asked(checklist, question)
            if question.help:
                yield explained(question)
