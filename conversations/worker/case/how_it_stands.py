"""How a case stands, line by line, for who may open it: the person, the days, the domains, the signals, the plan."""

from __future__ import annotations

from collections.abc import Iterator

from conversations.figures.weighing import topic_name
from conversations.rules import checklist_rules
from conversations.rules.reporting_hour import report_at
from conversations.turn import Turn
from conversations.words import worded
from conversations.words.reporting_day import day_and_hour
from conversations.words.share_sign import share_sign
from conversations.words.wording import escape, unlinked
from conversations.worker.case import postponing
from conversations.worker.case.out_again import window
from conversations.worker.today.reasons import ago, since
from conversations.worker.today.signs import SIGNS
from storage.case.case import Case
from storage.people.names import has_look_alikes
from storage.schema import TOPICS

# Moments after release, the last one first.
LATEST_FIRST = ("later", "release")


def how_it_stands(turn: Turn, case: Case) -> Iterator[str]:
    """Yield the lines of a case on its card, in the order in which they are read."""
    yield from _person(turn, case)
    yield from _day_of_reporting(turn, case)
    yield f"🧭 {_phase(turn, case)} · {_contacted(turn, case)}"
    yield from _day_of_release(turn, case)
    yield from _changed(turn, case)
    yield from _domains(turn, case)
    for flag in case.flags:
        if flag.stands:
            said = worded.signal(turn.words, turn.content.checklist, flag)
            yield f"{SIGNS[flag.level]} {said} · {since(turn, flag.since)}"
    for resolution in case.resolutions:
        if resolution.done_at is None:
            yield f"🗂 {unlinked(resolution.text)} · {turn.words.short(resolution.due)}"
    yield from _plan(turn, case)


def _person(turn: Turn, case: Case) -> Iterator[str]:
    yield f"👤 {escape(case.identity.name)}"
    if has_look_alikes(case.identity.name):
        yield turn.text("⚠️ Letters of another alphabet stand in this name. Compare it with the letter.")


def _day_of_reporting(turn: Turn, case: Case) -> Iterator[str]:
    """Yield the day, and what the list says otherwise: the letter rules, never the list."""
    if case.reporting_date:
        sure = turn.text("from the letter") if case.date_confirmed_by else turn.text("from the list, not confirmed")
        yield f"📅 {day_and_hour(turn.words, case.reporting_date, report_at(case))} ({sure})"
        if (asked := postponing.asked(turn, case)) is not None:
            yield asked
        if case.date_confirmed_by and case.overview_date and case.overview_date != case.reporting_date:
            yield turn.text("⚠️ The list says {day}.", day=turn.words.full_date(case.overview_date))
    else:
        yield turn.text("📅 no date yet")
    if case.missing_since and case.is_at_home:
        yield turn.text("👻 Not on the list any more since {day}.", day=turn.words.full_date(case.missing_since))


def _phase(turn: Turn, case: Case) -> str:
    """Return where a case stands in its course."""
    known = turn.content.tracks.of(case.track).phase(case.phase)
    return turn.words.content(known.id, known.worker)


def _contacted(turn: Turn, case: Case) -> str:
    """Return the last contact with the person: how, and how long ago."""
    two_way = [contact for contact in case.contacts if contact.direction == "in"]
    last = (two_way or case.contacts)[-1:]
    if not last:
        return turn.text("no contact yet")
    kind = {
        "letter": turn.text("letter"),
        "phone": turn.text("telephone"),
        "call_missed": turn.text("called in vain"),
        "visit": turn.text("visit"),
        "care": turn.text("through other help"),
    }.get(last[0].kind, turn.text("chat"))
    said = turn.text("last contact: {kind}", kind=kind) if two_way else turn.text("no answer yet: {kind}", kind=kind)
    return f"{said}, {ago(turn, last[0].on)}"


def _day_of_release(turn: Turn, case: Case) -> Iterator[str]:
    if (days := window(turn, case)) is not None:
        yield days
    elif case.phase == "free" and case.release_date is not None:
        yield turn.text("Free since {day}.", day=turn.words.full_date(case.release_date))
    if case.formal_release is not None:
        yield turn.text("⚖️ Sentence ends: {day}", day=turn.words.full_date(case.formal_release))


def _changed(turn: Turn, case: Case) -> Iterator[str]:
    """Yield what is another than before they went in, as the last check-in that tells of it found it: worse first."""
    if case.phase != "free":
        return
    lost: list[str] = []
    won: list[str] = []
    for topic in TOPICS:
        before = case.facts.get(f"{topic}_start")
        now = next((case.facts[f"{topic}_{at}"] for at in LATEST_FIRST if f"{topic}_{at}" in case.facts), None)
        if before is not None and now is not None and before is not now:
            (lost if before else won).append(topic_name(turn.words, topic))
    if lost:
        yield turn.text("🔻 Had before, has no more: {topics}", topics=", ".join(lost))
    if won:
        yield turn.text("🔺 Has now, and not before: {topics}", topics=", ".join(won))


def _domains(turn: Turn, case: Case) -> Iterator[str]:
    situation = checklist_rules.usual_situation(case, turn.today)
    for domain_id, stands in checklist_rules.standing(turn.content.checklist, case.answers, situation).items():
        domain = turn.content.checklist.domain(domain_id)
        name = worded.domain_for_staff(turn.words, domain)
        sign = SIGNS[stands.level] if stands.answered else "⚪"
        yield f"{sign} {domain.symbol} {name} {stands.answered}/{stands.total}"


def _plan(turn: Turn, case: Case) -> Iterator[str]:
    own = turn.member.name if turn.member else ""
    for action in case.actions:
        if action.status not in ("agreed", "done"):
            continue
        words = worded.action_for_staff(turn.words, turn.content.checklist, action, own) or unlinked(action.text)
        parts = [f"{'✅' if action.status == 'done' else '📌'} {words}"]
        if action.due:
            parts.append(turn.words.short(action.due))
        if action.owner == "casemanager":
            parts.append(share_sign(turn.words, case, action, to_staff=True))
        yield " · ".join(parts)
