"""Where the self-reporter's conversation goes next: decided from what is stored, so that it goes on after anything."""

from __future__ import annotations

from conversations.checklist import rules
from conversations.checklist.model import Domain
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
    due = rules.due_day(proposal, case.confirmed_date, turn.today)
    return case.propose(proposal.domain, proposal.owner, proposal.timing, proposal.text, due, proposal.id)


def next_domain(turn: Turn) -> Domain | None:
    """Return the domain that comes next, when the one before is done: a good moment to stop for today."""
    case, checklist = turn.case, turn.content.checklist
    assert case is not None
    question = rules.next_question(checklist, case.answers)
    if question is None or question.kind == "wish":
        return None
    said = {q.domain for q in checklist.questions if q.kind != "wish" and q.id in case.answers}
    return checklist.domain(question.domain) if said and question.domain not in said else None


async def onward(turn: Turn) -> None:
    """Go to what comes next: the wish, a proposal that waits, a question, and after each domain the plan."""
    case = turn.case
    assert case is not None
    if not case.consents_to("channel"):
        turn.go("consent" if not case.consents else "stopped")
        return
    if action := waiting_proposal(turn) or propose(turn, case):
        turn.go("proposal", action=action.position)
    elif (question := rules.next_question(turn.content.checklist, case.answers)) and not next_domain(turn):
        turn.go("question", id=question.id)
    else:
        turn.go("plan")
