"""Where the self-reporter's conversation goes next: decided from what is stored, so that it goes on after anything."""

from __future__ import annotations

from collections import Counter

from conversations.checklist import rules
from conversations.checklist.questions import Domain, Question
from conversations.self_reporter import recheck
from conversations.turn import Turn
from storage.case import Case
from storage.parts import Action


def waiting_proposal(turn: Turn) -> Action | None:
    """Return the proposal that has no answer yet."""
    assert turn.case is not None
    return next((a for a in turn.case.actions if a.status == "proposed"), None)


def propose(turn: Turn, case: Case) -> Action | None:
    """Put the next action that the answers call for into the case, if there is one."""
    checklist = turn.content.checklist
    known = {a.proposal for a in case.actions if a.proposal}
    found = rules.proposals(checklist, case.answers, known, case.confirmed_date)
    if not found:
        return None
    proposal = found[0]
    due = rules.due_day(proposal, case.confirmed_date, turn.today, case.release_date)
    action = case.propose(proposal.domain, proposal.owner, proposal.timing, proposal.text, due, proposal.id)
    action.partner = proposal.partner
    return action


def next_question(turn: Turn) -> Question | None:
    """Return what this person is asked next."""
    assert turn.case is not None
    situation = rules.situation_of(turn.case, turn.today)
    return rules.next_question(turn.content.checklist, turn.case.answers, situation)


def next_domain(turn: Turn) -> Domain | None:
    """Return the domain that comes next, at a good moment to stop for today.

    That is when the domain before is done, and after as many questions as fit one sitting: of one domain, or of the
    short route.
    """
    case, checklist = turn.case, turn.content.checklist
    assert case is not None
    situation = rules.situation_of(case, turn.today)
    question = next_question(turn)
    if question is None or question.id in checklist.first:
        return None
    if rules.is_short(checklist, situation) and checklist.short and question.id in checklist.short.questions:
        answered = sum(q in case.answers for q in checklist.short.questions)
        return checklist.domain(question.domain) if answered and answered % checklist.sitting == 0 else None
    said = Counter(q.domain for q in checklist.questions if q.id in case.answers and q.id not in checklist.first)
    return checklist.domain(question.domain) if said and said[question.domain] % checklist.sitting == 0 else None


async def onward(turn: Turn) -> None:
    """Go to what comes next: the wish, a proposal that waits, a question, and after each domain the plan."""
    case = turn.case
    assert case is not None
    if not case.consents_to("channel"):
        turn.go("consent" if not case.consents else "stopped")
        return
    if action := waiting_proposal(turn) or propose(turn, case):
        turn.go("proposal", action=action.position)
    elif (question := recheck.again(turn)) or ((question := next_question(turn)) and not next_domain(turn)):
        turn.go("question", id=question.id)
    else:
        if question is None:
            recheck.plan(turn, case)
        turn.go("plan")
