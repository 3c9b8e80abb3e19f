"""Worded content about a case, for its reader: actions and signals, as the file says them today.

A case keeps the text that stood in the file when an action was proposed or a signal was raised. What is shown is the
text of today: what was wrong and is mended must not go on standing in anybody's plan.
"""

from __future__ import annotations

from conversations.content.checklist.flag_rules import FlagRule
from conversations.content.checklist.model import Checklist
from conversations.content.checklist.proposals import Proposal
from conversations.content.checklist.questions import Domain
from conversations.words.wording import Words
from storage.case.case_parts import Action, Flag


def proposed(words: Words, proposal: Proposal, helper: str) -> str:
    """Return a proposal in the words of who is to do it; `helper`: who helps, by name."""
    return words.content(proposal.id, proposal.text, helper=helper)


def reason_for(words: Words, proposal: Proposal, helper: str, number: str) -> str:
    """Return why a proposal helps; `number`: whom to call, as it is shown."""
    return words.content(proposal.id, proposal.why, helper=helper, number=number)


def action(words: Words, checklist: Checklist, one: Action, helper: str) -> str | None:
    """Return an action of the checklist in the words of the person; None for somebody's own."""
    known = checklist.proposal(one.proposal)
    return proposed(words, known, helper) if known else None


def action_for_staff(words: Words, checklist: Checklist, one: Action, helper: str) -> str | None:
    """Return an action of the checklist as a professional names it; None for somebody's own."""
    known = checklist.proposal(one.proposal)
    if known is None:
        return None
    return words.content(known.id, known.for_staff) if known.for_staff else proposed(words, known, helper)


def domain_for_staff(words: Words, domain: Domain) -> str:
    """Return a part of life as a professional names it."""
    return words.content(domain.id, domain.for_staff or domain.name)


def signal(words: Words, checklist: Checklist, flag: Flag) -> str:
    """Return why a signal stands."""
    rule: FlagRule | None = checklist.flag_rule(flag.flag)
    return words.content(rule.id, rule.reason) if rule else words.content(flag.flag, flag.reason)
