"""Cases as they are saved: with their flags, what is still to be asked, and by when somebody must have seen to them."""

from __future__ import annotations

from bot.lookups.lookups import Lookups
from bot.rounds.loaded import Room
from conversations.content.content import Content
from conversations.effects.notice import Notice, NoticeKind
from conversations.reminders import home_check_plan
from conversations.rules import checklist_rules
from conversations.rules.flags import pressing, review
from conversations.rules.norms import attend_by
from conversations.self_reporter.day import perhaps_free
from storage.case.case import Case
from storage.case.handed import settle_handed
from storage.clock import wall
from storage.people.staff import Member


async def save_cases(room: Room, content: Content, changed: list[Case]) -> list[Notice]:
    """Write cases with what follows from their change.

    Returns what is to be told of: a flag that is urgent and new, a reminder of the day that nobody opened, and to a
    prison what it reads no more.
    """
    told: list[Notice] = []
    unopened = {case.id for case in changed if "not_opened" in case.waiting}
    for case in changed:
        if case.touched:
            told += await _follow(room, content, case)
    await room.stores.cases.save(room.connection, changed, room.now, content.zone)
    for case in changed:
        # Today is the last on which somebody can call: this does not wait for tomorrow's list.
        if "not_opened" in case.waiting and case.id not in unopened:
            told += _to(await Lookups(room, content).helpers(case), "alert", case, "case")
    return told


async def _follow(room: Room, content: Content, case: Case) -> list[Notice]:
    """Bring what hangs from a changed case in line with it; returns what is to be told of that."""
    told: list[Notice] = []
    if any(flag.level == "urgent" for flag in review(content.checklist, case, room.now, content.zone)):
        told += _to(await Lookups(room, content).helpers(case), "alert", case, "case")
    settle_handed(case, room.now, content.zone)
    perhaps_free.plan(case, room.now, content.zone, content.reminders.sending)
    home_check_plan.plan(case, room.now, content.zone, content.reminders)
    for prison in case.shares.tell_ends(room.now):
        told += _to(await Lookups(room, content).casemanagers(prison), "unshared", case, "no_longer")
    content.facts.keep(case)
    case.attention.needed_by(attend_by(case, content.checklist, content.region.office, content.zone))
    today = wall(room.now, content.zone).date()
    case.attention.press(pressing(content.checklist, case, today))
    if case.answers or case.joined_at:
        situation = checklist_rules.usual_situation(case, today)
        case.person.count_questions(checklist_rules.questions_left(content.checklist, case.answers, situation))
    return told


def _to(members: list[Member], kind: NoticeKind, case: Case, verb: str) -> list[Notice]:
    return [Notice(("staff", member.id), kind, verb, case.ref) for member in members]
