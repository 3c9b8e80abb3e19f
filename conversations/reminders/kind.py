"""A kind of what can fall due to a person: when it is too late, how it comes, and what opens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from conversations.effects.notice import NoticeKind
from conversations.turn import Turn
from storage.case.case import Case
from storage.case.case_parts import Reminder

# Why a row no longer helps, or None while it does; and what is shown when somebody opens it.
Late = Callable[[Turn, Reminder], str | None]
Opens = Callable[[Turn, Reminder], None]
# What the worker says, or does, when it comes to them; HTML.
ByHand = Callable[[Turn, Case, Reminder], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of what can fall due (`storage.case.case_parts.Reminder.kind`); its name stands in `kinds`.

    `late`: why it no longer helps, or None. `opens`: goes to the place that shows it; None: it is for the worker, and
    goes to them at once. `notice`: what stands on the lock screen. `waits`: quiet hours and a pause hold it back;
    with `pauses` off the quiet hours alone do.
    `any_hour`: it leaves outside the sending hours too. `unattended`: it leaves also while the person is away from
    their phone. `vital`: too late, it goes to the worker; another one is skipped. `by_hand`: the worker does it for who
    has no chat; else that is skipped too. `words`: what the worker reads then.
    `last`: nothing comes after it, so who helps hears when it could not be delivered in time.
    """

    late: Late
    opens: Opens | None
    notice: NoticeKind = "reminder"
    waits: bool = True
    pauses: bool = True
    any_hour: bool = False
    unattended: bool = False
    vital: bool = False
    by_hand: bool = True
    words: ByHand | None = None
    last: bool = False
