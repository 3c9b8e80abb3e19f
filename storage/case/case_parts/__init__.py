"""Parts of a case: answers, actions, flags, contacts, words, decisions. Rows as objects, without verbs.

What holds personal data has no repr: a traceback or a log line must never show it.
"""

from __future__ import annotations

from storage.case.case_parts.contact import Contact, Message
from storage.case.case_parts.event import Event, Teller
from storage.case.case_parts.helpers import Decision, Effort, Handover, Measure, Note, Resolution
from storage.case.case_parts.ids import new_id
from storage.case.case_parts.person import Answer, Consent, Identity, Preferences, Speaker, Story
from storage.case.case_parts.plan import UNSETTLED, Action, Reminder
from storage.case.case_parts.signals import LEVELS, Flag, Level

__all__ = [
    "LEVELS",
    "UNSETTLED",
    "Action",
    "Answer",
    "Consent",
    "Contact",
    "Decision",
    "Effort",
    "Event",
    "Flag",
    "Handover",
    "Identity",
    "Level",
    "Measure",
    "Message",
    "Note",
    "Preferences",
    "Reminder",
    "Resolution",
    "Speaker",
    "Story",
    "Teller",
    "new_id",
]
