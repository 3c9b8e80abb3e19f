"""The next step of the self-reporter's conversation: decided from what is stored, so that it goes on after anything."""

from __future__ import annotations

from collections import Counter
from typing import Any

from conversations.content.checklist.questions import Domain, Question
from conversations.reminders import check_in_plan, home_check_plan
from conversations.rules import checklist_rules
from conversations.turn import Turn
from storage.case.case import Case
from storage.case.case_parts import Action

# Where somebody stands before their yes to this chat, or after a no.
BEFORE_THE_YES = ("phone", "pin_offer", "intro", "consent", "call", "stopped")
# Where somebody answers: from there the last answer leads to a summary, from elsewhere to the plan.
ANSWERING = ("question", "proposal", "share", "crisis", "confirm_date", "still_needed", "own", "other_day")
# Why a proposal went that nobody had answered: it has no day of its own on which somebody ended it.
WITHDRAWN = "no longer called for"


def is_called_for(turn: Turn, case: Case, action: Action) -> bool:
    """Tell whether what was said, where they stand, calls for an action; one of nobody's proposal always stands."""
    proposal = turn.content.checklist.proposal(action.proposal)
    if proposal is not None and case.phase not in proposal.phases:
        return False
    return proposal is None or checklist_rules.holds(
        proposal.when, checklist_rules.counting(turn.content.checklist, case.answers)
    )


def waiting_proposal(turn: Turn, about: frozenset[str] = frozenset()) -> Action | None:
    """Return the proposal that has no answer yet, `about` some questions if there are any.

    Those go that a changed answer made needless.
    """
    case = turn.case
    for action in case.actions:
        if action.status == "proposed" and not is_called_for(turn, case, action):
            case.plan.settle(action, "dropped", WITHDRAWN)
    waiting = (a for a in case.actions if a.status == "proposed")
    return next((a for a in waiting if not about or _is_about(turn, a, about)), None)


def _is_about(turn: Turn, action: Action, questions: frozenset[str]) -> bool:
    proposal = turn.content.checklist.proposal(action.proposal)
    return proposal is not None and any(condition.question in questions for condition in proposal.when)


def _was_put_to_them(case: Case) -> list[Action]:
    """Return the actions that the person has had before them; one that was withdrawn can come again."""
    return [a for a in case.actions if not (a.status == "dropped" and a.settled_on is None)]


def propose(turn: Turn, case: Case, about: frozenset[str] = frozenset()) -> Action | None:
    """Put the next action that the answers call for into the case, if there is one; `about` as above."""
    checklist = turn.content.checklist
    had = _was_put_to_them(case)
    known, texts = {a.proposal for a in had if a.proposal}, {a.text for a in had}
    found = checklist_rules.proposals(checklist, case.answers, known, case.confirmed_date, case.phase)
    # Two answers can call for the same: it is asked once.
    found = [proposal for proposal in found if proposal.text not in texts]
    if about:
        found = [proposal for proposal in found if any(condition.question in about for condition in proposal.when)]
    if not found:
        return None
    proposal = found[0]
    due = checklist_rules.due_day(proposal, case.confirmed_date, turn.today, case.release_date)
    private = turn.content.checklist.private.of_action(proposal.domain, proposal.id)
    action = case.plan.propose(
        proposal.domain, proposal.owner, proposal.timing, proposal.text, due, proposal.id, private=private
    )
    action.partner = proposal.partner
    return action


def next_question(turn: Turn) -> Question | None:
    """Return what this person is asked next."""
    situation = checklist_rules.situation_of(turn.case, turn.today)
    return checklist_rules.next_question(turn.content.checklist, turn.case.answers, situation)


def next_domain(turn: Turn) -> Domain | None:
    """Return the domain that comes next, at a good moment to stop for today.

    That is when the domain before is done, and after as many questions as fit one sitting: of one domain, or of the
    short route.
    """
    case, checklist = turn.case, turn.content.checklist
    situation = checklist_rules.situation_of(case, turn.today)
    question = next_question(turn)
    if question is None or question.id in checklist.first:
        return None
    if checklist_rules.is_short(checklist, situation) and checklist.short and question.id in checklist.short.questions:
        answered = sum(q in case.answers for q in checklist.short.questions)
        return checklist.domain(question.domain) if answered and answered % checklist.sitting == 0 else None
    asked = checklist_rules.applicable(checklist, case.answers, situation)
    said = Counter(q.domain for q in asked if q.id in case.answers and q.id not in checklist.first)
    return checklist.domain(question.domain) if said and said[question.domain] % checklist.sitting == 0 else None


async def to_the_yes(turn: Turn) -> None:
    """Stay where the yes to this chat is on its way, else go on: nothing is asked or planned before it."""
    if turn.place["kind"] in BEFORE_THE_YES:
        turn.show_again()
    else:
        await onward(turn)


def _through_home_check(turn: Turn) -> bool:
    """Go on with the check-in that was opened: its questions, what they bring, a word of thanks. False without one."""
    case, row = turn.case, home_check_plan.going_on(turn)
    if row is None:
        return False
    skipped = turn.place.get("skipped", []) if turn.place["kind"] == "question" else []
    left = [q for q in home_check_plan.left_of(turn, case, row) if q.id not in skipped]
    asked = frozenset(q.id for q in home_check_plan.asked_by(turn, case, row)) - {q.id for q in left}
    if asked and (action := waiting_proposal(turn, asked) or propose(turn, case, asked)):
        turn.go("proposal", action=action.position)
    elif left:
        more: dict[str, Any] = {"skipped": skipped} if skipped else {}
        turn.go("question", id=left[0].id, **more)
    else:
        case.schedule.deal_with(row, "done", turn.now)
        turn.go("home_checked", of=row.kind)
    return True


async def onward(turn: Turn) -> None:
    """Go to what comes next: the wish, a proposal that waits, a question, and after each domain the plan."""
    case = turn.case
    if case.phase == "closed":
        turn.go("closed")
        return
    if not case.person.consents_to("channel"):
        turn.go("stopped" if case.consents else "phone" if case.shares_phone is None else "consent")
        return
    check_in_plan.ensure(turn, case)
    if _through_home_check(turn):
        return
    if action := waiting_proposal(turn) or propose(turn, case):
        turn.go("proposal", action=action.position)
    elif (question := next(iter(check_in_plan.left(turn)), None)) or (
        (question := next_question(turn)) and not next_domain(turn)
    ):
        turn.go("question", id=question.id)
    elif (
        question is None
        and turn.place["kind"] in ANSWERING
        and any(a.status == "agreed" and a.owner == "self" for a in case.actions)
    ):
        turn.go("done_today")
    else:
        turn.go("plan")
