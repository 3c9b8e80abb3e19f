"""The buttons of a case: each module adds what can be done; the card and its second page show them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from conversations.registry import NameTakenError
from conversations.screen import Button
from conversations.turn import Turn
from storage.case.case import Case
from storage.scope import Verb


@dataclass(frozen=True, slots=True)
class Deed:
    """A button of the card: `order` says where it stands, `needs` what the worker must be allowed."""

    order: int
    verb: str
    label: Callable[[Turn], str]
    needs: Verb
    when: Callable[[Case], bool]


DEEDS: list[Deed] = []


def deed(
    order: int,
    verb: str,
    label: Callable[[Turn], str],
    needs: Verb = "change",
    when: Callable[[Case], bool] | None = None,
) -> None:
    """Add a deed: a tap on it comes as `verb` with the case's reference; raises NameTakenError for a second one there.

    Of several in one place the verbs say which comes first, so that it never hangs from what was imported when.
    """
    if any((one.order, one.verb) == (order, verb) for one in DEEDS):
        raise NameTakenError(f"{verb} at {order}")
    DEEDS.append(Deed(order, verb, label, needs, when or (lambda _case: True)))
    DEEDS.sort(key=lambda one: (one.order, one.verb))


def buttons(turn: Turn, case: Case) -> list[tuple[int, Button]]:
    """Return what this worker can do to this case now, each with where it stands, in order."""
    return [
        (one.order, Button(one.label(turn), one.verb, case.ref))
        for one in DEEDS
        if one.when(case) and turn.scope.may(one.needs, case)
    ]
