"""The indicators of domain.md section 4, each defined once: what is counted, and which count is divided by which.

A count is a product of facts, written "contact & action": 1 where all of them are yes. "~home_release" is yes where the
fact is no, "outcome=reported" where it has that value; where nobody knows, nothing is counted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from storage.schema import PROFILE, TALLIES, TOPICS

# Kinds of two-way contact, as the monitoring format tells them apart (domain.md, section 4).
HOW = ("letter", "chat", "phone", "visit", "care")
# What became of somebody who was called up; postponed and cancelled are not an end of a call-up.
ENDS = ("reported", "absent", "arrested")

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


# A tally holds three counts, of so many bits each: added up, up to a million of each in a municipality and month.
BITS, EACH = 20, 3
_MASK = (1 << BITS) - 1
assert len(COUNTS) <= EACH * len(TALLIES)


def _parsed(count: str) -> tuple[tuple[str, str, str], ...]:
    """Return the factors of a count: what is asked of which fact, with which value."""
    if count == "cases":
        return ()
    found = []
    for term in count.split(" & "):
        name, _, value = term.lstrip("~?!").partition("=")
        found.append(("=" if value else term[0] if term[0] in "~?!" else "", name, value))
    return tuple(found)


_PARSED = [_parsed(count) for count in COUNTS]


def _counted(factors: tuple[tuple[str, str, str], ...], facts: Mapping[str, Any]) -> int:
    product = 1
    for asked, name, value in factors:
        known = facts[name]
        match asked:
            case "=":
                holds = int(known == value)
            case "~":
                holds = 0 if known is None else 1 - known
            case "?":
                holds = int(known is not None)
            case "!":
                holds = int(known is None)
            case _:
                holds = known or 0
        if not holds:
            return 0
        product *= holds
    return product


def tallied(facts: Mapping[str, Any]) -> dict[str, int]:
    """Return what one case adds to each count, packed for its row."""
    counts = [_counted(factors, facts) for factors in _PARSED]
    return {
        tally: sum(n << BITS * at for at, n in enumerate(counts[number * EACH : number * EACH + EACH]))
        for number, tally in enumerate(TALLIES)
    }


def unpacked(tallies: Sequence[int]) -> tuple[int, ...]:
    """Return the counts that added up tallies hold, in the order of COUNTS."""
    counts = [int(tally) >> BITS * at & _MASK for tally in tallies for at in range(EACH)]
    return tuple(counts[: len(COUNTS)])
