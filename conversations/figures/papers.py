"""Papers of figures: what pictures and the page for the alderman are made of, small counts already gone."""

from __future__ import annotations

from typing import Any

from conversations.content.measures import Measures
from conversations.figures.figures import Figures, Rate
from conversations.figures.monitoring_format import indicator_name, standing
from conversations.figures.weighing import measure_name, topic_name
from conversations.words.wording import Words
from storage.figures.indicators import INDICATORS
from storage.schema import TOPICS
from storage.scope import PROVINCE

# Bars in a picture at most: what a phone shows without a magnifying glass.
BARS = 14
# Shares of municipalities that the page names at most, and measures.
NAMED = 5


def area_name(area: str, region: str) -> str:
    """Return an area as people write it."""
    return region if area == "all" else area.removeprefix(PROVINCE)


def period(words: Words, figures: Figures) -> str:
    """Return a period: 1 januari – 26 november 2026."""
    first, last = figures.first, figures.last
    year = "" if first.year == last.year else f" {first.year}"
    return f"{words.day_and_month(first)}{year} – {words.day_and_month(last)} {last.year}"


def few(words: Words) -> str:
    """Return what stands where a count is too small, or would give one away."""
    return words.text("too few to show")


def said(words: Words, rate: Rate) -> str:
    """Return a rate with its counts, as text."""
    if rate.numerator is None or rate.denominator is None:
        return few(words)
    of = words.text("{numerator} of {denominator}", numerator=rate.numerator, denominator=rate.denominator)
    return f"{rate.percent} % ({of})" if rate.percent is not None else of


def unknown(words: Words, rate: Rate) -> str:
    """Return of how many it is not known, with a comma before it; nothing where all are known."""
    if not rate.unsure or rate.hidden:
        return ""
    return words.text(", not known {number}", number=few(words) if rate.unknown is None else rate.unknown)


def ends(words: Words) -> dict[str, str]:
    """Return what became of those who were called up and did not report themselves, each with its count."""
    return {
        words.text("Called up, stayed away"): "called_up & outcome=absent",
        words.text("Called up, arrested"): "called_up & outcome=arrested",
        words.text("Called up, outcome not known"): "called_up & !outcome",
    }


def notes(words: Words, figures: Figures) -> str:
    """Return what every figure must be read with."""
    lines = []
    if figures.too_small:
        lines.append(
            words.plural(
                "1 municipality with few cases: only in the total.",
                "{number} municipalities with few cases: only in the total.",
                figures.too_small,
            )
        )
    lines.append(words.text("These are counts. They show no cause."))
    return "\n".join([*standing(words, figures), " ".join(lines)])


def chart_data(words: Words, figures: Figures, region: str) -> dict[str, Any]:
    """Return the funnel from all cases to reported, and contact per municipality."""
    counts = figures.total.counts
    steps = (
        (words.text("Cases"), "cases"),
        (words.text("Letter sent"), "letter_sent"),
        (words.text("Contact"), "contact"),
        (words.text("Action"), "action"),
        (words.text("Plan agreed"), "contact & plan"),
        (words.text("Called up"), "called_up"),
        (words.text("Reported"), "called_up & outcome=reported"),
    )
    rows = [(row.name, row.rate("contact")) for row in figures.municipalities if row.counts["cases"] is not None]
    rows.sort(key=lambda row: (-(row[1].percent or -1), row[0]))
    return {
        "title": f"{area_name(figures.area, region)} · {period(words, figures)}",
        "note": notes(words, figures),
        "small": few(words),
        "steps": [[name, counts[count]] for name, count in steps],
        "bar_title": words.text("Contact per municipality"),
        "bars": [[name, rate.percent, f"{rate.numerator} / {rate.denominator}"] for name, rate in rows[:BARS]],
    }


def report_data(words: Words, figures: Figures, region: str, measures: Measures) -> dict[str, Any]:
    """Return the page for the alderman; it leaves the house, so it is of whole months only."""
    assert not figures.cut
    rows = []
    for one in INDICATORS:
        rate, target = figures.total.rate(one), figures.targets.get(one.id)
        if one.group not in ("course", "kept") or rate.denominator == 0:
            continue
        met = {True: " ✓", False: " –", None: ""}[figures.met(one.id)]
        of = few(words)
        if not rate.hidden:
            of = words.text("{numerator} of {denominator}", numerator=rate.numerator, denominator=rate.denominator)
        not_known = "" if rate.unknown is None else str(rate.unknown)
        rows.append(
            {
                "unknown": few(words) if rate.unsure and rate.unknown is None and not rate.hidden else not_known,
                "name": indicator_name(words, one),
                "percent": "" if rate.percent is None else f"{rate.percent} %",
                "of": of,
                "value": rate.percent,
                "target": "" if target is None else f"{target} %{met}",
            }
        )
    cases, contact = figures.total.counts["cases"], figures.total.counts["contact"]
    lead = words.text("{number} people stood on a list.", number=cases if cases is not None else few(words))
    if cases is not None and contact is not None:
        lead += " " + words.text("With {number} of them there was no contact yet.", number=cases - contact)
    return {
        "title": words.text("Voorzorg in {area}", area=area_name(figures.area, region)),
        "subtitle": period(words, figures),
        "language": words.language,
        "lead": lead,
        "heads": [words.text("Figure"), "%", words.text("Counts"), words.text("Not known"), "", words.text("Target")],
        "rows": rows,
        "parts": [part for part in (_lost(words, figures), _weighed(words, figures, measures)) if part["items"]],
        "note": notes(words, figures)
        + " "
        + words.text("Whole months, by the list on which a case first stood. Counts of one to four are not shown."),
    }


def losses(words: Words, figures: Figures) -> dict[str, tuple[int, int]]:
    """Return where people are lost, where that may be told: how many, and of how many; the largest loss first."""
    counts, found = figures.total.counts, {}
    steps = (
        (words.text("Letter sent, not answered"), "letter_sent", "letter_sent & letter_answered"),
        (words.text("On the list, no contact"), "cases", "contact"),
        (words.text("Contact, no action"), "contact", "contact & action"),
        (words.text("Contact, no agreed plan"), "contact", "contact & plan"),
    )
    for name, whole, part in steps:
        before, after = counts[whole], counts[part]
        if before is not None and after is not None:
            found[name] = (before - after, before)
    # Who stayed away, who was arrested and of whom nobody knows are three different things.
    for name, count in ends(words).items():
        lost, of = counts[count], counts["called_up"]
        if lost is not None and of is not None:
            found[name] = (lost, of)
    for topic in TOPICS:
        rate = figures.total.rate(f"kept_{topic}")
        if not rate.hidden and rate.denominator and rate.numerator is not None:
            lost = rate.denominator - rate.numerator
            found[words.text("Lost: {what}", what=topic_name(words, topic))] = (lost, rate.denominator)
    found = {name: (lost, of) for name, (lost, of) in found.items() if lost == 0 or lost >= NAMED}
    return dict(sorted(found.items(), key=lambda one: -one[1][0]))


def _lost(words: Words, figures: Figures) -> dict[str, Any]:
    items = [f"{name}: {lost}" for name, (lost, _) in losses(words, figures).items() if lost]
    if figures.silent is not None and figures.silent >= NAMED:
        items.append(words.text("No contact for more than 30 days: {number}", number=figures.silent))
    return {"title": words.text("Where we lose people"), "items": items}


def _weighed(words: Words, figures: Figures, measures: Measures) -> dict[str, Any]:
    # Measures are counted today: beside figures as they were published they would be of another day.
    weighed = figures.measures if figures.closed is None else ()
    used = [(number, one.code) for one in weighed if (number := one.rate("used").numerator)]
    items = []
    for number, code in sorted(used, reverse=True)[:NAMED]:
        items.append(f"{measure_name(words, measures, code)}: {number}")
    return {"title": words.text("Measures used"), "items": items}
