"""What `onward` asks of check-ins. They register themselves here: their schedule needs `onward` itself."""

from __future__ import annotations

from collections.abc import Callable

from conversations.content.checklist.questions import Question
from conversations.turn import Turn
from storage.case.case import Case

_PLANS: list[Callable[[Turn, Case], None]] = []
_ASKS: list[Callable[[Turn], list[Question]]] = []


def plans(function: Callable[[Turn, Case], None]) -> Callable[[Turn, Case], None]:
    """Register what is planned whenever somebody goes on."""
    _PLANS.append(function)
    return function


def asks(function: Callable[[Turn], list[Question]]) -> Callable[[Turn], list[Question]]:
    """Register what is asked again."""
    _ASKS.append(function)
    return function


def plan(turn: Turn, case: Case) -> None:
    """Plan what comes after a while, wherever somebody stops."""
    for function in _PLANS:
        function(turn, case)


def again(turn: Turn) -> Question | None:
    """Return the next question that is asked again."""
    return next((question for function in _ASKS for question in function(turn)), None)
