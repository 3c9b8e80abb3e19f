"""The team's part: what those who help wrote down, weighed, asked each other and decided, each with who and when."""

from __future__ import annotations

from conversations.papers.my_data.page import Line, Page, Section, line, own
from conversations.words import worded
from conversations.worker.today.reasons import reason
from storage.case.case_parts import LEVELS, Decision, Flag, Measure


def sections(page: Page) -> list[Section]:
    """Return these parts."""
    text, case = page.turn.text, page.case
    return [
        (text("Signs for your helper"), [*_how_soon(page), *(_sign(page, flag) for flag in case.flags)]),
        (
            text("What waits for your helper"),
            [line(page.moment(since), reason(page.turn, name)) for name, since in case.waiting.items()],
        ),
        (
            text("Notes of your helper"),
            [line(page.moment(note.at), own(page.who(note.by)), own(note.text)) for note in case.notes],
        ),
        (text("Help that was weighed for you"), [_measure(page, row) for row in case.measures]),
        (text("Questions to colleagues"), [_decision(page, row) for row in case.decisions]),
        (
            text("Decided in a meeting about you"),
            [
                line(
                    page.moment(row.at),
                    own(row.text),
                    text("{name} wrote it down", name=page.who(row.by)),
                    text("{name} does it", name=page.who(row.owner)) if row.owner else None,
                    text("by {day}", day=page.day(row.due)),
                    text("done on {day}", day=page.moment(row.done_at)) if row.done_at else None,
                )
                for row in case.resolutions
            ],
        ),
        (
            text("What was tried"),
            [
                line(
                    page.moment(row.at),
                    own(page.who(row.by)),
                    own(row.tried),
                    text("It stopped: {why}", why=row.stopped),
                )
                for row in case.efforts
            ],
        ),
        (
            text("Given to another helper"),
            [
                line(
                    page.moment(row.at),
                    text("from {name}", name=page.who(row.from_)) if row.from_ else None,
                    text("to {name}", name=page.who(row.to)),
                    own(row.summary),
                    text("read {when}", when=page.moment(row.seen_at)) if row.seen_at else None,
                )
                for row in case.handovers
            ],
        ),
        (text("Told to the coordinator, without your name"), _bottlenecks(page)),
    ]


def _soon(page: Page, level: str) -> str:
    text = page.turn.text
    return {
        "none": text("this waits in the list of your helper"),
        "low": text("this stands low in the list of your helper"),
        "medium": text("this stands lower in the list of your helper"),
        "high": text("this stands high in the list of your helper"),
        "urgent": text("this stands on top in the list of your helper"),
    }.get(level, level)


def _how_soon(page: Page) -> list[Line]:
    """Return how soon somebody looks: as the worker's list sorts it."""
    pressing = page.case.pressing
    if not pressing:
        return []
    number = page.turn.text("place {number} of 4 in the order of your helper", number=pressing)
    return [line(page.turn.text("Now"), _soon(page, LEVELS[min(pressing, len(LEVELS) - 1)]), number)]


def _sign(page: Page, flag: Flag) -> Line:
    text = page.turn.text
    known = page.turn.content.checklist.flag_rule(flag.flag) is not None
    seen = text("{name} saw it: {when}", name=page.who(flag.seen_by), when=page.moment(flag.acknowledged_at))
    wrong = text(
        "{name} says that it is not so: {when}", name=page.who(flag.overruled_by), when=page.moment(flag.overruled_at)
    )
    return line(
        page.moment(flag.since),
        worded.signal(page.turn.words, page.turn.content.checklist, flag) if known else own(flag.reason),
        page.domain(flag.domain),
        _soon(page, flag.level),
        seen if flag.acknowledged_at else None,
        wrong if flag.overruled_at else None,
        own(flag.why),
        text("over since {when}", when=page.moment(flag.lowered_at)) if flag.lowered_at else None,
    )


def _measure(page: Page, row: Measure) -> Line:
    text = page.turn.text
    decisions = {
        "considered": text("your helper thinks about it"),
        "used": text("it is used"),
        "not_used": text("it is not used"),
    }
    reasons = {
        "policy": text("there are no rules for it here"),
        "law": text("the law does not allow it"),
        "too_late": text("it is too late for it"),
        "not_wanted": text("you did not want it"),
        "not_needed": text("it is not needed"),
    }
    wishes = {"yes": text("you said yes"), "no": text("you said no"), "unsure": text("you did not know yet")}
    return line(
        page.moment(row.at),
        page.measure(row.code),
        decisions.get(row.decision, row.decision),
        reasons.get(row.reason or "", row.reason),
        wishes.get(row.wish or "", row.wish),
        own(page.who(row.by)),
    )


def _decision(page: Page, row: Decision) -> Line:
    text = page.turn.text
    answers = {"yes": text("the answer is yes"), "no": text("the answer is no"), "talk": text("first talk about it")}
    return line(
        page.moment(row.asked_at),
        page.measure(row.measure),
        text("{name} asks {other}", name=page.who(row.asked_by), other=page.who(row.asked_of)),
        own(row.question),
        text("by {day}", day=page.day(row.decide_by)),
        answers.get(row.answer or "", row.answer),
        page.moment(row.answered_at) if row.answered_at else None,
        own(row.explanation),
    )


def _bottlenecks(page: Page) -> list[Line]:
    text = page.turn.text
    kinds = {"bottleneck": text("this stands in the way"), "improvement": text("this would help")}
    states = {"open": text("open"), "taken": text("somebody sees to it"), "solved": text("solved")}
    return [
        line(
            page.moment(one.at),
            kinds.get(one.kind, one.kind),
            own(one.text),
            own(page.who(one.by)),
            own(one.municipality),
            states.get(one.status, one.status),
            own(page.who(one.owner)) if one.owner else None,
            own(one.theme),
        )
        for one in page.kept.bottlenecks
    ]
