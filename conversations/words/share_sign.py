"""The sign of how an action stands with the prison, in one sentence: the same on screens and on paper."""

from __future__ import annotations

import hashlib

from conversations.words.wording import Words, escape
from storage.case.case import Case
from storage.case.case_parts import Action


def share_sign(words: Words, case: Case, action: Action, to_staff: bool = False) -> str:
    """Return whether the prison was asked, confirmed, declined, or reads nothing of it; HTML.

    `to_staff`: a professional reads it, and the yes is not theirs.
    """
    prison = escape(case.prison or "")
    match case.shares.state(action):
        case "asked":
            return words.text("❔ {prison} is asked. There is no answer yet.", prison=prison)
        case "confirmed":
            return words.text("👍 {prison} said yes: they do this.", prison=prison)
        case "declined":
            return words.text("✋ {prison} cannot do this.", prison=prison)
        case _ if action.private:
            return words.text("🔒 The prison never reads this.")
        case _ if not case.shares.can_be_asked(action):
            return words.text("🔒 The prison does not read this.")
        case _ if to_staff:
            return words.text("🔒 The prison reads this only after a yes.")
        case _:
            return words.text("🔒 The prison reads this only after your yes.")


def mark_of(case: Case) -> str:
    """Return what a button carries of the prison that its screen named: a yes counts for that one only."""
    return hashlib.blake2b((case.prison or "").encode(), digest_size=4).hexdigest()
