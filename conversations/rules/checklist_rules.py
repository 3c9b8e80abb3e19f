"""Rules over a checklist and answers: what is asked next, how worrying it is, what to propose and to signal. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

from conversations.content.checklist.model import Checklist
from conversations.content.checklist.parts import UNKNOWN, UNSAID, Condition
from conversations.content.checklist.proposals import Proposal
from conversations.content.checklist.questions import Question
from storage.case.case import Case
from storage.case.case_parts import LEVELS, Answer, Level
from storage.case.phases import BEFORE, Kind

Answers = dict[str, Answer]
_RANK = {level: rank for rank, level in enumerate(LEVELS)}


@dataclass(frozen=True, slots=True)
class Situation:
    """On what it depends, beside the answers, which questions are asked and in which order.

    `days_left`: until the confirmed reporting date; `own_phone`: nobody else uses it; `by_worker`: a human asks;
    `phase`: the kind of phase in which somebody stands.
    """

    days_left: int | None = None
    own_phone: bool = True
    by_worker: bool = False
    phase: Kind = "waiting"


def situation_of(case: Case, today: date, by_worker: bool = False) -> Situation:
    """Return the situation of a case on a day; a phone counts as shared until its owner says that it is not."""
    left = (case.confirmed_date - today).days if case.confirmed_date else None
    return Situation(left, case.shares_phone is False, by_worker, case.phase)


def usual_situation(case: Case, today: date) -> Situation:
    """Return the situation in which a case is asked: in its chat, or by a worker for somebody who has none."""
    return situation_of(case, today, by_worker=case.joined_at is None or case.channel != "chat")


def holds(conditions: Iterable[Condition], answers: Answers) -> bool:
    """Tell whether every condition holds; a question without an answer makes its condition not hold.

    Of several answers one is enough.
    """
    for condition in conditions:
        answer = answers.get(condition.question)
        if answer is None:
            return False
        if isinstance(answer.value, str):
            if answer.value not in condition.options:
                return False
        elif not set(answer.value) & set(condition.options):
            return False
    return True


class _Reading:
    """What follows from one set of answers, each part worked out once: one turn asks for it a dozen times."""

    def __init__(self, checklist: Checklist, answers: Answers) -> None:
        self.checklist = checklist
        # A copy: a case answers in place.
        self.answers = dict(answers)
        self._asked: dict[Situation, list[Question]] = {}

    @cached_property
    def counting(self) -> Answers:
        found: Answers = {}
        for question in self.checklist.questions:
            answer = self.answers.get(question.id)
            if answer is not None and (not question.when or holds(question.when, found)):
                found[question.id] = answer
        return found

    @cached_property
    def called_for(self) -> list[Proposal]:
        return [p for p in self.checklist.proposals if holds(p.when, self.counting)]

    def applicable(self, situation: Situation) -> list[Question]:
        if situation not in self._asked:
            count = self.counting
            self._asked[situation] = [
                q
                for q in route(self.checklist, self.answers, situation)
                if _is_asked(q, situation) and (not q.when or holds(q.when, count))
            ]
        return self._asked[situation]


_last: _Reading | None = None


def _reading(checklist: Checklist, answers: Answers) -> _Reading:
    """Return the last reading when it is of these very answers, else a new one."""
    global _last
    last = _last
    if last is None or last.checklist is not checklist or last.answers != answers:
        last = _last = _Reading(checklist, answers)
    return last


def counting(checklist: Checklist, answers: Answers) -> Answers:
    """Return the answers that count: to questions that exist and whose conditions still hold.

    The others are kept in the case. They weigh nothing until they apply again.
    """
    return dict(_reading(checklist, answers).counting)


def _is_asked(question: Question, situation: Situation) -> bool:
    if situation.phase not in question.phases:
        return False
    if question.asks == "everybody" or situation.by_worker:
        return True
    return question.asks == "own_phone" and situation.own_phone


def weighing(checklist: Checklist, answers: Answers, phase: Kind) -> Answers:
    """Return the answers that still worry where somebody stands: who is free has what hung from the gate behind them.

    Inside all of them do: what was not arranged at home goes on without them. What is asked inside is of afterwards.
    """
    said = _reading(checklist, answers).counting
    if phase != "free":
        return dict(said)
    return {q.id: said[q.id] for q in checklist.questions if q.id in said and {"held", "free"} & set(q.phases)}


def workers_own(checklist: Checklist, answers: Answers, situation: Situation) -> list[Question]:
    """Return the questions that apply and that only a human asks in this situation."""
    by_worker = replace(situation, by_worker=True)  # of the same phase
    return [q for q in applicable(checklist, answers, by_worker) if not _is_asked(q, situation)]


def is_short(checklist: Checklist, situation: Situation) -> bool:
    """Tell whether the day is so near that the short route comes first."""
    left = situation.days_left if situation.phase in BEFORE else None
    return checklist.short is not None and left is not None and left < checklist.short.days


def route(checklist: Checklist, answers: Answers, situation: Situation) -> tuple[Question, ...]:
    """Return every question, whether it applies or not, in the order in which it would be asked."""
    wish = checklist.wish
    said = answers[wish.id].value if wish is not None and wish.id in answers else None
    return checklist.order(said if isinstance(said, str) else None, is_short(checklist, situation))


def applicable(checklist: Checklist, answers: Answers, situation: Situation) -> list[Question]:
    """Return the questions that apply now, in the order in which they are asked."""
    return list(_reading(checklist, answers).applicable(situation))


def next_question(checklist: Checklist, answers: Answers, situation: Situation) -> Question | None:
    """Return the first question that applies and has no answer."""
    return next((q for q in applicable(checklist, answers, situation) if q.id not in answers), None)


def questions_left(checklist: Checklist, answers: Answers, situation: Situation) -> int:
    """Return how many questions apply and have no answer."""
    return sum(q.id not in answers for q in applicable(checklist, answers, situation))


def previous_question(
    checklist: Checklist, answers: Answers, situation: Situation, question_id: str
) -> Question | None:
    """Return the question that was asked before this one and can be answered again."""
    ids = [q for q in applicable(checklist, answers, situation) if q.id in answers or q.id == question_id]
    at = next((i for i, q in enumerate(ids) if q.id == question_id), 0)
    return ids[at - 1] if at else None


def may_have_changed(checklist: Checklist, answers: Answers, situation: Situation) -> list[Question]:
    """Return the answered questions that a check-in asks again: never one that somebody would rather not answer."""
    asked = applicable(checklist, answers, situation)
    return [q for q in asked if q.may_change and q.id in answers and answers[q.id].value != UNSAID]


@dataclass(frozen=True, slots=True)
class Standing:
    """How a domain stands: its level, and how many of its questions that apply have an answer."""

    level: Level
    answered: int
    total: int


def level_of(question: Question, answers: Answers, situation: Situation | None = None) -> Level:
    """Return how worrying the answer to a question is: of several answers the worst.

    No answer, one that somebody would rather not give, and an option that the file no longer has weigh nothing.
    """
    answer = answers.get(question.id)
    if answer is None:
        return "none"
    if answer.value == UNKNOWN:
        return question.unknown
    if question.means == "reporting_date":
        left = situation.days_left if situation else None
        near = [] if left is None else [n.level for n in question.near if left < n.days]
        return max(near, key=LEVELS.index, default="none")
    if isinstance(answer.value, str):
        return question.levels.get(answer.value, "none")
    return max((question.levels.get(said, "none") for said in answer.value), key=LEVELS.index, default="none")


def standing(checklist: Checklist, answers: Answers, situation: Situation) -> dict[str, Standing]:
    """Return how each domain stands that has questions which apply; what a worker alone was told counts too."""
    count = counting(checklist, answers)
    worries = weighing(checklist, answers, situation.phase)
    # Of each domain: how worrying its worst answer is, how many answers, how many questions.
    found = {domain.id: [0, 0, 0] for domain in checklist.domains}
    for question in checklist.questions:
        tally = found[question.domain]
        if question.id in count:
            tally[0] = max(tally[0], _RANK[level_of(question, worries, situation)])
            tally[1] += 1
            tally[2] += 1
        elif (not question.when or holds(question.when, count)) and _is_asked(question, situation):
            tally[2] += 1
    return {name: Standing(LEVELS[worst], said, total) for name, (worst, said, total) in found.items() if total}


def proposals(
    checklist: Checklist, answers: Answers, known: set[str], reporting: date | None, phase: Kind = "waiting"
) -> list[Proposal]:
    """Return what to propose in a phase, beside what was proposed before (`known` ids)."""
    called_for = [p for p in _reading(checklist, answers).called_for if phase in p.phases and p.id not in known]
    return [p for p in called_for if reporting is not None or not p.needs_date]


def due_day(proposal: Proposal, reporting: date | None, today: date, release: date | None = None) -> date | None:
    """Return the day by which a proposed action is done, tomorrow at the soonest; None while it cannot be known.

    Who reports tomorrow does it today: on the day itself it is too late.

    `before` hangs from the reporting date (without one: `soon` days from now, or no day yet), `inside` from it too,
    `after` from the day of `release`, which is uncertain (domain.md 1, row 9: it may come two weeks early). What is
    for that day itself is done today, once it has come.
    """
    tomorrow = today + timedelta(days=1)
    if proposal.timing != "before":
        begins = reporting if proposal.timing == "inside" else release
        # A bed and money cannot wait for tomorrow.
        soonest = today if proposal.timing == "after" and proposal.days == 0 else tomorrow
        return None if begins is None else max(begins + timedelta(days=proposal.days or 0), soonest)
    soon = today + timedelta(days=proposal.soon) if proposal.soon else None
    if reporting is None:
        return soon
    possible = [reporting - timedelta(days=proposal.lead or 0), *([soon] if soon else [])]
    latest = today if today <= reporting <= tomorrow else tomorrow
    return min((day for day in possible if tomorrow <= day < reporting), default=latest)
