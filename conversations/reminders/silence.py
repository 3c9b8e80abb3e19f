"""Silence: who says nothing to a reminder is not left alone: the bot, then a call, then a letter, then a visit.

Each step is a row of the schedule that goes to the worker when its time comes and nobody has heard from the person.
"""

from __future__ import annotations

from datetime import date, time, timedelta

from conversations.reminders.kind import Kind
from conversations.turn import Turn
from storage.case.case import Case
from storage.case.case_parts import UNSETTLED, Reminder
from storage.clock import wall

# Each step, and the kind of contact that it is (storage.case.case_parts.Contact).
WAYS = {"silence_call": "phone", "silence_letter": "letter", "silence_visit": "visit"}
STEPS = tuple(WAYS)
# Before the worker's list comes.
AT = time(8, 30)


def _days(turn: Turn) -> dict[str, int]:
    office = turn.content.region.office
    return dict(
        zip(STEPS, (office.silence_call_days, office.silence_letter_days, office.silence_visit_days), strict=True)
    )


def _heard_since(turn: Turn, case: Case, day: date) -> bool:
    """Tell whether the person tapped, typed or spoke to anybody after a day began on which they were reminded."""
    heard = [turn.chat.last_seen] if turn.chat.case_id == case.id else []
    heard += [contact.on for contact in case.contacts if contact.direction == "in"]
    heard += [row.opened_at for row in case.reminders if row.opened_at is not None]
    return any(wall(moment, turn.content.zone).date() >= day for moment in heard)


def _since(turn: Turn, row: Reminder) -> date:
    return row.day - timedelta(days=_days(turn)[row.kind])


def _over(turn: Turn, row: Reminder) -> str | None:
    case = turn.case
    if not case.is_at_home or not case.person.consents_to("channel"):
        return "no longer so"
    paused = case.preferences.paused_until
    if _heard_since(turn, case, _since(turn, row)) or (paused is not None and turn.today < paused):
        return "heard from them"
    return None


def begin(turn: Turn, case: Case) -> None:
    """Start counting when a message leaves, unless it is counted since one that has no answer yet."""
    counting = [row for row in case.reminders if row.kind in STEPS and row.state in UNSETTLED]
    if counting and _heard_since(turn, case, _since(turn, counting[0])):
        case.schedule.cancel("heard from them", kinds=STEPS)
    elif counting:
        return
    if case.is_at_home:
        for step, days in _days(turn).items():
            case.schedule.remind(step, turn.today + timedelta(days=days), AT, turn.content.zone)


def _words(turn: Turn, _case: Case, row: Reminder) -> str:
    days = turn.words.plural("1 day", "{number} days", _days(turn)[row.kind])
    return {
        "silence_call": turn.text("Nothing was heard for {days} after a reminder. Call: how are you?", days=days),
        "silence_letter": turn.text("Nothing was heard for {days} after a reminder. Write a letter.", days=days),
        "silence_visit": turn.text("Nothing was heard for {days} after a reminder. Go and see them.", days=days),
    }[row.kind]


KIND = Kind(late=_over, opens=None, words=_words)
