"""Flags that stand for a case: one pure function over its answers, its date and silence, for turns and for ticks.

It raises and lowers what the rules of the checklist say (domain.md section 3), and nothing else: what a professional
has overruled stays overruled until the level rises, and what somebody wrote is ended by a human only.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from conversations.content.checklist.flag_rules import FlagRule
from conversations.content.checklist.model import Checklist
from conversations.rules import checklist_rules
from storage.case.case import Case
from storage.case.case_parts import LEVELS, Flag
from storage.case.silence import silent_since
from storage.clock import instant, wall

DAY = timedelta(days=1)
HIGH = ("high", "urgent")
# How near the day is counts apart from what was answered.
AT_ANY_TIME = checklist_rules.Situation(by_worker=True)


def review(checklist: Checklist, case: Case, now: datetime, zone: ZoneInfo) -> list[Flag]:
    """Raise and lower the signals of a case as they stand now; returns those that are new, or worse than before.

    The case remembers when to look again: the next moment at which time alone changes one.
    """
    case.signals.reviewed(_next_change(checklist, case, now, zone))
    case.plan.keep_private(checklist.private.of_action)
    case.course.know_collected(checklist.is_collected(case.answers))
    if case.phase == "closed":
        return []
    today = wall(now, zone).date()
    before = {flag.flag: flag.level for flag in case.flags if flag.lowered_at is None}
    ordinary = [rule for rule in checklist.flags if rule.kind in ("answers", "silence")]
    said = checklist_rules.weighing(checklist, case.answers, case.phase)
    _settle(case, ordinary, [rule for rule in ordinary if _holds(rule, case, said, now, today)], now)
    near = [rule for rule in checklist.flags if rule.kind == "open_high"]
    open_high = [rule for rule in near if _in_time(rule, case, today) and _is_high(checklist, case, near)]
    _settle(case, near, open_high, now)
    return [
        flag
        for flag in case.flags
        if flag.stands and LEVELS.index(flag.level) > LEVELS.index(before.get(flag.flag, "none"))
    ]


def _settle(case: Case, ours: list[FlagRule], standing: list[FlagRule], now: datetime) -> None:
    """Raise those that stand; lower the others of ours."""
    for rule in standing:
        case.signals.raise_flag(rule.id, rule.domain, rule.level, rule.reason, now)
    gone = {rule.id for rule in ours} - {rule.id for rule in standing}
    for flag in case.flags:
        if flag.flag in gone and flag.lowered_at is None:
            case.signals.lower_flag(flag, now)


def _holds(rule: FlagRule, case: Case, said: checklist_rules.Answers, now: datetime, today: date) -> bool:
    if case.phase not in rule.phases or not _in_time(rule, case, today):
        return False
    if rule.kind == "silence":
        since = silent_since(case)
        return since is not None and since + _silence(rule) <= now
    any_of = not rule.any_of or any(checklist_rules.holds((one,), said) for one in rule.any_of)
    return any_of and checklist_rules.holds(rule.when, said)


def _silence(rule: FlagRule) -> timedelta:
    return timedelta(days=rule.silent_days or 0)


def _in_time(rule: FlagRule, case: Case, today: date) -> bool:
    """Tell whether the reporting day is as near as a rule asks. Also a day of the list counts: it alarms no person."""
    if rule.days_left is None:
        return True
    left = case.days_left(today)
    return case.phase == "coming" and left is not None and 0 <= left < rule.days_left


def _is_high(checklist: Checklist, case: Case, near: list[FlagRule]) -> bool:
    """Tell whether something high stands open: a signal, or a domain in which nothing was done yet."""
    own = {rule.id for rule in near}
    if any(flag.stands and flag.level in HIGH and flag.flag not in own for flag in case.flags):
        return True
    done = {action.domain for action in case.actions if action.status == "done"}
    standing = checklist_rules.standing(checklist, case.answers, AT_ANY_TIME)
    return any(stands.level in HIGH and domain not in done for domain, stands in standing.items())


def _next_change(checklist: Checklist, case: Case, now: datetime, zone: ZoneInfo) -> datetime | None:
    """Return the first moment after `now` at which time alone raises or lowers a signal."""
    if case.phase == "closed":
        return None
    return min((at for at in _moments(checklist, case, zone) if at > now), default=None)


def _moments(checklist: Checklist, case: Case, zone: ZoneInfo) -> Iterator[datetime]:
    since, day = silent_since(case), case.reporting_date
    if day is not None and (lefts := {rule.days_left for rule in checklist.flags if rule.days_left is not None}):
        yield from (instant(day - (left - 1) * DAY, time(0), zone) for left in lefts)
        yield instant(day + DAY, time(0), zone)
    if since is not None:
        yield from (since + _silence(rule) for rule in checklist.flags if rule.kind == "silence")


def pressing(checklist: Checklist, case: Case, today: date) -> int:
    """Return how worrying a case is for the order of lists, from 0 to 4: its worst domain or signal.

    One more when fewer days are left than something takes that would help (domain.md section 2, the escalation rule).
    It raises no alarm.
    """
    # Of what was answered only: this is worked out with every turn.
    said = checklist_rules.weighing(checklist, case.answers, case.phase)
    levels = [checklist_rules.level_of(question, said) for question in checklist.questions if question.id in said]
    worst = max(LEVELS.index(level) for level in (case.signals.level, *levels))
    left = case.days_left(today)
    if not worst or case.phase != "coming" or left is None or left < 0:
        return worst
    settled = {a.proposal for a in case.actions if a.proposal and a.status in ("done", "declined", "dropped")}
    helps = checklist_rules.proposals(checklist, case.answers, settled, case.reporting_date)
    return min(worst + 1, len(LEVELS) - 1) if any(left < (p.lead or 0) for p in helps) else worst
