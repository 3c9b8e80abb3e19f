"""Sharing: how a yes to let one recipient read one action is named, how it can stand, and how it ends.

A yes belongs to the recipient to whom it was given and to the action that was read out: another prison asks anew. What
the recipient confirmed or declined belongs to that yes, and ends with it. When it ended stays kept, with the reason.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from storage.case.case_fields import CaseFields
from storage.case.case_parts import Consent
from storage.case.phases import Kind

SHARE = "share:"
TO_A_PRISON = "share:prison:"
# States of an action that a recipient sees, and where the person is while a prison may still do something for them.
SHOWN = ("agreed", "done")
SHARING: tuple[Kind, ...] = ("waiting", "coming", "held")
# What falls due of it: the person is asked for a yes to another prison, and hears what the prison said.
ASKED_ANEW, ANSWERED = "share_again", "share_answered"

ShareState = Literal["not_shared", "asked", "confirmed", "declined"]
# Why a yes stands no more: taken back, given once more, another prison, the action went, or the person's course ended.
Ended = Literal["withdrawn", "anew", "moved", "dropped", "cancelled", "released", "closed"]


@dataclass(frozen=True, slots=True)
class Share:
    """To whom a consent lets what be read: the kind of recipient, its name, and the id of an action."""

    kind: str
    recipient: str
    action_id: str


def to_prison(prison: str, action_id: str) -> str:
    """Return what a consent to let a prison read an action is called."""
    return f"{TO_A_PRISON}{prison}:{action_id}"


def share_of(to: str) -> Share | None:
    """Return what a consent shares; None when it is about something else."""
    if not to.startswith(SHARE):
        return None
    kind, _, rest = to.removeprefix(SHARE).partition(":")
    recipient, _, action_id = rest.rpartition(":")
    return Share(kind, recipient, action_id)


def end_yes(case: CaseFields, row: Consent, why: Ended) -> None:
    """A yes stands no more; a no, and what has ended already, stay as they are."""
    if row.given and row.ended is None:
        row.ended = why
        case.touch("consent", row)
