"""The tables. Every column says how secret it is; `personal` and `special` columns hold sealed blobs only.

public: says nothing of a person. pseudonymous: about a case, without saying whose. personal, special: sealed
(AVG art. 4, 9 and 10). Everything of a case hangs from `cases` and goes with it.
"""

from __future__ import annotations

from storage.schema.case import cases
from storage.schema.case_parts import (
    actions,
    consents,
    contacts,
    decisions,
    efforts,
    events,
    flags,
    handovers,
    measures,
    messages,
    notes,
    pending,
    resolutions,
    stories,
)
from storage.schema.columns import LABELS, Instant, metadata
from storage.schema.coordination import bottlenecks, inquiries, meetings
from storage.schema.figures import MOMENTS, PROFILE, TALLIES, TOPICS, monitoring, published
from storage.schema.keys import subject_keys
from storage.schema.people import chats, covers, guesses, invitations, staff
from storage.schema.program import audit, installation, lease
from storage.schema.queues import drafts, due, inbox, outbox

__all__ = [
    "LABELS",
    "MOMENTS",
    "PROFILE",
    "TALLIES",
    "TOPICS",
    "Instant",
    "actions",
    "audit",
    "bottlenecks",
    "cases",
    "chats",
    "consents",
    "contacts",
    "covers",
    "decisions",
    "drafts",
    "due",
    "efforts",
    "events",
    "flags",
    "guesses",
    "handovers",
    "inbox",
    "inquiries",
    "installation",
    "invitations",
    "lease",
    "measures",
    "meetings",
    "messages",
    "metadata",
    "monitoring",
    "notes",
    "outbox",
    "pending",
    "published",
    "resolutions",
    "staff",
    "stories",
    "subject_keys",
]
