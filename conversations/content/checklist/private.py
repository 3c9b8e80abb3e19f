"""Private things: parts of life, questions and proposals of which nobody reads beside the person and who helps.

A file says so. What the packaged file has private stays private under its id whatever a file in its place says, and
so does what hangs from a private answer: no file can open it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from conversations.content.checklist.tables import ChecklistTables


@dataclass(frozen=True, slots=True)
class Private:
    """The ids of what is private."""

    domains: frozenset[str]
    questions: frozenset[str]
    proposals: frozenset[str]

    def of_action(self, domain: str, proposal: str | None) -> bool:
        """Tell whether an action is: of the checklist, or somebody's own in a part of life."""
        return domain in self.domains or proposal in self.proposals


@cache
def packaged() -> Private:
    """Return what the packaged file has private, read as it is: it is what every other file is held against."""
    source = resources.files("conversations.content") / "packaged" / "checklist.toml"
    data: dict[str, Any] = tomllib.loads(source.read_text(encoding="utf-8"))
    domains = frozenset(one["id"] for one in data["domain"] if one.get("private"))

    def of(table: str) -> frozenset[str]:
        return frozenset(one["id"] for one in data[table] if one.get("private") or one["domain"] in domains)

    return Private(domains, of("question"), of("proposal"))


def of_checklist(checklist: ChecklistTables) -> Private:
    """Return what a checklist has private, by what it says and by what cannot be taken back."""
    always = packaged()
    domains = always.domains | {one.id for one in checklist.domains if one.private}
    questions = always.questions | {q.id for q in checklist.questions if q.private or q.domain in domains}
    proposals = always.proposals | {
        p.id
        for p in checklist.proposals
        if p.private or p.domain in domains or any(condition.question in questions for condition in p.when)
    }
    return Private(domains, questions, proposals)


def faults(checklist: ChecklistTables) -> Iterator[str]:
    """Yield where a file would open what is private."""
    always = packaged()
    tables = (
        ("domain", always.domains, checklist.domains),
        ("question", always.questions, checklist.questions),
        ("proposal", always.proposals, checklist.proposals),
    )
    for table, ids, parts in tables:
        for part in parts:
            if part.id in ids and "private" in part.model_fields_set and not part.private:
                yield f"{table}.{part.id}.private: is private everywhere, take private = false away"
    if not any(one.private or one.id in always.domains for one in checklist.domains):
        yield "domain: none is private; write private = true with the one about health"
