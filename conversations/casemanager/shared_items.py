"""Shared items as the prison reads them: what they say, and how each stands with it; on screens and on paper."""

from __future__ import annotations

import html

from conversations.content.checklist.model import Checklist
from conversations.words import worded
from conversations.words.wording import Words
from storage.case.case import Case
from storage.case.case_parts import Action


def plain(words: Words, checklist: Checklist, action: Action) -> str:
    """Return an action as plain text: of the checklist in the reader's language, or somebody's own."""
    known = worded.action_for_staff(words, checklist, action, words.text("the helper"))
    return html.unescape(known) if known else action.text


def day_of(words: Words, case: Case) -> str:
    """Return when the person comes: only a day that the letter confirmed is a fact."""
    return words.full_date(case.confirmed_date) if case.confirmed_date else words.text("no date yet")


def waits(case: Case, action: Action) -> bool:
    """Tell whether an action waits for the prison's answer."""
    return action.status == "agreed" and case.shares.state(action) == "asked"


def to_confirm(words: Words, case: Case) -> str:
    """Return how many items of a case wait for the prison's answer, or that none does."""
    number = sum(waits(case, action) for action in case.shares.with_the_prison())
    return words.plural("{number} to confirm", "{number} to confirm", number) if number else "✅"


def state(words: Words, case: Case, action: Action) -> str:
    """Return how an action stands with the prison."""
    if action.status == "done":
        return "✅ " + words.text("done")
    if case.shares.state(action) != "confirmed" or (at := case.shares.said_at(action)) is None:
        return "❔ " + words.text("not confirmed yet")
    day = words.short(at.astimezone(words.zone).date())
    return "👍 " + words.text("confirmed on {day}", day=day)
