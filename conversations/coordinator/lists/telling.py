"""Telling of an import, half an hour after the yes: workers that a list came, people that their letter stands."""

from __future__ import annotations

from datetime import datetime

from conversations.effects.notice import Notice
from conversations.shared.import_result import Taken, leaves_at, message_prefix


def messages(by: str, draft: str, taken: Taken, now: datetime) -> list[Notice]:
    """Return the notices of an import, one for each who hears of it; their keys let `by` take them back."""
    at, prefix = leaves_at(now), f"{message_prefix(by)}{draft}"
    workers = [
        Notice(("staff", worker), "listed", "today", "0", f"{prefix}:w{n}", at)
        for n, (worker, told) in enumerate(taken.workers.items())
        if told.joined
    ]
    people = [
        Notice(("case", person), "message", "list_moved", "", f"{prefix}:p{n}", at)
        for n, person in enumerate(taken.people)
    ]
    return workers + people
