"""Reasons to wait, in a worker's words: the sign, the reason, and since when."""

from __future__ import annotations

from datetime import date, datetime

from conversations.turn import Turn
from conversations.words.wording import unlinked
from storage.clock import wall
from storage.queues.pressing import Waiting, colour

# Characters of a name in a line of a list.
LONGEST_NAME = 20


def sign(name: str) -> str:
    """Return how pressing a reason is, at one look."""
    return "🔴🟠🟡"[colour(name)]


def reason(turn: Turn, name: str) -> str:
    """Return why a case waits, in the reader's words."""
    return {
        "urgent_flag": turn.text("urgent"),
        "new_phone": turn.text("new phone: call first"),
        "unread_message": turn.text("message"),
        "not_reachable": turn.text("messages do not arrive"),
        "not_opened": turn.text("reminder not opened: call"),
        "hand_delivery": turn.text("call today: reminder"),
        "date_differs": turn.text("list and letter differ"),
        "not_listed": turn.text("not on the list any more"),
        "outcome_unknown": turn.text("outcome unknown"),
        "perhaps_free": turn.text("free? find out"),
        "postponement_open": turn.text("other day asked for: decided?"),
        "risk_near": turn.text("date near, high risk open"),
        "plan_not_agreed": turn.text("date near, no plan yet"),
        "action_overdue": turn.text("action over time"),
        "share_not_confirmed": turn.text("prison has not confirmed"),
        "share_declined": turn.text("prison cannot do something"),
        "nobody_to_collect": turn.text("nobody to collect at release"),
        "no_contact": turn.text("no contact after the letter: visit?"),
        "checklist_stalled": turn.text("questions stand still"),
        "no_worker": turn.text("nobody has this case"),
        "no_letter_sent": turn.text("no letter sent"),
        "invitation_not_used": turn.text("letter not answered"),
    }[name]


def since(turn: Turn, moment: datetime) -> str:
    """Return since when, as short as it can be said."""
    days = (turn.today - moment.astimezone(turn.content.zone).date()).days
    if days == 0:
        return turn.text("since {time}", time=turn.words.time(moment.astimezone(turn.content.zone).time()))
    return turn.words.plural("since yesterday", "for {number} days", days)


def ago(turn: Turn, moment: datetime) -> str:
    """Return how long ago something was."""
    days = (turn.today - moment.astimezone(turn.content.zone).date()).days
    return turn.words.plural("yesterday", "{number} days ago", days) if days else turn.text("today")


def before(turn: Turn, moment: datetime) -> str:
    """Return by when somebody must have seen to it."""
    local = wall(moment, turn.content.zone)
    if moment <= turn.now:
        return turn.text("⏰ past its time")
    if local.date() == turn.today:
        return turn.text("before {time}", time=turn.words.time(local.time()))
    return turn.text("before {day} {time}", day=turn.words.short(local.date()), time=turn.words.time(local.time()))


def left(turn: Turn, reporting: date | None) -> str | None:
    """Return how many days are left until the reporting date."""
    if reporting is None:
        return None
    days = (reporting - turn.today).days
    return turn.words.plural("1 day left", "{number} days left", days) if days >= 0 else turn.text("past its date")


def in_brief(name: str) -> str:
    """Return a name so that a line of a list stays one or two lines on a phone."""
    name = name.strip()  # a list may have no first name
    first, _, last = name.partition(" ")
    brief = f"{first[0]}. {last}" if len(name) > LONGEST_NAME and last else name
    return brief if len(brief) <= LONGEST_NAME else f"{brief[: LONGEST_NAME - 1].rstrip()}…"


def line(turn: Turn, number: int, case: Waiting, most: int = 2) -> str:
    """Return one line of a list: its number, the reference and the name, what it waits for, and the days left."""
    parts = [f"{sign(case.reasons[0][0]) if case.reasons else '🟢'} {number}. {case.ref}"]
    parts += [unlinked(in_brief(case.name))] if case.name else []
    parts += [f"{reason(turn, name)} {since(turn, moment)}" for name, moment in case.reasons[:most]]
    if case.attend_by is not None:
        parts.append(before(turn, case.attend_by))
    if (days := left(turn, case.reporting_date)) is not None:
        parts.append(days)
    return " · ".join(parts)
