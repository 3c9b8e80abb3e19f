"""A case as the JSON document that `cases show` prints (design.md, The interface)."""

from __future__ import annotations

import html
from datetime import date
from typing import Any

from conversations.content.checklist.model import Checklist
from conversations.content.content import Content
from conversations.rules import checklist_rules
from conversations.rules.reporting_hour import report_at
from conversations.words import worded
from conversations.words.wording import Words
from storage.case.case import Case
from storage.case.case_parts import Action
from storage.case.release import window_of

# Inside the spine a reminder that is in the outbox is `leaving`; for others it is planned until it is sent.
_STATES = {"leaving": "planned"}


def action_text(action: Action, checklist: Checklist, words: Words, helper: str) -> str:
    """Return an action as plain text: a proposal in the reader's words, an own action in the person's.

    `helper`: who helps, by name; the team where nobody has the case.
    """
    known = worded.action(words, checklist, action, helper)
    return html.unescape(known) if known else action.text


def case_document(
    case: Case, content: Content, words: Words, worker: str | None, team: str, today: date
) -> dict[str, Any]:
    """Return a case, whole, in the words of its reader; `worker` and `team` are the names of those who help."""
    checklist = content.checklist
    standing = checklist_rules.standing(checklist, case.answers, checklist_rules.usual_situation(case, today))
    latest = {consent.to: consent.given for consent in case.consents}
    return {
        "ref": case.ref,
        "track": case.track,
        "phase": content.tracks.of(case.track).phase(case.phase).id,
        "outcome": case.outcome,
        "municipality": case.municipality,
        "province": case.province,
        "prison": case.prison,
        "reporting_date": case.reporting_date,
        "reporting_time": f"{at:%H:%M}" if (at := report_at(case)) else None,
        "date_confirmed_by": case.date_confirmed_by,
        "release_date": case.release_date,
        "release_window": {"earliest": days.earliest, "latest": days.latest} if (days := window_of(case)) else None,
        "formal_release": case.formal_release,
        "days_left": case.days_left(today),
        "worker": worker,
        "language": case.language,
        "consents": [{"to": to, "given": given} for to, given in latest.items()],
        "progress": {
            "answered": sum(s.answered for s in standing.values()),
            "total": sum(s.total for s in standing.values()),
        },
        "domains": {name: {"level": s.level, "answered": s.answered, "total": s.total} for name, s in standing.items()},
        "answers": {question: answer.value for question, answer in case.answers.items()},
        "flags": [
            {
                "id": f.flag,
                "domain": f.domain,
                "level": f.level,
                "reason": worded.signal(words, checklist, f),
                "since": f.since,
                "acknowledged": f.acknowledged_at,
            }
            for f in case.flags
            if f.stands
        ],
        "actions": [
            {
                "id": a.proposal or a.id,
                "domain": a.domain,
                "text": action_text(a, checklist, words, worker or team),
                "owner": a.owner,
                "together": a.together,
                "partner": a.partner,
                "due": a.due,
                "when": a.when,
                "status": a.status,
                "share": case.shares.state(a) if a.owner == "casemanager" else None,
            }
            for a in case.actions
        ],
        "reminders": [
            {"due": r.due_at, "kind": r.kind, "state": _STATES.get(r.state, r.state), "reason": r.reason}
            for r in case.reminders
        ],
        "contacts": [{"kind": c.kind, "direction": c.direction, "on": c.on} for c in case.contacts],
        "measures": [{"id": m.code, "decision": m.decision, "reason": m.reason} for m in case.measures],
        # `unread`: those of the person that wait for an answer, whether somebody has opened them or not.
        "messages": {"unread": len(case.thread.unanswered()), "total": len(case.messages)},
    }
