"""By when somebody must have seen to a case: messages by the team's norm, urgent risks by their own (domain.md 3)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from conversations.hours import after_days, after_hours
from conversations.turn import Content
from storage.case import Case


def attend_by(case: Case, content: Content) -> datetime | None:
    """Return the first moment at which a message is unread, or an urgent risk unseen, longer than its norm."""
    return min(_deadlines(case, content), default=None) if case.phase != "closed" else None


def _deadlines(case: Case, content: Content) -> Iterator[datetime]:
    office, zone = content.region.office, content.zone
    for message in case.unread("self_reporter"):
        yield after_hours(office, message.at, office.message_norm_hours, zone)
    for flag in case.flags:
        if flag.level != "urgent" or not flag.stands or flag.acknowledged_at is not None:
            continue
        rule = content.checklist.flag_rule(flag.flag)
        if rule is not None and rule.norm_days is not None:
            yield after_days(office, flag.since, rule.norm_days, zone)
        else:
            hours = rule.norm_hours if rule is not None and rule.norm_hours else office.message_norm_hours
            yield after_hours(office, flag.since, hours, zone)
