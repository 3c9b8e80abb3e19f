"""Who hears of an import: the worker of a case, or who stands in for them."""

from __future__ import annotations

from conversations.shared.import_result import Taken, ToWorker
from storage.case.case import Case
from storage.people.loads import Loads
from storage.people.staff import Member


def told(taken: Taken, loads: Loads, case: Case) -> ToWorker | None:
    """Return what the worker of a case hears, or who stands in for them, to be added to."""
    member: Member | None = loads.hears(case.worker)
    if member is None:
        return None
    return taken.workers.setdefault(member.id, ToWorker(member.name, joined=member.joined_at is not None))
