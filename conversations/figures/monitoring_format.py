"""The monitoring format: a row a case without a name, each column with a heading and what it means (domain.md 4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from secrets import token_bytes
from typing import Any

from conversations.content.measures import Measures
from conversations.figures.figures import Figures
from conversations.figures.weighing import measure_name, measure_sheets, topic_name
from conversations.words.wording import Words
from storage.figures.indicators import INDICATORS, Indicator
from storage.figures.weighing import decided, fact
from storage.schema import MOMENTS, PROFILE, TOPICS


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the fact that it holds, its heading, and its line in the codebook."""

    key: str
    heading: str
    means: str


def profile_name(words: Words, name: str) -> str:
    """Return what the profile tells at the start."""
    return {
        "has_debts": words.text("debts"),
        "no_work": words.text("benefit or no work"),
        "care": words.text("treatment or medicine"),
        "addiction": words.text("drink or drugs: help, or wanted"),
    }[name]


def indicator_name(words: Words, one: Indicator) -> str:
    """Return what an indicator is called."""
    if one.group == "profile":
        return words.text("At the start: {what}", what=profile_name(words, one.id))
    if one.group != "course":
        what = topic_name(words, one.id.split("_")[1])
        match one.group:
            case "kept":
                return words.text("Kept at release: {what}", what=what)
            case "kept_later":
                return words.text("Kept six months later: {what}", what=what)
            case "with_plan":
                return words.text("Kept at release, with a plan: {what}", what=what)
            case _:
                return words.text("Kept at release, without a plan: {what}", what=what)
    return {
        "letter_response": words.text("Letter answered"),
        "contact": words.text("Contact before the reporting date"),
        "action_after_contact": words.text("Action after contact"),
        "action": words.text("Action, of all cases"),
        "known": words.text("Known to help already, of those with action"),
        "plan": words.text("Plan agreed, of those with contact"),
        "own_wish": words.text("Plan with an own wish"),
        "action_done": words.text("Actions done in time"),
        "reported": words.text("Reported, of those called up"),
        "handed_over": words.text("Shared with the prison, of those who reported"),
        "aftercare": words.text("Aftercare reached, of those who returned"),
    }[one.id]


def standing(words: Words, figures: Figures) -> list[str]:
    """Return what a reader must know of a period: that it is not to be published, or as of when it was published."""
    if figures.cut:
        cut = words.listed([words.month(month) for month in figures.cut])
        return [words.text("For your own work, not to publish: part of {months} is in it. Counted today.", months=cut)]
    if figures.closed is not None:
        return [words.text("As published at the close of {month}.", month=words.month(figures.closed))]
    return []


def columns(words: Words, measures: Sequence[tuple[str, str]] = ()) -> tuple[Column, ...]:
    """Return all columns in the reader's language; `measures`: codes and names of those that have one of their own."""
    yes_no, day = words.text("1 yes, 0 no, empty not known"), words.text("a day")
    at = {
        "start": words.text("at the start"),
        "release": words.text("at release"),
        "later": words.text("six months later"),
    }
    fixed = (
        (
            "ref",
            words.text("Case"),
            words.text(
                "Reference, without a name; the number of the row where you may not open the case; “erased” where "
                "somebody had it erased"
            ),
        ),
        ("municipality", words.text("Municipality"), words.text("as in the region file")),
        ("province", words.text("Province"), words.text("as in the region file")),
        ("prison", words.text("Prison"), words.text("as in the region file")),
        ("month", words.text("Cohort"), words.text("month of the list on which it first stood")),
        ("first_listed_on", words.text("First list"), day),
        ("track", words.text("Track"), words.text("self_report: reports themselves")),
        ("sentence", words.text("Sentence"), words.text("weeks: at most 3 weeks; months: at most 3 months; longer")),
        ("letter_on", words.text("Letter sent on"), day),
        ("letter_sent", words.text("Letter sent"), yes_no),
        ("letter_answered", words.text("Letter answered"), yes_no),
        ("answered_on", words.text("Answered on"), day),
        ("how", words.text("First contact"), words.text("letter, chat, phone, visit, or care: through other help")),
        ("contact", words.text("Contact before the date"), words.text("in both directions; 1 yes, 0 no")),
        ("known", words.text("Known to help"), yes_no),
        ("action", words.text("Action before the date"), words.text("at least one was set; 1 yes, 0 no")),
        ("plan", words.text("Plan agreed"), words.text("with the person; 1 yes, 0 no")),
        ("plan_agreed_on", words.text("Plan agreed on"), day),
        ("own_wish", words.text("Own wish in the plan"), yes_no),
        ("head_start", words.text("Days beforehand"), words.text("from the plan to the reporting date")),
        ("actions", words.text("Actions per domain"), words.text("domain: set/done, owners")),
        ("risks", words.text("Risk per domain"), words.text("domain: the highest level that was signalled")),
        ("actions_due", words.text("Actions due"), words.text("whose day has come, or that are done")),
        ("actions_in_time", words.text("Actions in time"), words.text("done on or before their day")),
        ("measures", words.text("Measures"), words.text("code=decision/reason, weighed for this case")),
        ("handed_over", words.text("Shared with the prison"), yes_no),
        ("notice_days", words.text("Days of notice"), words.text("from the first list to the reporting date")),
        ("called_up", words.text("Called up"), words.text("the reporting date has come; 1 yes, 0 no")),
        ("outcome", words.text("Outcome"), words.text("reported, absent, arrested; empty: not known")),
        ("returned", words.text("Returned"), words.text("the day of release has passed; 1 yes, 0 no")),
        ("aftercare", words.text("Aftercare contact"), words.text("since the release, in both directions")),
        ("closed_reason", words.text("Closed because"), words.text("empty: open")),
    )
    facts = [(name, profile_name(words, name).capitalize(), yes_no) for name in PROFILE]
    kept = [(f"{t}_{m}", f"{topic_name(words, t)}, {at[m]}".capitalize(), yes_no) for t in TOPICS for m in MOMENTS]
    weighed = [
        (fact(code), name, words.text("used, considered, or not_used/ and why; empty: not weighed"))
        for code, name in measures
    ]
    return tuple(Column(*one) for one in (*fixed, *facts, *kept, *weighed))


# Facts that a row tells only of a case that one may open; of an area they are counted all the same.
_PRIVATE = ("care", "addiction")


def _counted(figures: Figures, one: Indicator) -> list[Any]:
    """Return how many of how many, and of how many nobody knows, as the figures have them.

    Rows that do not tell cannot be counted by a formula.
    """
    rate = figures.total.rate(one)
    return ["< 5" if count is None else count for count in (rate.numerator, rate.denominator, rate.unknown)]


def workbook_data(
    words: Words, figures: Figures, rows: list[dict[str, Any]], title: str, measures: Measures
) -> dict[str, Any]:
    """Return what a workbook is made of: columns, rows, indicators with their counts, measures, and its own words."""
    weighed = [decided(row["measures"]) for row in rows]
    rows = [row | {fact(code): how for code, how in of.items()} for row, of in zip(rows, weighed, strict=True)]
    codes = dict.fromkeys((*measures.codes(), *sorted({code for of in weighed for code in of})))
    named = [(code, measure_name(words, measures, code)) for code in codes]
    # A column that is empty in every row is none: nobody looks for what they may not know.
    unseen = _PRIVATE if rows and not any(row["open"] for row in rows) else ()
    shown = [column for column in columns(words, named) if column.key not in unseen]
    return {
        "measures": measure_sheets(words, named),
        "title": title,
        "columns": [[c.key, c.heading, c.means] for c in shown],
        "rows": [[row.get(c.key) for c in shown] for row in rows],
        "indicators": [
            *(
                [
                    *(one.id, indicator_name(words, one), one.numerator, one.denominator, figures.targets.get(one.id)),
                    _counted(figures, one) if one.id in _PRIVATE and not all(row["open"] for row in rows) else None,
                    one.unknown,
                ]
                for one in INDICATORS
            ),
            # What became of the others who were called up; of whom nobody knows stands beside those who reported.
            ["absent", words.text("Called up, stayed away"), "called_up & outcome=absent", "called_up", *[None] * 3],
            ["arrested", words.text("Called up, arrested"), "called_up & outcome=arrested", "called_up", *[None] * 3],
        ],
        "words": {
            "cases": words.text("Cases"),
            "figures": words.text("Figures"),
            "places": words.text("Per municipality"),
            "codebook": words.text("Codebook"),
            "figure": words.text("Figure"),
            "numerator": words.text("Number"),
            "denominator": words.text("Of"),
            "percent": "%",
            "target": words.text("Target"),
            "met": words.text("Met"),
            "unknown": words.text("Not known"),
            "yes": words.text("yes"),
            "no": words.text("no"),
            "column": words.text("Column"),
            "heading": words.text("Heading"),
            "means": words.text("What it means"),
            "municipality": words.text("Municipality"),
            "note": "\n".join(
                (
                    *standing(words, figures),
                    words.text("These are counts. They show no cause. Small numbers: do not pass this file on."),
                )
            ),
        },
    }


# What an extract for research leaves out: days, and the place where somebody may be known.
_NOT_FOR_RESEARCH = {"municipality", "first_listed_on", "letter_on", "answered_on", "plan_agreed_on"}


def research_data(
    words: Words, figures: Figures, rows: list[dict[str, Any]], title: str, measures: Measures
) -> dict[str, Any]:
    """Return an extract for research: rows under numbers of their own in no order, months for days, and a codebook."""
    numbered = sorted(rows, key=lambda _row: token_bytes(8))
    under_numbers = [row | {"ref": f"R{number:05}"} for number, row in enumerate(numbered, start=1)]
    data = workbook_data(words, figures, under_numbers, title, measures)
    kept = [at for at, (key, _, _) in enumerate(data["columns"]) if key not in _NOT_FOR_RESEARCH]
    return data | {
        "columns": [data["columns"][at] for at in kept],
        "rows": [[row[at] for at in kept] for row in data["rows"]],
        "indicators": [],
        "measures": [],
    }
