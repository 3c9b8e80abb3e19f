"""Norms: by when somebody must have seen to a case: messages by the team's, urgent risks by their own (domain.md 3)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from conversations.content.checklist.flag_rules import FlagRule
from conversations.content.checklist.model import Checklist
from conversations.content.region import OfficeHours
from conversations.rules.hours import after_days, after_hours
from storage.case.case import Case
from storage.case.case_parts import Flag


def attend_by(case: Case, checklist: Checklist, office: OfficeHours, zone: ZoneInfo) -> datetime | None:
    """Return the first moment at which a message is unanswered, or an urgent risk unseen, longer than its norm."""
    return min(_deadlines(case, checklist, office, zone), default=None) if case.phase != "closed" else None


def _deadlines(case: Case, checklist: Checklist, office: OfficeHours, zone: ZoneInfo) -> Iterator[datetime]:
    if case.new_phone_at is not None:
        yield after_hours(office, case.new_phone_at, office.message_norm_hours, zone)
    for message in case.thread.unanswered():
        yield after_hours(office, message.at, office.message_norm_hours, zone)
    for flag in case.flags:
        if flag.level == "urgent" and flag.stands and flag.acknowledged_at is None:
            norm = see_by(flag, checklist.flag_rule(flag.flag), office, zone)
            yield norm or after_hours(office, flag.since, office.message_norm_hours, zone)


def see_by(flag: Flag, rule: FlagRule | None, office: OfficeHours, zone: ZoneInfo) -> datetime | None:
    """Return by when somebody must have seen a flag, by the norm of its rule; None without a norm."""
    if rule is None:
        return None
    if rule.norm_days is not None:
        return after_days(office, flag.since, rule.norm_days, zone)
    return after_hours(office, flag.since, rule.norm_hours, zone) if rule.norm_hours is not None else None
