"""The rows of a case and of what hangs from it, and back: what is personal or special only as sealed blobs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Table

from storage import schema
from storage.case.case import Case
from storage.case.case_parts import (
    Action,
    Answer,
    Consent,
    Contact,
    Decision,
    Effort,
    Event,
    Flag,
    Handover,
    Identity,
    Measure,
    Message,
    Note,
    Preferences,
    Reminder,
    Resolution,
    Speaker,
    Story,
)
from storage.engines.plain_json import dumps, loads
from storage.keys.vault import Subject
from storage.schema import cases

# Bytes that an answer takes up in the sealed record, whichever option it is; longer ones take a multiple.
ANSWER_BYTES = 32
# One letter each: whoever spoke, a record is as long.
_SPEAKERS: dict[str, Speaker] = {"s": "self_reporter", "w": "worker"}


@dataclass(frozen=True, slots=True)
class Part:
    """How rows of a table that hangs from a case become objects in one of its lists, and back."""

    table: Table
    attribute: str
    kind: type[Any]
    plain: dict[str, str]
    sealed: tuple[str, ...] = ()

    def load(self, subject: Subject, row: Any) -> Any:
        """Return the object that a row keeps."""
        fields = {attribute: getattr(row, column) for column, attribute in self.plain.items()}
        if self.sealed:
            fields |= loads(subject.open(self.table.name, "content", row.id, row.content))
        return self.kind(**fields)

    def dump(self, case: Case, thing: Any) -> dict[str, Any]:
        """Return the row that keeps an object."""
        row = {column: getattr(thing, attribute) for column, attribute in self.plain.items()}
        row["case_id"] = case.id
        if self.sealed:
            assert case.subject is not None
            text = dumps({name: getattr(thing, name) for name in self.sealed})
            row["content"] = case.subject.seal(self.table.name, "content", thing.id, text)
        return row


def _plain(*names: str, **renamed: str) -> dict[str, str]:
    return {"id": "id"} | {name: name for name in names} | renamed


PARTS = (
    Part(
        schema.actions,
        "actions",
        Action,
        _plain("position", "domain", "owner", "status", "due", "by", "settled_on", "private", when_="when"),
        ("text", "partner", "proposal", "own_day", "rank", "not_yet", "together"),
    ),
    Part(
        schema.flags,
        "flags",
        Flag,
        _plain("domain", "level", "since", "acknowledged_at", "lowered_at", "overruled_at"),
        ("flag", "reason", "why", "seen_by", "overruled_by"),
    ),
    Part(schema.contacts, "contacts", Contact, _plain("kind", "direction", on_="on")),
    Part(
        schema.consents,
        "consents",
        Consent,
        _plain("to", "given", "at", "text_version", "confirmed_at", "declined_at", "ended", "told_at"),
    ),
    Part(schema.messages, "messages", Message, _plain("sender", "kind", "at", "read_at", "settled_at"), ("text",)),
    Part(
        schema.due,
        "reminders",
        Reminder,
        _plain(
            *("kind", "action_id", "day", "at", "zone", "due_at", "state", "reason", "notice", "opened_at"),
            *("dealt", "dealt_at"),
        ),
    ),
    Part(schema.notes, "notes", Note, _plain("at", "by"), ("text",)),
    Part(schema.measures, "measures", Measure, _plain("code", "decision", "reason", "at", "by"), ("wish",)),
    Part(
        schema.decisions,
        "decisions",
        Decision,
        _plain("measure", "asked_by", "asked_of", "asked_at", "decide_by", "answer", "answered_at"),
        ("question", "explanation"),
    ),
    Part(schema.handovers, "handovers", Handover, _plain("from_", "to", "at", "seen_at"), ("summary",)),
    Part(schema.stories, "stories", Story, _plain("kind", "moment", "at"), ("text",)),
    Part(schema.resolutions, "resolutions", Resolution, _plain("by", "owner", "at", "due", "done_at"), ("text",)),
    Part(schema.efforts, "efforts", Effort, _plain("by", "at"), ("tried", "stopped")),
    Part(schema.events, "events", Event, _plain("position", "what", "day", "by", "noted_at", to_="to")),
)

# Columns of `cases` that are attributes of a Case under the same name.
PLAIN = tuple(c.name for c in cases.columns if c.name not in ("id", "version", "overview_index", "identity", "record"))


def load_case(subject: Subject, row: Any) -> Case:
    """Return the case that a row keeps, without the rows that hang from it."""
    identity = Identity(**loads(subject.open("cases", "identity", row.id, row.identity)))
    record = loads(subject.open("cases", "record", row.id, row.record))
    answers = {
        question: Answer(said["value"], datetime.fromisoformat(said["at"]), _SPEAKERS[said.get("by", "s")])
        for question, said in record["answers"].items()
    }
    case = Case(
        id=row.id,
        version=row.version,
        identity=identity,
        sealed_identity=(replace(identity), row.identity),
        answers=answers,
        shares_phone=record["shares_phone"],
        preferences=Preferences.from_json(record.get("preferences", {})),
        listed=record.get("listed", {}),
        subject=subject,
        **(dict(zip(PLAIN, row, strict=False)) | {"facts": loads(row.facts)}),
    )
    case.stored.add(row.id)
    return case


def _filling(said: Iterable[Any]) -> str:
    """Return what makes each answer as long as the others: the buckets of the vault alone would tell at their edges."""
    return " " * sum(-len(dumps(value).encode()) % ANSWER_BYTES for value in said)


def dump_case(case: Case, overview_index: bytes | None) -> dict[str, Any]:
    """Return the row that keeps a case; `overview_index`: the blind index of its number on the lists."""
    assert case.subject is not None
    answers = {
        question: {"value": a.value, "at": a.at.isoformat(timespec="microseconds"), "by": a.by[0]}
        for question, a in case.answers.items()
    }
    said = [case.shares_phone, *(a.value for a in case.answers.values())]
    record = dumps(
        {
            "answers": answers,
            "shares_phone": case.shares_phone,
            "preferences": case.preferences.as_json(),
            "listed": case.listed,
            "filling": _filling(said),
        }
    )
    if case.sealed_identity is None or case.sealed_identity[0] != case.identity:
        identity = dumps(asdict(case.identity))
        blob = case.subject.seal("cases", "identity", case.id, identity)
        case.sealed_identity = replace(case.identity), blob
    return {
        **{name: getattr(case, name) for name in PLAIN},
        "facts": dumps(case.facts),
        "version": case.version + 1,
        "overview_index": overview_index,
        "identity": case.sealed_identity[1],
        "record": case.subject.seal("cases", "record", case.id, record),
    }
