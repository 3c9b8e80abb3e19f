"""A question with several answers: each tap puts one in or takes it out, and a button says that these are all."""

from __future__ import annotations

from conversations.content.checklist.questions import Question
from conversations.screen import Button
from conversations.turn import Turn
from storage.case.case_parts import Answer

PICKED, OPEN = "☑️", "▫️"


def picked(turn: Turn, question: Question, answer: Answer | None) -> list[str]:
    """Return what is picked now: on the screen, or as it was answered before."""
    said = turn.place.get("picked")
    if said is None and answer is not None and isinstance(answer.value, list):
        said = answer.value
    return [o.id for o in question.options if o.id in (said or ()) and not o.alone]


def toggled(question: Question, before: list[str], option_id: str) -> list[str]:
    """Return what is picked after a tap, in the order of the options."""
    after = set(before) ^ {option_id}
    return [o.id for o in question.options if o.id in after]


def value_of(question: Question | None, option: str) -> str | list[str]:
    """Return what is kept of a tap on one option: where several can be chosen, a list of them."""
    is_one_of_several = question is not None and question.kind == "several" and question.option(option) is not None
    return [option] if is_one_of_several else option


def rows(turn: Turn, question: Question, now: list[str], verb: str, args: str) -> list[tuple[Button, ...]]:
    """Return a button for each option that goes with others, ticked or open: a tap comes as `verb`, `args` and it."""
    return [
        (
            Button(
                f"{PICKED if o.id in now else OPEN} {o.symbol} {turn.words.content(question.id, o.label)}",
                verb,
                f"{args}/{o.id}",
            ),
        )
        for o in question.options
        if not o.alone
    ]
