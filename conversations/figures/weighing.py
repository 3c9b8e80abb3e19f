"""Measures in words, and the sheets of the workbook that count them by formulas over its rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from conversations.content.measures import Measures
from conversations.words.wording import Words
from storage.figures.weighing import REASONS, indicators_of
from storage.schema import TOPICS


def topic_name(words: Words, topic: str) -> str:
    """Return what somebody keeps or loses."""
    return {
        "job": words.text("work or school"),
        "home": words.text("home"),
        "income": words.text("benefit or income"),
        "debts": words.text("debts in hand"),
        "relation": words.text("somebody who supports"),
        "identity": words.text("valid ID"),
        "insurance": words.text("health insurance"),
    }[topic]


def measure_name(words: Words, measures: Measures, code: str) -> str:
    """Return what a measure is called; one that is no longer in the catalogue by its code."""
    rule = measures.measure(code)
    return words.content(rule.id, rule.name) if rule else code


def why_not(words: Words, reason: str) -> str:
    """Return why a measure was not used, in a word or two."""
    return {
        "policy": words.text("no policy"),
        "law": words.text("the law"),
        "too_late": words.text("too late"),
        "not_wanted": words.text("not wanted"),
        "not_needed": words.text("not needed"),
        "unexplained": words.text("reason not told"),
    }[reason]


def no_cause(words: Words) -> str:
    """Return what every comparison of with and without must be read with."""
    return words.text("This shows no cause. Who has a measure or a plan differs in other things too.")


def measure_sheets(words: Words, named: Sequence[tuple[str, str]]) -> list[dict[str, Any]]:
    """Return the two sheets of measures: a name, headings, and rows of texts and of counts (as lists)."""
    counted = words.text("Number")
    of, unknown = words.text("Of"), words.text("not known")
    used = {"used": words.text("used"), "not_used": words.text("weighed, not used")}
    decisions = [words.text("still considered")]
    decisions += [words.text("not used: {why}", why=why_not(words, why)) for why in (*REASONS, "unexplained")]
    by_decision, by_topic = [], []
    for code, name in named:
        rates = {one.id: one for one in indicators_of(code)}
        ids = ("considered", *(f"not_used_{why}" for why in (*REASONS, "unexplained")))
        share = [[rates["used"].numerator], [rates["used"].denominator], "%"]
        by_decision.append([name, *share, *([rates[one].numerator] for one in ids)])
        for topic in TOPICS:
            row: list[Any] = [name, topic_name(words, topic)]
            for with_it in used:
                one = rates[f"kept_{topic}_{with_it}"]
                row += [[one.numerator], [one.denominator], "%", [one.unknown]]
            by_topic.append(row)
    measure, note = words.text("Measure"), no_cause(words)
    return [
        {
            "name": words.text("Measures"),
            "heads": [measure, words.text("used"), words.text("weighed"), "%", *decisions],
            "rows": by_decision,
            "note": note,
        },
        {
            "name": words.text("Kept per measure"),
            "heads": [
                measure,
                words.text("Kept at release"),
                *(f"{how}: {head}" for how in used.values() for head in (counted, of, "%", unknown)),
            ],
            "rows": by_topic,
            "note": note,
        },
    ]
