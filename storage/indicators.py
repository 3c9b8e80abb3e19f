"""The indicators of domain.md section 4, each defined once: what is counted, and which count is divided by which.

A count is a product of facts, written "contact & action": 1 where all of them are yes. "~home_release" is yes where the
fact is no, "outcome=reported" where it has that value; where nobody knows, nothing is counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from typing import Any, Literal

from sqlalchemy import ColumnElement, case, func, literal

from storage.monitoring import ENDS, HOW, PROFILE
from storage.schema import TOPICS, monitoring

Group = Literal["course", "profile", "kept", "kept_later", "with_plan", "without_plan"]

_PLANS: tuple[tuple[Group, str], ...] = (("with_plan", ""), ("without_plan", "~"))


@dataclass(frozen=True, slots=True)
class Indicator:
    """A rate: `numerator` of `denominator`; `unknown`: how many more there would be if they were known."""

    id: str
    numerator: str
    denominator: str
    unknown: str | None = None
    group: Group = "course"


def _retention(topic: str) -> tuple[Indicator, ...]:
    """Return how many who had something still have it, of those of whom it is known: at release and half a year on."""
    had, now, later = f"returned & {topic}_start", f"{topic}_release", f"{topic}_later"
    return (
        Indicator(f"kept_{topic}", f"{had} & {now}", f"{had} & ?{now}", f"{had} & !{now}", "kept"),
        Indicator(f"kept_{topic}_later", f"{had} & {later}", f"{had} & ?{later}", f"{had} & !{later}", "kept_later"),
        *(
            Indicator(f"kept_{topic}_{name}", f"{had} & {sign}plan & {now}", f"{had} & {sign}plan & ?{now}", None, name)
            for name, sign in _PLANS
        ),
    )


INDICATORS: tuple[Indicator, ...] = (
    Indicator("letter_response", "letter_sent & letter_answered", "letter_sent"),
    Indicator("contact", "contact", "cases"),
    Indicator("action_after_contact", "contact & action", "contact"),
    Indicator("action", "action", "cases"),
    Indicator("known", "action & known", "action", "action & !known"),
    Indicator("plan", "contact & plan", "contact"),
    Indicator("own_wish", "contact & plan & own_wish", "contact & plan"),
    Indicator("action_done", "actions_in_time", "actions_due"),
    Indicator("reported", "called_up & outcome=reported", "called_up", "called_up & !outcome"),
    Indicator("handed_over", "outcome=reported & handed_over", "outcome=reported"),
    Indicator("aftercare", "returned & aftercare", "returned"),
    *(Indicator(name, name, f"?{name}", f"!{name}", "profile") for name in PROFILE),
    *(indicator for topic in TOPICS for indicator in _retention(topic)),
)
# Counts that stand beside the indicators: kinds of contact, and what became of who was called up.
BESIDE = (
    "cases",
    *(f"contact & how={kind}" for kind in HOW),
    *(f"called_up & outcome={end}" for end in ENDS),
)
COUNTS: tuple[str, ...] = tuple(
    dict.fromkeys([*BESIDE, *(c for i in INDICATORS for c in (i.numerator, i.denominator, i.unknown) if c is not None)])
)

# Counts that are the parts of another: what is hidden of one must not follow from the others.
PARTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("contact", tuple(f"contact & how={kind}" for kind in HOW)),
    ("called_up", (*(f"called_up & outcome={end}" for end in ENDS), "called_up & !outcome")),
    *(
        (whole, tuple(getattr(one, side) for one in INDICATORS if one.id.startswith(f"kept_{topic}_with")))
        for topic in TOPICS
        for side in ("numerator", "denominator")
        for whole in [getattr(_retention(topic)[0], side)]
    ),
)


def indicator(indicator_id: str) -> Indicator:
    """Return an indicator by its id; raises StopIteration for one that there is not."""
    return next(one for one in INDICATORS if one.id == indicator_id)


def _factor(term: str) -> ColumnElement[Any]:
    name, _, value = term.lstrip("~?!").partition("=")
    column = monitoring.c[name]
    if value:
        return case((column == value, 1), else_=0)
    match term[0]:
        case "~":
            return literal(1, literal_execute=True) - column
        case "?":
            return case((column.is_(None), 0), else_=1)
        case "!":
            return case((column.is_(None), 1), else_=0)
    return column


def counted(count: str) -> ColumnElement[Any]:
    """Return a count as SQL over `monitoring`."""
    if count == "cases":
        return func.count()
    factors = [_factor(term) for term in count.split(" & ")]
    return func.coalesce(func.sum(reduce(lambda one, other: one * other, factors)), 0)
